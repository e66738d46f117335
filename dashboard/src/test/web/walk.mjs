// docs/walk.md by the page alone, by what a person sees of it: on the dashboard of a sandbox, whose address is $SLUICE_DASHBOARD.
// Ends with 77 where no Chromium is installed.
import assert from 'node:assert/strict';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {built, chromiumPath, launch, web} from './chromium.mjs';

const NO_BROWSER = 77;
/** For a machine that does much else; nothing waits for it to pass. */
const PATIENCE = 90_000;
const FILE = join(web, '../../../../docs/walk.yaml');

if (!chromiumPath()) {
  console.log('The walk by the page was not walked: no Chromium was found. Install one (apt-get install chromium), or name it in $CHROMIUM.');
  process.exit(NO_BROWSER);
}

/** The page waits ten seconds for the engine's word, and says so where a busy machine took longer: what follows tells all the same. */
const LATE = /^Nothing was decided within ten seconds/;

const button = (where, name) => where.getByRole('button', {name, exact: true});

async function walk(page) {
  const seen = async (what, words) => {
    await what.first().waitFor();
    console.log(`seen: ${words}`);
  };
  const dialog = page.getByRole('dialog');
  const state = page.getByRole('main').getByRole('status').first();

  // 1. find what waits for you
  await page.goto(process.env.SLUICE_DASHBOARD);
  const needs = page.getByRole('region', {name: /^Needs attention/});
  const first = needs.getByRole('listitem').first();
  await seen(first.getByText(/waits for you/), 'what waits for you comes first');
  const own = needs.getByRole('link', {name: 'demo/shop local'});
  if (await own.count()) {
    await own.click();
  } else {
    // where others have waited longer, it is searched for
    await page.goto(new URL('/?q=app:demo/shop', process.env.SLUICE_DASHBOARD).href);
    await page.getByRole('cell').getByRole('link', {name: /demo\/ ?shop/}).first().click();
  }
  await seen(page.getByRole('heading', {level: 1, name: /demo\/ ?shop local .*1\.4\.0/}), 'the rollout of 1.4.0');
  await seen(state.getByText('Awaits approval'), 'it awaits approval');

  // 2. approve it
  await button(page.getByRole('main'), 'Approve').click();
  await seen(dialog.getByText(/1\.4\.0, step 2 of 3/), 'what is approved');
  await dialog.getByLabel('Reason').fill('orders look good');
  await button(dialog, 'Approve').click();
  await seen(dialog.getByText(/^Decided: approved/).or(dialog.getByText(LATE)), 'the approval was taken');
  await button(dialog, 'Close').click();
  await seen(state.getByText('Promoted'), 'it was promoted');

  // 3. start the next one
  await button(page, 'Start').click();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(dialog, 'Choose a file').click()]);
  await chooser.setFiles(FILE);
  await dialog.getByLabel('Revision').fill('2.0.0');
  await seen(dialog.getByText('A rollout of demo/shop on local begins'), 'what would happen');
  await button(dialog, 'Start').click();
  await seen(page.getByRole('heading', {level: 1, name: /demo\/ ?shop local .*2\.0\.0/}), 'the rollout of 2.0.0');
  await seen(state.getByText('Awaits approval'), 'it waits too');

  // 4. abort it
  await page.keyboard.press('a');
  await seen(dialog.getByText('25 % → 0 on 1 route', {exact: true}), 'what aborting does');
  await dialog.getByLabel('Reason').fill('not on a Friday');
  await button(dialog, 'Abort: 25 % → 0').click();
  await seen(dialog.getByText('Applied: 0 % on every route').or(dialog.getByText(LATE)), 'when it was applied');
  await button(dialog, 'Close').click();
  await seen(state.getByText('Rolled back'), 'it went back');

  // 5. say why the third was taken back
  await page.getByRole('link', {name: 'History of demo/shop'}).click();
  const third = page.getByRole('row', {name: /1\.3\.0/});
  await seen(third.getByText('Rolled back'), 'the third was rolled back');
  const why = await third.getByRole('cell').nth(5).innerText();
  assert.match(why, /: .*limit/, 'why the third was taken back');
  console.log(`seen: why: ${why}`);
}

const browser = await launch();
const page = await browser.newPage({viewport: {width: 1360, height: 900}});
page.setDefaultTimeout(PATIENCE);
try {
  await walk(page);
} catch (lost) {
  mkdirSync(built, {recursive: true});
  const picture = join(built, 'walk.png');
  await page.screenshot({path: picture});
  console.log(`${lost.message}\nOn the page, ${page.url()}, of which ${picture} is a picture:\n${await page.locator('body').innerText()}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
