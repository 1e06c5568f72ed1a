/** A seeded world gives the same bytes here as natively. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { PocketKms } from 'pocket-kms';

import { replayed } from './golden.js';

const GOLDEN = readFileSync(new URL('../../tests/golden/seeded-world.jsonl', import.meta.url), 'utf8').trim().split('\n');

test('a seeded world replies as it does natively, to the byte', async () => {
  assert.deepEqual(await replayed(GOLDEN.map((line) => JSON.parse(line)), PocketKms), GOLDEN);
});
