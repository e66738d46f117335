import type {CommandType} from './command';
import type {Status} from './messages';
import {many, percent} from './words';

interface Action {
  type: CommandType;
  label: string;
  title: string;
  /** Needs a second look: it moves traffic or can't be taken back. */
  heavy?: boolean;
}

export const ACTIONS: Record<CommandType, Action> = {
  approve: {type: 'approve', label: 'Approve', title: 'Approve this step'},
  reject: {type: 'reject', label: 'Reject', title: 'Reject, and roll back', heavy: true},
  pause: {type: 'pause', label: 'Pause', title: 'Hold every step'},
  resume: {type: 'resume', label: 'Resume', title: 'Go on'},
  skip: {type: 'skip', label: 'Skip step', title: 'End what this step waits for'},
  promote: {type: 'promote', label: 'Promote', title: 'All traffic to the canary', heavy: true},
  goto: {type: 'goto', label: 'Go to step', title: 'Go to another step'},
  abort: {type: 'abort', label: 'Abort', title: 'Abort, and roll back now', heavy: true},
  retry: {type: 'retry', label: 'Retry', title: 'Try this rollout again'},
  undo: {type: 'undo', label: 'Undo', title: 'All traffic back to the revision before', heavy: true},
  finalize: {type: 'finalize', label: 'Finalize', title: 'The active workload runs the revision now'},
  release: {type: 'release', label: 'Release hold', title: 'Let this revision go forward again'},
  assess: {type: 'assess', label: 'Was it right?', title: 'Say whether it ended rightly'},
  abandon: {type: 'abandon', label: 'Abandon', title: 'Stop trying to roll back', heavy: true},
  freeze: {type: 'freeze', label: 'Freeze', title: 'Let no weight go up'},
  unfreeze: {type: 'unfreeze', label: 'Lift', title: 'Lift this freeze'},
};

/** A revision that a person went back from is held for automation until somebody releases it. */
const BY_A_PERSON = ['Aborted', 'Rejected', 'TakenBack'];

/** What a target can be told now; the engine refuses the rest anyway. */
export function offered(status: Status): CommandType[] {
  const waits = status.waitingFor;
  switch (status.phase) {
    case 'Promoted': return ['undo', 'assess'];
    case 'RolledBack': return BY_A_PERSON.includes(status.reasonCode) ? ['retry', 'release', 'assess'] : ['retry', 'assess'];
    case 'Failed': return BY_A_PERSON.includes(status.reasonCode) ? ['retry', 'release'] : ['retry'];
    case 'Cancelled': return ['retry'];
    case 'RollingBack': return status.degraded ? ['abort', 'abandon'] : [];
    case 'Pending': return waits?.kind === 'approval' ? ['approve', 'reject', 'abort'] : ['abort'];
    case 'Finalizing': return waits?.kind === 'command' || waits?.kind === 'workload' ? ['finalize', 'abort'] : waits?.kind === 'approval' ? ['approve', 'reject', 'abort'] : ['abort'];
  }
  const holds: CommandType = waits?.kind === 'person' || status.reasonCode === 'OperatorPaused' ? 'resume' : 'pause';
  const answers: CommandType[] = waits?.kind === 'approval' ? ['approve', 'reject'] : [];
  return [...answers, holds, 'skip', 'promote', 'goto', 'abort'];
}

/** What many targets do together. */
export function effectOnAll(type: CommandType, all: Status[]): string {
  const routes = many(all.reduce((sum, it) => sum + (it.routes?.length ?? 0), 0), 'route');
  const weights = all.map((it) => `${it.target} ${percent(it.weight?.applied)}`).join(', ');
  return type === 'abort' ? `${weights} → 0 on ${routes} of ${many(all.length, 'target')}` : `${many(all.length, 'target')} stay as they are (${weights}) until somebody resumes them`;
}

function wayBack(status: Status): string {
  const {applied, desired} = status.weight ?? {};
  const routes = many(status.routes?.length || 1, 'route');
  if (applied == null) {
    return `${percent(desired)}${desired == null ? '' : ' as ordered'} → 0 on ${routes}`;
  }
  return applied === 0 ? `0 % stays 0 % on ${routes}; the rollout ends` : `${percent(applied)} → 0 on ${routes}`;
}

/** Exactly what a command does to the traffic, or that it does nothing to it. */
export function effect(type: CommandType, status: Status, step?: {number: number; weight: number | null}): string {
  const {weight, waitingFor} = status;
  const routes = many(status.routes?.length || 1, 'route');
  const approvals = waitingFor?.approvals;
  switch (type) {
    case 'abort': case 'reject': return wayBack(status);
    case 'promote': return `${percent(weight?.applied)} → 100 % on ${routes}, past every pause and analysis`;
    case 'approve': {
      const left = approvals ? approvals.needed - approvals.by.length - 1 : 0;
      return left > 0
        ? `counts as ${approvals!.by.length + 1} of ${approvals!.needed}; nothing moves before ${many(left, 'more approval')}`
        : `step ${status.step} of ${status.steps} is passed, and the rollout goes on`;
    }
    case 'skip': return `step ${status.step} of ${status.steps} ends now, its analysis with it; the next step begins`;
    case 'goto': return step
      ? `step ${step.number} begins anew` + (step.weight == null ? '' : ` at ${percent(step.weight)} (now ${percent(weight?.applied)})`)
      : 'choose a step';
    case 'pause': return `stays at ${percent(weight?.applied)} until somebody resumes it`;
    case 'resume': return `goes on from ${percent(weight?.applied)} at step ${status.step} of ${status.steps}`;
    case 'retry': return `a new rollout of ${status.revision ?? 'the same revision'} begins at 0 %`;
    case 'undo': return `all traffic back to ${status.stableRevision ?? 'the backend before'} on ${routes}`;
    case 'finalize': return waitingFor?.kind === 'workload'
      ? `traffic goes back to the active workload, though ${waitingFor.name ?? 'it'} is not seen to run ${status.revision ?? 'the revision'}`
      : 'the active workload runs the revision; traffic goes back to it';
    case 'release': return `automation may start ${status.revision ?? 'this revision'} again`;
    case 'assess': return `nothing moves; a ${status.phase === 'Promoted' ? 'promotion that was wrong counts as missed' : 'rollback that was wrong counts as a false abort'}`;
    case 'abandon': return `the rollback ends as Failed; weights stay as they are (${percent(weight?.applied)})`;
    case 'freeze': return 'no weight goes up until it is lifted; going back never waits';
    case 'unfreeze': return 'weights may go up again';
  }
}
