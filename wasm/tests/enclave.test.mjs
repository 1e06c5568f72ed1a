/** Simulated enclaves: their documents, what is sealed for them, and the policies that ask for them. */

import assert from 'node:assert/strict';
import { privateDecrypt, constants } from 'node:crypto';
import { test } from 'node:test';

import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { KmsError, PocketKms } from 'pocket-kms';

const IMAGE = 'ab'.repeat(48);
const hello = new TextEncoder().encode('hello');

/** A key that decrypts for enclaves with this image alone. */
async function guarded(kms) {
  const root = 'arn:aws:iam::111122223333:root';
  const condition = { StringEqualsIgnoreCase: { 'kms:RecipientAttestation:ImageSha384': IMAGE } };
  const statement = (Action, rest = {}) => ({ Effect: 'Allow', Principal: { AWS: root }, Action, Resource: '*', ...rest });
  const others = ['kms:DescribeKey', 'kms:PutKeyPolicy', 'kms:Encrypt', 'kms:ScheduleKeyDeletion'];
  const Statement = [statement(others), statement('kms:Decrypt', { Condition: condition })];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey', { Policy });
  return kms.call('Encrypt', { KeyId, Plaintext: hello });
}

test('what is decrypted for an enclave is opened by it alone', async () => {
  const kms = await PocketKms.create();
  const { CiphertextBlob } = await guarded(kms);
  const enclave = await kms.enclave({ imageSha384: IMAGE });
  const sealed = await kms.call('Decrypt', { CiphertextBlob, Recipient: enclave.recipient() });
  assert.equal(sealed.Plaintext, undefined);
  assert.deepEqual(enclave.unwrap(sealed.CiphertextForRecipient), hello);
  const other = await kms.enclave({ imageSha384: IMAGE });
  assert.throws(() => other.unwrap(sealed.CiphertextForRecipient), /for this enclave/);
  assert.throws(() => enclave.unwrap(new Uint8Array(9)), /for this enclave/);
});

test('a policy that asks for an image denies every other one, and every caller without', async () => {
  const kms = await PocketKms.create();
  const { CiphertextBlob } = await guarded(kms);
  for (const wish of [{}, { imageSha384: 'cd'.repeat(48) }]) {
    const Recipient = (await kms.enclave(wish)).recipient();
    await assert.rejects(kms.call('Decrypt', { CiphertextBlob, Recipient }), { code: 'AccessDeniedException' });
  }
  await assert.rejects(kms.call('Decrypt', { CiphertextBlob }), { code: 'AccessDeniedException' });
  const bytes = { pcrs: { 0: new Uint8Array(48).fill(0xab) } };
  await kms.call('Decrypt', { CiphertextBlob, Recipient: (await kms.enclave(bytes)).recipient() });
});

test('the SDK passes the recipient on', async () => {
  const kms = await PocketKms.create();
  const { CiphertextBlob } = await guarded(kms);
  const credentials = { accessKeyId: '111122223333', secretAccessKey: 'any' };
  const client = new KMSClient({ region: 'us-east-1', credentials, requestHandler: kms.requestHandler() });
  const enclave = await kms.enclave({ imageSha384: IMAGE });
  const sealed = await client.send(new DecryptCommand({ CiphertextBlob, Recipient: enclave.recipient() }));
  assert.deepEqual(enclave.unwrap(sealed.CiphertextForRecipient), hello);
});

test('an enclave has a key of the spec that was asked for, which other libraries read', async () => {
  const kms = await PocketKms.create();
  const enclave = await kms.enclave({ keySpec: 'RSA_3072', roleArn: 'arn:aws:iam::111122223333:role/R', instanceId: 'i-0' });
  const { subtle } = globalThis.crypto;
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' };
  const publicKey = await subtle.importKey('spki', enclave.publicKey, algorithm, true, ['encrypt']);
  assert.equal(publicKey.algorithm.modulusLength, 3072);
  const ciphertext = Buffer.from(await subtle.encrypt(algorithm, publicKey, hello));
  const key = { key: Buffer.from(enclave.privateKey), format: 'der', type: 'pkcs8' };
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  assert.deepEqual(new Uint8Array(privateDecrypt({ ...key, ...padding }, ciphertext)), hello);
  assert.match(enclave.moduleId, /^i-[0-9a-f]{17}-enc[0-9a-f]{16}$/);
});

test('a document holds what the enclave was told to attest, and is believed for as long as it is valid', async () => {
  const kms = await PocketKms.create({ now: new Date('2026-01-01') });
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
  const enclave = await kms.enclave({ platform: 'NitroTpm' });
  const document = enclave.attest({ userData: new TextEncoder().encode('user data'), nonce: new Uint8Array(3) });
  assert.ok(Buffer.from(document).includes('user data') && Buffer.from(document).includes(Buffer.from(enclave.publicKey)));
  const Recipient = { KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256', AttestationDocument: document };
  await kms.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256', Recipient });
  kms.clock.advance('1d');
  await assert.rejects(kms.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256', Recipient }), KmsError);
});

test('the documents of another world are not believed, those of a fork and of a restored one are', async () => {
  const [kms, stranger] = [await PocketKms.create(), await PocketKms.create()];
  const enclave = await kms.enclave();
  await stranger.enclave();
  const rootKey = new Uint8Array(32);
  const random = { NumberOfBytes: 8, Recipient: enclave.recipient() };
  for (const world of [kms, kms.fork(), await PocketKms.restore(kms.snapshot(rootKey), rootKey)]) {
    const { CiphertextForRecipient } = await world.call('GenerateRandom', random);
    assert.equal(enclave.unwrap(CiphertextForRecipient).length, 8);
  }
  await assert.rejects(stranger.call('GenerateRandom', random), KmsError);
});

test('a seeded world repeats its enclaves', async () => {
  const document = async () => {
    const kms = await PocketKms.create({ seed: 's', now: 0 });
    kms.clock.advance('1d');
    return (await kms.enclave()).attest();
  };
  assert.deepEqual(await document(), await document());
});

for (const wish of [
  { keySpec: 'RSA_1024' }, { platform: 'TPM' }, { pcrs: { 32: IMAGE } }, { pcrs: { 0: 'ab' } }, { pcrs: [] },
  { imageSha384: 7 }, { pcr: {} },
]) {
  test(`there is no enclave with ${JSON.stringify(wish)}`, async () => {
    const kms = await PocketKms.create();
    await assert.rejects(kms.enclave(wish), (error) => error instanceof KmsError && error.code === 'ValidationException');
  });
}
