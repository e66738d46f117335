// Builds the page into a folder: hashed assets, and an index.html that names them.
// The folder is the first argument, else $SLUICE_WEB_OUT, else where Quarkus serves from.
import {build} from 'esbuild';
import {cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';

const LARGEST = 150_000;
const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? process.env.SLUICE_WEB_OUT ?? join(here, '../../../target/classes/META-INF/resources'));

rmSync(join(out, 'assets'), {recursive: true, force: true});
mkdirSync(out, {recursive: true});
const {metafile} = await build({
  absWorkingDir: here,
  entryPoints: ['src/main.ts', 'src/style/main.css'],
  outdir: join(out, 'assets'),
  entryNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022', 'chrome123', 'firefox121', 'safari17.5'],
  loader: {'.woff2': 'file'},
  sourcemap: false,
  legalComments: 'none',
  metafile: true,
});

/** The licence of everything of others' that is in the page; they ask for that. */
const packages = new Set(Object.keys(metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean));
const licences = [...packages].sort().map((name) => {
  const folder = join(here, 'node_modules', name);
  const file = readdirSync(folder).find((it) => /^licen[cs]e/i.test(it));
  if (!file) {
    throw new Error(`${name} has no licence that could be handed on`);
  }
  return `${name}\n\n${readFileSync(join(folder, file), 'utf8')}`;
});
writeFileSync(join(out, 'assets/licences.txt'), licences.join(`\n${'-'.repeat(80)}\n\n`));

const built = Object.entries(metafile.outputs);
const asset = (ending) => '/assets/' + basename(built.find(([path, it]) => it.entryPoint?.endsWith(ending))[0]);
const font = '/assets/' + basename(built.find(([path]) => path.endsWith('.woff2'))[0]);
const page = readFileSync(join(here, 'src/index.html'), 'utf8')
  .replace('{{script}}', asset('main.ts'))
  .replace('{{style}}', asset('main.css'))
  .replace('{{font}}', font);
writeFileSync(join(out, 'index.html'), page);
cpSync(join(here, 'src/icon.svg'), join(out, 'icon.svg'));

const files = ['index.html', 'icon.svg', ...readdirSync(join(out, 'assets')).map((name) => 'assets/' + name)];
let sum = 0;
for (const file of files) {
  const size = gzipSync(readFileSync(join(out, file))).length;
  sum += size;
  console.log(`${String(size).padStart(7)} B gzipped  ${file}`);
}
console.log(`${String(sum).padStart(7)} B gzipped of at most ${LARGEST}, in ${out}`);
if (sum > LARGEST) {
  console.error('The page is too large: leave something out, or load it later.');
  process.exit(1);
}
