/** Moves bytes between sockets and the world; everything that is HTTP happens in the core. */

import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

import { wait } from './answers.js';
import { ASYNC_DISPOSE } from './mark.js';
import { entered } from './module.js';
import { portNumber } from './options.js';
import { Connection, Endpoint, Sender, certificate } from './pkg/pocket_kms.js';
import { kindOf, optionalText, textOf } from './texts.js';

const PEM = 'TLS needs a certificate and the key that fits it, both in PEM';

/** What is sent on a connection that breaks. */
const RESET = Symbol('the connection breaks');

/** Listens; resolves when the address answers. `log` gets a line for each request. */
export async function serve(host, { onlyProxies = false, ...options }) {
  const { port, address, wanted, cors, openAdministration, log } = read(options);
  const endpoint = entered(() => new Endpoint(host.world, cors, openAdministration, onlyProxies));
  const names = onlyProxies ? host.world.proxyHosts : [];
  const { authority, ...tls } = wanted === true ? made(address, names) : { ...wanted };
  const answered = async (connection, gone) => {
    const [bytes, line, delay, reset] = (await host.answered(() => connection.next(endpoint))) ?? [];
    if (delay) await wait(delay, gone);
    if (line !== undefined) logged(log, line);
    return reset ? RESET : bytes;
  };
  const sockets = new Set();
  const open = (socket, connection) => connect(socket, answered, connection);
  const server = wanted ? secured(tls, open, (line) => logged(log, line)) : createServer((socket) => open(socket));
  // Before TLS has begun there is a socket, too, which `close` must end.
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await listen(server, port, address);
  const close = () => stop(server, sockets);
  return { url: url(server.address(), wanted), port: server.address().port, authority, close, [ASYNC_DISPOSE]: close };
}

/**
 * Where and how to serve, as it is meant: what Node would take for more than was said is refused. It would listen on all
 * addresses without one, or on a pipe that has the name of a port.
 */
function read({ port = 0, host = '127.0.0.1', tls, cors, openAdministration = false, log }) {
  const address = textOf(host, 'the host');
  if (address === '') throw new TypeError('the host is empty: leave it out for this machine alone, or say 0.0.0.0 or :: for all addresses');
  if (typeof openAdministration !== 'boolean') throw new TypeError(`openAdministration is true or false, not ${kindOf(openAdministration)}`);
  if (log !== undefined && typeof log !== 'function') throw new TypeError(`log is a function that takes a line, not ${kindOf(log)}`);
  return { port: portNumber(port), address, wanted: tls, cors: optionalText(cors, 'the origin of cors'), openAdministration, log };
}

/** Whoever asks gets the answer, whatever comes of the line. */
function logged(log, line) {
  try {
    log?.(line);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

/** A certificate for this machine and for more names, its key, and the authority that vouches for it. */
function made(host, names) {
  const [authority, cert, key] = entered(() => certificate(host, names));
  return { authority, cert, key: Buffer.from(key) };
}

/** A server of sockets that speak TLS by a certificate and its key; `log` gets a line for each that has failed to. */
function secured({ cert, key }, open, log) {
  if (cert === undefined || key === undefined) throw new TypeError(`${PEM}: tls is { cert, key }, or true for a certificate that is made`);
  // Node would listen without them, and refuse every handshake.
  if ([cert, key].some((part) => part === null || part.length === 0)) throw new Error(`${PEM}: one of them is empty`);
  const secure = tlsServer(cert, key, (socket) => open(socket));
  secure.on('tlsClientError', (error, socket) => {
    socket.destroy();
    log(entered(() => Endpoint.brokenHandshake(error.reason ?? error.message)));
  });
  return createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (first) => {
      // What is read already is read again, by whoever goes on.
      socket.pause();
      socket.unshift(first);
      const plain = connectionWith(socket);
      if (entered(() => plain.beginsTls(first))) {
        plain.free();
        secure.emit('connection', socket);
      } else {
        open(socket, plain);
        socket.resume();
      }
    });
  });
}

function tlsServer(cert, key, open) {
  try {
    return createTlsServer({ cert, key }, open);
  } catch (cause) {
    throw new Error(`${PEM}: ${cause.message}`, { cause });
  }
}

/** The side of the core of a socket. */
function connectionWith(socket) {
  // Of a link-local address, the zone behind it is the name of an interface of this machine (RFC 4007 section 11).
  const sourceIp = socket.remoteAddress?.split('%', 1)[0];
  const peer = entered(() => new Sender(undefined, { sourceIp }));
  try {
    return entered(() => new Connection(peer));
  } finally {
    peer.free();
  }
}

function connect(socket, answered, connection = connectionWith(socket)) {
  socket.setNoDelay(true);
  // Nobody waits for an answer to a peer that has gone.
  const gone = new AbortController();
  socket.on('close', () => {
    gone.abort();
    connection.free();
  });
  // A peer that breaks off gets no answer.
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes) => {
    // What arrives meanwhile waits: answers go out in the order of their requests, and the server does not read from a
    // peer that does not read.
    socket.pause();
    answer(socket, connection, () => answered(connection, gone.signal), bytes).then(() => socket.resume(), (error) => socket.destroy(error));
  });
}

async function answer(socket, connection, answered, bytes) {
  entered(() => connection.receive(bytes));
  while (!socket.destroyed) {
    const sent = await answered();
    if (sent === RESET) socket.destroy();
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

function url({ address, family, port }, tls) {
  return `${tls ? 'https' : 'http'}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
