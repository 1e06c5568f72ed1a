/** Node: how long a world takes to begin, and what a call costs. */

import { execFileSync } from 'node:child_process';

import { PocketKms } from 'pocket-kms';

import { ways } from './encrypt.mjs';
import { median, tell, warm } from './measure.js';

const PROCESSES = 11;
const FOLDER = new URL('.', import.meta.url);

/** The median of the numbers that fresh processes print. */
function fresh(...parameters) {
  const run = () => Number(execFileSync(process.execPath, parameters, { cwd: FOLDER, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  return median(Array.from({ length: PROCESSES }, run));
}

const created = `
  import { PocketKms } from 'pocket-kms';
  const start = performance.now();
  await PocketKms.create();
  console.log(performance.now() - start);`;
tell({ what: 'Node: first PocketKms.create()', ours: fresh('--input-type=module', '--eval', created), unit: 'ms', at_most: 60 });

const kms = await PocketKms.create();
const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
const { direct, served, stubbed } = await ways();
const { CiphertextBlob } = await kms.call('Encrypt', { KeyId, Plaintext: new Uint8Array(32) });
const [encrypt, decrypt, dataKey] = await warm([
  direct,
  () => kms.call('Decrypt', { CiphertextBlob }),
  () => kms.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }),
]);
tell({ what: 'Node WASM: kms.call Encrypt of 32 bytes', ours: encrypt, unit: 'µs', at_most: 25 });
tell({ what: 'Node WASM: kms.call Decrypt of 32 bytes', ours: decrypt, unit: 'µs', at_most: 25 });
tell({ what: 'Node WASM: kms.call GenerateDataKey', ours: dataKey, unit: 'µs', at_most: 25 });
const [ours, theirs] = await warm([served, stubbed]);
tell({ what: 'AWS SDK in Node: Encrypt, over a requestHandler with canned bytes', ours: ours - theirs, unit: 'µs', at_most: 80 });

// A suite of tests makes some hundred calls in a new process: what they run is not compiled yet.
tell({ what: 'Node WASM: kms.call Encrypt, the first 1,000 calls', ours: fresh('encrypt.mjs', 'direct'), unit: 'µs' });
const beside = 'a requestHandler with canned bytes';
const both = { ours: fresh('encrypt.mjs', 'served'), theirs: fresh('encrypt.mjs', 'stubbed') };
tell({ what: 'AWS SDK in Node: Encrypt, the first 1,000 calls', ...both, unit: 'µs', beside });
