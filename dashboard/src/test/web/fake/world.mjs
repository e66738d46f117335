import {minutes, at, statuses} from './statuses.mjs';
import {begun} from './plans.mjs';
import {STEPS, timelineOf, told} from './story.mjs';

const RECENT = 2000;

const keyOf = (it) => `${it.application}/${it.target}`;

/** What the engine and the dashboard's server know between them, and what they do with a command. */
export class World {
  constructor({many = 60, seed = 7, now = Date.now(), me = null} = {}) {
    this.begun = now;
    this.me = me;
    this.statuses = new Map();
    this.listeners = new Set();
    /** What was said lately, for those whose stream broke off; the number of the first is `forgotten`. */
    this.said = [];
    this.forgotten = 0;
    /** Targets whose appliers report nothing until letGo(). */
    this.heldBack = new Map();
    /** What the engine refuses every command with. */
    this.refusal = null;
    /** Of the server's configuration. */
    this.links = [
      {name: 'Canary in Grafana', url: 'https://grafana.example/d/canary?var-app={application}&from={startedAtMillis}&to={untilMillis}'},
      {name: 'Ticket', url: 'https://tickets.example/browse/{label.ticket}'},
    ];
    this.commands = [];
    /** Every command as it was written, and every file that a plan was asked of. */
    this.texts = [];
    this.planned = [];
    this.outcomes = new Map();
    /** What people think of rollouts that are over, by id. */
    this.assessments = new Map();
    this.timelines = new Map();
    this.freezes = [
      {id: 'freeze-ads', labels: {team: 'ads'}, actor: 'mara', reason: 'campaign weekend', since: at(now - minutes(190)), until: at(now + minutes(1900))},
    ];
    this.number = 10_000;
    for (const it of [...statuses(Math.max(0, many - 6), seed, now).filter((one) => !/^(shop\/checkout|pay\/ledger|identity\/tokens)$/.test(one.application)), ...told(now)]) {
      this.statuses.set(keyOf(it), it);
    }
  }

  timeline(application) {
    if (!this.timelines.has(application)) {
      const targets = [...this.statuses.values()].filter((it) => it.application === application && it.step > 0)
        .map((it) => ({target: it.target, ...timelineOf(it, Date.parse(it.startedAt), Date.now())}));
      this.timelines.set(application, {
        complete: true,
        audit: targets.flatMap((one) => one.audit).sort((a, b) => b.time.localeCompare(a.time)),
        targets: targets.map(({target, verdicts, weights}) => ({target, verdicts: verdicts.reverse(), weights})),
      });
    }
    return this.timelines.get(application);
  }

  view(application) {
    const own = [...this.statuses.values()].filter((it) => it.application === application);
    return {
      application, rollout: own[0]?.rollout, window: {open: true, until: at(Date.now() + minutes(143)), reason: null}, targets: own,
      steps: Object.fromEntries(own.map((it) => [it.target, STEPS])),
      dependsOn: Object.fromEntries(own.map((it) => [it.target, it.target === 'staging' ? [] : it.waitingFor?.kind === 'target' ? [it.waitingFor.name] : ['staging'].filter((name) => own.some((one) => one.target === name))])),
      lockstep: [],
    };
  }

  history(application) {
    const now = Date.now();
    const past = (index, phase, reason, spent) => {
      const begun = now - minutes(60 * 26 * (index + 1));
      const lasted = Object.values(spent).reduce((sum, it) => sum + it, 0);
      const iso = Object.fromEntries(Object.entries(spent).map(([key, it]) => [key, `PT${it}M`]));
      const target = (name) => ({target: name, cluster: name, phase, step: phase === 'Promoted' ? 7 : 3, steps: 7, reasonCode: phase === 'Promoted' ? 'Promoted' : 'AnalysisFailed', reason, actor: 'ci@shop', driftCount: index % 3, endedAt: at(begun + minutes(lasted)), spent: iso});
      return {rollout: `old-${index}`, revision: `1.${4 - index}.${index === 0 ? 1 : 7}`, phase, actor: 'ci@shop', startedAt: at(begun), endedAt: at(begun + minutes(lasted)), assessment: this.assessments.get(`old-${index}`) ?? null, targets: [target('staging'), target('prod-us')]};
    };
    const running = [...this.statuses.values()].find((it) => it.application === application);
    return running ? [
      {rollout: running.rollout, revision: running.revision, phase: running.phase, actor: running.actor, startedAt: running.startedAt, endedAt: running.endedAt, assessment: this.assessments.get(running.rollout) ?? null, targets: []},
      past(0, 'Promoted', 'all steps are done', {MOVING: 2, ANALYSING: 14, PAUSING: 20, PEOPLE: 25}),
      past(1, 'RolledBack', 'latency-p99: 480 ms, limit 1.2 × stable (236 ms)', {MOVING: 1, ANALYSING: 6, PAUSING: 2}),
      past(2, 'Promoted', 'all steps are done', {MOVING: 2, ANALYSING: 15, PAUSING: 20, PEOPLE: 4, HELD: 120}),
    ] : [];
  }

