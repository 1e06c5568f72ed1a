// The page's side of the worker: calls with answers, and a status that can be watched.
import type { Input, Operation, Output } from './operations';
import type { JournalEntry, Message, Place, Service, Status, Turn } from './protocol';
import { PLAYGROUND_FAULT, Refusal } from './refusal';

interface Waiting {
  resolve(result: never): void;
  reject(refusal: Refusal): void;
}

export class WorldClient implements Service {
  #worker: Worker;
  #waiting = new Map<number, Waiting>();
  #watchers = new Set<() => void>();
  #status: Status = { phase: 'opening' };
  #asked = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.onmessage = (event: MessageEvent<Message>) => this.#hear(event.data);
    worker.onerror = (event) => this.#tell({ phase: 'broken', reason: event.message });
  }

  call<O extends Operation>(operation: O, input: Input<O>, place: Place): Promise<Output<O>> {
    return this.#ask('call', operation, input, place);
  }

  turn(turn: Turn): Promise<void> {
    return this.#ask('turn', turn);
  }

  journal(): Promise<JournalEntry[]> {
    return this.#ask('journal');
  }

  reset(): Promise<void> {
    return this.#ask('reset');
  }

  /** The last status that the worker sent; the same object until it sends another. */
  readonly status = (): Status => this.#status;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

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
    this.#status = status;
    for (const watcher of this.#watchers) watcher();
    if (status.phase === 'broken') this.#abandon(status.reason);
  }

  /** Nobody will answer any more: no promise may wait for ever. */
  #abandon(message: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Refusal({ code: PLAYGROUND_FAULT, message, reasons: [] }));
    this.#waiting.clear();
  }
}
