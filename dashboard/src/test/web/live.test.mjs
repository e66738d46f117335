import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {browser, PROD, says, text, until, withPage} from './page.mjs';

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
      assert.match(server.lastIds.at(-1), /^\d+-\.\d+$/);
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

  it('shows another person nothing of what the one before was shown', async () => {
    const people = {
      first: {me: {actor: 'vera', groups: [], mode: 'on', roles: ['viewer'], commands: []}, sees: (application) => application.startsWith('shop/')},
      second: {me: {actor: 'ben', groups: [], mode: 'on', roles: ['viewer'], commands: []}, sees: (application) => application.startsWith('pay/')},
    };
    await withPage(with_, {path: PROD, prepare: (server) => (server.people = people)}, async (page, _world, server) => {
      // given
      const be = async (token) => {
        await page.locator('.who').click();
        await page.locator('dialog[open] [name=token]').fill(token);
        await page.locator('dialog[open] .main-button').click();
      };
      await be('first');
      await says(page, '.audit-lines', 'Approved');
      // when
      await be('second');
      // then
      await says(page, '.who', 'ben');
      await says(page, '.empty', 'The status topic tells of no such target');
      assert.equal(server.lastIds.at(-1), null);
      await page.locator('.who').click();
      await page.locator('dialog[open] button', {hasText: 'Forget the token'}).click();
      await says(page, '.banner', 'You are not signed in.');
      assert.doesNotMatch(await text(page, 'main'), /pay/);
    });
  });

  it('goes on without a word where the server ends a stream in order, and misses nothing', async () => {
    await withPage(with_, {path: PROD}, async (page, world, server) => {
      // given
      await says(page, 'live-pill', 'Live');
      await page.evaluate(() => {
        globalThis.seen = '';
        new MutationObserver(() => (globalThis.seen += document.querySelector('lost-banner').innerText)).observe(document.querySelector('lost-banner'), {subtree: true, childList: true});
      });
      // when
      server.endStreams();
      await until('it is gone', () => server.streams.size === 0);
      world.change('shop/checkout/prod-us', {weight: {desired: 50, applied: 50, observed: null}});
      // then
      await says(page, '.weights', 'Applied 50 %');
      assert.equal(server.lastIds.length, 2);
      assert.equal(await page.evaluate(() => globalThis.seen), '');
    });
  });

  it('says that the connection is lost where the server ends each as soon as it is opened, and does not ask in a loop', async () => {
    await withPage(with_, {prepare: (server) => (server.endsStreams = true)}, async (page, _world, server) => {
      // given, when
      await says(page, '.banner', 'The connection is lost: the server ended the connection');
      // then
      assert.ok(server.lastIds.length <= 2, `asked ${server.lastIds.length} times`);
    });
  });
});

describe('who looks', () => {
  const with_ = browser();
  const SRE = {actor: 'alice', groups: ['sre'], mode: 'on', roles: ['operator', 'approver'], commands: ['approve', 'abort'], force: false};
  const checkout = (page) => page.locator('.need', {hasText: 'shop/checkout'});

  it('is not taken for somebody who may everything while the server does not say', async () => {
    await withPage(with_, {prepare: (server) => server.failing.add('me')}, async (page) => {
      // given, when
      await says(page, '.needs', 'waits for somebody');
      await checkout(page).locator('[data-command=approve]').click();
      // then
      await says(page, 'dialog[open]', 'The server hasn’t said what you may do: the engine decides.');
      await page.keyboard.press('Escape');
      assert.doesNotMatch(await text(page, '.needs'), /waits for you|yours/);
      assert.equal(await page.title(), 'Rollouts · Sluice');
      await page.locator('.who').click();
      await says(page, 'dialog[open]', 'The server hasn’t said who you are');
    });
  });

  it('is asked again with every stream, as rules change', async () => {
    await withPage(with_, {world: {me: {...SRE, groups: [], commands: ['abort']}}}, async (page, world, server) => {
      // given
      await until('it is left to others', async () => /waits for others/.test(await checkout(page).innerText()));
      await checkout(page).locator('[data-command=abort]').waitFor();
      assert.equal(await checkout(page).locator('[data-command=approve]').count(), 0);
      world.me = SRE;
      // when
      server.endStreams();
      // then
      await until('it is theirs', async () => /waits for you/.test(await checkout(page).innerText()));
      await checkout(page).locator('[data-command=approve]').waitFor();
    });
  });
});
