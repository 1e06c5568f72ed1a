/** Moves bytes between sockets and the world; everything that is HTTP happens in the core. */

import { createServer } from 'node:net';

import { entered } from './module.js';
import { Connection } from './pkg/pocket_kms.js';

/** Listens; resolves when the address answers. */
export async function serve(world, port, host) {
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    connect(socket, world);
  });
  await listen(server, port, host);
  const close = () => stop(server, sockets);
  return { url: url(server.address()), port: server.address().port, close };
}

function connect(socket, world) {
  const connection = entered(() => new Connection());
  socket.setNoDelay(true);
  socket.on('close', () => connection.free());
  // A peer that breaks off has nothing more to be told.
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes) => answer(socket, connection, world, bytes));
}

function answer(socket, connection, world, bytes) {
  try {
    const sent = entered(() => connection.receive(world, bytes));
    // A peer that sends without reading waits until it has read.
    if (sent.length > 0 && !socket.write(sent)) {
      socket.pause();
      socket.once('drain', () => socket.resume());
    }
    if (!entered(() => connection.keepsAlive())) socket.end();
  } catch (error) {
    socket.destroy(error);
  }
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
