/** Key material wrapped by `node:crypto`, as a user of OpenSSL wraps it, and imported into a world. */

import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';

/** The initial value of AES key wrapping with padding (RFC 5649 section 3). */
const ALTERNATIVE_IV = Buffer.from('A65959A6', 'hex');

/** What `ImportKeyMaterial` calls `EncryptedKeyMaterial`. */
export function wrapped(material, wrappingKey, algorithm) {
  const key = createPublicKey({ key: Buffer.from(wrappingKey), format: 'der', type: 'spki' });
  const oaepHash = algorithm.endsWith('SHA_1') ? 'sha1' : 'sha256';
  const sealed = (bytes) => publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, bytes);
  if (algorithm.startsWith('RSAES_OAEP')) return sealed(material);
  const aesKey = randomBytes(32);
  const cipher = createCipheriv('id-aes256-wrap-pad', aesKey, ALTERNATIVE_IV);
  return Buffer.concat([sealed(aesKey), cipher.update(material), cipher.final()]);
}

/** Creates a key of this spec with this material, which this algorithm wraps; gives its id. */
export async function imported(kms, spec, material, way = {}, place = {}) {
  const { WrappingAlgorithm = 'RSA_AES_KEY_WRAP_SHA_256', WrappingKeySpec = 'RSA_2048' } = way;
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey', { ...spec, Origin: 'EXTERNAL' }, place);
  const wish = { KeyId, WrappingAlgorithm, WrappingKeySpec };
  const { PublicKey, ImportToken } = await kms.call('GetParametersForImport', wish, place);
  const EncryptedKeyMaterial = wrapped(material, PublicKey, WrappingAlgorithm);
  const { ExpirationModel = 'KEY_MATERIAL_DOES_NOT_EXPIRE', ValidTo } = way;
  await kms.call('ImportKeyMaterial', { KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel, ValidTo }, place);
  return KeyId;
}
