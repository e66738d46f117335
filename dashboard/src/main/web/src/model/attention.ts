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

/** Why this person's approval would not count; null where it would. */
export function approvalBar(status: Status, me: Me | null): string | null {
  const {roles, approvals} = status.waitingFor ?? {};
  if (!me) {
    return null;
  }
  const held = [...me.groups, ...(me.roles ?? [])];
  if (roles?.length && !roles.some((role) => held.includes(role))) {
    return `needs one of the roles ${roles.join(', ')}; you have ${held.join(', ') || 'none'}`;
  }
  if (approvals?.by.includes(me.actor)) {
    return 'you have approved already; somebody else has to as well';
  }
  return approvals?.notBy === me.actor ? 'you started it, so your own word doesn’t count' : null;
}

export function need(status: Status, me: Me | null): Need | null {
  if (status.degraded) {
    return 'degraded';
  }
  if (awaitsPerson(status)) {
    return approvalBar(status, me) === null ? 'you' : 'others';
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
