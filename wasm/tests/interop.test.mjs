/**
 * Both directions between KMS and `node:crypto`: every spec, algorithm and message type that Node knows.
 *
 * Node generates a key pair, KMS imports it: then either may decrypt and verify what the other has encrypted and signed.
 */

import assert from 'node:assert/strict';
import {
  constants, createHash, createHmac, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, getCurves,
  privateDecrypt, publicEncrypt, randomBytes, sign, verify,
} from 'node:crypto';
import { before, test } from 'node:test';

import { PocketKms } from 'pocket-kms';

import { imported } from './wrapped.js';

const CURVES = {
  ECC_NIST_P256: 'prime256v1',
  ECC_NIST_P384: 'secp384r1',
  ECC_NIST_P521: 'secp521r1',
  ECC_SECG_P256K1: 'secp256k1',
};
const ECDSA = { ECC_NIST_P256: 256, ECC_NIST_P384: 384, ECC_NIST_P521: 512, ECC_SECG_P256K1: 256 };
const RSA = [2048, 3072, 4096];
const HASHES = [256, 384, 512];
const MESSAGE = Buffer.from('Interoperability is a promise that two implementations keep.');

let kms;

before(async () => {
  kms = await PocketKms.create();
});

const digest = (bits) => createHash(`sha${bits}`).update(MESSAGE).digest();
const pkcs8 = (key) => key.export({ format: 'der', type: 'pkcs8' });
const spki = (bytes) => createPublicKey({ key: Buffer.from(bytes), format: 'der', type: 'spki' });

/** A key pair that Node and KMS share: `KeyId` names it here, `privateKey` and `publicKey` there. */
const shared = new Map();
async function sharedPair(KeySpec, KeyUsage) {
  const name = `${KeySpec} ${KeyUsage}`;
  if (!shared.has(name)) shared.set(name, share(KeySpec, KeyUsage));
  return shared.get(name);
}

async function share(KeySpec, KeyUsage) {
  const { privateKey } = generated(KeySpec);
  const KeyId = await imported(kms, { KeySpec, KeyUsage }, pkcs8(privateKey));
  const { PublicKey } = await kms.call('GetPublicKey', { KeyId });
  return { KeyId, privateKey, publicKey: spki(PublicKey) };
}

function generated(KeySpec) {
  if (KeySpec.startsWith('RSA_')) return generateKeyPairSync('rsa', { modulusLength: Number(KeySpec.slice(4)) });
  if (KeySpec === 'ECC_NIST_EDWARDS25519') return generateKeyPairSync('ed25519');
  return generateKeyPairSync('ec', { namedCurve: CURVES[KeySpec] });
}

/** One signature in each direction, and one that is not the signature of this message. */
async function signatures(KeySpec, SigningAlgorithm, MessageType, { hash, options = {}, bits }) {
  const { KeyId, privateKey, publicKey } = await sharedPair(KeySpec, 'SIGN_VERIFY');
  const Message = MessageType === 'DIGEST' ? digest(bits) : MESSAGE;
  const request = { KeyId, Message, MessageType, SigningAlgorithm };
  const { Signature: ours } = await kms.call('Sign', request);
  assert.ok(verify(hash, MESSAGE, { key: publicKey, ...options }, ours), 'Node verifies what KMS signed');
  assert.ok(!verify(hash, Buffer.from('another'), { key: publicKey, ...options }, ours));
  const theirs = sign(hash, MESSAGE, { key: privateKey, ...options });
  const { SignatureValid } = await kms.call('Verify', { ...request, Signature: theirs });
  assert.ok(SignatureValid, 'KMS verifies what Node signed');
  theirs[theirs.length - 1] ^= 1;
  await assert.rejects(kms.call('Verify', { ...request, Signature: theirs }), { code: 'KMSInvalidSignatureException' });
}

