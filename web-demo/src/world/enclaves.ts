// The simulated enclaves of the open world: they live in memory, as real ones do, and end with the page that has it open.
import type { Enclave, EnclaveOptions, PocketKms } from 'pocket-kms';

/** An enclave that runs. */
export interface RunningEnclave {
  /** As it names itself in its documents. */
  id: string;
  /** As who started it calls it. */
  name: string;
  /** Its public key: `SubjectPublicKeyInfo` in DER. */
  publicKey: Uint8Array;
}

/** What an enclave puts into a document by its own choice. */
export type Attested = Pick<NonNullable<Parameters<Enclave['attest']>[0]>, 'nonce' | 'userData'>;

/** More would take memory for nothing: the oldest ends. */
const MOST = 16;

/** `Recipient` of a request. */
export type Recipient = ReturnType<Enclave['recipient']>;

export class Enclaves {
  #kms: PocketKms;
  #running = new Map<string, { name: string; enclave: Enclave }>();

  constructor(kms: PocketKms) {
    this.#kms = kms;
  }

  async start(wish: EnclaveOptions, name: string | undefined): Promise<RunningEnclave> {
    const enclave = await this.#kms.enclave(wish);
    const running = { name: name ?? enclave.moduleId, enclave };
    this.#running.set(enclave.moduleId, running);
    const [oldest] = this.#running.keys();
    if (this.#running.size > MOST && oldest !== undefined) this.stop(oldest);
    return told(enclave.moduleId, running);
  }

  /** The oldest first. */
  list(): RunningEnclave[] {
    return [...this.#running].map(([id, running]) => told(id, running));
  }

  stop(id: string): void {
    this.#running.delete(id);
  }

  /** Throws where it has ended. */
  find(id: string): Enclave {
    const running = this.#running.get(id);
    if (!running) throw new Error('This enclave does not run any more: it was stopped, or it ended with the page that had the world open.');
    return running.enclave;
  }
}

function told(id: string, { name, enclave }: { name: string; enclave: Enclave }): RunningEnclave {
  return { id, name, publicKey: enclave.publicKey };
}
