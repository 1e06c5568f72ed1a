// A world in a server: asked by HTTP, which also says when something has changed.
import { parse, stringify } from 'devalue';
import { clientOf } from './client';
import type { Question, Reply, Status, WorldClient } from './protocol';
import { playgroundFault } from './refusal';
import { Watched } from './watched';

/** Dates and bytes in a question and its reply are dates and bytes: both sides write and read them with `devalue`. */
export function worldInServer(address: string): WorldClient {
  const watched = new Watched();
  const changes = new EventSource(address);
  changes.onmessage = (event: MessageEvent<string>) => watched.tell(JSON.parse(event.data) as Status);
  // The browser itself tries again, and a page that was broken goes on.
  changes.onerror = () => watched.tell({ phase: 'broken', reason: SILENT });
  return clientOf((method, args) => reply(address, { method, args }), watched);
}

async function reply(address: string, question: Question): Promise<Reply> {
  try {
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: stringify(question) };
    return parse(await (await fetch(address, request)).text()) as Reply;
  } catch {
    throw playgroundFault(SILENT);
  }
}

const SILENT = 'The server of this world does not answer. Start it again, with `npx pocket-kms playground` or `cargo xtask demo`; its world is new then.';