for (const bits of RSA) {
  for (const [EncryptionAlgorithm, oaepHash] of [['RSAES_OAEP_SHA_1', 'sha1'], ['RSAES_OAEP_SHA_256', 'sha256']]) {
    test(`RSA_${bits} ${EncryptionAlgorithm}: what one encrypts, the other decrypts`, async () => {
      const { KeyId, privateKey, publicKey } = await sharedPair(`RSA_${bits}`, 'ENCRYPT_DECRYPT');
      const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash };
      const longest = bits / 8 - 2 - 2 * (oaepHash === 'sha1' ? 20 : 32);
      for (const Plaintext of [MESSAGE, randomBytes(longest), Buffer.from([0])]) {
        const { CiphertextBlob: ours } = await kms.call('Encrypt', { KeyId, Plaintext, EncryptionAlgorithm });
        assert.deepEqual(privateDecrypt({ key: privateKey, ...padding }, ours), Plaintext);
        const theirs = publicEncrypt({ key: publicKey, ...padding }, Plaintext);
        const opened = await kms.call('Decrypt', { KeyId, CiphertextBlob: theirs, EncryptionAlgorithm });
        assert.deepEqual(Buffer.from(opened.Plaintext), Plaintext);
      }
    });
  }
  for (const hash of HASHES) {
    const schemes = {
      PSS: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: hash / 8 },
      PKCS1_V1_5: { padding: constants.RSA_PKCS1_PADDING },
    };
    for (const [scheme, options] of Object.entries(schemes)) {
      for (const type of ['RAW', 'DIGEST']) {
        const algorithm = `RSASSA_${scheme}_SHA_${hash}`;
        test(`RSA_${bits} ${algorithm} ${type}: what one signs, the other verifies`, () =>
          signatures(`RSA_${bits}`, algorithm, type, { hash: `sha${hash}`, options, bits: hash }));
      }
    }
  }
}

for (const [spec, hash] of Object.entries(ECDSA)) {
  for (const type of ['RAW', 'DIGEST']) {
    test(`${spec} ECDSA_SHA_${hash} ${type}: what one signs, the other verifies`, () =>
      signatures(spec, `ECDSA_SHA_${hash}`, type, { hash: `sha${hash}`, bits: hash }));
  }
}

test('ECC_NIST_EDWARDS25519 ED25519_SHA_512: what one signs, the other verifies', () =>
  signatures('ECC_NIST_EDWARDS25519', 'ED25519_SHA_512', 'RAW', { hash: null }));

for (const bits of [224, 256, 384, 512]) {
  test(`HMAC_${bits}: both make the same code of the same key`, async () => {
    const key = randomBytes(bits / 8);
    const spec = { KeySpec: `HMAC_${bits}`, KeyUsage: 'GENERATE_VERIFY_MAC' };
    const KeyId = await imported(kms, spec, key, { WrappingAlgorithm: 'RSAES_OAEP_SHA_256' });
    const request = { KeyId, Message: MESSAGE, MacAlgorithm: `HMAC_SHA_${bits}` };
    const theirs = createHmac(`sha${bits}`, key).update(MESSAGE).digest();
    assert.deepEqual(Buffer.from((await kms.call('GenerateMac', request)).Mac), theirs);
    assert.ok((await kms.call('VerifyMac', { ...request, Mac: theirs })).MacValid);
  });
}

for (const KeySpec of ['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521']) {
  test(`${KeySpec} ECDH: both derive the same secret`, async () => {
    const { KeyMetadata: { KeyId } } = await kms.call('CreateKey', { KeySpec, KeyUsage: 'KEY_AGREEMENT' });
    const { PublicKey } = await kms.call('GetPublicKey', { KeyId });
    const { privateKey, publicKey } = generated(KeySpec);
    const foreign = publicKey.export({ format: 'der', type: 'spki' });
    const request = { KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey: foreign };
    const { SharedSecret } = await kms.call('DeriveSharedSecret', request);
    assert.deepEqual(Buffer.from(SharedSecret), diffieHellman({ privateKey, publicKey: spki(PublicKey) }));
  });
}

