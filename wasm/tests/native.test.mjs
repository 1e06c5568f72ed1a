/** Node lends the core node:crypto: results stay the same to the byte, and what node:crypto refuses is refused. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { constants, createPublicKey, generateKeyPairSync, publicEncrypt, verify } from 'node:crypto';
import { test } from 'node:test';

import { PocketKms } from 'pocket-kms';

import { NATIVE } from '../npm/native.js';
import { imported } from './wrapped.js';

const START = new Date('2026-01-01T00:00:00Z');

/** Every private operation that may be lent, in a world that repeats itself. */
async function story({ PocketKms: Worlds }) {
  const kms = await Worlds.create({ seed: 'native', now: new Date('2026-01-01T00:00:00Z'), insecureKeyPool: true });
  const told = [];
  const key = async (KeySpec, KeyUsage) => (await kms.call('CreateKey', { KeySpec, KeyUsage })).KeyMetadata.KeyId;
  const tell = async (...call) => told.push(await kms.call(...call).catch((error) => error.code));
  for (const bits of [2048, 3072, 4096]) {
    const signing = await key(`RSA_${bits}`, 'SIGN_VERIFY');
    for (const hash of [256, 384, 512]) {
      for (const scheme of ['RSASSA_PSS_SHA', 'RSASSA_PKCS1_V1_5_SHA']) {
        await tell('Sign', { KeyId: signing, Message: new Uint8Array([bits & 255]), SigningAlgorithm: `${scheme}_${hash}` });
        const { Signature } = told.at(-1);
        await tell('Verify', { KeyId: signing, Message: new Uint8Array([bits & 255]), SigningAlgorithm: `${scheme}_${hash}`, Signature });
      }
    }
    const opening = await key(`RSA_${bits}`, 'ENCRYPT_DECRYPT');
    for (const EncryptionAlgorithm of ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256']) {
      const { CiphertextBlob } = await kms.call('Encrypt', { KeyId: opening, Plaintext: new Uint8Array([1, 2]), EncryptionAlgorithm });
      await tell('Decrypt', { KeyId: opening, CiphertextBlob, EncryptionAlgorithm });
      CiphertextBlob[9] ^= 1;
      await tell('Decrypt', { KeyId: opening, CiphertextBlob, EncryptionAlgorithm });
      await tell('Decrypt', { KeyId: opening, CiphertextBlob: CiphertextBlob.fill(255), EncryptionAlgorithm });
    }
  }
  for (const curve of ['P256', 'P384', 'P521']) {
    const [mine, other] = [await key(`ECC_NIST_${curve}`, 'KEY_AGREEMENT'), await key(`ECC_NIST_${curve}`, 'KEY_AGREEMENT')];
    const { PublicKey } = await kms.call('GetPublicKey', { KeyId: other });
    await tell('DeriveSharedSecret', { KeyId: mine, KeyAgreementAlgorithm: 'ECDH', PublicKey });
    await tell('DeriveSharedSecret', { KeyId: mine, KeyAgreementAlgorithm: 'ECDH', PublicKey: PublicKey.map((byte, at) => (at === 100 ? byte ^ 1 : byte)) });
  }
  return JSON.stringify(told, (_, value) => (value instanceof Uint8Array ? Array.from(value) : value));
}

test('a world gives the same bytes with node:crypto and without', { timeout: 300_000 }, async () => {
  const lent = await story({ PocketKms });
  const source = `
    import * as inline from 'pocket-kms/inline';
    console.log(await (${story})(inline));`;
  const pure = execFileSync(process.execPath, ['--input-type=module', '--eval', source], {
    cwd: new URL('.', import.meta.url),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  assert.equal(lent, pure.trim());
  assert.ok(lent.includes('InvalidCiphertextException') && lent.includes('SharedSecret'));
});

/** What comes of `use` while each operation of node:crypto is what `change` makes of it. */
async function changed(change, use) {
  const own = { ...NATIVE };
  for (const [name, operation] of Object.entries(own)) NATIVE[name] = change(name, operation);
  try {
    return await use();
  } finally {
    Object.assign(NATIVE, own);
  }
}

/** Counts the operations that are asked of node:crypto while `use` runs. */
async function asked(use) {
  const counts = {};
  const counted = (name, operation) => (...parameters) => {
    counts[name] = (counts[name] ?? 0) + 1;
    return operation(...parameters);
  };
  await changed(counted, use);
  return counts;
}

test('what a host cannot do of all this is done without it, to the same bytes', { timeout: 300_000 }, async () => {
  const unable = (name, operation) => (['load', 'forget'].includes(name) ? operation : () => { throw new TypeError(`no ${name} here`); });
  assert.equal(await changed(unable, () => story({ PocketKms })), await story({ PocketKms }));
});

test('node:crypto does the private operations, verifies what it signed, and forgets keys with their worlds', async () => {
  const kms = await PocketKms.create({ insecureKeyPool: true });
  const Message = new Uint8Array(9);
  const counts = await asked(async () => {
    const { KeyMetadata: { KeyId } } = await kms.call('CreateKey', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    const { Signature } = await kms.call('Sign', { KeyId, Message, SigningAlgorithm: 'RSASSA_PSS_SHA_256' });
    const { PublicKey } = await kms.call('GetPublicKey', { KeyId });
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
    const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
    assert.ok(verify('sha256', Message, options, Signature));
    kms.dispose();
  });
  assert.deepEqual([counts.sign, counts.forget], [1, counts.load]);
});

test('imported keys are lent, too, and peers of another curve are refused before node:crypto sees them', async () => {
  const kms = await PocketKms.create({ now: START });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const material = rsa.privateKey.export({ format: 'der', type: 'pkcs8' });
  const KeyId = await imported(kms, { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }, material, { WrappingKeySpec: 'RSA_4096' });
  const CiphertextBlob = publicEncrypt({ key: rsa.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, Buffer.from('hi'));
  const counts = await asked(async () => {
    const { Plaintext } = await kms.call('Decrypt', { KeyId, CiphertextBlob, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' });
    assert.equal(Buffer.from(Plaintext).toString(), 'hi');
    const { KeyMetadata } = await kms.call('CreateKey', { KeySpec: 'ECC_NIST_P384', KeyUsage: 'KEY_AGREEMENT' });
    const PublicKey = generateKeyPairSync('ec', { namedCurve: 'P-521' }).publicKey.export({ format: 'der', type: 'spki' });
    const agreed = kms.call('DeriveSharedSecret', { KeyId: KeyMetadata.KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey });
    await assert.rejects(agreed, { code: 'ValidationException' });
  });
  assert.deepEqual([counts.decrypt, counts.agree], [1, undefined]);
});
