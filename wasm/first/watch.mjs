/** Prints the names of the functions that the first calls run: `node watch.mjs WATCHED.wasm NAMES.txt FIRST.txt`. */

import { readFileSync, writeFileSync } from 'node:fs';

import { NATIVE } from '../npm/native.js';
import { lend, needRest, restBy } from '../npm/pkg/pocket_kms.js';
import { PocketKms } from '../npm/pocket-kms.js';
import { play } from './calls.js';

const [watched, names, first] = process.argv.slice(2);
const ran = new Set();

// A watched module imports one function more than the glue knows of.
const Instance = WebAssembly.Instance;
WebAssembly.Instance = function instance(module, imports) {
  return new Instance(module, { ...imports, watch: { ran: (number) => ran.add(number) } });
};

class Watched extends PocketKms {
  static builds = { baseline: () => readFileSync(watched) };
}
await play(Watched);
// And as Node plays them.
lend(NATIVE);
await play(Watched);
restBy({ load() {} });
needRest();
const all = readFileSync(names, 'utf8').split('\n');
writeFileSync(first, [...ran].sort((a, b) => a - b).map((number) => all[number]).join('\n'));
