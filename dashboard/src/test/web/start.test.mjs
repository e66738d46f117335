import assert from 'node:assert/strict';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {FILE} from './fake/plans.mjs';
import {browser, PROD, says, until, withPage} from './page.mjs';

const OPERATOR = {actor: 'olga', groups: [], mode: 'on', grants: [{applications: 'shop/*', roles: ['operator']}], commands: ['start', 'abort']};
const VIEWER = {actor: 'vera', groups: [], mode: 'on', grants: [{applications: '*', roles: ['viewer']}], commands: []};

async function openDialog(page, file = FILE) {
  await page.getByRole('button', {name: 'Start', exact: true}).click();
  await page.getByLabel('Rollout file').fill(file);
}

const start = (page) => page.locator('start-dialog').getByRole('button', {name: 'Start', exact: true});

describe('starting a rollout by the page', () => {
  const with_ = browser();

  it('says what would happen before it begins, posts what it shows, and leads to the rollout', async () => {
    await withPage(with_, {world: {me: OPERATOR}}, async (page, world) => {
      // given
      await openDialog(page);
      await page.getByLabel('Revision').fill('2.0.0');
      await page.getByLabel('Reason').fill('a new basket');
      // when
      await says(page, '.outlook', /What would happen A rollout of shop\/walk on local begins/);
      await says(page, '.outlook', /Held now: frozen by mara: campaign weekend, for (1 h|59 min)/);
      await says(page, '.outlook', /1 warning, which stops nothing: \/targets\/local nothing bounds how long it may take/);
      await says(page, '.planned', /Weight 25 % 1 approval Weight 100 % Watched by failed-orders Moves local\/demo\/trafficsplits/);
      await until('the plan is of this revision', () => world.planned.at(-1).url.endsWith('revision=2.0.0'));
      const [line, message] = await page.locator('dialog[open] .equivalents code').allInnerTexts();
      await start(page).click();
      // then
      await until('the rollout is shown', () => page.url().endsWith('/rollouts/shop/walk/local'));
      await says(page, '.state', 'waits for an approval');
      assert.equal(await page.locator('dialog[open]').count(), 0);
      assert.equal(world.texts[0], message);
      assert.match(message, /"rollout":\{"version":"v1",.*"minor":1\.10/);
      const {id, type, application, revision, reason} = world.commands[0];
      assert.deepEqual({type, application, revision, reason}, {type: 'start', application: 'shop/walk', revision: '2.0.0', reason: 'a new basket'});
      assert.equal(line, `sluice start -f rollout.yaml --revision 2.0.0 --reason 'a new basket' --request-id ${id}`);
      assert.match(world.planned.at(-1).type, /^application\/yaml/);
    });
  });

  it('lists everything that is wrong with a file by its pointer, and starts nothing by it', async () => {
    await withPage(with_, {}, async (page, world) => {
      // given, when
      await openDialog(page, 'targets: {local: {strategy: carful}}');
      // then
      await says(page, '.outlook', /not valid Correct .* \/application is missing \/targets\/local\/strategy there is no strategy carful: one of careful, quick/);
      assert.ok(await start(page).isDisabled());
      assert.deepEqual(world.commands, []);
    });
  });

  it('starts nothing that would be rejected now, and says why', async () => {
    await withPage(with_, {}, async (page) => {
      // given, when
      await openDialog(page, FILE.replace('shop/walk', 'shop/checkout'));
      // then
      await says(page, '.outlook .effect', /Would be rejected now: rollout \S+ is running/);
      assert.ok(await start(page).isDisabled());
    });
  });

  it('takes a file that is chosen or dropped, and keeps it for the next rollout', async () => {
    await withPage(with_, {}, async (page) => {
      // given
      const path = join(mkdtempSync(join(tmpdir(), 'sluice-')), 'walk.yaml');
      writeFileSync(path, FILE);
      await page.keyboard.press('n');
      // when
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', {name: 'Choose a file'}).click()]);
      await chooser.setFiles(path);
      // then
      await says(page, '.outlook', 'shop/walk');
      await says(page, 'dialog[open] .equivalents', 'sluice start -f walk.yaml');
      const data = await page.evaluateHandle((text) => {
        const made = new DataTransfer();
        made.items.add(new File([text], 'other.yaml'));
        return made;
      }, FILE.replace('shop/walk', 'shop/other'));
      await page.locator('.rollout-file').dispatchEvent('drop', {dataTransfer: data});
      await says(page, '.outlook', 'shop/other');
      await page.keyboard.press('Escape');
      await page.keyboard.press('n');
      await says(page, 'dialog[open] .equivalents', 'sluice start -f other.yaml');
      assert.match(await page.getByLabel('Rollout file').inputValue(), /^application: shop\/other/m);
    });
  });

  it('reads no file that is longer than the engine would read', async () => {
    await withPage(with_, {}, async (page, world) => {
      // given
      await page.keyboard.press('n');
      // when
      await page.locator('[type=file]').setInputFiles({name: 'huge.yaml', mimeType: 'text/yaml', buffer: Buffer.alloc((1 << 20) + 1, 'a')});
      // then
      await says(page, '.outlook', 'huge.yaml has 1,048,577 bytes');
      assert.deepEqual(world.planned, []);
    });
  });

  it('is not offered to whoever may start nothing, by no key either', async () => {
    await withPage(with_, {path: PROD, world: {me: VIEWER}}, async (page) => {
      // given
      await says(page, '.who', 'vera');
      // when
      await page.keyboard.press('n');
      // then
      assert.equal(await page.getByRole('button', {name: 'Start', exact: true}).count(), 0);
      assert.equal(await page.locator('dialog[open]').count(), 0);
    });
  });

  it('starts nothing of an application where this person lacks the role, and says which it is', async () => {
    await withPage(with_, {world: {me: {...OPERATOR, commands: ['abort']}}}, async (page) => {
      // given, when
      await openDialog(page);
      // then
      await says(page, '.outlook', 'You may not start shop/walk: that needs the role operator there.');
      assert.ok(await start(page).isDisabled());
    });
  });

  it('says a refusal in the engine’s words, where the picture was too old', async () => {
    await withPage(with_, {world: {me: OPERATOR}}, async (page, world) => {
      // given
      await openDialog(page);
      await page.getByLabel('Revision').fill('2.0.0');
      await says(page, '.outlook', 'begins');
      world.me = {...OPERATOR, commands: [], roles: ['viewer']};
      // when
      await start(page).click();
      // then
      await says(page, 'dialog[open] .refusal', 'Refused: start needs the role operator of shop/walk; olga has [viewer]');
    });
  });
});
