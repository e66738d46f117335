// Pictures for the documents: `node screenshots.mjs` writes them to docs/images/.
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {launch, web} from './chromium.mjs';
import {BACK, PROD, withPage} from './page.mjs';

const images = join(web, '../../../../docs/images');
const SHOTS = [
  ['dashboard-list-light', '/', {colorScheme: 'light', viewport: {width: 1360, height: 860}}],
  ['dashboard-rollout-dark', PROD, {colorScheme: 'dark', viewport: {width: 1360, height: 1040}}],
  ['dashboard-rolled-back-light', BACK, {colorScheme: 'light', viewport: {width: 1360, height: 1000}}],
  ['dashboard-abort-dark', PROD, {colorScheme: 'dark', viewport: {width: 1360, height: 860}}, (page) => page.keyboard.press('a')],
  ['dashboard-list-phone', '/', {colorScheme: 'light', viewport: {width: 390, height: 844}, deviceScaleFactor: 2}],
  ['dashboard-rollout-phone', PROD, {colorScheme: 'dark', viewport: {width: 390, height: 844}, deviceScaleFactor: 2}],
];

mkdirSync(images, {recursive: true});
const browser = await launch();
for (const [name, path, context, act] of SHOTS) {
  await withPage({browser}, {path, context, world: {many: 240}}, async (page) => {
    await page.locator('main:not([aria-busy])').waitFor();
    await page.waitForTimeout(800);
    await act?.(page);
    await page.waitForTimeout(300);
    await page.screenshot({path: join(images, `${name}.png`)});
    console.log(`${name}.png`);
  });
}
await browser.close();
