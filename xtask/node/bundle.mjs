/** Writes what the npm package holds beside its sources: the module as text, and a file each for CommonJS. */

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

const NPM = new URL('../../wasm/npm/', import.meta.url);
const at = (path) => fileURLToPath(new URL(path, NPM));

const zipped = (file) => gzipSync(readFileSync(at(file)), { level: 9 }).toString('base64');
const text = `/** The two parts of the baseline module, gzipped, in base64. */
export const FIRST =
  '${zipped('pkg/pocket_kms_bg.wasm')}';
export const REST =
  '${zipped('pkg/pocket_kms_rest.wasm')}';
`;
writeFileSync(at('pkg/inline-module.js'), text);

// The files stand in `pkg/`; what the sources look for beside themselves stands one folder higher.
const HERE = "const HERE = require('node:url').pathToFileURL(require('node:path').join(__dirname, '../node.js')).href;";

const shared = { bundle: true, format: 'cjs', target: 'es2022', logLevel: 'warning' };
await build({
  ...shared,
  entryPoints: [at('node.js')],
  outfile: at('pkg/node.cjs'),
  platform: 'node',
  define: { 'import.meta.url': 'HERE' },
  banner: { js: HERE },
});
await build({ ...shared, entryPoints: [at('inline.js')], outfile: at('pkg/inline.cjs'), platform: 'neutral' });
