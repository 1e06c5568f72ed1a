// Has the one world open, and answers what pages ask of it.
import { METHODS, type Beginning, type Door, type Method, type Reply, type Status } from './protocol';
import { refusalData } from './refusal';
import { isSame } from './watched';
import type { World } from './world';

/** Where worlds come from: a browser's storage, or a server. */
export interface Source {
  open(): Promise<World>;
  /** Opens another world. What is refused leaves the one that is open as it is. */
  begin(beginning: Beginning): Promise<World>;
  /** Throws the world away, even one that cannot be opened. */
  clear(): Promise<void>;
}

export class Host implements Door {
  #source: Source;
  #hearers: ((status: Status) => void)[] = [];
  #world: World | undefined;
  /** The last status that was announced. */
  #status: Status | undefined;
  /** Requests wait until the world is open, but not for each other: an RSA key takes a while. */
  #ready: Promise<void>;
  #running = new Set<Promise<Reply>>();

  constructor(source: Source) {
    this.#source = source;
    this.#ready = this.#open();
  }

  /** Resolves when the world is open, and rejects when it cannot be opened. */
  async opened(): Promise<void> {
    await this.#ready;
    if (this.#status?.phase === 'broken') throw new Error(this.#status.reason);
  }

  get status(): Status | undefined {
    return this.#status;
  }

  watch(hear: (status: Status) => void): void {
    this.#hearers.push(hear);
    if (this.#status) hear(this.#status);
  }

  ask(method: Method, args: unknown[]): Promise<Reply> {
    if (method === 'reset' || method === 'begin') {
      // What still runs would store the old world over the new one.
      const exchange = Promise.all([this.#ready, ...this.#running]).then(() => this.#answered(this.#exchange(method, args)));
      this.#ready = exchange.then(() => undefined);
      return exchange;
    }
    const run = this.#ready.then(() => this.#answered(this.#done(method, args))).finally(() => this.#running.delete(run));
    this.#running.add(run);
    return run;
  }

  /** Looks for what others than our pages have changed. */
  look(): void {
    if (this.#world?.look()) this.#tell();
  }

  async #answered(done: Promise<unknown>): Promise<Reply> {
    const [settled] = await Promise.allSettled([done]);
    this.#tell();
    const status = this.#status ?? { phase: 'opening' };
    return settled.status === 'fulfilled' ? { status, result: settled.value } : { status, refusal: refusalData(settled.reason) };
  }

  async #done(method: Exclude<Method, 'reset' | 'begin'>, args: unknown[]): Promise<unknown> {
    if (!this.#world) throw new Error('The world is not open.');
    if (!METHODS.includes(method)) throw new Error(`A world has no method ${method}.`);
    return (this.#world[method] as (...args: unknown[]) => Promise<unknown>)(...args);
  }

  async #exchange(method: 'reset' | 'begin', [beginning]: unknown[]): Promise<void> {
    if (method === 'begin') {
      this.#world = await this.#source.begin(beginning as Beginning);
      return;
    }
    await this.#source.clear();
    await this.#open();
  }

  async #open(): Promise<void> {
    try {
      this.#world = await this.#source.open();
      this.#tell();
    } catch (thrown) {
      this.#world = undefined;
      const { code, message: reason } = refusalData(thrown);
      this.#say({ phase: 'broken', reason, isHarmless: code === 'ModuleNotLoaded' });
    }
  }

  #tell(): void {
    if (!this.#world) return;
    const { clock, revision, id, api, about } = this.#world;
    this.#say({ phase: 'open', clock, revision, world: id, api, visiting: about.visiting, seeded: about.seeded });
  }

  /** The running clock is not a change: the page counts on by itself. */
  #say(status: Status): void {
    if (this.#status && isSame(status, this.#status)) return;
    this.#status = status;
    for (const hear of this.#hearers) hear(status);
  }
}
