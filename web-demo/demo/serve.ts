// Serves the playground and answers the KMS API for one and the same world, until Ctrl-C or a signal stops it.
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import open from 'open';
import { Host } from '../src/world/host';
import { Listeners, pageServer } from './page';
import { Served } from './served';

/** The usual ports, unless another program has taken them. */
const PORTS = { api: 4599, page: 4600 };

export interface Options {
  /** Of the KMS API and of the page, as somebody has written them; `undefined` is the usual one. */
  port?: string | undefined;
  pagePort?: string | undefined;
  /** Opens the page in a browser. */
  open?: boolean | undefined;
  /** The built playground. */
  folder: string;
}

/** Resolves when both answer. */
export async function servePlayground(options: Options): Promise<void> {
  const listeners = new Listeners();
  const [source, host] = await opened(options, listeners);
  const server = pageServer(options.folder, host, listeners);
  await usually('page-port', options.pagePort, PORTS.page, (port) => listen(server, port)).catch(async (error) => {
    await source.clear();
    throw error;
  });
  const page = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(server, source));
  tell(page, host);
  if (options.open) await open(page).catch(() => console.log('No browser opened; open the address by hand.'));
}

/** A world whose API answers. */
async function opened({ port: asked }: Options, listeners: Listeners): Promise<[Served, Host]> {
  return usually('port', asked, PORTS.api, async (port) => {
    const source = new Served(port);
    const host = new Host(source);
    host.watch(listeners.tell);
    await host.opened();
    return [source, host];
  });
}

/** Takes the port that was asked for, else the usual one, else a free one. */
async function usually<T>(option: string, asked: string | undefined, usual: number, take: (port: number) => Promise<T>): Promise<T> {
  if (asked === undefined) return take(usual).catch(() => take(0));
  if (!/^\d{1,5}$/.test(asked) || Number(asked) > 65_535) throw new Error(`a port is a number from 0 to 65535, not ${asked}`);
  return take(Number(asked)).catch((error: Error) => {
    if (!/EADDRINUSE/.test(error.message)) throw error;
    throw new Error(`port ${asked} is in use: choose another with --${option}, or a free one without it`);
  });
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

function tell(page: string, host: Host): void {
  const api = host.status?.phase === 'open' ? host.status.api : null;
  console.log(`playground  ${page}`);
  console.log(`KMS API     ${api}`);
  console.log('\nBoth show the same world. Make a key by the API, and see it appear in the page:\n');
  console.log('  export AWS_ACCESS_KEY_ID=111122223333 AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=us-east-1');
  console.log(`  aws --endpoint-url ${api} kms create-key`);
  console.log('\nready; Ctrl-C stops both, and ends the world');
}

async function stop(server: Server, source: Served): Promise<void> {
  server.close();
  server.closeAllConnections();
  await source.clear();
  console.log('stopped');
  process.exit(0);
}
