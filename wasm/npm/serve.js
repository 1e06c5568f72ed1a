/** Moves bytes between sockets and the world; everything that is HTTP happens in the core. */

import { createServer } from 'node:net';

import { ASYNC_DISPOSE } from './mark.js';
import { entered } from './module.js';
import { Connection } from './pkg/pocket_kms.js';

/** Listens; resolves when the address answers. */
export async function serve(host, port, address) {
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    connect(socket, host);
  });
  await listen(server, port, address);
  const close = () => stop(server, sockets);
  return { url: url(server.address()), port: server.address().port, close, [ASYNC_DISPOSE]: close };
}

function connect(socket, host) {
  const connection = entered(() => new Connection());
  socket.setNoDelay(true);
  socket.on('close', () => connection.free());
  // A peer that breaks off gets no answer.
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes) => {
    // What arrives meanwhile waits: answers go out in the order of their requests, and the server does not read from a
    // peer that does not read.
    socket.pause();
    answer(socket, connection, host, bytes).then(() => socket.resume(), (error) => socket.destroy(error));
  });
}

async function answer(socket, connection, host, bytes) {
  entered(() => connection.receive(bytes));
  while (!socket.destroyed) {
    const sent = await host.answered(() => connection.next(host.world));
    if (sent === undefined || socket.destroyed) break;
    if (!socket.write(sent)) await drained(socket);
  }
  if (!socket.destroyed && !entered(() => connection.keepsAlive())) socket.end();
}

function drained(socket) {
  return new Promise((resolve) => {
    socket.once('drain', resolve);
    socket.once('close', resolve);
  });
}

function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

function stop(server, sockets) {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}

function url({ address, family, port }) {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