  /** Sends it to every open page. */
  say(event, data) {
    this.said.push({event, data});
    if (this.said.length > RECENT) {
      this.said.shift();
      this.forgotten++;
    }
    this.listeners.forEach((listen) => listen(event, data));
  }

  /** How much was said so far. */
  get position() {
    return this.forgotten + this.said.length;
  }

  /** What came after a position; undefined where that is not kept any more. */
  after(position) {
    return position >= this.forgotten && position <= this.position ? this.said.slice(position - this.forgotten) : undefined;
  }

  /** From now on nothing is heard of what happens on a target's routes. */
  holdBack(key) {
    this.heldBack.set(key, []);
  }

  letGo(key) {
    this.heldBack.get(key).forEach((report) => report());
    this.heldBack.delete(key);
  }

  change(key, more) {
    const was = this.statuses.get(key);
    const is = {...was, ...more, version: was.version + 1, updatedAt: at(Date.now())};
    this.statuses.set(key, is);
    this.say('status', is);
    return is;
  }

  audit(entry) {
    const full = {id: `${entry.application}/${++this.number}`, errors: [], before: null, after: null, target: null, rollout: null, time: at(Date.now()), ...entry};
    this.timeline(entry.application).audit.unshift(full);
    this.say('audit', full);
    return full;
  }

  fleet() {
    const spread = (medianMillis, p90Millis, longestMillis) => ({count: 201, medianMillis, p90Millis, longestMillis});
    return {
      complete: true, from: at(Date.now() - minutes(7 * 1440)), to: at(Date.now()), promoted: 188, wentBack: 13, falseAborts: 2, missed: 0, promotedPerDay: 26.9, changeFailureRate: 11 / 201,
      leadTime: spread(minutes(42), minutes(190), minutes(1500)), timeToRestore: spread(210, 480, 2_900),
    };
  }

  /** A little life: analyses go on, weights are measured. */
  beat(many = 3) {
    const running = [...this.statuses.values()].filter((it) => ['Progressing', 'Analyzing', 'Paused'].includes(it.phase));
    for (let i = 0; i < many && running.length; i++) {
      const it = running[Math.floor(Math.random() * running.length)];
      const applied = it.weight.applied;
      const observed = applied > 0 ? Math.max(0, Math.round((applied + Math.random() - 0.5) * 100) / 100) : null;
      const run = it.analysis ? (it.analysis.run % 5) + 1 : null;
      this.change(keyOf(it), {weight: {...it.weight, observed}, ...(run && {reason: `analysis run ${run} of 5`, analysis: {...it.analysis, run}})});
    }
  }

  command(command) {
    this.commands.push(command);
    const actor = this.me?.actor ?? 'anyone';
    if (this.me && !this.me.commands.includes(command.type)) {
      return {status: 403, body: {error: `${command.type} needs the role operator of ${command.application}; ${actor} has [${this.me.roles}]`, todo: 'Ask an admin for the role', problems: []}};
    }
    setTimeout(() => this.carryOut(command, actor), 60);
    return {status: 202, body: {id: command.id, application: command.application, warnings: []}};
  }

  report(key, report) {
    setTimeout(() => (this.heldBack.get(key) ? this.heldBack.get(key).push(report) : report()), 120);
  }

  /** A start is decided at once, and its status follows. */
  begin(command, actor) {
    const status = begun(command, actor, this.statuses.get('shop/checkout/prod-us'));
    this.outcomes.set(command.id, [this.audit({decision: 'Started', application: command.application, rollout: command.id, event: {type: 'start', id: command.id, reason: command.reason ?? null}, actor, reason: 'started'})]);
    this.statuses.set(keyOf(status), status);
    this.say('status', status);
  }

