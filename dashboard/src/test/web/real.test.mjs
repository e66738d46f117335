// Against a dashboard that runs somewhere, with at least one rollout: $SLUICE_DASHBOARD is its address.
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {browser, says, until} from './page.mjs';

const url = process.env.SLUICE_DASHBOARD;

describe('the page that a real server serves', {skip: url ? false : '$SLUICE_DASHBOARD names no server'}, () => {
  const with_ = browser();

  it('is live, keeps the security policy, and every place has an address of its own', async () => {
    // given
    const page = await with_.browser.newPage();
    const faults = [];
    page.on('pageerror', (e) => faults.push(e.message));
    page.on('console', (message) => /Content Security Policy|Refused to/i.test(message.text()) && faults.push(message.text()));
    const answer = await page.goto(url);
    // when
    await until('it is live', async () => (await page.evaluate(() => document.documentElement.dataset.live)) === 'yes');
    const row = page.locator('.rows-body .row a').first();
    const place = await row.getAttribute('href');
    await row.click();
    await says(page, '.state', /for \d+/);
    await page.goto(url + place);
    // then
    await says(page, '.weights', 'Applied');
    await page.goto(`${url}/fleet`);
    await says(page, '.figures', 'Change failure rate');
    assert.match(answer.headers()['content-security-policy'], /script-src 'self'/);
    assert.deepEqual(faults, []);
    await page.close();
  });
});
