#!/usr/bin/env node
/** `npx pocket-kms serve`: a world behind a port, until a signal stops it; and the other commands. */

import { readFileSync } from 'node:fs';

import { HELP, parsed } from './command-line.js';
import { complain, listening, pem, readText } from './listening.js';
import { entered } from './module.js';
import { PocketKms } from './node.js';
import { settings } from './pkg/pocket_kms.js';
import { StateFile } from './state-file.js';

async function run() {
  if (process.argv[2] === 'proxy') {
    const { proxy } = await import('./proxy-command.js');
    return proxy(process.argv.slice(3));
  }
  if (process.argv[2] === 'playground') {
    const { playground } = await import('./playground-command.js');
    return playground(process.argv.slice(3));
  }
  if (process.argv[2] === 'check') {
    const { check } = await import('./check.js');
    process.exitCode = await check(process.argv.slice(3));
    return undefined;
  }
  const { values, positionals } = parsed(process.argv.slice(2));
  if (values.help) return process.stdout.write(HELP);
  if (values.version) return console.log(`pocket-kms ${version()}`);
  const [command, ...rest] = positionals;
  if (command !== 'serve') throw new Error('say `pocket-kms serve`, `pocket-kms proxy`, `pocket-kms check` or `pocket-kms playground`; `pocket-kms --help` tells more');
  if (rest.length > 0) throw new Error(`serve takes options alone, not '${rest[0]}'`);
  return serve(values);
}

function version() {
  return JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')).version;
}

async function serve(options) {
  const { host, port, tls, state, verbose, cors, now, seed, account, history, set } = options;
  const file = state === undefined ? undefined : StateFile.open(state);
  const hosting = { ...proxies(options), ...recording(options) };
  const kms = await world(file, { now, seed, account, history, insecureKeyPool: options['insecure-key-pool'], set, ...hosting });
  const stop = file?.keep(kms, complain);
  const log = verbose ? console.error : undefined;
  const serving = { port, host, tls: tls && pem(tls), cors, openAdministration: options['open-administration'], log };
  const begin = () => kms.serve(serving).catch((error) => {
    file?.close();
    throw error;
  });
  await listening({ host, port }, begin, stop);
}

/** The proxies that may be asked, and who vouches for them. */
function proxies({ proxy = [], 'proxy-ca': ca }) {
  const places = proxy.map((text) => {
    const [endpoint, ...base] = text.split('=');
    return [endpoint, base.join('=') || null];
  });
  return {
    ...(places.length > 0 && { proxies: Object.fromEntries(places) }),
    ...(ca !== undefined && { proxyCa: readText('--proxy-ca', ca) }),
  };
}

/** How many records of calls are kept; the core reads it. */
function recording({ audit }) {
  return audit === undefined ? {} : { audit: { kept: audit } };
}

/** The world of the file, if there is one; otherwise a new one. */
async function world(file, { set = [], ...options }) {
  try {
    const kms = await begun(file, options);
    if (set.length > 0) kms.settings.update(entered(() => settings(set)));
    return kms;
  } catch (error) {
    file?.close();
    throw error;
  }
}

async function begun(file, options) {
  // What is wrong with the proxies is not the fault of the file.
  await PocketKms.proxies(options);
  const kept = await file?.restored(options);
  if (kept === undefined) return PocketKms.create(options);
  const { account = kept.account } = options;
  if (account !== kept.account) throw new Error(`the world in the file is that of account ${kept.account}: leave --account out, or choose another file`);
  if (options.audit !== undefined) kept.audit.set(options.audit);
  return kept;
}

run().catch(complain);
