/** What a page loads before it does anything, and what it loads when a call needs it. */

import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { tell } from './measure.js';

/** Programs load the module of templates at its first use. */
const TEMPLATES = readFileSync(new URL('../npm/pkg/templates/pocket_kms_bg.wasm', import.meta.url));

const BUILDS = { baseline: '', 'wide-arithmetic': 'wide/' };

function brotli(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } });
}

/** What a page may load of the core before its first call, in kB of brotli. */
const AT_MOST = 640;

for (const [build, folder] of Object.entries(BUILDS)) {
  const module = readFileSync(new URL(`../npm/pkg/${folder}pocket_kms_bg.wasm`, import.meta.url));
  const size = (what, bytes, at_most) => tell({ what: `WASM ${build}, ${what}`, ours: bytes.length / 1000, unit: 'kB', at_most });
  size('raw', module);
  size('gzip', gzipSync(module, { level: 9 }));
  size('brotli', brotli(module), AT_MOST);
  size('brotli of the rest', brotli(readFileSync(new URL(`../npm/pkg/${folder}pocket_kms_rest.wasm`, import.meta.url))));
}

tell({ what: 'WASM templates, brotli', ours: brotli(TEMPLATES).length / 1000, unit: 'kB', at_most: 200 });
