#!/usr/bin/env node
/** `npx pocket-kms serve`: a world behind a port, until a signal stops it. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { HELP, parsed } from './command-line.js';
import { PocketKms } from './node.js';
import { StateFile } from './state-file.js';

async function run() {
  const { values, positionals } = parsed(process.argv.slice(2));
  if (values.help) return process.stdout.write(HELP);
  if (values.version) return console.log(`pocket-kms ${version()}`);
  const [command, ...rest] = positionals;
  if (command !== 'serve') throw new Error('say `pocket-kms serve`; `pocket-kms --help` tells more');
  if (rest.length > 0) throw new Error(`serve takes options alone, not '${rest[0]}'`);
  return serve(values);
}

function version() {
  return JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')).version;
}

async function serve(options) {
  const { host, port, tls, state, verbose, cors, now, seed, account, history } = options;
  const file = state === undefined ? undefined : StateFile.open(state);
  const kms = await world(file, { now, seed, account, history, insecureKeyPool: options['insecure-key-pool'] });
  const stop = file?.keep(kms, complain);
  const log = verbose ? console.error : undefined;
  const settings = { port, host, tls: tls && pem(tls), cors, openAdministration: options['open-administration'], log };
  const server = await kms.serve(settings).catch((error) => {
    file?.close();
    throw error.syscall === undefined ? error : new Error(unavailable(host, port, error));
  });
  const authority = server.authority && authorityFile(server.authority);
  const end = once(() => server.close().then(stop).finally(authority?.remove));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, end);
  console.log(`pocket-kms is ready at ${server.url}`);
  if (authority) console.log(`clients believe it by AWS_CA_BUNDLE=${authority.path}`);
}

/** The world of the file, if there is one; otherwise a new one. */
async function world(file, options) {
  try {
    const kept = await file?.restored(options.history);
    if (kept === undefined) return await PocketKms.create(options);
    const { account = kept.account } = options;
    if (account !== kept.account) throw new Error(`the world in the file is that of account ${kept.account}: leave --account out, or choose another file`);
    return kept;
  } catch (error) {
    file?.close();
    throw error;
  }
}

/** A second signal does not end what the first one has begun: the world is being written. */
function once(action) {
  let begun;
  return () => (begun ??= action().catch(complain));
}

/** The certificate and key of two files; without files one is made. */
function pem([certificate, key]) {
  return certificate === undefined ? true : { cert: readText(certificate), key: readText(key) };
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch ({ message }) {
    throw new Error(`a file of --tls cannot be read: ${path}: ${message}`);
  }
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

function complain(error) {
  console.error(`pocket-kms: ${error.message}`);
  process.exitCode = 1;
}

run().catch(complain);
