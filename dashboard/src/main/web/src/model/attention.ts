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

export function need(status: Status, me: Me | null): Need | null {
  if (status.degraded) {
    return 'degraded';
  }
  if (awaitsPerson(status)) {
    const isYours = status.waitingFor?.kind === 'approval' ? approvalBar(status, me) === null : !me || hasRole(me, status.application, 'operator');
    return isYours ? 'you' : 'others';
  }
  return status.phase === 'RolledBack' || status.phase === 'Failed' ? 'rolledBack' : null;
}

export function needed(statuses: Iterable<Status>, me: Me | null): Needed[] {
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
