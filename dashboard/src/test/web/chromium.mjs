import {existsSync} from 'node:fs';
import {createRequire} from 'node:module';
import {delimiter, dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** $CHROMIUM, else the first that is installed; undefined where none is. */
export function chromiumPath() {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  const places = [process.env.CHROMIUM, ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))];
  return places.find((path) => path && existsSync(path));
}

/** Where the page is built to for tests. */
export const web = join(dirname(fileURLToPath(import.meta.url)), '../../main/web');
export const built = join(web, 'target');

/** The tests' packages are those of the page. */
export const required = createRequire(join(web, 'package.json'));

export const launch = () => required('playwright-core').chromium.launch({executablePath: chromiumPath(), args: ['--no-sandbox', '--force-prefers-reduced-motion']});
