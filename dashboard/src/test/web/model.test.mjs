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
    model = await bundled(['access', 'search', 'words', 'command', 'effect', 'attention', 'steps', 'phase', 'start', 'links', 'objects', 'appliers']);
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

  it('finds by label: its whole name and how its value begins, or any words of it; by actor and cluster, too', () => {
    // given
    const labelled = (labels) => [{...prod, labels}];
    const hits = (text, statuses) => model.found(statuses, {text, phases: [], needs: false, sort: ''}, null).length;
    // when, then
    assert.deepEqual(found('label:team=payments target:prod-us'), ['shop/checkout prod-us']);
    assert.deepEqual(found('label:ticket=pay-1482 actor:ci@shop cluster:us-1'), ['shop/checkout prod-us']);
    assert.deepEqual(found('pay-1482 us-1 ci@shop'), ['shop/checkout prod-us']);
    assert.equal(hits('label:team=pay', labelled({team: 'payments'})), 1);
    assert.equal(hits('label:team=pay', labelled({subteam: 'payments', team: 'ads'})), 0);
    assert.equal(hits('label:ments', labelled({team: 'payments'})), 1);
    assert.equal(hits('-label:team=payments', labelled({team: 'payments'})), 0);
    assert.equal(hits('label:team=a', labelled(null)), 0);
    assert.equal(hits('team=payments', [{...prod, labels: undefined}]), 0);
    assert.equal(hits('"label:note=two words"', labelled({note: 'two\n words'})), 1);
    assert.equal(hits(model.labelSearch('note', 'two words'), labelled({note: 'two words'})), 1);
    assert.equal(model.labelSearch('note', 'a "b"'), null);
    assert.equal(model.labelSearch('note', '\ud800'), null);
    assert.equal(model.labelSearch('note', 'x'.repeat(64 << 10)), null);
  });

  it('finds by label at once where labels are as large as can be', () => {
    // given
    const large = Object.fromEntries([...Array(64)].map((_, i) => [`${i}`.repeat(40), 'x<script>'.repeat(110)]));
    const statuses = [...Array(1000)].map((_, i) => ({...prod, target: `t${i}`, labels: large}));
    // when, then
    assert.equal(model.found(statuses, {text: 'label:team=payments', phases: [], needs: false, sort: ''}, null).length, 0);
    assert.equal(model.found(statuses, {text: 'label:script>x', phases: [], needs: false, sort: ''}, null).length, 1000);
  });

  it('fills in links with what the status says, and makes none that lacks something or leads elsewhere', () => {
    // given
    const now = Date.parse('2026-11-20T12:00:00Z');
    const one = {...prod, startedAt: '2026-11-20T11:50:00Z', labels: {ticket: 'a/../b?c=<d>&"e', 'x.y/z': '7'}};
    const url = (template, status = one) => model.filled({name: 'n', url: template}, status, now)?.url;
    // when, then
    assert.equal(url('https://g.example/d?app={application}&t={target}&c={cluster}&n={namespace}'), 'https://g.example/d?app=shop%2Fcheckout&t=prod-us&c=us-1&n=shop');
    assert.equal(url('https://g.example/{rollout}/{revision}/{stableRevision}'), 'https://g.example/7f1c-checkout/1.4.2/1.4.1');
    assert.equal(url('https://g.example/?from={startedAtMillis}&to={untilMillis}'), `https://g.example/?from=${now - 600_000}&to=${now}`);
    assert.equal(url('https://g.example/?{startedAt}/{until}', {...one, endedAt: '2026-11-20T11:59:00Z'}), 'https://g.example/?2026-11-20T11%3A50%3A00Z/2026-11-20T11%3A59%3A00.000Z');
    assert.equal(url('https://t.example/{label.ticket}'), 'https://t.example/a%2F..%2Fb%3Fc%3D%3Cd%3E%26%22e');
    assert.equal(url('https://t.example/{label.x.y/z}'), 'https://t.example/7');
    for (const lacking of [{labels: null}, {labels: {}}, {labels: {ticket: ''}}, {labels: {ticket: '\ud800'}}]) {
      assert.equal(url('https://t.example/{label.ticket}', {...one, ...lacking}), undefined);
    }
    assert.equal(url('https://t.example/{label.constructor}'), undefined);
    assert.equal(url('https://t.example/{revision}', {...one, revision: null}), undefined);
    assert.equal(url('https://t.example/{namespace}', {...one, routes: []}), undefined);
    assert.equal(url('https://t.example/{startedAtMillis}', {...one, startedAt: 'soon'}), undefined);
    assert.equal(url('javascript:alert({application})'), undefined);
    assert.deepEqual(model.linksOf({...one, links: [{name: 'x', url: 'data:text/html,x'}, {name: 'y', url: 7}]}, [], now), []);
  });

  it('writes a line that shows the object of a route, however it is called', () => {
    // given
    const line = (route) => { const at = model.place(route); return at && model.kubectl(at); };
    // when, then
    assert.equal(line('us-1/shop/httproutes.gateway.networking.k8s.io/checkout'), 'kubectl --context us-1 -n shop get -o yaml -- httproutes.gateway.networking.k8s.io checkout');
    assert.equal(line('us-1/shop/virtualservices.networking.istio.io/checkout/primary'), 'kubectl --context us-1 -n shop get -o yaml -- virtualservices.networking.istio.io checkout');
    assert.equal(line("eu 1/shop/services/$(rm -rf ~);'x"), `kubectl --context 'eu 1' -n shop get -o yaml -- services '$(rm -rf ~);'\\''x'`);
    assert.deepEqual([line('checkout'), line(''), line(null), line('a//b/c')], [null, null, null, null]);
  });

  it('knows appliers by what they said last and what they owe', () => {
    // given
    const at = (minute) => `2026-11-20T12:0${minute}:00Z`;
    const one = (target, heard, more = {}) => ({...prod, target, cluster: 'eu', routes: heard.map((heardAt) => ({route: 'r', heardAt})), waitingFor: null, ...more});
    const owed = {waitingFor: {kind: 'report', name: 'eu'}};
    const statuses = [
      one('a', [at(3), at(1)]), one('b', [at(2), null], {...owed, since: at(5)}), one('c', [], {...owed, since: at(4)}),
      one('d', [at(9)], {cluster: null}), one('e', ['nonsense'], {cluster: 'ap', phase: 'Promoted'}), {...one('f', []), routes: undefined, cluster: 'us'},
    ];
    // when
    const [ap, eu, us] = model.appliers(statuses);
    // then
    assert.deepEqual([eu.cluster, eu.targets, eu.running, eu.heardAt, eu.awaited.map(({target}) => target)], ['eu', 3, 3, at(3), ['c', 'b']]);
    assert.deepEqual([ap.running, ap.heardAt], [0, 'nonsense']);
    assert.equal(us.heardAt, null);
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
