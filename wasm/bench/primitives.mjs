/** Node: what the operations cost in WebAssembly, beside node:crypto where it has the same. */

import { constants, createHmac, diffieHellman, generateKeyPairSync, privateDecrypt, publicEncrypt, sign, verify } from 'node:crypto';

import { PocketKms } from 'pocket-kms';

import { side, tell } from './measure.js';

// An engine has compiled what it runs after some hundred calls; before, it is the first 1,000 calls that are measured.
const SLOW = { rounds: 21, each: 3, warm: 400 };
const QUICK = { rounds: 15, each: 10, warm: 400 };
const Message = new Uint8Array(1024).fill(7);
const kms = await PocketKms.create({ insecureKeyPool: true });

async function newKey(KeySpec, KeyUsage) {
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey', { KeySpec, KeyUsage });
  return KeyId;
}

/** Microseconds of a call, and of what node:crypto does for the same. */
async function measure(what, call, pace, native) {
  const [ours, theirs] = await side([call, native ?? (() => undefined)], pace);
  const beside = native && { beside: 'node:crypto', theirs };
  // node:crypto does these itself; the rest of the call may take 40 microseconds.
  const lent = /^(Sign|Decrypt) .* RSA_|^DeriveSharedSecret with ECC_NIST_P(384|521)$/.test(what);
  const at_most = lent ? 1.3 + 40 / theirs : undefined;
  tell({ what: `Node WASM, ${PocketKms.build}: ${what}`, ours, unit: 'µs', ...beside, at_most });
}

/** Sign and Verify of 1 KiB. */
async function signatures(spec, SigningAlgorithm, pace, pair, hash, options) {
  const request = { KeyId: await newKey(spec, 'SIGN_VERIFY'), Message, SigningAlgorithm };
  const { Signature } = await kms.call('Sign', request);
  const what = `with ${SigningAlgorithm} and ${spec}`;
  const signed = pair && sign(hash, Message, { key: pair.privateKey, ...options });
  const native = pair && (() => sign(hash, Message, { key: pair.privateKey, ...options }));
  await measure(`Sign ${what}`, () => kms.call('Sign', request), pace, native);
  const check = pair && (() => verify(hash, Message, { key: pair.publicKey, ...options }, signed));
  await measure(`Verify ${what}`, () => kms.call('Verify', { ...request, Signature }), pace, check);
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
for (const modulusLength of [2048, 4096]) {
  await signatures(`RSA_${modulusLength}`, 'RSASSA_PSS_SHA_256', SLOW, generateKeyPairSync('rsa', { modulusLength }), 'sha256', pss);
}
for (const [spec, namedCurve, bits] of [
  ['ECC_NIST_P256', 'P-256', 256],
  ['ECC_NIST_P384', 'P-384', 384],
  ['ECC_NIST_P521', 'P-521', 512],
  ['ECC_SECG_P256K1', 'secp256k1', 256],
]) {
  await signatures(spec, `ECDSA_SHA_${bits}`, QUICK, generateKeyPairSync('ec', { namedCurve }), `sha${bits}`);
}
await signatures('ECC_NIST_EDWARDS25519', 'ED25519_SHA_512', QUICK, generateKeyPairSync('ed25519'), null);
for (const spec of ['ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87']) await signatures(spec, 'ML_DSA_SHAKE_256', QUICK);

const oaep = { oaepHash: 'sha256', padding: constants.RSA_PKCS1_OAEP_PADDING };
for (const modulusLength of [2048, 4096]) {
  const spec = `RSA_${modulusLength}`;
  const algorithm = { KeyId: await newKey(spec, 'ENCRYPT_DECRYPT'), EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' };
  const Plaintext = new Uint8Array(32);
  const { CiphertextBlob } = await kms.call('Encrypt', { ...algorithm, Plaintext });
  const pair = generateKeyPairSync('rsa', { modulusLength });
  const sealed = publicEncrypt({ key: pair.publicKey, ...oaep }, Plaintext);
  const encrypt = () => publicEncrypt({ key: pair.publicKey, ...oaep }, Plaintext);
  await measure(`Encrypt with RSAES_OAEP_SHA_256 and ${spec}`, () => kms.call('Encrypt', { ...algorithm, Plaintext }), SLOW, encrypt);
  const decrypt = () => privateDecrypt({ key: pair.privateKey, ...oaep }, sealed);
  await measure(`Decrypt with RSAES_OAEP_SHA_256 and ${spec}`, () => kms.call('Decrypt', { ...algorithm, CiphertextBlob }), SLOW, decrypt);
}

for (const [spec, namedCurve] of [['ECC_NIST_P256', 'P-256'], ['ECC_NIST_P384', 'P-384'], ['ECC_NIST_P521', 'P-521']]) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve });
  const { publicKey } = generateKeyPairSync('ec', { namedCurve });
  const PublicKey = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const request = { KeyId: await newKey(spec, 'KEY_AGREEMENT'), KeyAgreementAlgorithm: 'ECDH', PublicKey };
  await measure(`DeriveSharedSecret with ${spec}`, () => kms.call('DeriveSharedSecret', request), QUICK, () => diffieHellman({ privateKey, publicKey }));
}

for (const spec of ['ML_KEM_512', 'ML_KEM_768', 'ML_KEM_1024']) {
  const request = { KeyId: await newKey(spec, 'ENCAPSULATE_DECAPSULATE'), EncapsulationAlgorithm: 'ML_KEM' };
  const { SharedSecretCiphertextBlob } = await kms.call('Encapsulate', request);
  await measure(`Encapsulate with ${spec}`, () => kms.call('Encapsulate', request), QUICK);
  await measure(`Decapsulate with ${spec}`, () => kms.call('Decapsulate', { ...request, SharedSecretCiphertextBlob }), QUICK);
}

for (const bits of [256, 384, 512]) {
  const request = { KeyId: await newKey(`HMAC_${bits}`, 'GENERATE_VERIFY_MAC'), Message, MacAlgorithm: `HMAC_SHA_${bits}` };
  const native = () => createHmac(`sha${bits}`, 'key').update(Message).digest();
  await measure(`GenerateMac with HMAC_SHA_${bits}`, () => kms.call('GenerateMac', request), QUICK, native);
}
