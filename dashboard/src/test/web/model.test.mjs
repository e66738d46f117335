import assert from 'node:assert/strict';
import {before, describe, it} from 'node:test';
import {bundled} from './bundled.mjs';
import {World} from './fake/world.mjs';

const of = (world, key) => world.statuses.get(key);

describe('what the page makes of messages', () => {
  let model;
  const world = new World({many: 60});
  const prod = of(world, 'shop/checkout/prod-us');

  before(async () => {
    model = await bundled(['access', 'search', 'words', 'command', 'effect', 'attention', 'steps', 'phase', 'start']);
  });

  const found = (text, more = {}) => model.found(world.statuses.values(), {text, phases: [], needs: false, sort: 'application', ...more}, null).map((it) => `${it.application} ${it.target}`);

  it('finds by every word, in one field, and without a word', () => {
    // given, when, then
    assert.deepEqual(found('shop/checkout prod'), ['shop/checkout prod-eu', 'shop/checkout prod-us']);
    assert.deepEqual(found('app:shop/checkout cluster:us-1'), ['shop/checkout prod-us']);
    assert.deepEqual(found('app:shop/checkout -target:prod-us -target:staging'), ['shop/checkout prod-eu']);
    assert.deepEqual(found('app:shop/checkout reason:approvalpending'), ['shop/checkout prod-us']);
    assert.deepEqual(found('checkout nosuchthing'), []);
  });

  it('asks of a list what needs somebody: degraded, then the longest wait, then what went back, the newest first', () => {
    // given
    const me = {actor: 'alice', groups: ['sre'], commands: []};
    // when
    const needs = model.needed(world.statuses.values(), me);
    // then
    const kinds = needs.map(({need}) => need);
    assert.deepEqual([...kinds].sort((a, b) => ['degraded', 'you', 'others', 'rolledBack'].indexOf(a) - ['degraded', 'you', 'others', 'rolledBack'].indexOf(b)), kinds);
    const waits = needs.filter(({need}) => need === 'you').map(({since}) => since);
    assert.deepEqual(waits, [...waits].sort((a, b) => a - b));
  });

  it('counts nobody twice, and not who started it where their word does not count', () => {
    // given
    const as = (actor) => model.approvalBar(prod, {actor, groups: ['sre'], commands: []});
    // when, then
    assert.equal(as('alice'), null);
    assert.match(as('jun'), /you have approved already/);
    assert.match(as('ci@shop'), /you started it/);
    assert.match(model.approvalBar(prod, {actor: 'x', groups: ['dev'], commands: []}), /needs one of the roles sre; you have dev/);
  });

  it('knows by the rules who may answer where, and leaves to others what somebody may only see', () => {
    // given
    const me = {actor: 'alice', groups: ['sre'], grants: [{applications: 'shop/*', roles: ['approver']}, {applications: '*', roles: ['viewer']}]};
    const elsewhere = {...prod, application: 'pay/ledger'};
    const paused = {...prod, waitingFor: {kind: 'person', name: 'resume'}};
    // when, then
    assert.equal(model.need(prod, me), 'you');
    assert.equal(model.need(elsewhere, me), 'others');
    assert.match(model.approvalBar(elsewhere, me), /needs the role approver; you have sre, viewer/);
    assert.equal(model.need(paused, me), 'others');
    assert.equal(model.need(paused, {...me, grants: [{applications: '*', roles: ['admin']}]}), 'you');
    assert.equal(model.need(prod, null), 'you');
    assert.equal(model.need(prod, undefined), 'others');
    assert.equal(model.need(of(world, 'search/suggest/prod-eu'), null), null);
  });

  it('says what an abort does to the traffic, and nothing of what is not known', () => {
    // given
    const at = (weight) => model.effect('abort', {...prod, weight});
    // when, then
    assert.equal(at({desired: 25, applied: 25}), '25 % → 0 on 2 routes');
    assert.equal(at({desired: 50, applied: null}), '50 % as ordered → 0 on 2 routes');
    assert.equal(at({desired: 0, applied: 0}), '0 % stays 0 % on 2 routes; the rollout ends');
    assert.equal(model.effect('approve', {...prod, waitingFor: {kind: 'approval', approvals: {by: [], needed: 3}}}), 'counts as 1 of 3; nothing moves before 2 more approvals');
  });

  it('takes a target for one at 0 % when it is reported, or when it ended before it began', () => {
    // given
    const at = (more) => model.isAtZero({...prod, phase: 'RollingBack', weight: {desired: 0, applied: 0}, ...more});
    // when, then
    assert.equal(at({}), true);
    assert.equal(at({weight: {desired: 5, applied: 0}}), false);
    assert.equal(at({weight: {desired: 0, applied: null}}), false);
    assert.equal(at({weight: {desired: 0, applied: null}, step: 0}), false);
    assert.equal(at({weight: {desired: 0, applied: null}, step: 0, phase: 'Cancelled'}), true);
  });

  it('writes a command line that a shell reads as it was meant', () => {
    // given
    const command = model.commandFor('goto', prod, {id: 'x', step: 2, reason: 'it\'s $HOME'});
    // when, then
    assert.equal(model.commandLine(command), `sluice goto shop/checkout 2 --target prod-us --rollout 7f1c-checkout --step 5 --reason 'it'\\''s $HOME' --request-id x`);
    assert.equal(model.commandLine({id: 'f', type: 'freeze', application: '*', labels: {team: 'ads'}}), 'sluice freeze --label team=ads --request-id f');
  });

  it('writes a start with the file as the engine gave it, and a line that a shell reads as it was meant', () => {
    // given
    const start = {id: 'x', application: 'shop/walk', revision: '1.10', reason: 'it\'s time', file: '{"context":{"minor":1.10}}'};
    // when, then
    assert.equal(model.startMessage(start), `{"id":"x","type":"start","application":"shop/walk","revision":"1.10","reason":"it's time","rollout":{"context":{"minor":1.10}}}`);
    assert.equal(model.startLine(start, 'my walk.yaml'), `sluice start -f 'my walk.yaml' --revision 1.10 --reason 'it'\\''s time' --request-id x`);
  });

  it('says of a plan what a start would lead to, and whether it would change anything', () => {
    // given
    const said = (...now) => model.verdict({application: 'shop/walk', targets: [{target: 'eu'}, {target: 'us'}], now});
    // when, then
    assert.deepEqual(said({decision: 'Started'}, {decision: 'StepEntered'}), {words: 'a rollout of shop/walk on eu, us begins', begins: true});
    assert.deepEqual(said({decision: 'Enqueued', reason: 'rollout r1 is running'}), {words: 'a rollout of shop/walk on eu, us waits its turn: rollout r1 is running', begins: true});
    assert.deepEqual(said({decision: 'RollbackBegan', reason: 'back to 1.4.1'}), {words: 'back to 1.4.1', begins: true});
    assert.deepEqual(said({decision: 'Rejected', reason: 'r1 is running'}), {words: 'would be rejected now: r1 is running', begins: false});
    assert.deepEqual(said({decision: 'Ignored', reason: 'it runs already'}), {words: 'nothing to do: it runs already', begins: false});
  });

  it('expects of an answer the step that was looked at, and of an abort only the rollout', () => {
    // given, when, then
    assert.deepEqual(model.commandFor('approve', prod).expect, {rollout: '7f1c-checkout', step: 5});
    assert.deepEqual(model.commandFor('abort', prod).expect, {rollout: '7f1c-checkout'});
    assert.equal(model.commandFor('retry', prod).expect, undefined);
  });

  it('says lengths of time by their two largest units', () => {
    // given, when, then
    assert.deepEqual([0, 48_000, 59_700, 61_000, 7_500_000, 90_000_000].map(model.duration), ['0 s', '48 s', '1 min', '1 min 1 s', '2 h 5 min', '1 d 1 h']);
    assert.deepEqual(['PT30S', 'PT1H30M', 'P2DT3H', 'PT0.5S', 'soon', null].map(model.isoMillis), [30_000, 5_400_000, 183_600_000, 500, null, null]);
  });

  it('says that a weight is not known where it is not', () => {
    // given, when, then
    assert.deepEqual([0, 12.5, null, undefined].map(model.percent), ['0 %', '12.5 %', 'not known', 'not known']);
  });

  it('knows steps that are done, now, next, and where it turned back', () => {
    // given
    const states = (phase, step) => [1, 2, 3].map((number) => model.stepState(number, {phase, step}));
    // when, then
    assert.deepEqual(states('Analyzing', 2), ['done', 'now', 'next']);
    assert.deepEqual(states('RolledBack', 2), ['done', 'turned', 'left']);
    assert.deepEqual(states('Promoted', 3), ['done', 'done', 'done']);
  });
});
