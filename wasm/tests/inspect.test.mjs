/** What a world tells about ciphertexts, its clock and what falls due. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { KmsError, PocketKms } from 'pocket-kms';

const START = new Date('2026-01-01T00:00:00Z');

test('a ciphertext blob says what it names without being decrypted', async () => {
  const kms = await PocketKms.create();
  const { KeyMetadata } = await kms.call('CreateKey');
  const { CiphertextBlob } = await kms.call('Encrypt', { KeyId: KeyMetadata.KeyId, Plaintext: new Uint8Array(32) });
  await kms.call('DisableKey', { KeyId: KeyMetadata.KeyId });
  const { Format, Maker, KeyMaterialId, ...said } = kms.inspect(CiphertextBlob);
  assert.deepEqual(said, { KeyIds: [KeyMetadata.Arn], Algorithm: 'AES-256-GCM', Length: 184, PlaintextLength: 32 });
  assert.deepEqual([typeof Format, typeof Maker], ['number', 'string']);
  assert.match(KeyMaterialId, /^[0-9a-f]{64}$/);
  const elsewhere = (await PocketKms.create()).inspect(CiphertextBlob);
  assert.deepEqual([elsewhere.KeyMaterialId, elsewhere.KeyIds], [KeyMaterialId, []]);
});

test('the older layout of AWS is explained', async () => {
  // The value of the guide's sample of Parameter Store.
  const sample = 'AQECAHgnOkMROh5LaLXkA4j0+vYi6tmM17Lg/9E464VRo68cvwAAAG8wbQYJKoZIhvcNAQcGoGAwXgIBADBZBgkqhkiG9w0BBwEwHgYJYIZI'
    + 'AWUDBAEuMBEEDImYOw44gna0Jm00hAIBEIAsjgr7mum1EnnYzE3xM8bGle0oKYcfVCHtBkfjIeZGTgL6Hg0fSDnpMHdcSXY=';
  const { Format, KeyIds, Length, Note } = (await PocketKms.create()).inspect(Buffer.from(sample, 'base64'));
  assert.deepEqual([Format, KeyIds, Length], [1, [], 152]);
  assert.match(Note, /older layout.*no key of this world/);
});

test('what is not such a blob says nothing', async () => {
  const kms = await PocketKms.create();
  const { KeyMetadata } = await kms.call('CreateKey', { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
  const input = { KeyId: KeyMetadata.KeyId, Plaintext: new Uint8Array(4), EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' };
  const { CiphertextBlob } = await kms.call('Encrypt', input);
  for (const blob of [CiphertextBlob, new Uint8Array(), new Uint8Array(184), new Uint8Array(1 << 20)]) {
    assert.equal(kms.inspect(blob), null);
  }
});

test('a world says when something falls due next', async () => {
  const kms = await PocketKms.create({ now: START });
  assert.equal(kms.nextDeadline, null);
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
  const { DeletionDate } = await kms.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
  assert.deepEqual(kms.nextDeadline, DeletionDate);
  kms.clock.set(kms.nextDeadline);
  assert.equal(kms.nextDeadline, null);
  await assert.rejects(kms.call('DescribeKey', { KeyId }), KmsError);
});

test('a clock says whether it stands', async () => {
  const [running, standing] = [await PocketKms.create(), await PocketKms.create({ now: START })];
  assert.deepEqual([running.clock.frozen, standing.clock.frozen], [false, true]);
  running.clock.freeze();
  standing.clock.resume();
  assert.deepEqual([running.clock.frozen, standing.clock.frozen], [true, false]);
  const rootKey = new Uint8Array(32);
  assert.equal((await PocketKms.restore(running.snapshot(rootKey), rootKey)).clock.frozen, true);
  assert.throws(() => standing.clock.freeze('soon'), TypeError);
  assert.equal(standing.clock.frozen, false);
});
