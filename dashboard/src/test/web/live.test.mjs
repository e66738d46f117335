import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {browser, PROD, says, until, withPage} from './page.mjs';

const isLive = (page) => page.evaluate(() => document.documentElement.dataset.live);

describe('the age of the data', () => {
  const with_ = browser();

  it('is live while heartbeats come', async () => {
    await withPage(with_, {}, async (page) => {
      // given, when, then
      await says(page, 'live-pill', 'Live');
      assert.equal(await isLive(page), 'yes');
    });
  });

  it('is told in seconds when the reader behind it lags', async () => {
    await withPage(with_, {prepare: (_server, world) => (world.lagMillis = 12_000)}, async (page) => {
      // given, when
      await says(page, 'live-pill', /1[23] s old/);
      // then
      assert.equal(await isLive(page), 'no');
    });
  });

  it('is disconnected when the server goes away, and live again by itself when it is back, with what happened meanwhile', async () => {
    await withPage(with_, {path: PROD}, async (page, world, server) => {
      // given
      await says(page, 'live-pill', 'Live');
      // when
      await server.stop();
      await says(page, 'live-pill', 'Disconnected');
      await says(page, '.banner', /The connection is lost: .* What you see was true at/);
      assert.equal(await isLive(page), 'no');
      world.change('shop/checkout/prod-us', {weight: {desired: 50, applied: 50, observed: 49.1}});
      await server.start();
      // then
      await says(page, 'live-pill', 'Live');
      await says(page, '.weights', 'Applied 50 %');
      assert.equal(await page.locator('.banner').count(), 0);
      assert.equal(server.lastIds[0], null);
      assert.match(server.lastIds.at(-1), /^\d+$/);
    });
  });

  it('forgets after an outage what was forgotten meanwhile, however many parts the snapshot has', async () => {
    for (const many of [40, 600]) {
      await withPage(with_, {path: '/?q=pay/ledger+prod-eu', world: {many}}, async (page, world, server) => {
        // given
        await says(page, '.rows-body', 'Rolled back');
        const before = world.statuses.size;
        // when
        await server.stop();
        await says(page, 'live-pill', 'Disconnected');
        world.statuses.delete('pay/ledger/prod-eu');
        await server.start();
        // then
        await says(page, '.empty', 'Nothing fits');
        await says(page, '.chip', `All ${before - 1}`);
      });
    }
  });

  it('asks for a token where the server wants one, keeps it for the tab, and sends it with the stream', async () => {
    await withPage(with_, {prepare: (server) => (server.needsToken = 'sesame')}, async (page) => {
      // given
      await says(page, '.banner', 'You are not signed in.');
      // when
      await page.locator('.banner button').click();
      await page.locator('dialog[open] [name=token]').fill('Bearer sesame');
      await page.locator('dialog[open] .main-button').click();
      // then
      await says(page, 'live-pill', 'Live');
      await page.locator('.rows-body .row').first().waitFor();
      assert.equal(await page.evaluate(() => sessionStorage.getItem('sluice.token')), 'sesame');
      await until('the banner is gone', async () => (await page.locator('.banner').count()) === 0);
    });
  });
});
