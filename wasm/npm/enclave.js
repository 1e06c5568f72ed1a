/** A simulated Nitro enclave, for tests of programs that run in one and of policies that require one. */

import { bytesOf } from './bytes.js';
import { entered } from './module.js';
import { known } from './options.js';
import { shown } from './shown.js';

/** What a document may carry. */
const ATTESTED = ['publicKey', 'userData', 'nonce'];

/** Attests itself, and opens what KMS seals for it; `kms.enclave()` starts one. */
export class Enclave {
  #host;
  #enclave;

  constructor(host, enclave) {
    this.#host = host;
    this.#enclave = enclave;
  }

  /** Starts the enclave that `wish` describes; the host generates its RSA key if it can. */
  static async start(host, wish) {
    const spec = members(wish);
    const keySpec = entered(() => host.world.enclaveKeySpec(spec));
    const started = await host.withKey(keySpec, (key) => host.world.enclave(spec, key));
    return new Enclave(host, started);
  }

  /** Its id. */
  get moduleId() {
    return entered(() => this.#enclave.moduleId);
  }

  /** Its public key: `SubjectPublicKeyInfo` in DER. */
  get publicKey() {
    return entered(() => this.#enclave.publicKey);
  }

  /** Its private key: PKCS #8 in DER, for programs that open answers with another library. */
  get privateKey() {
    return entered(() => this.#enclave.privateKey);
  }

  /** An attestation document made now, by the clock of the world. */
  attest(attested = {}) {
    known('attest', attested, ATTESTED);
    const part = (name) => (attested[name] === undefined ? undefined : bytesOf(attested[name], name));
    const [publicKey = this.publicKey, userData, nonce] = ATTESTED.map(part);
    return entered(() => this.#enclave.attest(this.#host.world, publicKey, userData, nonce));
  }

  /** `Recipient` of a request: an attestation document with its public key. */
  recipient() {
    return { KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256', AttestationDocument: this.attest() };
  }

  /** Opens `CiphertextForRecipient`. */
  unwrap(ciphertextForRecipient) {
    return entered(() => this.#enclave.unwrap(bytesOf(ciphertextForRecipient, 'ciphertextForRecipient')));
  }

  /** What `console.log` shows in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](_depth, options, inspect) {
    return shown('Enclave', () => ({ moduleId: this.moduleId }), options, inspect);
  }
}

/** The members as the core names them: `imageSha384` is its `ImageSha384`. */
function members(wish) {
  return Object.fromEntries(Object.entries(wish).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]));
}
