import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {browser, says, text, until, withPage} from './page.mjs';

const SRE = {actor: 'alice', groups: ['sre'], mode: 'on', roles: ['operator', 'approver'], commands: ['approve', 'reject', 'abort', 'pause'], force: false};

describe('the list of rollouts', () => {
  const with_ = browser();

  it('shows what needs this person first: degraded, then the approval that waits longest for one of their roles', async () => {
    // given
    await withPage(with_, {world: {me: SRE}}, async (page) => {
      // when
      await says(page, '.needs', 'waits for you');
      // then
      const rows = (await page.locator('.need').allInnerTexts()).map((row) => row.replace(/\s+/g, ' '));
      assert.match(rows[0], /identity\/tokens prod-apac is stuck going back/);
      assert.match(rows[1], /waits for you/);
      assert.ok(rows.findIndex((row) => row.includes('waits for others')) !== 1);
    });
  });

  it('leaves an approval to others where this person lacks the role, and hides its button', async () => {
    // given
    const world = {me: {...SRE, groups: ['dev'], commands: []}};
    await withPage(with_, {world, path: '/'}, async (page) => {
      // when
      await says(page, '.needs', 'shop/checkout');
      // then
      const row = page.locator('.need', {hasText: 'shop/checkout'});
      assert.match(await row.innerText(), /waits for others/);
      assert.match(await row.innerText(), /needs one of the roles sre; you have dev/);
      assert.equal(await row.locator('button').count(), 0);
    });
  });

  it('counts rollouts by phase, and a click on a phase filters by it', async () => {
    // given
    await withPage(with_, {}, async (page, world) => {
      const waiting = [...world.statuses.values()].filter((one) => one.phase === 'AwaitingApproval').length;
      // when
      await page.locator('.chip', {hasText: 'Awaits approval'}).click();
      // then
      await says(page, '.found', `${waiting} rollout`);
      assert.match(page.url(), /phase=AwaitingApproval/);
      assert.match(await text(page, '.rows-body'), /Awaits approval/);
      assert.doesNotMatch(await text(page, '.rows-body'), /Promoted/);
    });
  });

  it('finds by words and by fields, and the search stands in the address', async () => {
    // given
    await withPage(with_, {}, async (page) => {
      const steps = await page.evaluate(() => history.length);
      await page.locator('#search').pressSequentially('target:staging app:checkout');
      // when
      await says(page, '.found', '1 rollout of');
      assert.equal(await page.evaluate(() => history.length), steps, 'going back is one step, not one for each letter');
      await page.reload();
      // then
      await says(page, '.found', '1 rollout of');
      assert.match(await text(page, '.rows-body'), /shop\/checkout/);
      assert.match(page.url(), /q=target:staging/);
    });
  });

  it('finds by label, cluster and actor, stands in the address, and keeps that while somebody acts', async () => {
    // given
    await withPage(with_, {path: '/?q=label:team=payments+target:prod-us'}, async (page, world) => {
      await says(page, '.found', '1 rollout of');
      await page.locator('#search').fill('label:tier=1 cluster:us-1 actor:ci@shop ticket=pay-1482');
      await until('the search stands in the address', async () => page.url().includes('q=label:tier%3D1+cluster:us-1'));
      await says(page, '.found', '1 rollout of');
      await page.locator('.rows-body .row', {hasText: 'shop/checkout'}).locator('a').focus();
      // when
      await page.keyboard.press('a');
      await page.locator('dialog[open] .danger-button').click();
      await says(page, 'dialog[open]', 'Applied:');
      await page.keyboard.press('Escape');
      // then
      assert.match(page.url(), /q=label:tier%3D1\+cluster:us-1/);
      await says(page, '.found', /^0 rollouts|Nothing fits/);
      world.change('shop/checkout/prod-us', {actor: 'ci@shop'});
      await says(page, '.rows-body', 'Rolled back');
    });
  });

  it('keeps search and filters while somebody acts', async () => {
    // given
    await withPage(with_, {path: '/?q=target:prod-us+app:shop/checkout&phase=AwaitingApproval,RolledBack'}, async (page, world) => {
      await page.locator('.rows-body .row', {hasText: 'shop/checkout'}).locator('a').focus();
      // when
      await page.keyboard.press('a');
      await page.locator('dialog[open] .danger-button').click();
      await says(page, 'dialog[open]', 'Applied:');
      await page.keyboard.press('Escape');
      // then
      assert.equal(world.commands[0].type, 'abort');
      assert.match(page.url(), /q=target:prod-us.*phase=AwaitingApproval,RolledBack/);
      await says(page, '.rows-body', 'Rolled back');
    });
  });

  it('is walked by keys: j, k, Enter, Esc, / and ?', async () => {
    // given
    await withPage(with_, {path: '/?sort=application'}, async (page) => {
      await page.locator('.rows-body .row').first().waitFor();
      const focused = () => page.evaluate(() => document.activeElement?.closest('.row')?.dataset.index);
      // when
      await page.keyboard.press('j');
      await until('the first row has the focus', async () => (await focused()) === '0');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('j');
      await page.keyboard.press('k');
      await until('the second row has the focus', async () => (await focused()) === '1');
      await page.keyboard.press('Enter');
      // then
      await page.waitForURL(/\/rollouts\//);
      await page.keyboard.press('Escape');
      await page.waitForURL(/\/\?sort=application/);
      await page.keyboard.press('/');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'search');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      assert.ok(await page.locator('dialog[open]', {hasText: 'Keys and signs'}).isVisible());
    });
  });

  it('shows a status as soon as it comes, and forgets what is gone', async () => {
    // given
    await withPage(with_, {path: '/?q=app:shop/checkout+target:prod-us'}, async (page, world) => {
      await says(page, '.cell-weight', '25 %');
      // when
      world.change('shop/checkout/prod-us', {weight: {desired: 50, applied: 25, observed: null}});
      // then
      await says(page, '.cell-weight', '25 → 50 %');
      world.say('gone', {key: 'shop/checkout/prod-us'});
      await says(page, '.empty', 'Nothing fits');
    });
  });

  it('takes no older status for a newer one, as topics may say things twice', async () => {
    await withPage(with_, {path: '/?q=app:shop/checkout+target:prod-us'}, async (page, world) => {
      // given
      const old = world.statuses.get('shop/checkout/prod-us');
      world.change('shop/checkout/prod-us', {weight: {desired: 50, applied: 50, observed: null}});
      await says(page, '.cell-weight', '50 %');
      // when
      world.say('status', old);
      world.change('shop/checkout/staging', {phase: 'Cancelled'});
      await says(page, '.chips', /Cancelled/);
      // then
      assert.match(await text(page, '.cell-weight'), /50 %/);
    });
  });

  it('says that there is none where the topic tells of none', async () => {
    // given
    await withPage(with_, {prepare: (_server, world) => world.statuses.clear()}, async (page) => {
      // when, then
      await says(page, '.empty', 'No rollout yet');
      await says(page, '.needs', 'Nothing waits for anybody');
    });
  });
});