for (const KeyPairSpec of [...RSA.map((bits) => `RSA_${bits}`), ...Object.keys(CURVES), 'ECC_NIST_EDWARDS25519']) {
  test(`data key pairs of ${KeyPairSpec} are key pairs of Node`, async () => {
    const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
    const pair = await kms.call('GenerateDataKeyPair', { KeyId, KeyPairSpec });
    const privateKey = createPrivateKey({ key: Buffer.from(pair.PrivateKeyPlaintext), format: 'der', type: 'pkcs8' });
    const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
    assert.deepEqual(Buffer.from(pair.PublicKey), publicKey);
    const hash = KeyPairSpec === 'ECC_NIST_EDWARDS25519' ? null : 'sha256';
    assert.ok(verify(hash, MESSAGE, spki(pair.PublicKey), sign(hash, MESSAGE, privateKey)));
    const opened = await kms.call('Decrypt', { CiphertextBlob: pair.PrivateKeyCiphertextBlob });
    assert.deepEqual(opened.Plaintext, pair.PrivateKeyPlaintext);
  });
}

const WAYS = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'RSA_AES_KEY_WRAP_SHA_1', 'RSA_AES_KEY_WRAP_SHA_256'];
for (const WrappingAlgorithm of WAYS) {
  for (const WrappingKeySpec of RSA.map((bits) => `RSA_${bits}`)) {
    test(`a private key wrapped by Node with ${WrappingAlgorithm} under ${WrappingKeySpec} is imported`, async () => {
      const { privateKey, publicKey } = generated('ECC_NIST_P256');
      const spec = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' };
      const KeyId = await imported(kms, spec, pkcs8(privateKey), { WrappingAlgorithm, WrappingKeySpec });
      const { PublicKey } = await kms.call('GetPublicKey', { KeyId });
      assert.deepEqual(Buffer.from(PublicKey), publicKey.export({ format: 'der', type: 'spki' }));
    });
  }
}

for (const WrappingAlgorithm of WAYS.slice(0, 2)) {
  test(`a symmetric key wrapped by Node with ${WrappingAlgorithm} opens what it encrypts`, async () => {
    const KeyId = await imported(kms, { KeySpec: 'SYMMETRIC_DEFAULT' }, randomBytes(32), { WrappingAlgorithm });
    const { CiphertextBlob } = await kms.call('Encrypt', { KeyId, Plaintext: MESSAGE });
    assert.deepEqual(Buffer.from((await kms.call('Decrypt', { CiphertextBlob })).Plaintext), MESSAGE);
  });
}

const SM2 = { skip: getCurves().includes('SM2') ? false : 'OpenSSL of this Node has no SM2' };
const CHINA = { region: 'cn-north-1' };

/** The domain of SM2 as `ZA` takes it in: a, b and the base point (GB/T 32918.5). */
const SM2_DOMAIN = Buffer.from(
  'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc'
  + '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93'
  + '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7'
  + 'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0', 'hex');

/** What SM2DSA signs; Node cannot be told a distinguishing id, and uses the empty one. */
function sm2Digest(publicKey, message) {
  const sm3 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sm3')).digest();
  return sm3(sm3(Buffer.alloc(2), SM2_DOMAIN, publicKey.slice(-64)), message);
}

test('SM2 SM2DSA DIGEST: what KMS signs, Node verifies', SM2, async () => {
  const china = await PocketKms.create();
  const { KeyMetadata: { KeyId } } = await china.call('CreateKey', { KeySpec: 'SM2', KeyUsage: 'SIGN_VERIFY' }, CHINA);
  const { PublicKey } = await china.call('GetPublicKey', { KeyId }, CHINA);
  const request = { KeyId, Message: sm2Digest(PublicKey, MESSAGE), MessageType: 'DIGEST', SigningAlgorithm: 'SM2DSA' };
  const { Signature } = await china.call('Sign', request, CHINA);
  assert.ok(verify('sm3', MESSAGE, spki(PublicKey), Signature));
  assert.ok(!verify('sm3', Buffer.from('another'), spki(PublicKey), Signature));
});

test('data key pairs of SM2 are key pairs of Node', SM2, async () => {
  const china = await PocketKms.create();
  const { KeyMetadata: { KeyId } } = await china.call('CreateKey', {}, CHINA);
  const pair = await china.call('GenerateDataKeyPair', { KeyId, KeyPairSpec: 'SM2' }, CHINA);
  const privateKey = createPrivateKey({ key: Buffer.from(pair.PrivateKeyPlaintext), format: 'der', type: 'pkcs8' });
  assert.ok(verify('sm3', MESSAGE, spki(pair.PublicKey), sign('sm3', MESSAGE, privateKey)));
});
