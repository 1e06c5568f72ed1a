/** What the commands that listen have in common: certificates in files, the end by a signal, and what is told. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The signals that end a program: the last one comes when its terminal is closed. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Starts with `begin`, says where it listens, and ends by a signal, with `ended` behind it. */
export async function listening({ host, port }, begin, ended = () => {}) {
  const server = await begin().catch((error) => {
    throw error.syscall === undefined ? error : new Error(unavailable(host, port, error));
  });
  const authority = server.authority && authorityFile(server.authority);
  const end = once(() => server.close().then(ended).finally(authority?.remove));
  for (const signal of ENDING) process.on(signal, end);
  console.log(`pocket-kms is ready at ${server.url}`);
  if (authority) console.log(`clients believe it by AWS_CA_BUNDLE=${authority.path}`);
}

/** Tells what has gone wrong. */
export function complain(error) {
  console.error(`pocket-kms: ${error.message}`);
  process.exitCode = 1;
}

/** The certificate and key of two files; without files one is made. */
export function pem([certificate, key]) {
  return certificate === undefined ? true : { cert: readText('--tls', certificate), key: readText('--tls', key) };
}

/** The text of a file that an option names. */
export function readText(option, path) {
  try {
    return readFileSync(path, 'utf8');
  } catch ({ message }) {
    throw new Error(`a file of ${option} cannot be read: ${path}: ${message}`);
  }
}

/** A second signal does not end what the first one has begun: a world may be being written. */
function once(action) {
  let begun;
  return () => (begun ??= action().catch(complain));
}

/** Puts the certificate of the authority into a file, for as long as it vouches for somebody. */
function authorityFile(pem) {
  const folder = mkdtempSync(join(tmpdir(), 'pocket-kms-'));
  const path = join(folder, 'authority.pem');
  writeFileSync(path, pem);
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function unavailable(host, port, { code, message }) {
  if (code === 'EADDRINUSE') return `port ${port} of ${host} is in use: choose another with --port, or a free one with --port 0`;
  return `cannot listen on port ${port} of ${host}: ${message}`;
}
