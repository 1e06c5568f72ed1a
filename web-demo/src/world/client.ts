// The page's side of the worker: calls with answers, and a status that can be watched.
import type { Input, Operation, Output } from './operations';
import type { JournalEntry, Message, Place, Service, Status, Turn, WorldClient } from './protocol';
import { PLAYGROUND_FAULT, Refusal } from './refusal';
import { JournalCopy, Watched } from './watched';

interface Waiting {
  resolve(result: never): void;
  reject(refusal: Refusal): void;
}

export class WorkerClient implements WorldClient {
  #worker: Worker;
  #waiting = new Map<number, Waiting>();
  #watched = new Watched();
  #journal = new JournalCopy();
  #asked = 0;

  readonly status = this.#watched.status;
  readonly watch = this.#watched.watch;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.onmessage = (event: MessageEvent<Message>) => this.#hear(event.data);
    worker.onerror = (event) => this.#tell({ phase: 'broken', reason: event.message });
  }

  call<O extends Operation>(operation: O, input: Input<O>, place: Place): Promise<Output<O>> {
    return this.#ask('call', operation, input, place);
  }

  rehearse<O extends Operation>(operation: O, input: Input<O>, place: Place): Promise<void> {
    return this.#ask('rehearse', operation, input, place);
  }

  turn(turn: Turn): Promise<void> {
    return this.#ask('turn', turn);
  }

  journal(): Promise<readonly JournalEntry[]> {
    return this.#journal.upToDate(this.status(), (after) => this.#ask('journal', after));
  }

  reset(): Promise<void> {
    return this.#ask('reset');
  }

  #ask<T>(method: keyof Service, ...args: unknown[]): Promise<T> {
    const id = ++this.#asked;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, args });
    });
  }

  #hear(message: Message): void {
    if (message.kind === 'status') {
      this.#tell(message.status);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'result') waiting?.resolve(message.result as never);
    else waiting?.reject(new Refusal(message.refusal));
  }

  #tell(status: Status): void {
    this.#watched.tell(status);
    if (status.phase === 'broken') this.#abandon(status.reason);
  }

  /** Nobody will answer any more: no promise may wait for ever. */
  #abandon(message: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Refusal({ code: PLAYGROUND_FAULT, message, reasons: [] }));
    this.#waiting.clear();
  }
}
