// A world in a server: asked by HTTP, which also says when something has changed.
import { parse, stringify } from 'devalue';
import { AskingClient } from './asking';
import type { RefusalData, Service, Status } from './protocol';
import { PLAYGROUND_FAULT, Refusal } from './refusal';

/** Dates and bytes in it are dates and bytes: both sides write and read it with `devalue`. */
export interface Question {
  method: keyof Service;
  args: unknown[];
}

export interface Reply {
  /** The world after the answer. */
  status: Status;
  result?: unknown;
  refusal?: RefusalData;
}

export class RemoteClient extends AskingClient {
  #address: string;

  constructor(address: string) {
    super();
    this.#address = address;
    const changes = new EventSource(address);
    changes.onmessage = (event: MessageEvent<string>) => this.watched.tell(JSON.parse(event.data) as Status);
    // The browser itself tries again, and a page that was broken goes on.
    changes.onerror = () => this.watched.tell({ phase: 'broken', reason: SILENT });
  }

  protected async ask<T>(method: keyof Service, ...args: unknown[]): Promise<T> {
    const { status, result, refusal } = await this.#reply({ method, args });
    this.watched.tell(status);
    if (refusal) throw new Refusal(refusal);
    return result as T;
  }

  async #reply(question: Question): Promise<Reply> {
    try {
      const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: stringify(question) };
      return parse(await (await fetch(this.#address, request)).text()) as Reply;
    } catch {
      throw new Refusal({ code: PLAYGROUND_FAULT, message: SILENT, decisions: [] });
    }
  }
}

const SILENT = 'The server of this world does not answer. Start it again with `cargo xtask demo`; its world is new then.';
