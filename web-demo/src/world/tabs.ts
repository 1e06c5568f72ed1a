// One world for all tabs of a browser: the first tab has it open, the others ask that one, and the next takes it over.
import { Browser } from './browser';
import { Host } from './host';
import type { Message, Request, Status } from './protocol';
import { PLAYGROUND_FAULT } from './refusal';
import { storedSlots } from './slots';

/** The name of the lock that is held by who has the world open, and of the channel between the tabs. */
const NAME = 'pocket-kms-playground';

const CLOSED = 'The tab that had the world open was closed before it answered. Look whether it was done, and ask again.';

type Letter =
  | { kind: 'hello' }
  | { kind: 'status'; status: Status }
  | { kind: 'request'; from: string; request: Request }
  | { kind: 'answer'; to: string; answer: Message };

export class Tabs {
  #announce: (status: Status) => void;
  #channel = new BroadcastChannel(NAME);
  #me = String(Math.random());
  /** `undefined` while another tab has the world open. */
  #host: Host | undefined;
  #waiting = new Map<number, (answer: Message) => void>();
  #settled: Promise<void>;

  constructor(announce: (status: Status) => void) {
    this.#announce = announce;
    this.#channel.onmessage = ({ data }: MessageEvent<Letter>) => this.#read(data);
    this.#settled = this.#settle();
  }

  async answer(request: Request): Promise<Message> {
    await this.#settled;
    if (this.#host) return this.#host.answer(request);
    return new Promise((resolve) => {
      this.#waiting.set(request.id, resolve);
      this.#send({ kind: 'request', from: this.#me, request });
    });
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
        this.#send({ kind: 'hello' });
        resolve();
        return undefined;
      });
    });
  }

  #takeOver(): void {
    this.#host = new Host(new Browser(storedSlots), (status) => {
      this.#announce(status);
      this.#send({ kind: 'status', status });
    });
    const refusal = { code: PLAYGROUND_FAULT, message: CLOSED, decisions: [] };
    for (const [id, resolve] of this.#waiting) resolve({ kind: 'refusal', id, refusal });
    this.#waiting.clear();
  }

  #read(letter: Letter): void {
    if (letter.kind === 'hello' && this.#host?.status) this.#send({ kind: 'status', status: this.#host.status });
    else if (letter.kind === 'status' && !this.#host) this.#announce(letter.status);
    else if (letter.kind === 'request') void this.#answerFor(letter.from, letter.request);
    else if (letter.kind === 'answer' && letter.to === this.#me) this.#pass(letter.answer);
  }

  async #answerFor(to: string, request: Request): Promise<void> {
    const answer = await this.#host?.answer(request);
    if (answer) this.#send({ kind: 'answer', to, answer });
  }

  #pass(answer: Message): void {
    if (answer.kind === 'status') return;
    this.#waiting.get(answer.id)?.(answer);
    this.#waiting.delete(answer.id);
  }

  #send(letter: Letter): void {
    this.#channel.postMessage(letter);
  }
}
