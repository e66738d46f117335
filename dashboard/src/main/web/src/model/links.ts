import type {Status} from './messages';
import {place} from './objects';

/** A link of the server's configuration, with placeholders such as `{application}`. */
export interface LinkTemplate {
  name: string;
  url: string;
}

export interface WebLink {
  name: string;
  url: string;
}

/** Only what leads to the web: a status comes from a topic that others may write. */
const isWeb = (url: unknown): boolean => typeof url === 'string' && /^https?:\/\//i.test(url);

/** Half a character, as hostile JSON may hold it, can't stand in an address. */
export const isText = (text: string): boolean => !/\p{Surrogate}/u.test(text);

const time = (text: string | null | undefined): number => Date.parse(text ?? '');

function value(word: string, status: Status, now: number): string | number | null | undefined {
  const until = status.endedAt ? time(status.endedAt) : now;
  switch (word) {
    case 'application': case 'target': case 'cluster': case 'rollout': case 'revision': case 'stableRevision': case 'startedAt': case 'trace': return status[word];
    case 'namespace': return place(status.routes?.[0]?.route)?.namespace;
    case 'startedAtMillis': return Number.isNaN(time(status.startedAt)) ? null : time(status.startedAt);
    case 'until': return Number.isNaN(until) ? null : new Date(until).toISOString();
    case 'untilMillis': return Number.isNaN(until) ? null : until;
  }
  const label = word.replace(/^label\./, '');
  return label !== word && Object.hasOwn(status.labels ?? {}, label) ? status.labels![label] : null;
}

/** Null where the status doesn't say all that it asks for: half a link leads astray. */
export function filled({name, url}: LinkTemplate, status: Status, now: number): WebLink | null {
  let isWhole = true;
  const full = url.replace(/\{([^{}]*)\}/g, (_, word: string) => {
    const said = value(word, status, now);
    const text = String(said ?? '');
    isWhole &&= text !== '' && isText(text);
    return isText(text) ? encodeURIComponent(text) : '';
  });
  return isWhole && isWeb(full) ? {name, url: full} : null;
}

/** What those whom the step called have given, then what the configuration says. */
export const linksOf = (status: Status, templates: LinkTemplate[], now: number): WebLink[] => [
  ...(status.links ?? []).filter((it) => isWeb(it?.url)),
  ...templates.map((it) => filled(it, status, now)).filter((it) => it !== null),
];
