/** A file of the playground, as `docs/worlds-of-the-playground.md` says that programs open and write it. */

import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';

import { PocketKms } from 'pocket-kms';

const FROM_HERE = (path) => new URL(`../../${path}`, import.meta.url);
const PAGE = readFileSync(FROM_HERE('docs/worlds-of-the-playground.md'), 'utf8');
const [OPENS, WRITES] = [...PAGE.matchAll(/```js\n(.*?)```/gsu)].map(([, code]) => code);

/** A file that the playground has written, and what is in it. */
const WRITTEN = FROM_HERE('tests/golden/world.pkms');
const HELD = JSON.parse(readFileSync(FROM_HERE('tests/golden/world.pkms.json'), 'utf8'));

const AsyncFunction = (async () => {}).constructor;

/** Runs an example, which has these names; gives its world. */
function run(example, names) {
  const body = example.replaceAll(/^import (\{.*?\}) from (.*?);$/gmu, 'const $1 = await load($2);');
  return new AsyncFunction('load', ...Object.keys(names), `${body}\nreturn kms;`)((name) => import(name), ...Object.values(names));
}

/** Acts in a folder of its own. */
async function inFolder(act) {
  const [before, folder] = [process.cwd(), mkdtempSync(join(tmpdir(), 'sealed-'))];
  process.chdir(folder);
  try {
    return await act(folder);
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
}

async function decrypted(kms, ciphertext) {
  const { Plaintext, KeyId } = await kms.call('Decrypt', { CiphertextBlob: Buffer.from(ciphertext, 'base64') });
  return [Buffer.from(Plaintext).toString(), KeyId.split('/').at(-1)];
}

test('a file that the playground has written opens with the lines of the documentation', async () => {
  await inFolder(async (folder) => {
    copyFileSync(WRITTEN, join(folder, 'world.pkms'));
    const kms = await run(OPENS, { passphrase: HELD.passphrase });
    assert.deepEqual(await decrypted(kms, HELD.ciphertext), [HELD.plaintext, HELD.key]);
    await assert.rejects(run(OPENS, { passphrase: 'another passphrase' }), /root key/);
  });
});

test('a file that a program has written with the lines of the documentation opens with the others', async () => {
  const kms = await PocketKms.create();
  const { KeyMetadata } = await kms.call('CreateKey');
  const { CiphertextBlob } = await kms.call('Encrypt', { KeyId: KeyMetadata.KeyId, Plaintext: Buffer.from('back') });
  await inFolder(async () => {
    await run(WRITES, { passphrase: HELD.passphrase, kms });
    const there = await run(OPENS, { passphrase: HELD.passphrase });
    assert.deepEqual(await decrypted(there, CiphertextBlob), ['back', KeyMetadata.KeyId]);
  });
});
