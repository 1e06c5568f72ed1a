// The page's side of the worker: calls with answers, and a status that can be watched.
import { AskingClient } from './asking';
import type { Message, Service, Status } from './protocol';
import { PLAYGROUND_FAULT, Refusal } from './refusal';

interface Waiting {
  resolve(result: never): void;
  reject(refusal: Refusal): void;
}

export class WorkerClient extends AskingClient {
  #worker: Worker;
  #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor(worker: Worker) {
    super();
    this.#worker = worker;
    worker.onmessage = (event: MessageEvent<Message>) => this.#hear(event.data);
    worker.onerror = (event) => this.#tell({ phase: 'broken', reason: event.message });
  }

  protected ask<T>(method: keyof Service, ...args: unknown[]): Promise<T> {
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
    this.watched.tell(status);
    if (status.phase === 'broken') this.#abandon(status.reason);
  }

  /** Nobody will answer any more: no promise may wait for ever. */
  #abandon(message: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Refusal({ code: PLAYGROUND_FAULT, message, decisions: [] }));
    this.#waiting.clear();
  }
}
