#!/usr/bin/env node
/** `npx pocket-kms serve`: a world behind a port, until a signal stops it. */

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { PocketKms } from './node.js';
import { advice } from './options.js';

const DEFAULT_PORT = '4599';

const HELP = `Usage: pocket-kms serve [options]

Answers the AWS KMS API: point any AWS SDK, CLI or tool at the printed address.
The world is in memory and ends with the server.

Options:
  --port N      the port (${DEFAULT_PORT}); 0 for a free one
  --host H      the address to listen on (127.0.0.1: this machine alone)
  --seed S      make everything random reproducible; for tests alone
  --insecure-key-pool
                take RSA keys from a pool that everybody knows; for tests alone
  --account A   the account of unknown access keys (111122223333)
  --help        show this text
  --version     show the version

Then, for example:
  aws kms create-key --endpoint-url http://127.0.0.1:${DEFAULT_PORT}
`;

const OPTIONS = {
  port: { type: 'string', default: DEFAULT_PORT },
  host: { type: 'string', default: '127.0.0.1' },
  seed: { type: 'string' },
  account: { type: 'string' },
  'insecure-key-pool': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
};

const FLAGS = Object.keys(OPTIONS).map((name) => `--${name}`);

async function run() {
  const { values, positionals } = parsed();
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

/** Options and positionals; what cannot be read is refused in a sentence of ours. */
function parsed() {
  const { values, positionals, tokens } = parseArgs({ options: OPTIONS, allowPositionals: true, strict: false, tokens: true });
  for (const { kind, name, rawName, value } of tokens) {
    if (kind !== 'option') continue;
    if (!Object.hasOwn(OPTIONS, name)) throw new Error(`there is no option ${rawName}: ${advice(rawName, FLAGS)}`);
    const wantsValue = OPTIONS[name].type === 'string';
    // A value that begins with a dash is the next option: its own was forgotten.
    const lacksValue = wantsValue && (value === undefined || value.startsWith('--'));
    if (lacksValue) throw new Error(`${rawName} needs a value; \`pocket-kms --help\` tells which`);
    if (!wantsValue && value !== undefined) throw new Error(`${rawName} takes no value`);
  }
  return { values, positionals };
}

async function serve({ host, port, seed, account, 'insecure-key-pool': insecureKeyPool }) {
  const number = portNumber(port);
  const kms = await PocketKms.create({ seed, account, insecureKeyPool });
  const server = await kms.serve({ port: number, host }).catch((error) => {
    throw error.code === 'EADDRINUSE' ? new Error(inUse(host, port)) : error;
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close());
  console.log(`pocket-kms is ready at ${server.url}`);
}

function portNumber(text) {
  const number = Number(text);
  if (/^\d+$/.test(text) && number < 65536) return number;
  throw new Error(`a port is a number from 0 to 65535, not ${text}`);
}

function inUse(host, port) {
  return `port ${port} of ${host} is in use: choose another with --port, or a free one with --port 0`;
}

run().catch((error) => {
  console.error(`pocket-kms: ${error.message}`);
  process.exitCode = 1;
});
