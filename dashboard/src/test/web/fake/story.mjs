// Three rollouts that are told in full: one that awaits approval, one that went back, one that moves.
import {at, minutes} from './statuses.mjs';

const QUERIES = (canary, stable, many, outcome, run) => [
  {
    name: 'error-rate', outcome, canary, stable, samples: {canary: many, stable: many * 3}, limit: 'upperLimit 0.01',
    interval: {low: canary * 0.72, high: canary * 1.36}, evidence: outcome === 'Fail' ? {against: 188.4, bar: 100} : {against: 0.4 + run / 10, bar: 100},
    words: `5xx ${(canary * 100).toFixed(1)} % of ${many.toLocaleString('en')} requests, limit 1 %`, dryRun: false,
    asked: 'http_requests_total{status=~"5.."} / http_requests_total of 1.4.3 beside 1.4.2', detectable: {value: 0.0126, probability: 0.8},
  },
  {
    name: 'latency-p99', outcome: run === 1 ? 'Inconclusive' : 'Pass', canary: run === 1 ? null : 241, stable: 236, samples: {canary: run === 1 ? 37 : many, stable: many * 3}, limit: 'at most 1.2 × stable',
    interval: run === 1 ? null : {low: 229, high: 253}, words: run === 1 ? '37 of 100 requests' : 'p99 241 ms, stable 236 ms', dryRun: false,
  },
  {name: 'queue-depth', outcome: 'Pass', canary: 17.5, stable: 16, samples: {canary: 60, stable: 60}, limit: 'upperLimit 40', words: 'mean 17.5', dryRun: true},
];

export const STEPS = [
  {step: 1, kind: 'setWeight', weight: 5}, {step: 2, kind: 'pause', duration: 'PT2M'},
  {step: 3, kind: 'analysis', duration: 'PT2M30S', queries: ['error-rate', 'latency-p99', 'queue-depth']}, {step: 4, kind: 'setWeight', weight: 25},
  {step: 5, kind: 'pause', duration: 'PT4H', approvals: 2, roles: ['sre']}, {step: 6, kind: 'pause', duration: 'PT10M'}, {step: 7, kind: 'setWeight', weight: 100},
];

