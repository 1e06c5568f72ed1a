// Has the one world open, and answers what pages ask of it.
import type { Beginning, Message, Request, Service, Status } from './protocol';
import { refusalData } from './refusal';
import { isSame } from './watched';
import type { World } from './world';

const METHODS: readonly (keyof Service)[] = [
  'call',
  'rehearse',
  'denials',
  'directory',
  'register',
  'stores',
  'registerStores',
  'onCluster',
  'onProxy',
  'proxyLog',
  'whoCan',
  'exposure',
  'simulate',
  'lint',
  'tryTemplate',
  'loadTemplate',
  'exportAs',
  'audit',
  'leastPrivilegeAs',
  'turn',
  'journal',
  'faults',
  'addFault',
  'removeFault',
  'quotas',
  'settings',
  'set',
  'seal',
];

type Answer = Exclude<Message, { kind: 'status' }>;

/** Where worlds come from: a browser's storage, or a server. */
export interface Source {
  open(): Promise<World>;
  /** Opens another world. What is refused leaves the one that is open as it is. */
  begin(beginning: Beginning): Promise<World>;
  /** Throws the world away, even one that cannot be opened. */
  clear(): Promise<void>;
}

export class Host {
  #source: Source;
  #announce: (status: Status) => void;
  #world: World | undefined;
  /** The last status that was announced. */
  #status: Status | undefined;
  /** Requests wait until the world is open, but not for each other: an RSA key takes a while. */
  #ready: Promise<void>;
  #running = new Set<Promise<Answer>>();

  constructor(source: Source, announce: (status: Status) => void) {
    this.#source = source;
    this.#announce = announce;
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

  answer(request: Request): Promise<Answer> {
    if (request.method === 'reset' || request.method === 'begin') {
      // What still runs would store the old world over the new one.
      const exchange = Promise.all([this.#ready, ...this.#running]).then(() => this.#perform(request));
      this.#ready = exchange.then(() => undefined);
      return exchange;
    }
    const run = this.#ready.then(() => this.#perform(request)).finally(() => this.#running.delete(run));
    this.#running.add(run);
    return run;
  }

  /** Looks for what others than our pages have changed. */
  look(): void {
    if (this.#world?.look()) this.#tell();
  }

  async #perform({ id, method, args }: Request): Promise<Answer> {
    const answer = await this.#done(method, args).then(
      (result): Answer => ({ kind: 'result', id, result }),
      (thrown: unknown): Answer => ({ kind: 'refusal', id, refusal: refusalData(thrown) }),
    );
    // The status goes first: who gets the reply already knows that there is something new to see.
    this.#tell();
    return answer;
  }

  async #done(method: keyof Service, args: unknown[]): Promise<unknown> {
    if (method === 'reset') return this.#reset();
    if (method === 'begin') return this.#begin(args[0] as Beginning);
    if (!this.#world) throw new Error('The world is not open.');
    if (!METHODS.includes(method)) throw new Error(`A world has no method ${method}.`);
    return (this.#world[method] as (...args: unknown[]) => Promise<unknown>)(...args);
  }

  async #reset(): Promise<void> {
    await this.#source.clear();
    await this.#open();
  }

  async #begin(beginning: Beginning): Promise<void> {
    this.#world = await this.#source.begin(beginning);
  }

  async #open(): Promise<void> {
    try {
      this.#world = await this.#source.open();
      this.#tell();
    } catch (thrown) {
      this.#world = undefined;
      this.#say({ phase: 'broken', reason: refusalData(thrown).message });
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
    this.#announce(status);
  }
}
