// Worlds behind a port: what AWS's tools change there, the page sees, and the other way round.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PocketKms, type Server } from 'pocket-kms';
import type { Source } from '../src/world/host';
import { World } from '../src/world/world';

/** The build that the demo makes; the other one would take another two minutes. */
const MODULE = createRequire(import.meta.url).resolve('pocket-kms/pocket_kms_bg.wasm');

export class Served implements Source {
  #server: Server | undefined;
  #port: number;

  /** On a free port if `port` is 0, and from then on always on that one. */
  constructor(port: number) {
    this.#port = port;
  }

  async open(): Promise<World> {
    const kms = await PocketKms.create({ module: readFile(MODULE) });
    this.#server = await kms.serve({ port: this.#port });
    this.#port = this.#server.port;
    return new World(kms, { journal: [], api: this.#server.url, keep: () => Promise.resolve() });
  }

  async clear(): Promise<void> {
    await this.#server?.close();
  }
}
