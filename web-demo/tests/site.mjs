// A tiny static server for `dist`, and nothing else.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const DIST = process.env.PLAYGROUND || fileURLToPath(new URL('../dist', import.meta.url));

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Serves the built playground on a free port of this machine, below a path; gives its address and a way to stop.
 * `publish` puts another folder in its place. Of `types`, what is missing here is said to be bytes.
 */
export async function serveSite({ folder = DIST, path = '/', types = TYPES } = {}) {
  let published = folder;
  const server = createServer((request, response) => {
    serve(request, response, { folder: published, path, types }).catch(() => response.writeHead(404).end());
  });
  const listen = (port) => new Promise((listening) => server.listen(port, '127.0.0.1', listening));
  await listen(0);
  const { port } = server.address();
  return {
    address: `http://127.0.0.1:${port}${path}`,
    publish: (other) => (published = other),
    close: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  };
}

async function serve(request, response, { folder, path, types }) {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (!pathname.startsWith(path)) throw new Error('not below the path');
  const below = `/${pathname.slice(path.length)}`;
  const file = join(folder, normalize(below.endsWith('/') ? `${below}index.html` : below));
  if (!file.startsWith(folder) || !(await stat(file)).isFile()) throw new Error('no such file');
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
}
