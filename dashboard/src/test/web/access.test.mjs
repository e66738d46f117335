import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {required} from './chromium.mjs';
import {FILE} from './fake/plans.mjs';
import {BACK, browser, PROD, says, text, until, withPage} from './page.mjs';

const axe = readFileSync(required.resolve('axe-core/axe.min.js'), 'utf8');

const LOOKS = {
  light: {colorScheme: 'light'},
  dark: {colorScheme: 'dark'},
  phone: {colorScheme: 'light', viewport: {width: 390, height: 844}},
};
const PAGES = {list: '/', 'filtered list': '/?q=shop', rollout: PROD, 'rolled back': BACK, application: '/applications/shop/checkout?compare=old-0,old-1', freezes: '/freezes', fleet: '/fleet'};

/** By the page's own policy nothing may be written into it: the checker comes in through the debugger. */
async function violations(page) {
  await page.evaluate(axe);
  const {violations: found} = await page.evaluate(() => globalThis.axe.run(document, {resultTypes: ['violations']}));
  return found.flatMap(({id, help, nodes}) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`));
}

async function startWith(page, file) {
  await page.keyboard.press('n');
  await page.getByLabel('Rollout file').fill(file);
  await says(page, '.outlook', /begins|not valid/);
}

describe('accessibility, as axe sees it', () => {
  const with_ = browser();

  for (const [look, context] of Object.entries(LOOKS)) {
    for (const [name, path] of Object.entries(PAGES)) {
      it(`finds nothing wrong with the ${name} page, ${look}`, async () => {
        await withPage(with_, {path, context}, async (page) => {
          // given
          await page.locator('main:not([aria-busy])').waitFor();
          await until('everything is loaded', async () => !(await page.locator('main .ghost').count()) && !/Loading …/.test(await text(page, 'main')));
          // when, then
          assert.deepEqual(await violations(page), []);
        });
      });
    }

    it(`finds nothing wrong with dialogs and the lost connection, ${look}`, async () => {
      await withPage(with_, {path: PROD, context}, async (page, _world, server) => {
        // given
        await page.locator('[data-command=approve]').waitFor();
        for (const open of [() => page.keyboard.press('a'), () => page.locator('[data-command=approve]').click(), () => page.keyboard.press('?'), () => page.locator('.who').click(), () => startWith(page, FILE), () => startWith(page, 'targets: {}')]) {
          // when
          await open();
          await page.locator('dialog[open]').waitFor();
          // then
          assert.deepEqual(await violations(page), []);
          await page.keyboard.press('Escape');
        }
        await server.stop();
        await page.locator('.banner').waitFor();
        assert.deepEqual(await violations(page), []);
      });
    });
  }
});
