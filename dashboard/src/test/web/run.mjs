// Runs the browser tests where a Chromium is installed, and says so where none is.
import {spawnSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromiumPath} from './chromium.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const web = join(here, '../../main/web');

if (!chromiumPath()) {
  console.log('The browser tests did not run: no Chromium was found. Install one (apt-get install chromium), or name it in $CHROMIUM.');
  process.exit(0);
}
const built = spawnSync(process.execPath, [join(web, 'build.mjs'), join(web, 'target')], {stdio: 'inherit'});
if (built.status !== 0) {
  process.exit(1);
}
const tests = readdirSync(here).filter((name) => name.endsWith('.test.mjs')).map((name) => join(here, name));
const ran = spawnSync(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=spec', ...tests], {stdio: 'inherit'});
process.exit(ran.status ?? 1);
