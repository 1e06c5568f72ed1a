// Has the one world open, and answers what pages ask of it.
import type { Message, Request, Service, Status } from './protocol';
import { refusalData } from './refusal';
import { Storage } from './storage';
import { World } from './world';

type Answer = Exclude<Message, { kind: 'status' }>;

export class Host {
  #announce: (status: Status) => void;
  #world: World | undefined;
  #storage: Storage | undefined;
  /** The last status that was announced. */
  #status: Status | undefined;
  /** Requests wait until the world is open, but not for each other: an RSA key takes a while. */
  #ready: Promise<void>;
  #running = new Set<Promise<Answer>>();

  constructor(announce: (status: Status) => void) {
    this.#announce = announce;
    this.#ready = this.#open();
  }

  get status(): Status | undefined {
    return this.#status;
  }

  answer(request: Request): Promise<Answer> {
    if (request.method === 'reset') {
      // What still runs would store the old world over the new one.
      const reset = Promise.all([this.#ready, ...this.#running]).then(() => this.#perform(request));
      this.#ready = reset.then(() => undefined);
      return reset;
    }
    const run = this.#ready.then(() => this.#perform(request)).finally(() => this.#running.delete(run));
    this.#running.add(run);
    return run;
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
    if (!this.#world) throw new Error('The world is not open.');
    return (this.#world[method] as (...args: unknown[]) => Promise<unknown>)(...args);
  }

  /** Throws a world away, even one that cannot be opened. */
  async #reset(): Promise<void> {
    await this.#storage?.clear();
    await this.#open();
  }

  async #open(): Promise<void> {
    try {
      this.#storage ??= await Storage.open();
      this.#world = await World.open(this.#storage);
      this.#tell();
    } catch (thrown) {
      this.#world = undefined;
      this.#say({ phase: 'broken', reason: refusalData(thrown).message });
    }
  }

  #tell(): void {
    if (!this.#world) return;
    const { clock, revision, id } = this.#world;
    this.#say({ phase: 'open', clock, revision, world: id });
  }

  /** The running clock is not a change: the page counts on by itself. */
  #say(status: Status): void {
    if (this.#status && withoutTime(status) === withoutTime(this.#status)) return;
    this.#status = status;
    this.#announce(status);
  }
}

function withoutTime(status: Status): string {
  return JSON.stringify(status, (name, value: unknown) => (name === 'now' || name === 'hostNow' ? undefined : value));
}
