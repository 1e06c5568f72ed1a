/** The command line of `pocket-kms playground`: its options, its help, and a sentence for whatever cannot be read. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const TABLE = JSON.parse(readFileSync(new URL('../../tests/command-line.json', import.meta.url), 'utf8')).playground;
const BIN = fileURLToPath(new URL('../npm/bin.js', import.meta.url));

function playground(...parameters) {
  return spawnSync(process.execPath, [BIN, 'playground', ...parameters], { encoding: 'utf8', timeout: 60_000 });
}

test('the help of playground names the options of the table and no other', () => {
  const { status, stdout } = playground('--help');
  assert.equal(status, 0);
  const lines = [...stdout.matchAll(/^ {2}(--[a-z-]+)((?: [A-Z]+)?)/gm)];
  const found = lines.map(([, option, values]) => [option, values.match(/[A-Z]+/g) ?? []]);
  assert.deepEqual(Object.fromEntries(found), TABLE.options);
});

for (const [wrong, sentence] of TABLE.refused) {
  test(`\`pocket-kms playground ${wrong.join(' ')}\` fails with the sentence of the table`, () => {
    const { status, stderr } = playground(...wrong);
    assert.equal(status, 1);
    assert.ok(stderr.startsWith(`pocket-kms: ${sentence}`), stderr);
  });
}
