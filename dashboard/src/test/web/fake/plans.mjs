// What the engine would make of a rollout file, as far as the page's tests need it: it looks for a few words.
import {at} from './statuses.mjs';

export const FILE = `version: v1
application: shop/walk
# 1.10 is not 1.1
context: {minor: 1.10}
targets: {local: {cluster: local, namespace: demo, strategy: asking}}
`;

const STEPS = [{step: 1, kind: 'setWeight', weight: 25}, {step: 2, kind: 'pause', approvals: 1}, {step: 3, kind: 'setWeight', weight: 100}];

export function planOf(file, world) {
  const application = /^application: (\S+)/m.exec(file)?.[1];
  if (!application) {
    const problems = [{pointer: '/application', message: 'is missing', allowed: []}, {pointer: '/targets/local/strategy', message: 'there is no strategy carful', allowed: ['careful', 'quick']}];
    return {status: 422, body: {error: 'The rollout file is not valid', todo: 'Correct what each problem’s pointer names', problems, warnings: []}};
  }
  const running = [...world.statuses.values()].find((it) => it.application === application && !it.endedAt);
  const now = running ? [{decision: 'Rejected', reason: `rollout ${running.rollout} is running`}] : [{decision: 'Started', reason: 'started'}];
  const targets = [{target: 'local', cluster: 'local', namespace: 'demo', steps: STEPS, watchedBy: ['failed-orders'], routes: ['local/demo/trafficsplits.split.smi-spec.io/shop']}];
  const json = `{"version":"v1","application":"${application}","context":{"minor":1.10},"targets":{"local":{"cluster":"local"}}}`;
  const warnings = [{pointer: '/targets/local', message: 'nothing bounds how long it may take', allowed: []}];
  return {status: 200, body: {application, targets, warnings, now, holds: [{kind: 'freeze', name: 'freeze-ads', words: 'frozen by mara: campaign weekend', until: at(Date.now() + 3_600_000), steps: {local: [1]}}], file: json}};
}

/** A rollout that has just begun, and waits. */
export const begun = ({id, application, revision}, actor, like) => ({
  ...like, rollout: id, application, target: 'local', cluster: 'local', revision, stableRevision: '1.9.0', actor, step: 2, steps: 3, version: 1, phase: 'AwaitingApproval',
  reasonCode: 'AwaitingApproval', reason: 'waits for an approval', waitingFor: {kind: 'approval', name: null, roles: [], until: null, approvals: {by: [], needed: 1, notBy: null}},
  weight: {desired: 25, applied: 25, observed: null}, startedAt: at(Date.now()), since: at(Date.now()), updatedAt: at(Date.now()), endedAt: null,
});
