#!/usr/bin/env node
/** `npx pocket-kms serve`: a world behind a port, until a signal stops it. */

import { readFileSync } from 'node:fs';

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

async function serve({ host, port, tls, state, verbose, cors, now, seed, account, 'insecure-key-pool': insecureKeyPool }) {
  const file = state === undefined ? undefined : StateFile.open(state);
  const kms = await world(file, { now, seed, account, insecureKeyPool });
  const stop = file?.keep(kms, complain);
  const server = await kms.serve({ port, host, tls: tls && pem(tls), cors, log: verbose ? console.log : undefined }).catch((error) => {
    file?.close();
    throw error.code === 'EADDRINUSE' ? new Error(inUse(host, port)) : error;
  });
  const end = once(() => server.close().then(stop));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, end);
  console.log(`pocket-kms is ready at ${server.url}`);
}

/** The world of the file, if there is one; otherwise a new one. */
async function world(file, options) {
  try {
    const kept = await file?.restored();
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

function pem({ certificate, key }) {
  return { cert: readText(certificate), key: readText(key) };
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch ({ message }) {
    throw new Error(`a file of --tls cannot be read: ${message}`);
  }
}

function inUse(host, port) {
  return `port ${port} of ${host} is in use: choose another with --port, or a free one with --port 0`;
}

function complain(error) {
  console.error(`pocket-kms: ${error.message}`);
  process.exitCode = 1;
}

run().catch(complain);
