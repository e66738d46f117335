// Invented rollouts whose messages are as the schemas say.
import {random} from './random.mjs';

const TEAMS = ['shop', 'pay', 'search', 'media', 'identity', 'logistics', 'ads', 'data'];
const SERVICES = ['checkout', 'cart', 'catalog', 'ledger', 'refunds', 'ranking', 'indexer', 'thumbnails', 'sessions', 'tokens', 'routing', 'labels', 'bidder', 'reports', 'gateway', 'profile'];
const TARGETS = [['staging', 'staging'], ['prod-eu', 'eu-1'], ['prod-us', 'us-1'], ['prod-apac', 'ap-1']];
const ACTORS = ['ci@shop', 'argo-cd', 'mara', 'jun', 'ci@pay'];
export const minutes = (count) => count * 60_000;
export const at = (millis) => new Date(millis).toISOString();

const PHASES = [
  ['Promoted', 40], ['Progressing', 14], ['Analyzing', 14], ['Paused', 8], ['Waiting', 5], ['Pending', 7], ['AwaitingApproval', 3],
  ['RollingBack', 1], ['RolledBack', 3], ['Finalizing', 2], ['Failed', 1], ['Cancelled', 2],
];
const TOTAL = PHASES.reduce((sum, [, share]) => sum + share, 0);

function phaseOf(dice) {
  let left = dice.next() * TOTAL;
  for (const [phase, share] of PHASES) {
    left -= share;
    if (left < 0) {
      return phase;
    }
  }
  return 'Promoted';
}

const WEIGHTS = [0, 5, 5, 5, 25, 25, 50, 100];
const KINDS = [null, 'setWeight', 'pause', 'analysis', 'setWeight', 'analysis', 'setWeight', 'setWeight'];

/** What each phase says beside its name. */
function told(phase, dice, now, step) {
  const later = (low, high) => at(now + dice.between(minutes(low), minutes(high)));
  switch (phase) {
    case 'Pending': return {reasonCode: 'DependencyPending', reason: 'waits for staging', waitingFor: {kind: 'target', name: 'staging'}};
    case 'Progressing': return {reasonCode: 'WeightOrdered', reason: 'the order is on its way', waitingFor: {kind: 'report', name: null, until: later(5, 20)}};
    case 'Analyzing': {
      const run = dice.whole(1, 4);
      return {
        reasonCode: 'AnalysisRunning', reason: `analysis run ${run} of 5`, nextAt: later(0.2, 1), waitingFor: {kind: 'analysis', name: `step-${step}`, until: later(0.2, 1)},
        analysis: {name: `step-${step}`, run, runs: 5, outcome: 'Pass', queries: [{name: 'error-rate', outcome: 'Pass', canary: 0.002, stable: 0.0021, limit: 'upperLimit 0.01'}]},
      };
    }
    case 'Paused': {
      const until = later(1, 40);
      return {reasonCode: 'TimedPause', reason: `pause until ${until}`, nextAt: until, waitingFor: {kind: 'time', name: null, until}};
    }
    case 'AwaitingApproval': {
      const role = dice.of(['sre', 'sre', 'leads']);
      return {
        reasonCode: 'ApprovalPending', reason: `waits for an approval by one of [${role}]`,
        waitingFor: {kind: 'approval', name: null, roles: [role], until: later(30, 240), approvals: {by: [], needed: 1, notBy: null}},
      };
    }
    case 'Waiting': {
      const until = later(60, 900);
      return {reasonCode: 'WindowClosed', reason: 'the raise waits: no allow window is open (0 9 * * MON-FRI, Europe/Berlin)', nextAt: until, waitingFor: {kind: 'window', name: null, until}};
    }
    case 'RollingBack': return {reasonCode: 'AnalysisFailed', reason: 'error-rate 5xx 4.2 % of 812 requests, limit 1 %', waitingFor: {kind: 'report', name: null, until: later(0, 1)}};
    case 'RolledBack': return {reasonCode: dice.of(['AnalysisFailed', 'Aborted', 'EndpointsLost']), reason: 'error-rate: 5xx 2.1 % of 1,240 requests, limit 1 %'};
    case 'Finalizing': return {reasonCode: 'Ending', reason: 'waits for the conditions after the deployment', waitingFor: {kind: 'webhook', name: 'smoke-test', until: later(1, 9)}};
    case 'Failed': return {reasonCode: 'Superseded', reason: 'a newer rollout took the route over'};
    case 'Cancelled': return {reasonCode: 'DependencyFailed', reason: 'staging was rolled back'};
    default: return {reasonCode: 'Promoted', reason: 'all steps are done'};
  }
}

export function status(application, [target, cluster], index, phase, dice, now) {
  const isOver = ['Promoted', 'RolledBack', 'Failed', 'Cancelled'].includes(phase);
  const step = phase === 'Pending' || phase === 'Cancelled' ? 0 : phase === 'Promoted' ? 7 : phase === 'Analyzing' ? dice.of([3, 5]) : phase === 'Paused' ? 2 : dice.whole(1, 6);
  const gone = phase === 'RolledBack' || phase === 'Failed';
  const desired = phase === 'RollingBack' || gone ? 0 : WEIGHTS[step];
  const applied = phase === 'RollingBack' ? WEIGHTS[step] : phase === 'Progressing' ? WEIGHTS[Math.max(0, step - 1)] : desired;
  const since = now - dice.between(minutes(0.3), minutes(isOver ? 3000 : 90));
  const name = application.split('/')[1];
  const minor = dice.whole(2, 40);
  const route = `${cluster}/${application.split('/')[0]}/httproutes.gateway.networking.k8s.io/${name}`;
  return {
    rollout: `r-${index.toString(16).padStart(5, '0')}`, application, target, cluster,
    revision: `1.${minor + 1}.0`, stableRevision: `1.${minor}.${dice.whole(0, 4)}`, phase, step, steps: 7, stepKind: KINDS[step],
    weight: {desired, applied, observed: applied > 0 && !isOver && dice.next() > 0.25 ? Math.round((applied + dice.between(-0.8, 0.8)) * 100) / 100 : null},
    routes: [{route, desired, applied, inForce: applied === desired ? true : null, endpoints: {active: {ready: dice.whole(2, 12)}, canary: {ready: dice.whole(1, 4)}}, heardAt: at(since)}],
    labels: {team: application.split('/')[0], tier: String(1 + index % 3)},
    active: name, generation: 1795170000000 + index, sequence: 1 + step * 2, version: 10 + index % 7,
    waitingFor: null, analysis: null, drift: {count: dice.next() > 0.94 ? 1 : 0, actor: null}, degraded: false, queued: null,
    actor: dice.of(ACTORS), startedAt: at(since - minutes(20)), since: at(since), nextAt: null, updatedAt: at(since + 1000), endedAt: isOver ? at(since) : null,
    ...told(phase, dice, now, step),
  };
}

/** So many targets of applications of all kinds. */
export function statuses(many, seed, now) {
  const dice = random(seed);
  const made = [];
  for (let index = 0; made.length < many; index++) {
    const round = Math.floor(index / (TEAMS.length * SERVICES.length));
    const name = SERVICES[(index * 7) % SERVICES.length] + (round ? `-${round + 1}` : '');
    const application = `${TEAMS[Math.floor(index / SERVICES.length) % TEAMS.length]}/${name}`;
    const how = dice.whole(1, 4);
    for (const target of TARGETS.slice(4 - how).slice(0, many - made.length)) {
      made.push(status(application, target, made.length, phaseOf(dice), dice, now));
    }
  }
  return made;
}
