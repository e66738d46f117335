// What every browser test begins with: an invented world, its server, and a page that may report no fault of its own.
import assert from 'node:assert/strict';
import {after, before} from 'node:test';
import {FakeServer} from './fake/server.mjs';
import {World} from './fake/world.mjs';
import {built, launch} from './chromium.mjs';

/** One browser for a file of tests. */
export function browser() {
  const holder = {};
  before(async () => {
    holder.browser = await launch();
  });
  after(() => holder.browser.close());
  return holder;
}

/** Opens the page on a world of its own, does something with it, and ends all of it. */
export async function withPage({browser}, {path = '/', world = {}, context = {}, prepare = () => {}}, use) {
  const made = new World({many: 40, ...world});
  const server = await new FakeServer(built, made).start();
  prepare(server, made);
  const faults = [];
  const opened = await browser.newContext({viewport: {width: 1360, height: 900}, timezoneId: 'Europe/Berlin', permissions: ['clipboard-read', 'clipboard-write'], ...context});
  try {
    const page = await opened.newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (e) => faults.push(e.message));
    page.on('console', (message) => /Content Security Policy|Refused to/i.test(message.text()) && faults.push(message.text()));
    await page.goto(server.url + path);
    await use(page, made, server);
    assert.deepEqual(faults, [], 'the page reported faults');
  } finally {
    await opened.close();
    await server.stop();
  }
}

export const PROD = '/rollouts/shop/checkout/prod-us';
export const BACK = '/rollouts/pay/ledger/prod-eu';

/** Waits until something holds, as pages and servers take their time. */
export async function until(words, holds) {
  const end = Date.now() + 10_000;
  for (;;) {
    if (await holds()) {
      return;
    }
    assert.ok(Date.now() < end, `still not: ${words}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const text = async (page, selector) => (await page.locator(selector).first().innerText()).replace(/\s+/g, ' ');

/** Waits until an element's text has these words in it. */
export const says = (page, selector, words) =>
  until(`${selector} says ${words}`, async () => (await page.locator(selector).count()) > 0 && (words instanceof RegExp ? words.test(await text(page, selector)) : (await text(page, selector)).includes(words)));
