// Runs the page's tests; those that need a browser only where a Chromium is installed, and says so where none is.
import {spawnSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {built, chromiumPath, web} from './chromium.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const WITHOUT_BROWSER = ['fake.test.mjs', 'model.test.mjs'];

const page = spawnSync(process.execPath, [join(web, 'build.mjs'), built], {stdio: 'inherit'});
if (page.status !== 0) {
  process.exit(1);
}
const all = readdirSync(here).filter((name) => name.endsWith('.test.mjs'));
const tests = chromiumPath() ? all : WITHOUT_BROWSER;
const ran = spawnSync(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=spec', ...tests.map((name) => join(here, name))], {stdio: 'inherit'});
if (!chromiumPath()) {
  console.log('The browser tests did not run: no Chromium was found. Install one (apt-get install chromium), or name it in $CHROMIUM.');
}
process.exit(ran.status ?? 1);
