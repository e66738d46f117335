import type {Audit, Status, StepView} from './messages';
import {duration, isoMillis, many, percent} from './words';

/** A step as people say it. */
export function stepWords(it: StepView): string {
  const takes = isoMillis(it.duration);
  switch (it.kind) {
    case 'setWeight': return `Weight ${percent(it.weight)}`;
    case 'pause':
      return it.approvals
        ? `${many(it.approvals, 'approval')}${it.roles?.length ? ` by ${it.roles.join(' or ')}` : ''}`
        : `Pause${takes === null ? '' : ` ${duration(takes)}`}`;
    case 'analysis': return `Analysis${it.queries?.length ? ` of ${it.queries.join(', ')}` : ''}`;
    case 'runWebhook': return `Webhook ${it.webhook ?? ''}`;
    case 'setMatch': return 'Requests that match';
    case 'setMirror': return `Mirror ${percent(it.mirror?.percentage)}`;
    case 'bake': return `Watched at 100 %${takes === null ? '' : ` for ${duration(takes)}`}`;
  }
  return it.conditions?.length ? it.conditions.map(stepWords).join(' and ') : it.kind;
}

export const stepIcon = (kind: string): string =>
  ({setWeight: 'scale', pause: 'pause', analysis: 'flask', runWebhook: 'hook', setMatch: 'link', setMirror: 'copy', bake: 'clock'})[kind] ?? 'dots';

export type StepState = 'done' | 'now' | 'next' | 'turned' | 'left';

/** A target that is over, or on its way back, is at no step any more. */
export function stepState(number: number, status: Status): StepState {
  if (status.phase === 'Promoted' || status.phase === 'Finalizing' || number < status.step) {
    return 'done';
  }
  const goesOn = !['RolledBack', 'RollingBack', 'Failed', 'Cancelled'].includes(status.phase);
  return number > status.step ? (goesOn ? 'next' : 'left') : goesOn ? 'now' : 'turned';
}

/** When each step of a rollout was entered last, as far as the audit tells. */
export function entered(audit: Audit[], status: Status): Map<number, number> {
  const times = new Map<number, number>();
  for (const it of audit) {
    const step = it.after?.step;
    if (it.decision === 'StepEntered' && it.rollout === status.rollout && it.target === status.target && typeof step === 'number' && !times.has(step)) {
      times.set(step, Date.parse(it.time));
    }
  }
  return times;
}

/** What the steps after this one take at the least, and whether people are among them. */
export function rest(steps: StepView[], status: Status): {millis: number; approvals: number} {
  const coming = steps.filter((it) => it.step > status.step);
  const approvals = coming.filter((it) => it.approvals).length;
  const millis = coming.filter((it) => !it.approvals).reduce((sum, it) => sum + (isoMillis(it.duration) ?? 0), 0);
  return {millis, approvals};
}
