// The simulated enclaves of the open world: they live in memory, as real ones do, and end with the page that has it open.
import type { Enclave, EnclaveOptions, PocketKms } from 'pocket-kms';

/** An enclave that runs. */
export interface RunningEnclave {
  id: string;
  /** Its public key: `SubjectPublicKeyInfo` in DER. */
  publicKey: Uint8Array;
}

/** `Recipient` of a request. */
export type Recipient = ReturnType<Enclave['recipient']>;

export class Enclaves {
  #kms: PocketKms;
  #running = new Map<string, Enclave>();

  constructor(kms: PocketKms) {
    this.#kms = kms;
  }

  async start(wish: EnclaveOptions): Promise<RunningEnclave> {
    const enclave = await this.#kms.enclave(wish);
    this.#running.set(enclave.moduleId, enclave);
    return { id: enclave.moduleId, publicKey: enclave.publicKey };
  }

  /** Throws where it has ended. */
  find(id: string): Enclave {
    const enclave = this.#running.get(id);
    if (!enclave) throw new Error('This enclave does not run any more: it ended with the page that had the world open.');
    return enclave;
  }
}