/** The decisions, verdicts and weights of one target from its start on. */
export function timelineOf(status, begun, end) {
  const audit = [];
  const verdicts = [];
  const weights = [];
  const {application, target, rollout} = status;
  let number = 100 * (1 + ['staging', 'prod-us', 'prod-eu', 'prod-apac'].indexOf(target));
  const say = (offset, decision, event, actor, reason, before, after) =>
    audit.push({id: `${application}/${++number}`, decision, application, target, rollout, event, actor, reason, errors: [], before, after, time: at(begun + offset)});
  const weigh = (offset, desired, applied, observed = null) => weights.push({at: at(begun + offset), rollout, phase: 'Progressing', step: 1, desired, applied, observed});
  const order = (offset, from, to, step) => {
    say(offset, 'Ordered', {type: 'time', id: null}, 'rollout-engine', `weight ${to} ordered`, {phase: 'Progressing', step, weight: from, applied: from, sequence: step * 2}, {phase: 'Progressing', step, weight: to, applied: from, sequence: step * 2 + 1});
    weigh(offset, to, from);
    say(offset + 190, 'Answered', {type: 'report', id: `${status.routes[0].route}/1.${step}`, reason: 'applied'}, 'weight-applier', 'the order was applied', {step, weight: to, applied: from}, {step, weight: to, applied: to});
    weigh(offset + 190, to, to);
  };
  const judge = (offset, step, run, canary, outcome = 'Pass') => {
    const many = 370 + run * 290;
    const id = `${rollout}/${target}/step-${step}/1/${run}`;
    verdicts.push({id, rollout, application, target, analysis: `${rollout}/${target}/step-${step}/1`, run, outcome: run === 1 && outcome === 'Pass' ? 'Inconclusive' : outcome, share: {observed: 4.9, low: 4.4, high: 5.4}, queries: QUERIES(canary, 0.0021, many, outcome, run), time: at(begun + offset)});
    say(offset, 'RunJudged', {type: 'verdict', id}, 'metrics-gate', `run ${run}: ${outcome}`);
  };
  say(0, 'Started', {type: 'start', id: rollout, reason: `release ${status.revision}`}, 'ci@shop', 'started');
  say(20, 'Began', {type: 'start', id: rollout}, 'ci@shop', 'began its generation');
  weigh(0, 0, 0);
  say(40, 'StepEntered', {type: 'report', id: null}, 'weight-applier', 'step 1: setWeight', {step: 0}, {step: 1, kind: 'setWeight'});
  order(60, 0, 5, 1);
  say(260, 'StepEntered', {type: 'report', id: null}, 'weight-applier', 'step 2: pause', {step: 1}, {step: 2, kind: 'pause'});
  for (let beat = 1; beat <= 4; beat++) {
    weigh(minutes(beat * 0.5), 5, 5, 4.6 + beat * 0.12);
  }
  say(minutes(1.2), 'DriftRepaired', {type: 'report', id: status.routes[0].route, reason: 'drift-repaired'}, 'kubectl-edit', 'weight 60 was set by hand; 5 was put back after 140 ms', {applied: 60}, {applied: 5});
  weigh(minutes(1.2), 5, 60);
  weigh(minutes(1.2) + 140, 5, 5);
  say(minutes(2) + 300, 'StepEntered', {type: 'time', id: null}, 'rollout-engine', 'step 3: analysis', {step: 2}, {step: 3, kind: 'analysis'});
  const goesBack = status.phase === 'RolledBack';
  for (let run = 1; run <= (goesBack ? 3 : 5); run++) {
    judge(minutes(2 + run * 0.5), 3, run, goesBack ? 0.006 * run + 0.003 : 0.0022, goesBack && run === 3 ? 'Fail' : 'Pass');
    weigh(minutes(2 + run * 0.5), 5, 5, 4.7 + run * 0.08);
  }
  if (goesBack) {
    const when = minutes(3.5) + 12;
    say(when, 'RollbackBegan', {type: 'verdict', id: `${rollout}/${target}/step-3/1/3`}, 'metrics-gate', status.reason, {phase: 'Analyzing', step: 3, weight: 5, applied: 5}, {phase: 'RollingBack', step: 3, weight: 0, applied: 5});
    order(when + 1, 5, 0, 3);
    say(when + 200, 'RolledBack', {type: 'report', id: null}, 'weight-applier', 'all routes are at 0', {phase: 'RollingBack', step: 3}, {phase: 'RolledBack', step: 3});
    weigh(when + 200, 0, 0);
  } else {
    say(minutes(4.6), 'StepEntered', {type: 'verdict', id: null}, 'metrics-gate', 'step 4: setWeight', {step: 3}, {step: 4, kind: 'setWeight'});
    order(minutes(4.6) + 30, 5, 25, 4);
    say(minutes(4.7), 'StepEntered', {type: 'report', id: null}, 'weight-applier', 'step 5: pause', {step: 4}, {step: 5, kind: 'pause'});
    say(minutes(5), 'Rejected', {type: 'approve', id: 'approve-1', reason: 'ship it'}, 'ci@shop', 'ci@shop started this rollout: somebody else has to approve it');
    say(minutes(6.4), 'Approved', {type: 'approve', id: 'approve-2', reason: 'graphs are flat'}, 'jun', 'approved (1 of 2) by jun');
    for (let beat = 10; begun + minutes(beat / 2) < end; beat++) {
      weigh(minutes(beat / 2), 25, 25, 24.1 + Math.sin(beat) * 0.6);
    }
  }
  return {audit, verdicts, weights};
}

