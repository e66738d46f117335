import type {Audit, Status, Verdict} from './messages';
import {camelWords} from './words';

export type Lane = 'orders' | 'verdicts' | 'holds' | 'edits' | 'people';

export const LANES: Lane[] = ['people', 'edits', 'holds', 'verdicts', 'orders'];

/** Something that happened while weights moved; on the chart and in its table. */
export interface Happening {
  time: number;
  lane: Lane;
  tone: 'good' | 'bad' | 'hold' | 'plain';
  words: string;
  by: string;
  id: string;
}

const NOT_PEOPLE = ['verdict', 'report', 'time', 'webhook', 'callback'];
const HOLDS = ['Paused', 'Resumed', 'RaiseHeld', 'RaiseFreed', 'Frozen', 'Unfrozen', 'FreezeOverridden', 'JudgementAsked', 'EndpointsMissed'];
const BACK = ['RollbackBegan', 'RolledBack', 'Failed', 'Degraded', 'Rejected', 'Cancelled'];
const GOOD = ['Promoted', 'Approved', 'Resumed', 'RaiseFreed', 'Unfrozen', 'JudgementGiven'];

export const isPeoples = (it: Audit): boolean => !NOT_PEOPLE.includes(it.event.type);

export const isHandEdit = (it: Audit): boolean => it.decision === 'DriftRepaired' || it.event.reason === 'taken-back' || it.decision === 'TakenBack';

function lane(it: Audit): Lane | null {
  if (isHandEdit(it)) {
    return 'edits';
  }
  if (isPeoples(it)) {
    return 'people';
  }
  if (HOLDS.includes(it.decision)) {
    return 'holds';
  }
  return it.decision === 'Ordered' || it.decision === 'OrderRepeated' || BACK.includes(it.decision) || it.decision === 'Promoted' ? 'orders' : null;
}

const tone = (decision: string): Happening['tone'] =>
  BACK.includes(decision) ? 'bad' : GOOD.includes(decision) ? 'good' : HOLDS.includes(decision) || decision === 'DriftRepaired' ? 'hold' : 'plain';

function ofAudit(it: Audit): Happening[] {
  const where = lane(it);
  const words = camelWords(it.decision) + (it.reason ? `: ${it.reason}` : '');
  return where ? [{time: Date.parse(it.time), lane: where, tone: tone(it.decision), words, by: it.actor, id: it.id}] : [];
}

export const verdictWords = (it: Verdict): string =>
  `Run ${it.run}: ${it.outcome}` + (it.outcome === 'Pass' ? '' : (it.queries ?? []).filter((query) => query.outcome !== 'Pass').map((query) => `; ${query.name}: ${query.words ?? query.outcome}`).join(''));

function ofVerdict(it: Verdict): Happening {
  const tones = {Pass: 'good', Fail: 'bad', Inconclusive: 'hold', Error: 'hold'} as const;
  return {time: Date.parse(it.time), lane: 'verdicts', tone: tones[it.outcome], words: verdictWords(it), by: 'metrics-gate', id: it.id};
}

/** Of one rollout's target, the oldest first. */
export function happenings(audit: Audit[], verdicts: Verdict[], status: Status): Happening[] {
  const own = audit.filter((it) => it.rollout === status.rollout || (it.application === '*' && it.time >= (status.startedAt ?? '')));
  return [...own.flatMap(ofAudit), ...verdicts.map(ofVerdict)].sort((a, b) => a.time - b.time);
}

/** Where an event came from. */
export function source(it: Audit): string {
  if (isHandEdit(it)) {
    return 'hand edit';
  }
  switch (it.event.type) {
    case 'verdict': return 'gate';
    case 'report': return 'applier';
    case 'time': return 'clock';
    case 'webhook': case 'callback': return 'webhook';
  }
  const id = it.event.id ?? '';
  return id.startsWith('page-') ? `${it.event.type}, page` : id.startsWith('cli-') ? `${it.event.type}, command line` : it.event.type;
}
