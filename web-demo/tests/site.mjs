// A tiny static server for `dist`, and nothing else.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = process.env.PLAYGROUND || fileURLToPath(new URL('../dist', import.meta.url));

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

/** Serves the built playground on a free port of this machine; gives its address and a way to stop. */
export async function serveSite() {
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.writeHead(404).end());
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  };
}

async function serve(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const path = join(DIST, normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname));
  if (!path.startsWith(DIST) || !(await stat(path)).isFile()) throw new Error('no such file');
  response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
  createReadStream(path).pipe(response);
}
