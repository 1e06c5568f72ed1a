// One world for all tabs of a browser: the first tab has it open, the others ask that one, and the next takes it over.
import { expose, wrap, type Remote } from 'comlink';
import { Browser } from './browser';
import { Host } from './host';
import { performAside } from './perform-aside';
import type { Door, Method, Reply, Status } from './protocol';
import { storedSlots } from './slots';
import { Unanswered } from './unanswered';

/** The name of the lock that is held by who has the world open, and of the channels between the tabs. */
const NAME = 'pocket-kms-playground';

const CLOSED = 'The tab that had the world open was closed before it answered. Look whether it was done, and ask again.';

/** What the tabs tell each other beside questions and answers. */
type Letter = { kind: 'hello' } | { kind: 'taken over' } | { kind: 'status'; status: Status };

export class Tabs implements Door {
  #hear: (status: Status) => void = () => undefined;
  #letters = new BroadcastChannel(`${NAME} letters`);
  #questions = new BroadcastChannel(`${NAME} questions`);
  /** `undefined` while another tab has the world open. */
  #host: Host | undefined;
  /** The tab that has it open then. */
  #other: Remote<Door> | undefined;
  #unanswered = new Unanswered();
  #settled: Promise<void>;

  constructor() {
    this.#letters.onmessage = ({ data }: MessageEvent<Letter>) => this.#read(data);
    this.#settled = this.#settle();
  }

  watch(hear: (status: Status) => void): void {
    this.#hear = hear;
    if (this.#host?.status) hear(this.#host.status);
    else this.#send({ kind: 'hello' });
  }

  async ask(method: Method, args: unknown[]): Promise<Reply> {
    await this.#settled;
    if (this.#host) return this.#host.ask(method, args);
    this.#other ??= wrap<Door>(this.#questions);
    return this.#unanswered.wait(this.#other.ask(method, args));
  }

  /** Pages without a secure origin have no locks, and go on alone. */
  #settle(): Promise<void> {
    const { locks } = navigator as Partial<Navigator>;
    if (!locks) {
      this.#takeOver();
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      // The lock is held until this worker ends.
      const held = () => {
        this.#takeOver();
        resolve();
        return new Promise<never>(() => undefined);
      };
      void locks.request(NAME, { ifAvailable: true }, (lock) => {
        if (lock) return held();
        void locks.request(NAME, held);
        resolve();
        return undefined;
      });
    });
  }

  #takeOver(): void {
    const host = new Host(new Browser(storedSlots, performAside));
    host.watch((status) => {
      this.#hear(status);
      this.#send({ kind: 'status', status });
    });
    this.#host = host;
    expose(host, this.#questions);
    this.#unanswered.refuse(CLOSED);
    this.#send({ kind: 'taken over' });
  }

  #read(letter: Letter): void {
    if (letter.kind === 'status') this.#hear(letter.status);
    else if (letter.kind === 'taken over') this.#unanswered.refuse(CLOSED);
    else if (this.#host?.status) this.#send({ kind: 'status', status: this.#host.status });
  }

  #send(letter: Letter): void {
    this.#letters.postMessage(letter);
  }
}
