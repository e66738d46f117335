import type {Me, Phase, Status} from './messages';
import {need} from './attention';
import {phases} from './phase';

export interface Filter {
  text: string;
  phases: Phase[];
  needs: boolean;
  sort: string;
}

/** One on each line, so that `team=pay` is found where that is a label's whole name and the beginning of its value. */
const labels = (it: Status): string => Object.entries(it.labels ?? {}).map(([name, value]) => `\n${name}=${String(value).replace(/\s+/g, ' ')}`).join('');

const FIELDS: Record<string, (it: Status) => string | null | undefined> = {
  application: (it) => it.application,
  app: (it) => it.application,
  target: (it) => it.target,
  cluster: (it) => it.cluster,
  actor: (it) => it.actor,
  revision: (it) => it.revision,
  phase: (it) => it.phase,
  reason: (it) => `${it.reasonCode} ${it.reason ?? ''}`,
  rollout: (it) => it.rollout,
  label: labels,
};

/** What may stand before a colon in the search. */
export const fields = Object.keys(FIELDS);

const haystacks = new WeakMap<Status, string>();

function haystack(it: Status): string {
  let text = haystacks.get(it);
  if (text === undefined) {
    text = [it.application, it.target, it.cluster, it.revision, it.actor, it.reason, it.rollout, labels(it)].join('\n').toLowerCase();
    haystacks.set(it, text);
  }
  return text;
}

/** A file's longest label is 385 characters. */
const LONGEST = 400;

/** A search for those with the same label; null where its words can't be written in one. */
export const labelSearch = (name: string, value: string): string | null => {
  const pair = `label:${name}=${value}`;
  return pair.length > LONGEST || /["\n]|\p{Surrogate}/u.test(pair) ? null : /\s/.test(pair) ? `"${pair}"` : pair;
};

/** Every word has to be somewhere; `cluster:prod-eu` looks in one place, a minus in front turns it round. */
export function matcher(text: string): (it: Status) => boolean {
  const words = text.toLowerCase().match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  const tests = words.map((word) => {
    const not = word.length > 1 && word.startsWith('-');
    const bare = (not ? word.slice(1) : word).replace(/"/g, '');
    const [, field, value] = /^([a-z]+):(.+)$/.exec(bare) ?? [];
    const read = field ? FIELDS[field] : undefined;
    const sought = read === labels && value.includes('=') ? `\n${value}` : value;
    const has = read ? (it: Status) => (read(it) ?? '').toLowerCase().includes(sought) : (it: Status) => haystack(it).includes(bare);
    return not ? (it: Status) => !has(it) : has;
  });
  return (it) => tests.every((test) => test(it));
}

const byName = (a: Status, b: Status) =>
  a.application < b.application ? -1 : a.application > b.application ? 1 : a.target < b.target ? -1 : a.target > b.target ? 1 : 0;

const time = (it: Status) => it.since ?? it.updatedAt;

const SORTS: Record<string, (a: Status, b: Status) => number> = {
  application: byName,
  since: (a, b) => (time(a) < time(b) ? 1 : time(a) > time(b) ? -1 : byName(a, b)),
  weight: (a, b) => (b.weight?.applied ?? -1) - (a.weight?.applied ?? -1) || byName(a, b),
  phase: (a, b) => phases.indexOf(a.phase) - phases.indexOf(b.phase) || byName(a, b),
};

/** What goes on comes before what is over, unless another order is asked for. */
const order = (sort: string) => SORTS[sort] ?? ((a: Status, b: Status) => Number(!!b.degraded) - Number(!!a.degraded) || SORTS.phase(a, b));

export function found(statuses: Iterable<Status>, filter: Filter, me: Me | null | undefined): Status[] {
  const matches = matcher(filter.text);
  const hits: Status[] = [];
  for (const status of statuses) {
    const isOfPhase = filter.phases.length === 0 || filter.phases.includes(status.phase);
    if (isOfPhase && (!filter.needs || need(status, me)) && matches(status)) {
      hits.push(status);
    }
  }
  return hits.sort(order(filter.sort));
}
