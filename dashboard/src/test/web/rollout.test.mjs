import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {BACK, browser, PROD, says, text, until, withPage} from './page.mjs';

describe('the page of a rollout', () => {
  const with_ = browser();

  it('says the phase with its reason in words and since when', async () => {
    await withPage(with_, {path: PROD}, async (page) => {
      // given, when, then
      await says(page, '.state', /Awaits approval approved \(1 of 2\) by jun for 9 min/);
      await says(page, '.head h1', /shop\/ ?checkout prod-us 1\.4\.1 → 1\.4\.2/);
    });
  });

  it('shows weights as numbers and one bar, and never guesses one', async () => {
    await withPage(with_, {path: PROD}, async (page, world) => {
      // given
      await says(page, '.weights', 'Desired 25 % Applied 25 % Observed 24.6 %');
      // when
      world.change('shop/checkout/prod-us', {weight: {desired: 50, applied: null, observed: null}});
      // then
      await says(page, '.weights', 'Desired 50 % Applied not known Observed not known');
      assert.equal(await page.locator('#weight .bar.wide').getAttribute('aria-label'), 'desired 50 %, applied not known, observed not known');
      assert.equal(await page.locator('#weight .bar.wide .applied').count(), 0);
    });
  });

  it('draws the weight over time, and tells the same in a table with every event', async () => {
    await withPage(with_, {path: PROD}, async (page) => {
      // given
      await page.locator('.chart canvas').waitFor();
      // when
      await page.locator('.switch button', {hasText: 'Table'}).click();
      // then
      const table = await text(page, 'weight-over-time table');
      assert.match(table, /Drift repaired: weight 60 was set by hand; 5 was put back after 140 ms/);
      assert.match(table, /Run 5: Pass/);
      assert.match(table, /Approved: approved \(1 of 2\) by jun/);
      assert.match(table, /Ordered: weight 25 ordered/);
      assert.match(table, /not known/);
    });
  });

  it('shows steps done, now and next, who is awaited, and the time that is left', async () => {
    await withPage(with_, {path: PROD}, async (page) => {
      // given, when
      await says(page, '.steps .now', /2 approvals by sre Awaits an approval by sre jun open not by ci@shop, who started it 3 h 4\d min left/);
      // then
      assert.equal(await page.locator('.steps .done').count(), 4);
      assert.equal(await page.locator('.steps .next').count(), 2);
      await says(page, '[aria-label=Steps]', 'After this step at least 10 min.');
    });
  });

  it('aborts by one key and one click, says exactly what that does, and how long it took until it was applied', async () => {
    await withPage(with_, {path: PROD}, async (page, world) => {
      // given
      await page.locator('[data-command=abort]').waitFor();
      // when
      await page.keyboard.press('a');
      await says(page, 'dialog[open] .effect', '25 % → 0 on 2 routes');
      await page.locator('dialog[open] [name=reason]').fill('errors on checkout');
      await page.locator('dialog[open] .danger-button').click();
      // then
      await says(page, 'dialog[open] .progress', /Applied: 0 % on every route \d+ ms/);
      await says(page, 'dialog[open] .effect', '25 % → 0 on 2 routes');
      const {id, ...sent} = world.commands[0];
      assert.match(id, /^[A-Za-z0-9._:-]{1,128}$/);
      assert.deepEqual(sent, {type: 'abort', application: 'shop/checkout', target: 'prod-us', reason: 'errors on checkout', expect: {rollout: '7f1c-checkout'}});
    });
  });

  it('aborts every target that is on its way, where somebody says so', async () => {
    await withPage(with_, {path: PROD}, async (page, world) => {
      // given
      await page.locator('[data-command=abort]').click();
      // when
      await page.locator('dialog[open] [name=everyTarget]').check();
      await says(page, 'dialog[open] .effect', 'prod-us 25 %, prod-eu not known → 0 on 2 routes of 2 targets');
      await page.locator('dialog[open] .danger-button').click();
      await says(page, 'dialog[open] .progress', 'Applied:');
      // then
      assert.equal(world.commands[0].target, undefined);
      assert.deepEqual(world.commands[0].expect, {rollout: '7f1c-checkout'});
      await until('both went back', () => ['prod-us', 'prod-eu'].every((name) => world.statuses.get(`shop/checkout/${name}`).phase === 'RolledBack'));
    });
  });

  it('says of many that they are at 0 % only when every one of them is', async () => {
    const held = 'shop/checkout/prod-eu';
    const prepare = (_server, world) => {
      world.change(held, {phase: 'Progressing', step: 1, weight: {desired: 5, applied: 5, observed: null}, routes: [{route: 'eu-1/shop/httproutes.gateway.networking.k8s.io/checkout', desired: 5, applied: 5, inForce: true}]});
      world.holdBack(held);
    };
    await withPage(with_, {path: PROD, prepare}, async (page, world) => {
      // given
      await page.locator('[data-command=abort]').click();
      await page.locator('dialog[open] [name=everyTarget]').check();
      await page.locator('dialog[open] .danger-button').click();
      // when
      await says(page, '.state', 'Rolled back');
      await says(page, 'dialog[open] .progress', 'Decided:');
      // then
      assert.match(await text(page, 'dialog[open] .progress'), /On its way to the routes/);
      assert.doesNotMatch(await text(page, 'dialog[open] .progress'), /Applied:/);
      world.letGo(held);
      await says(page, 'dialog[open] .progress', 'Applied: 0 % on every route of 2 targets');
    });
  });

  it('says nothing of what is applied where the engine refuses', async () => {
    const prepare = (_server, world) => {
      world.change('shop/checkout/prod-us', {weight: {desired: 0, applied: 0, observed: null}});
      world.refusal = 'all traffic is on its way to a backend that runs the revision itself';
    };
    await withPage(with_, {path: PROD, prepare}, async (page) => {
      // given
      await page.locator('[data-command=abort]').click();
      // when
      await page.locator('dialog[open] .danger-button').click();
      await says(page, 'dialog[open] .refusal', 'Refused: all traffic is on its way');
      // then
      assert.doesNotMatch(await text(page, 'dialog[open] .progress'), /Applied:/);
    });
  });

  it('says which workload is awaited at the end, and lets a person go on without it', async () => {
    await withPage(with_, {path: '/rollouts/search/suggest/prod-eu'}, async (page) => {
      // given
      await says(page, '[aria-label=Steps]', 'Awaits Deployment search/suggest to run 1.4.2, then goes on by itself');
      await page.locator('.state [data-command]').first().waitFor();
      assert.deepEqual(await page.locator('.state [data-command]').evaluateAll((all) => all.map((one) => one.dataset.command)), ['finalize', 'abort']);
      // when
      await page.locator('[data-command=finalize]').click();
      // then
      await says(page, 'dialog[open] .effect', 'though Deployment search/suggest is not seen to run 1.4.2');
    });
  });

  it('aborts by two clicks', async () => {
    await withPage(with_, {path: PROD}, async (page, world) => {
      // given, when
      await page.locator('[data-command=abort]').click();
      await page.locator('dialog[open] .danger-button').click();
      // then
      await until('the command came', () => world.commands.length === 1);
    });
  });

  it('approves with the quorum, what is approved and the step that is expected', async () => {
    await withPage(with_, {path: PROD}, async (page, world) => {
      // given
      await page.locator('[data-command=approve]').click();
      // when
      await says(page, 'dialog[open]', /What 1\.4\.1 → 1\.4\.2, step 5 of 7 Quorum 1 of 2 approvals: jun by one of the roles sre not by ci@shop, who started it/);
      await says(page, 'dialog[open]', 'Last verdict Pass step-3, run 5 of 5');
      await says(page, 'dialog[open] .effect', 'step 5 of 7 is passed');
      await page.locator('dialog[open] .main-button').click();
      // then
      await says(page, 'dialog[open] .progress', 'Decided: approved (2 of 2)');
      assert.deepEqual(world.commands[0].expect, {rollout: '7f1c-checkout', step: 5});
    });
  });

  it('sends an answer for the step that was looked at, and shows the refusal in words when the rollout moved on', async () => {
    await withPage(with_, {path: PROD}, async (page, world) => {
      // given
      await page.locator('[data-command=approve]').click();
      world.change('shop/checkout/prod-us', {step: 6});
      await says(page, 'dialog[open]', 'The rollout has moved on since this was opened.');
      await says(page, 'dialog[open] .effect', 'step 5 of 7 is passed');
      // when
      await page.locator('dialog[open] .main-button').click();
      // then
      await says(page, 'dialog[open] .refusal', 'Refused: the rollout is at step 6, not 5: look again, then decide');
      assert.equal(world.commands[0].expect.step, 5);
    });
  });

  it('shows each button as a command line and as a Kafka message to copy', async () => {
    await withPage(with_, {path: PROD}, async (page) => {
      // given
      await page.locator('[data-command=reject]').click();
      await page.locator('dialog[open] [name=reason]').fill('it’s slow');
      // when
      await page.locator('dialog[open] copy-button').first().click();
      // then
      const line = await page.evaluate(() => navigator.clipboard.readText());
      assert.match(line, /^sluice reject shop\/checkout --target prod-us --rollout 7f1c-checkout --step 5 --reason 'it’s slow' --request-id page-reject-[0-9a-f]{24}$/);
      const message = JSON.parse(await page.locator('dialog[open] .equivalents code').nth(1).innerText());
      assert.equal(message.type, 'reject');
      assert.equal(message.reason, 'it’s slow');
      assert.deepEqual(message.expect, {rollout: '7f1c-checkout', step: 5});
    });
  });

  it('hides what this person may not do, and says a refusal in words all the same', async () => {
    const me = {actor: 'vera', groups: ['viewers'], mode: 'on', roles: ['viewer'], commands: ['pause'], force: false};
    await withPage(with_, {path: PROD, world: {me}}, async (page, world) => {
      // given
      await page.locator('[data-command=pause]').waitFor();
      assert.deepEqual(await page.locator('.state [data-command]').evaluateAll((all) => all.map((one) => one.dataset.command)), ['pause']);
      await page.keyboard.press('a');
      assert.equal(await page.locator('dialog[open]').count(), 0);
      // when
      world.me = {...me, commands: []};
      await page.locator('[data-command=pause]').click();
      await page.locator('dialog[open] .main-button').click();
      // then
      await says(page, 'dialog[open] .refusal', 'Refused: pause needs the role operator of shop/checkout; vera has [viewer]');
    });
  });

  it('pauses, resumes, and goes to a step that is chosen', async () => {
    await withPage(with_, {path: PROD}, async (page, world) => {
      // given
      for (const type of ['pause', 'resume', 'goto']) {
        await page.locator(`[data-command=${type}]`).click();
        // when
        if (type === 'goto') {
          await page.locator('dialog[open] select').selectOption({label: '4: Weight 25 %'});
          await says(page, 'dialog[open] .effect', 'step 4 begins anew at 25 %');
        }
        await page.locator('dialog[open] .main-button').click();
        await says(page, 'dialog[open] .progress', 'Decided:');
        await page.keyboard.press('Escape');
      }
      // then
      assert.deepEqual(world.commands.map((one) => one.type), ['pause', 'resume', 'goto']);
      assert.equal(world.commands[2].step, 4);
    });
  });

  it('shows of each query canary beside stable, limit, samples, interval, and the verdict of every run', async () => {
    await withPage(with_, {path: PROD}, async (page) => {
      // given, when
      await says(page, '.queries', 'error-rate');
      // then
      const row = (await page.locator('.queries tbody tr').first().innerText()).replace(/\s+/g, ' ');
      assert.match(row, /error-rate 5xx 0\.2 % of 1,820 requests, limit 1 % Query 0\.0022 0\.0021 upperLimit 0\.01 1,820 5,460 stable 0\.00158 to 0\.00299 by now a rise from 0\.21 % to 1\.26 % would have been found, 8 times of 10 Pass against it 0\.9 of 100/);
      assert.equal(await page.locator('.queries tbody tr').first().locator('.run').count(), 5);
      await page.locator('summary', {hasText: 'runs, one by one'}).click();
      await says(page, '.lines', /latency-p99: 37 of 100 requests|Run 1: Inconclusive/);
    });
  });

  it('says why it rolled back in one sentence with the values, and leads to that minute', async () => {
    await withPage(with_, {path: BACK}, async (page) => {
      // given
      await says(page, '.why', 'Analysis failed: error-rate: 5xx 2.1 % of 1,240 requests, limit 1 %');
      await says(page, '.why', 'error-rate canary 0.021 of 1,240 samples, stable 0.0021 of 3,720, limit: upperLimit 0.01');
      // when
      await page.locator('.why a').click();
      // then
      await until('the minute stands in the address', () => /at=\d{4}-.*#weight$/.test(page.url()));
    });
  });

  it('shows of a query what was asked, with its variables filled in, and what would have been found by now', async () => {
    await withPage(with_, {path: BACK}, async (page) => {
      // given
      await says(page, '.why', 'Asked');
      // when
      await says(page, '.why .asked', 'http_requests_total{status=~"5.."} / http_requests_total of 1.4.3 beside 1.4.2');
      await page.locator('.queries details.asked summary').first().click();
      // then
      await says(page, '.queries details.asked', 'Query http_requests_total{status=~"5.."} / http_requests_total of 1.4.3 beside 1.4.2');
      await says(page, '.queries', 'by now a rise from 0.21 % to 1.26 % would have been found, 8 times of 10');
    });
  });

  it('says before somebody goes on what would have been found by now', async () => {
    await withPage(with_, {path: PROD}, async (page) => {
      for (const type of ['approve', 'skip', 'promote']) {
        // given, when
        await page.locator(`.state [data-command=${type}]`).click();
        // then
        await says(page, 'dialog[open] .found', 'error-rate: by now a rise from 0.21 % to 1.26 % would have been found, 8 times of 10');
        await page.keyboard.press('Escape');
      }
    });
  });

  it('says that nothing could have been found where nothing was judged', async () => {
    const prepare = (_server, world) => {
      world.timeline('shop/checkout').targets.forEach((it) => (it.verdicts = []));
      world.change('shop/checkout/prod-us', {analysis: null});
    };
    await withPage(with_, {path: PROD, prepare}, async (page) => {
      // given, when
      await page.locator('.state [data-command=promote]').click();
      // then
      await says(page, 'dialog[open] .found', 'nothing could have been found');
    });
  });

  it('takes a word on a rollback, and shows it to everybody', async () => {
    await withPage(with_, {path: BACK}, async (page, world) => {
      // given
      await page.locator('.state [data-command=assess]').click();
      await says(page, 'dialog[open] .equivalents', 'sluice assess pay/ledger 9ab0-ledger wrong');
      await page.locator('dialog[open] [name=ending]').selectOption('right');
      await says(page, 'dialog[open] .equivalents', '"assessment":{"rollout":"9ab0-ledger","ending":"right"}');
      // when
      await page.locator('dialog[open] .main-button').click();
      // then
      await says(page, 'dialog[open]', 'that it was rolled back was right, says anyone');
      await says(page, '.assessed', 'that it was rolled back was right, says anyone');
      assert.equal(world.commands[0].target, undefined);
      assert.equal(world.commands[0].expect, undefined);
    });
  });

  it('offers no word on a rollback to who has not the role', async () => {
    const me = {actor: 'vic', groups: [], roles: ['viewer'], commands: [], force: false};
    await withPage(with_, {path: BACK, world: {me}}, async (page) => {
      // given, when
      await says(page, '.why', 'Analysis failed');
      // then
      assert.equal(await page.locator('[data-command=assess]').count(), 0);
    });
  });

  it('shows which targets there are and who waits for whom', async () => {
    await withPage(with_, {path: PROD}, async (page) => {
      // given, when
      await says(page, '.targets', 'staging');
      // then
      const rows = (await page.locator('.targets tbody tr').allInnerTexts()).map((row) => row.replace(/\s+/g, ' '));
      assert.match(rows[0], /staging.*Promoted.*100 %/);
      assert.match(rows[1], /prod-us.*after staging/);
      assert.match(rows[2], /prod-eu.*Pending.*waits for prod-us/);
    });
  });

  it('filters the audit, and copies a line and a link to it that leads there', async () => {
    await withPage(with_, {path: PROD}, async (page) => {
      // given
      await says(page, '.audit-lines', 'Approved');
      await page.locator('.audit .chip', {hasText: 'Refused'}).click();
      assert.equal(await page.locator('.audit-lines li').count(), 1);
      const line = page.locator('.audit-lines li').first();
      // when
      await line.hover();
      await line.locator('copy-button').first().click();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      await line.locator('copy-button.link').click();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      await page.goto(link);
      // then
      assert.match(copied, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC {2}shop\/checkout {2}prod-us {2}Rejected {2}by ci@shop \(approve\) {2}ci@shop started this rollout/);
      await says(page, '.audit-lines .linked', 'Rejected');
    });
  });

  it('shows hand edits, and what was done about them', async () => {
    await withPage(with_, {path: PROD}, async (page) => {
      // given, when, then
      await says(page, '[aria-label="Hand edits"]', '1 hand edit, last by kubectl-edit');
      await says(page, '[aria-label="Hand edits"]', 'weight 60 was set by hand; 5 was put back after 140 ms');
    });
  });

  it('shows windows and freezes, and where to find more', async () => {
    const prepare = (_server, world) => world.freezes.push({id: 'xmas', labels: {}, actor: 'alice', reason: 'holidays', since: new Date().toISOString(), until: null});
    await withPage(with_, {path: PROD, prepare}, async (page) => {
      // given, when, then
      await says(page, '[aria-label="Windows and freezes"]', /Windows are open until .* 2 h 2\d min left/);
      await says(page, '[aria-label="Windows and freezes"]', 'Every rollout by alice: holidays');
      const link = page.locator('[aria-label="Links and names"] a', {hasText: 'Grafana: checkout'});
      assert.equal(await link.getAttribute('href'), 'https://grafana.example/d/checkout');
      assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
    });
  });

  it('follows no link that a status makes of something else than the web', async () => {
    const prepare = (_server, world) => world.change('shop/checkout/prod-us', {links: [{name: 'x', url: 'javascript:alert(1)'}]});
    await withPage(with_, {path: PROD, prepare}, async (page) => {
      // given, when
      await says(page, '[aria-label="Links and names"]', '7f1c-checkout');
      // then
      assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
    });
  });

  it('fills in the links of the configuration, and shows none that lacks something', async () => {
    const prepare = (_server, world) => world.links.push({name: 'Incident', url: 'https://incidents.example/{label.incident}'}, {name: 'Evil', url: 'javascript:alert(1)'});
    await withPage(with_, {path: PROD, prepare}, async (page, world) => {
      // given
      const links = page.locator('[aria-label="Links and names"] .lines a');
      await says(page, '[aria-label="Links and names"]', 'Canary in Grafana');
      // when, then
      assert.deepEqual((await links.allInnerTexts()).map((it) => it.trim()), ['Grafana: checkout', 'Pull request 1482', 'Canary in Grafana', 'Ticket']);
      assert.equal(await links.last().getAttribute('href'), 'https://tickets.example/browse/PAY-1482');
      assert.equal(await links.last().getAttribute('rel'), 'noopener noreferrer');
      assert.match(await links.nth(2).getAttribute('href'), /^https:\/\/grafana\.example\/d\/canary\?var-app=shop%2Fcheckout&from=\d{13}&to=\d{13}$/);
      // when
      world.change('shop/checkout/prod-us', {labels: null});
      // then
      await until('the ticket is gone', async () => (await links.count()) === 3);
    });
  });

  it('shows links of statuses alone where the server tells of no others', async () => {
    await withPage(with_, {path: PROD, prepare: (server) => server.failing.add('links')}, async (page) => {
      // given, when, then
      await says(page, '[aria-label="Links and names"]', 'Pull request 1482');
      assert.equal(await page.locator('[aria-label="Links and names"] .lines a').count(), 2);
    });
  });

  it('shows labels as words, whatever is in them, and each finds what else has it', async () => {
    const prepare = (_server, world) => world.change('shop/checkout/prod-us', {labels: {team: 'payments', note: '<img src=x onerror=alert(1)> and "more"', ['x'.repeat(64 << 10)]: 'y'.repeat(64 << 10)}});
    await withPage(with_, {path: PROD, prepare}, async (page) => {
      // given
      await says(page, '.labels', '<img src=x onerror=alert(1)> and "more"');
      assert.equal(await page.locator('.labels img').count(), 0);
      assert.equal(await page.locator('.labels a').count(), 1, 'what no search can hold is no link');
      assert.match(await page.locator('.labels li').last().innerText(), /^x{119}…$/);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the window');
      // when
      await page.locator('.labels a', {hasText: 'team=payments'}).click();
      // then
      await says(page, '.found', '6 rollouts of');
      assert.match(page.url(), /\/\?q=label%3Ateam%3Dpayments/);
    });
  });

  it('says how many endpoints were ready and when that was counted, and of none that it is known', async () => {
    await withPage(with_, {path: PROD}, async (page, world) => {
      // given
      await says(page, '[aria-label=Readiness]', /owes no answer here; last heard 9 min \d+ s ago|owes no answer here; last heard \d+ (s|min)/);
      await says(page, '.objects', 'Active 6 ready Canary 2 ready Counted 9 min');
      const {routes: [route]} = world.statuses.get('shop/checkout/prod-us');
      // when
      world.change('shop/checkout/prod-us', {routes: [{...route, endpoints: {active: {ready: 6}, canary: {ready: 0}}, heardAt: new Date().toISOString()}]});
      // then
      await says(page, '.objects', /Canary 0 ready Counted \d+ s ago/);
      assert.equal(await page.locator('.objects .bad-text').innerText(), '0 ready');
      // when
      world.change('shop/checkout/prod-us', {routes: [{route: route.route}], waitingFor: {kind: 'report', name: 'us-1'}});
      // then
      await says(page, '.objects', 'Active not known Canary not known Counted not known');
      await says(page, '[aria-label=Readiness]', 'The applier of us-1 hasn’t answered yet, for');
    });
  });

  it('gives the line that shows a route’s object in its mesh', async () => {
    await withPage(with_, {path: PROD}, async (page) => {
      // given
      await page.getByLabel('Copy the line that shows the object of checkout-internal').click();
      // when, then
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'kubectl --context us-1 -n shop get -o yaml -- httproutes.gateway.networking.k8s.io checkout-internal');
    });
  });

  it('shows what others wrote as text, whatever is in it', async () => {
    const written = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    const prepare = (_server, world) => world.change('shop/checkout/prod-us', {reason: written, revision: written});
    await withPage(with_, {path: PROD, prepare}, async (page) => {
      // given, when
      await says(page, '.state', written);
      // then
      assert.equal(await page.locator('main img').count(), 0);
      assert.match(await page.title(), /shop\/checkout/);
    });
  });

  it('has an address for every name that a target may have', async () => {
    const target = 'prod-apac (100 % canary?) #1.2';
    const prepare = (_server, world) => {
      const one = {...world.statuses.get('shop/checkout/prod-us'), application: 'shop/api.v2', target};
      world.statuses.set(`shop/api.v2/${target}`, one);
    };
    await withPage(with_, {path: '/?q=app:api.v2', prepare}, async (page) => {
      // given
      await page.locator('.rows-body .row a').first().click();
      await says(page, '.head h1', target);
      // when
      await page.reload();
      // then
      await says(page, '.head h1', target);
      await says(page, '.weights', 'Applied 25 %');
    });
  });

  it('shows times of here with UTC on hover', async () => {
    await withPage(with_, {path: PROD}, async (page, world) => {
      // given
      const {since} = world.statuses.get('shop/checkout/prod-us');
      // when
      const title = await page.locator('.state s-time').first().getAttribute('title');
      // then
      assert.match(title, new RegExp(`^${since.slice(0, 10)} ${since.slice(11, 19)} UTC`));
    });
  });

  it('says of an unknown target what to do', async () => {
    await withPage(with_, {path: '/rollouts/shop/nowhere/prod'}, async (page) => {
      // given, when, then
      await says(page, '.empty', 'The status topic tells of no such target');
    });
  });
});
