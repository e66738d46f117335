import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {required, web} from './chromium.mjs';
import {World} from './fake/world.mjs';

const Ajv = required('ajv/dist/2020').default;
const schemas = join(web, '../../../../schemas/src/main/resources/dev/sluice/schemas');

function faults(name, messages) {
  const ajv = new Ajv({strict: false, validateFormats: false, multipleOfPrecision: 6});
  const fits = ajv.compile(JSON.parse(readFileSync(join(schemas, `${name}.schema.json`), 'utf8')));
  return messages.filter((it) => !fits(it)).map((it) => `${JSON.stringify(it).slice(0, 200)}: ${ajv.errorsText(fits.errors)}`);
}

describe('the invented world', () => {
  const world = new World({many: 1000});
  const timelines = ['shop/checkout', 'pay/ledger'].map((application) => world.timeline(application));

  it('tells statuses as their schema has them', () => {
    // given, when, then
    assert.deepEqual(faults('status', [...world.statuses.values()]), []);
  });

  it('tells audit entries and verdicts as theirs', () => {
    // given
    const audit = timelines.flatMap((it) => it.audit);
    const verdicts = timelines.flatMap((it) => it.targets.flatMap((one) => one.verdicts));
    // when, then
    assert.ok(audit.length > 20 && verdicts.length > 7);
    assert.deepEqual(faults('audit', audit), []);
    assert.deepEqual(faults('verdict', verdicts), []);
  });
});