/** The rollouts that are told, put in front of the others. */
export function told(now) {
  const base = (application, target, cluster, more) => ({
    rollout: '7f1c-checkout', application, target, cluster, revision: '1.4.2', stableRevision: '1.4.1', step: 5, steps: 7, stepKind: 'pause',
    weight: {desired: 25, applied: 25, observed: 24.6},
    routes: ['checkout', 'checkout-internal'].map((name) => ({route: `${cluster}/shop/httproutes.gateway.networking.k8s.io/${name}`, desired: 25, applied: 25, inForce: true, endpoints: {active: {ready: 6}, canary: {ready: 2}}, heardAt: at(now - minutes(9.3))})),
    labels: {team: 'payments', tier: '1', ticket: 'PAY-1482'},
    active: 'checkout', generation: 1795170000000, sequence: 17, version: 42, waitingFor: null, analysis: null,
    drift: {count: 1, actor: 'kubectl-edit'}, degraded: false, queued: null, actor: 'ci@shop', startedAt: at(now - minutes(14)), endedAt: null, nextAt: null,
    ...more,
  });
  const awaiting = base('shop/checkout', 'prod-us', 'us-1', {
    phase: 'AwaitingApproval', reasonCode: 'ApprovalPending', reason: 'approved (1 of 2) by jun', since: at(now - minutes(9.3)), updatedAt: at(now - minutes(7.6)), nextAt: at(now + minutes(230)),
    waitingFor: {kind: 'approval', name: null, roles: ['sre'], until: at(now + minutes(230)), approvals: {by: ['jun'], needed: 2, notBy: 'ci@shop'}},
    links: [{name: 'Grafana: checkout', url: 'https://grafana.example/d/checkout'}, {name: 'Pull request 1482', url: 'https://git.example/shop/checkout/pull/1482'}],
    analysis: {name: 'step-3', run: 5, runs: 5, outcome: 'Pass', queries: [{name: 'error-rate', outcome: 'Pass', canary: 0.0022, stable: 0.0021, limit: 'upperLimit 0.01'}]},
  });
  const staging = base('shop/checkout', 'staging', 'staging', {
    phase: 'Promoted', reasonCode: 'Promoted', reason: 'all steps are done', step: 7, stepKind: 'setWeight', weight: {desired: 100, applied: 100, observed: null},
    startedAt: at(now - minutes(40)), since: at(now - minutes(15)), updatedAt: at(now - minutes(15)), endedAt: at(now - minutes(15)), drift: {count: 0},
    routes: [{route: 'staging/shop/httproutes.gateway.networking.k8s.io/checkout', desired: 100, applied: 100, inForce: true}],
  });
  const behind = base('shop/checkout', 'prod-eu', 'eu-1', {
    phase: 'Pending', reasonCode: 'DependencyPending', reason: 'waits for prod-us', step: 0, stepKind: null, weight: {desired: 0, applied: null, observed: null}, routes: [],
    waitingFor: {kind: 'target', name: 'prod-us'}, since: at(now - minutes(14)), updatedAt: at(now - minutes(14)), drift: {count: 0},
  });
  const back = base('pay/ledger', 'prod-eu', 'eu-1', {
    rollout: '9ab0-ledger', phase: 'RolledBack', reasonCode: 'AnalysisFailed', reason: 'error-rate: 5xx 2.1 % of 1,240 requests, limit 1 %', step: 3, stepKind: 'analysis', revision: '3.12.0', stableRevision: '3.11.4',
    weight: {desired: 0, applied: 0, observed: null}, routes: [{route: 'eu-1/pay/httproutes.gateway.networking.k8s.io/ledger', desired: 0, applied: 0, inForce: true}],
    analysis: {name: 'step-3', run: 3, runs: 5, outcome: 'Fail', queries: [{name: 'error-rate', outcome: 'Fail', canary: 0.021, stable: 0.0021, limit: 'upperLimit 0.01'}]},
    startedAt: at(now - minutes(31)), since: at(now - minutes(27.4)), updatedAt: at(now - minutes(27.4)), endedAt: at(now - minutes(27.4)),
  });
  const degraded = base('identity/tokens', 'prod-apac', 'ap-1', {
    rollout: 'c0de-tokens', phase: 'RollingBack', degraded: true, reasonCode: 'RollbackDegraded', reason: 'the rollback is not reported applied since its deadline; the applier of ap-1 was last heard 4 min ago', step: 4, stepKind: 'setWeight',
    weight: {desired: 0, applied: 25, observed: 25.3}, routes: [{route: 'ap-1/identity/httproutes.gateway.networking.k8s.io/tokens', desired: 0, applied: 25, inForce: null}],
    waitingFor: {kind: 'report', name: 'ap-1'}, since: at(now - minutes(4.2)), updatedAt: at(now - minutes(3.2)), drift: {count: 0},
  });
  const handedBack = base('search/suggest', 'prod-eu', 'eu-1', {
    rollout: '51de-suggest', phase: 'Finalizing', reasonCode: 'FinalizePending', reason: "all steps are done: waits until Deployment search/suggest runs 1.4.2; it runs 1.4.1 ('finalize' goes on all the same)", step: 7, stepKind: 'setWeight',
    weight: {desired: 100, applied: 100, observed: 99.8}, routes: [{route: 'eu-1/search/httproutes.gateway.networking.k8s.io/suggest', desired: 100, applied: 100, inForce: true}],
    waitingFor: {kind: 'workload', name: 'Deployment search/suggest', roles: [], until: null}, startedAt: at(now - minutes(52)), since: at(now - minutes(2.1)), updatedAt: at(now - minutes(2)), drift: {count: 0},
  });
  return [awaiting, staging, behind, back, degraded, handedBack];
}
