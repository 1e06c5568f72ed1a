// Serves the playground and answers the KMS API for one and the same world, until Ctrl-C or a signal stops it.
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import open from 'open';
import { Host } from '../src/world/host';
import { Listeners, pageServer } from './page';
import { Served } from './served';

/** The usual ports, unless another program has taken them. */
const PORTS = { api: 4599, page: 4600 };

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    'page-port': { type: 'string' },
    open: { type: 'boolean', default: false },
    folder: { type: 'string', default: fileURLToPath(new URL('../../dist', import.meta.url)) },
  },
});

async function run(): Promise<void> {
  const listeners = new Listeners();
  const [source, host] = await opened(listeners);
  const server = pageServer(values.folder, host, listeners);
  await usually('page-port', PORTS.page, (port) => listen(server, port));
  const page = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(server, source));
  tell(page, host);
  if (values.open) await open(page).catch(() => console.log('No browser opened; open the address by hand.'));
}

/** A world whose API answers. */
async function opened(listeners: Listeners): Promise<[Served, Host]> {
  return usually('port', PORTS.api, async (port) => {
    const source = new Served(port);
    const host = new Host(source);
    host.watch(listeners.tell);
    await host.opened();
    return [source, host];
  });
}

/** Takes the port that was asked for, else the usual one, else a free one. */
async function usually<T>(option: 'port' | 'page-port', usual: number, take: (port: number) => Promise<T>): Promise<T> {
  const asked = values[option];
  if (asked === undefined) return take(usual).catch(() => take(0));
  if (!/^\d{1,5}$/.test(asked) || Number(asked) > 65_535) throw new Error(`a port is a number from 0 to 65535, not '${asked}'`);
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

run().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
