// The playground's page, and the world for it: one address, so that no other page may ask.
import compression from 'compression';
import { parse, stringify } from 'devalue';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import sirv from 'sirv';
import type { Host } from '../src/world/host';
import type { Question, Status } from '../src/world/protocol';

/** Where the page finds the world. */
const WORLD = '/world';

/** How often the world is looked at for what others have changed, in milliseconds. */
const GLANCE = 200;

/** Who hears of changes. */
export class Listeners {
  #open = new Set<ServerResponse>();

  readonly tell = (status: Status): void => {
    for (const response of this.#open) response.write(event(status));
  };

  add(response: ServerResponse, status: Status | undefined): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(status ? event(status) : ': wait\n\n');
    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
  }
}

export function pageServer(folder: string, host: Host, listeners: Listeners): Server {
  const compressed = compression();
  const files = sirv(folder, { etag: true, setHeaders: cached });
  const server = createServer((request, response) => {
    if (!isOurs(request)) {
      response.writeHead(403).end('Only the page of this server may ask.');
    } else if (request.url === WORLD) {
      if (request.method === 'GET') listeners.add(response, host.status);
      else void answer(request, response, host);
    } else {
      // Its types are those of Express, which it does not need.
      compressed(request as never, response as never, () => {
        if (request.url === '/' || request.url === '/index.html') void page(folder, response);
        else if (request.url === '/sw.js') forgetful(response);
        else files(request, response, () => void response.writeHead(404).end('There is no such file.'));
      });
    }
  });
  server.once('listening', () => {
    const glance = setInterval(() => host.look(), GLANCE);
    server.once('close', () => clearInterval(glance));
  });
  return server;
}

/** A page of a stranger names itself as the origin, or its own name as the host. */
function isOurs({ headers: { host = '', origin }, socket }: IncomingMessage): boolean {
  const own = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${socket.localPort}`);
  return own.includes(host) && (origin === undefined || origin === `http://${host}`);
}

/** The names of assets change with what is in them. */
function cached(response: ServerResponse, path: string): void {
  response.setHeader('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/** The page, told where its world is. */
async function page(folder: string, response: ServerResponse): Promise<void> {
  const html = await readFile(`${folder}/index.html`, 'utf8');
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('cache-control', 'no-cache');
  response.end(html.replace('name="world" content=""', `name="world" content="${WORLD}"`));
}

/**
 * A page of this server asks it for its world, and is worth nothing without it. Where a browser has kept the playground of
 * another server at this very address, that one would come up instead: this service worker takes its place, and ends.
 */
const FORGETFUL = `
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
  for (const page of await self.clients.matchAll({ type: 'window' })) await page.navigate(page.url);
})()));
`;

function forgetful(response: ServerResponse): void {
  response.setHeader('content-type', 'text/javascript; charset=utf-8');
  response.setHeader('cache-control', 'no-cache');
  response.end(FORGETFUL);
}

async function answer(request: IncomingMessage, response: ServerResponse, host: Host): Promise<void> {
  try {
    const { method, args } = parse(await text(request)) as Question;
    const reply = stringify(await host.ask(method, args));
    response.setHeader('content-type', 'application/json');
    response.end(reply);
  } catch (error) {
    response.writeHead(400).end(`This is not a question: ${error}`);
  }
}

function event(status: Status): string {
  return `data: ${JSON.stringify(status)}\n\n`;
}
