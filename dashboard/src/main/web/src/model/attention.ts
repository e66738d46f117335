import {approvalBar, hasRole} from './access';
import type {Me, Status} from './messages';

export type Need = 'degraded' | 'you' | 'others' | 'rolledBack';

/** Degraded first, then whoever has waited the longest for a person, then what went back, the newest first. */
const ORDER: Need[] = ['degraded', 'you', 'others', 'rolledBack'];

export interface Needed {
  need: Need;
  status: Status;
  since: number;
}

const awaitsPerson = ({waitingFor}: Status) =>
  waitingFor?.kind === 'approval' || waitingFor?.kind === 'person' || waitingFor?.kind === 'command';

/** @param me null where nobody is told apart; undefined where it is not known who looks: then nothing is theirs */
export function need(status: Status, me: Me | null | undefined): Need | null {
  if (status.degraded) {
    return 'degraded';
  }
  if (awaitsPerson(status)) {
    return isFor(status, me) ? 'you' : 'others';
  }
  return status.phase === 'RolledBack' || status.phase === 'Failed' ? 'rolledBack' : null;
}

function isFor(status: Status, me: Me | null | undefined): boolean {
  if (!me) {
    return me === null;
  }
  return status.waitingFor?.kind === 'approval' ? approvalBar(status, me) === null : hasRole(me, status.application, 'operator');
}

/** How many of them somebody can act on. */
export const yours = (all: Needed[], me: Me | null | undefined): number =>
  me === undefined ? 0 : all.filter((it) => it.need === 'you' || it.need === 'degraded').length;

export function needed(statuses: Iterable<Status>, me: Me | null | undefined): Needed[] {
  const found: Needed[] = [];
  for (const status of statuses) {
    const why = need(status, me);
    if (why) {
      found.push({need: why, status, since: Date.parse(status.since ?? status.updatedAt)});
    }
  }
  const newestFirst = (one: Needed) => (one.need === 'rolledBack' ? -one.since : one.since);
  return found.sort((a, b) => ORDER.indexOf(a.need) - ORDER.indexOf(b.need) || newestFirst(a) - newestFirst(b));
}
