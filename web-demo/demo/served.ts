// Worlds behind a port: what AWS's tools change there, the page sees, and the other way round.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PocketKms, type Server } from 'pocket-kms';
import type { Source } from '../src/world/host';
import { OWN, made, type About } from '../src/world/beginnings';
import { performHere } from '../src/world/perform';
import type { Beginning } from '../src/world/protocol';
import { World } from '../src/world/world';

/** The build that the demo makes, in its two parts; the other one would take another two minutes. */
const { resolve } = createRequire(import.meta.url);
const FIRST = resolve('pocket-kms/pocket_kms_bg.wasm');
const REST = resolve('pocket-kms/pocket_kms_rest.wasm');

interface Open {
  kms: PocketKms;
  world: World;
}

export class Served implements Source {
  #server: Server | undefined;
  #port: number;
  /** The person's own world, not a visited one, also while it sleeps. */
  #own: Open | undefined;
  #present: Open | undefined;

  /** On a free port if `port` is 0, and from then on always on that one. */
  constructor(port: number) {
    this.#port = port;
  }

  async open(): Promise<World> {
    if (this.#own) return this.#wake(this.#own);
    return this.#serve(await PocketKms.create(given()), OWN);
  }

  async begin(beginning: Beginning): Promise<World> {
    if (beginning.kind === 'own') return this.#present && this.#present === this.#own ? this.#present.world : this.open();
    if (beginning.kind === 'visited') return this.#keepVisited();
    const { kms, about } = await made(beginning, { given: given(), perform: (recipe) => performHere(recipe, given()) });
    return this.#serve(kms, about);
  }

  #keepVisited(): Promise<World> {
    if (!this.#present || this.#present === this.#own) throw new Error('No world is visited.');
    const { kms, world } = this.#present;
    return this.#serve(kms, { seeded: world.about.seeded });
  }

  /** Of a world that was visited nothing remains, and the own one is next. */
  async clear(): Promise<void> {
    await this.#server?.close();
    if (this.#present === this.#own) this.#own = undefined;
    this.#present = undefined;
  }

  async #serve(kms: PocketKms, about: About): Promise<World> {
    await this.#answer(kms);
    const world = new World(kms, { journal: [], api: this.#server?.url ?? null, about, keep: () => Promise.resolve() });
    this.#present = { kms, world };
    if (!about.visiting) this.#own = this.#present;
    return world;
  }

  async #wake(open: Open): Promise<World> {
    await this.#answer(open.kms);
    open.world.wake();
    this.#present = open;
    return open.world;
  }

  async #answer(kms: PocketKms): Promise<void> {
    await this.#server?.close();
    this.#server = await kms.serve({ port: this.#port });
    this.#port = this.#server.port;
  }
}

function given() {
  return { module: { first: readFile(FIRST), rest: readFile(REST) } };
}
