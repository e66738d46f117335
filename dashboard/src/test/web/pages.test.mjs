import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {browser, says, text, until, withPage} from './page.mjs';

describe('the other pages', () => {
  const with_ = browser();

  it('compares two releases of an application: outcome, and what their time went into', async () => {
    await withPage(with_, {path: '/applications/shop/checkout'}, async (page) => {
      // given
      await says(page, '.history', 'Rolled back');
      // when
      await page.getByLabel('Compare 1.4.1').check();
      await page.getByLabel('Compare 1.3.7').check();
      // then
      await says(page, '.comparison', 'Lasted 9 min 1 h 1 min');
      await says(page, '.comparison', '· waiting for people – 25 min');
      assert.match(page.url(), /compare=old-0,old-1/);
      await page.reload();
      await says(page, '.comparison', '· analyses 6 min 14 min');
    });
  });

  it('takes a word on a rollout of long ago, and shows it in the history', async () => {
    await withPage(with_, {path: '/applications/shop/checkout'}, async (page, world) => {
      // given
      await page.getByLabel('Say whether 1.3.7 ended rightly').click();
      await says(page, 'dialog[open] .effect', 'a rollback that was wrong counts as a false abort');
      await page.locator('dialog[open] [name=reason]').fill('the database was slow for both');
      await says(page, 'dialog[open] .equivalents', "sluice assess shop/checkout old-1 wrong --reason 'the database was slow for both'");
      // when
      await page.locator('dialog[open] .main-button').click();
      await says(page, 'dialog[open]', 'that it was rolled back was wrong, says anyone');
      await page.keyboard.press('Escape');
      // then
      await says(page, '.history', 'wrong anyone: the database was slow for both');
      assert.deepEqual({...world.commands[0], id: ''}, {id: '', type: 'assess', application: 'shop/checkout', reason: 'the database was slow for both', assessment: {rollout: 'old-1', ending: 'wrong'}});
    });
  });

  it('shows fleet figures', async () => {
    await withPage(with_, {path: '/fleet'}, async (page) => {
      // given, when, then
      await says(page, '.figures', 'Deployments 26.9 a day');
      await says(page, '.figures', 'Change failure rate 5.47 % 13 of 201 went back, of which 2 wrongly');
      await says(page, '.figures', 'False aborts 15.38 % 2 of 13 rollbacks, as far as people said');
      await says(page, '.figures', 'Lead time 42 min');
      await says(page, '.figures', 'Time to restore 210 ms');
    });
  });

  it('shows for each cluster when its applier was last heard, and which targets it owes an answer', async () => {
    await withPage(with_, {path: '/fleet'}, async (page, world) => {
      // given
      const row = (cluster) => page.locator('.appliers tr', {hasText: cluster});
      await says(page, '.appliers', 'us-1');
      assert.match(await row('ap-1').innerText(), /\d targets, for \d+ (min|h).*prod-apac.* and \d more/s);
      // when
      world.change('shop/checkout/prod-us', {cluster: 'moon-1', waitingFor: {kind: 'check', name: 'moon-1'}, routes: []});
      // then
      await until('the new cluster is there', async () => (await row('moon-1').count()) === 1);
      assert.match((await row('moon-1').innerText()).replace(/\s+/g, ' '), /moon-1 1 of 1 not known 1 target, for .*shop\/checkout prod-us/);
      await row('moon-1').locator('th a').click();
      await says(page, '.found', '1 rollout of');
    });
  });

  it('says of figures that nobody could count that they are not known', async () => {
    const prepare = (_server, world) => {
      const told = world.fleet();
      world.fleet = () => ({...told, promoted: 0, wentBack: 0, changeFailureRate: null, leadTime: null, timeToRestore: null});
    };
    await withPage(with_, {path: '/fleet', prepare}, async (page) => {
      // given, when, then
      await says(page, '.figures', 'Change failure rate not known');
      await says(page, '.figures', 'Time to restore not known');
    });
  });

  it('puts up a freeze for labels, and lifts it', async () => {
    await withPage(with_, {path: '/freezes'}, async (page, world) => {
      // given
      await says(page, 'freezes-page', 'team=ads by mara: campaign weekend');
      // when
      await page.locator('button', {hasText: 'Freeze …'}).click();
      await page.locator('dialog[open] [name=labels]').fill('tier=1');
      await page.locator('dialog[open] [name=reason]').fill('incident 7');
      await page.locator('dialog[open] .main-button').click();
      await says(page, 'dialog[open]', 'Decided: frozen by anyone');
      await page.keyboard.press('Escape');
      await says(page, 'freezes-page', 'tier=1 by anyone: incident 7');
      const frozen = world.commands[0];
      await page.locator('li', {hasText: 'tier=1'}).locator('button').click();
      await page.locator('dialog[open] .main-button').click();
      await says(page, 'dialog[open]', 'Decided: lifted');
      // then
      assert.deepEqual({...frozen, id: ''}, {id: '', type: 'freeze', application: '*', labels: {tier: '1'}, reason: 'incident 7'});
      assert.deepEqual({...world.commands[1], id: ''}, {id: '', type: 'unfreeze', application: '*', freeze: frozen.id});
      await until('it is gone', async () => !(await text(page, 'freezes-page')).includes('tier=1'));
    });
  });

  it('turns dark by a switch that is remembered', async () => {
    await withPage(with_, {}, async (page) => {
      // given
      const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      await page.locator('top-bar .tools button').first().waitFor();
      const light = await background();
      // when
      await page.locator('top-bar .tools button').first().click();
      await page.locator('top-bar .tools button').first().click();
      const dark = await background();
      await page.reload();
      // then
      assert.notEqual(light, dark);
      assert.equal(await background(), dark);
    });
  });

  it('says of an address that leads nowhere that it does', async () => {
    await withPage(with_, {path: '/somewhere'}, async (page) => {
      // given, when, then
      await says(page, '.empty', 'There is no such page');
    });
  });
});
