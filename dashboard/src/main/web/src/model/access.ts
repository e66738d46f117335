import type {Me, Status} from './messages';

/** In a pattern `*` stands for anything, slashes included. */
function fits(pattern: string, application: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.\/-]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(application);
}

/** What somebody is for an application; null where the server didn't say. */
export function rolesOf(me: Me, application: string): string[] | null {
  if (me.roles) {
    return me.roles;
  }
  return me.grants ? me.grants.filter((grant) => fits(grant.applications, application)).flatMap((grant) => grant.roles) : null;
}

/** Whether somebody has a role there, or may everything; as far as is known. */
export function hasRole(me: Me, application: string, role: string): boolean {
  const roles = rolesOf(me, application);
  return roles === null || roles.includes(role) || roles.includes('admin');
}

/** Why this person's approval would not count; null where it would, and where it is not known who they are. */
export function approvalBar(status: Status, me: Me | null | undefined): string | null {
  if (!me) {
    return null;
  }
  const {roles, approvals} = status.waitingFor ?? {};
  const held = [...me.groups, ...(rolesOf(me, status.application) ?? [])];
  const words = held.join(', ') || 'none';
  if (!hasRole(me, status.application, 'approver')) {
    return `needs the role approver; you have ${words}`;
  }
  if (roles?.length && !roles.some((role) => held.includes(role))) {
    return `needs one of the roles ${roles.join(', ')}; you have ${words}`;
  }
  if (approvals?.by.includes(me.actor)) {
    return 'you have approved already; somebody else has to as well';
  }
  return approvals?.notBy === me.actor ? 'you started it, so your own word doesn’t count' : null;
}
