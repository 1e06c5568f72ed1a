/** What steps of lessons and cases do outside of KMS, with the Web Crypto that Node and browsers have alike. */

/** Opening with a tag that does not fit is the one thing that fails; every host says it so. */
const UNFIT = 'the tag does not fit: the key, the nonce, the additional data or the ciphertext is another one';

const ACTS = { aesGcmEncrypt, aesGcmDecrypt, pem, verify, wrap };

/** Does this, with these members; gives what comes of it. */
export async function outside(act, input) {
  if (!Object.hasOwn(ACTS, act)) throw new Error(`nothing that is done outside of KMS is called ${act}`);
  return ACTS[act](input);
}

/** The tag stands behind the ciphertext. */
async function aesGcmEncrypt({ Key, Nonce, Plaintext, AdditionalData }) {
  const key = await subtle().importKey('raw', Key, 'AES-GCM', false, ['encrypt']);
  return { Ciphertext: new Uint8Array(await subtle().encrypt(gcm(Nonce, AdditionalData), key, Plaintext)) };
}

async function aesGcmDecrypt({ Key, Nonce, Ciphertext, AdditionalData }) {
  const key = await subtle().importKey('raw', Key, 'AES-GCM', false, ['decrypt']);
  try {
    return { Plaintext: new Uint8Array(await subtle().decrypt(gcm(Nonce, AdditionalData), key, Ciphertext)) };
  } catch {
    throw new Error(UNFIT);
  }
}

function gcm(iv, additionalData = new Uint8Array()) {
  return { name: 'AES-GCM', iv, additionalData };
}

/** The file in which OpenSSL and others take a public key. */
function pem({ PublicKey }) {
  const lines = btoa(String.fromCharCode(...PublicKey)).match(/.{1,64}/g) ?? [];
  return { Pem: ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n') };
}

function inPem(text) {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
  return Uint8Array.from(atob(lines.join('')), (letter) => letter.charCodeAt(0));
}

async function verify({ Pem, SigningAlgorithm, Message, Signature }) {
  if (SigningAlgorithm !== 'ECDSA_SHA_256') throw new Error(`nobody verifies ${SigningAlgorithm} here`);
  const kind = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await subtle().importKey('spki', inPem(Pem), kind, false, ['verify']);
  const signature = sideBySide(Signature, 32);
  const SignatureValid = await subtle().verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, Message);
  return { SignatureValid };
}

/** KMS gives the two numbers of a signature as integers of DER; Web Crypto takes them side by side, each with the bytes of its curve. */
function sideBySide(der, size) {
  const halves = new Uint8Array(2 * size);
  let at = 2;
  for (const end of [size, 2 * size]) {
    const length = der[at + 1];
    const number = der.subarray(at + 2, at + 2 + length);
    const digits = number.subarray(number.findIndex((byte) => byte !== 0));
    halves.set(digits, end - digits.length);
    at += 2 + length;
  }
  return halves;
}

/** Wraps key material under the wrapping key of `GetParametersForImport`. */
async function wrap({ PublicKey, WrappingAlgorithm, KeyMaterial }) {
  if (WrappingAlgorithm !== 'RSAES_OAEP_SHA_256') throw new Error(`nobody wraps by ${WrappingAlgorithm} here`);
  const key = await subtle().importKey('spki', PublicKey, { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['encrypt']);
  return { EncryptedKeyMaterial: new Uint8Array(await subtle().encrypt('RSA-OAEP', key, KeyMaterial)) };
}

function subtle() {
  const { subtle } = globalThis.crypto ?? {};
  if (subtle) return subtle;
  throw new Error('this browser does cryptography only on pages of a secure origin: by https, or on this machine');
}