  assess({id, application, reason = null, assessment: {rollout, ending}}, actor) {
    const past = this.history(application).find((it) => it.rollout === rollout);
    const was = past?.phase === 'Promoted' ? 'promoted' : 'rolled back';
    this.assessments.set(rollout, {ending, actor, reason, at: at(Date.now())});
    const entry = this.audit({
      decision: 'Assessed', application, rollout, actor, event: {type: 'assess', id, reason},
      reason: `that it was ${was} was ${ending}, says ${actor}${reason ? `: ${reason}` : ''}`, after: {phase: past?.phase, ending},
    });
    this.outcomes.set(id, [entry]);
  }

  carryOut(command, actor) {
    if (command.type === 'assess') {
      return this.assess(command, actor);
    }
    if (command.type === 'start' && !this.refusal) {
      return this.begin(command, actor);
    }
    if (command.target === undefined && command.application !== '*') {
      const own = [...this.statuses.values()].filter((one) => one.application === command.application && !one.endedAt);
      return own.forEach((one) => this.carryOut({...command, target: one.target}, actor));
    }
    const key = `${command.application}/${command.target}`;
    const it = this.statuses.get(key);
    const event = {type: command.type, id: command.id, reason: command.reason ?? null};
    const decide = (decision, reason, more = {}) => {
      const entry = this.audit({decision, application: command.application, target: command.target ?? null, rollout: it?.rollout ?? null, event, actor, reason, ...more});
      this.outcomes.set(command.id, [...(this.outcomes.get(command.id) ?? []), entry]);
    };
    if (command.type === 'freeze') {
      this.freezes.push({id: command.id, labels: command.labels ?? {}, actor, reason: command.reason, since: at(Date.now()), until: command.until ?? null});
      return decide('Frozen', `frozen by ${actor}`);
    }
    if (command.type === 'unfreeze') {
      this.freezes = this.freezes.filter((freeze) => freeze.id !== command.freeze);
      return decide('Unfrozen', `lifted by ${actor}`);
    }
    if (!it || (command.expect?.step !== undefined && command.expect.step !== it.step)) {
      return decide('Rejected', it ? `the rollout is at step ${it.step}, not ${command.expect.step}: look again, then decide` : 'nothing is running');
    }
    if (this.refusal) {
      return decide('Rejected', this.refusal);
    }
    const none = {waitingFor: null, nextAt: null, since: at(Date.now())};
    switch (command.type) {
      case 'abort': case 'reject':
        decide('RollbackBegan', `${command.type} by ${actor}`);
        this.change(key, {...none, phase: 'RollingBack', reasonCode: command.type === 'abort' ? 'Aborted' : 'Rejected', reason: `${command.type} by ${actor}`, actor, weight: {...it.weight, desired: 0}, routes: it.routes.map((route) => ({...route, desired: 0, inForce: null}))});
        this.report(key, () => this.change(key, {phase: 'RolledBack', since: at(Date.now()), endedAt: at(Date.now()), weight: {desired: 0, applied: 0, observed: null}, routes: it.routes.map((route) => ({...route, desired: 0, applied: 0, inForce: true}))}));
        return undefined;
      case 'approve': {
        const by = [...(it.waitingFor.approvals?.by ?? []), actor];
        const needed = it.waitingFor.approvals?.needed ?? 1;
        decide('Approved', `approved (${by.length} of ${needed}) by ${actor}`);
        return by.length < needed
          ? this.change(key, {reason: `approved (${by.length} of ${needed}) by ${actor}`, waitingFor: {...it.waitingFor, approvals: {...it.waitingFor.approvals, by}}})
          : this.change(key, {...none, phase: 'Paused', step: it.step + 1, reasonCode: 'TimedPause', reason: 'pause of 10 min', nextAt: at(Date.now() + minutes(10)), waitingFor: {kind: 'time', name: null, until: at(Date.now() + minutes(10))}});
      }
      case 'pause':
        decide('Paused', `paused by ${actor}`);
        return this.change(key, {...none, phase: 'Paused', reasonCode: 'OperatorPaused', reason: `paused by ${actor}`, actor, waitingFor: {kind: 'person', name: 'resume', roles: [], until: null}});
      default:
        decide(command.type === 'resume' ? 'Resumed' : 'Ignored', `${command.type} by ${actor}`);
        return this.change(key, {...none, phase: 'Progressing', reasonCode: 'WeightOrdered', reason: `${command.type} by ${actor}`, actor});
    }
  }
}
