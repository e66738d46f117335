import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {built, required, web} from './chromium.mjs';

/** The page's model as one module that Node can read. */
export async function bundled(names) {
  const outfile = join(built, 'model.mjs');
  mkdirSync(built, {recursive: true});
  const contents = names.map((name) => `export * from './src/model/${name}';`).join('\n');
  await required('esbuild').build({stdin: {contents, resolveDir: web, loader: 'ts'}, bundle: true, format: 'esm', outfile});
  return import(pathToFileURL(outfile));
}
