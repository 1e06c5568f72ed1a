/** The command line of `pocket-kms`: its options, its help, and a sentence for whatever cannot be read. */

import { parseArgs } from 'node:util';

import { advice, portNumber } from './options.js';

/** The port without `--port`. */
export const DEFAULT_PORT = '4599';

export const HELP = `Usage: pocket-kms serve [options]

Answers the AWS KMS API: point any AWS SDK, CLI or tool at the printed address.
The world is in memory and ends with the server, unless it has a file.

Options:
  --port PORT     the port (${DEFAULT_PORT}); 0 for a free one
  --host HOST     the address to listen on (127.0.0.1: this machine alone)
  --tls [CERT KEY]
                  speak TLS: with this certificate and its key, both in PEM, or
                  with one that is made for this machine
  --state FILE    keep the world in this file, sealed under FILE.key: read at the
                  start, written at the end and every five seconds
  --verbose       tell of every request in a line on standard error: time, caller,
                  Region, operation, status, and why it was refused
  --cors ORIGIN   let pages of this origin, such as http://localhost:5173, read
                  what is answered
  --open-administration
                  let other machines administer the worlds, too: in a container,
                  all others are
  --proxy ENDPOINT
                  let external key stores ask the proxy at this endpoint, such as
                  https://xks.example.com, or where it is found instead, such as
                  https://xks.example.com=https://127.0.0.1:8443; several times for
                  several
  --proxy-ca FILE the authorities of proxies, in PEM; without it, those of Node
  --now TIME      freeze the clock of a new world at this time, such as
                  2026-01-01T00:00:00Z
  --seed SEED     make everything random in a new world reproducible; for tests alone
  --insecure-key-pool
                  take RSA keys from a pool that everybody knows; for tests alone
  --audit KEPT    keep this many of the newest records of calls (10000): a number, all or
                  none
  --history       keep what the world was, so that forks may begin then: with the
                  secrets of keys that have been deleted since
  --set NAME=VALUE
                  make a setting of the world, such as strict=1, consistency=aws,
                  quota/keys=3 or chosen-keys=1; several times for several
  --account ACCOUNT
                  the account of unknown access keys (111122223333)
  --help          show this text
  --version       show the version

An external key store proxy: \`pocket-kms proxy --help\`. What the policies of
templates let whom do: \`pocket-kms check --help\`. A console of the world for
browsers, beside its API: \`pocket-kms playground --help\`.

Then, for example:
  aws kms create-key --endpoint-url http://127.0.0.1:${DEFAULT_PORT}
`;

const VALUE = { type: 'string' };
const FLAG = { type: 'boolean' };
/** The options of every command that listens. */
export const LISTENING = {
  host: { ...VALUE, default: '127.0.0.1' },
  tls: FLAG,
  verbose: FLAG,
  'open-administration': FLAG,
  help: { ...FLAG, short: 'h' },
};
const OPTIONS = {
  port: { ...VALUE, default: DEFAULT_PORT },
  ...LISTENING,
  state: VALUE,
  cors: VALUE,
  proxy: { ...VALUE, multiple: true },
  'proxy-ca': VALUE,
  now: VALUE,
  seed: VALUE,
  'insecure-key-pool': FLAG,
  audit: VALUE,
  history: FLAG,
  set: { ...VALUE, multiple: true },
  account: VALUE,
  version: FLAG,
};

/** The options of `serve` by their names, and what else was said. */
export function parsed(parameters) {
  return parsedBy(OPTIONS, parameters);
}

/** The options by their names (`tls` is a list of two files, or of none), and what else was said. */
export function parsedBy(options, parameters) {
  const { values, tokens } = parseArgs({ args: parameters, options, allowPositionals: true, strict: false, tokens: true });
  for (const token of tokens) checkOption(options, token);
  const positionals = tokens.filter(({ kind }) => kind === 'positional');
  const files = values.tls ? filesOfTls(tokens) : [];
  const others = positionals.filter((token) => !files.includes(token)).map(({ value }) => value);
  const tls = values.tls && files.map(({ value }) => value);
  return { values: { ...values, port: portNumber(values.port), tls }, positionals: others };
}

/** Refuses a token that is an option which is not there, or has a value that is too many or too few. */
export function checkOption(options, { kind, name, rawName, value }, help = 'pocket-kms --help') {
  if (kind !== 'option') return;
  const names = Object.keys(options).map((known) => `--${known}`);
  if (!Object.hasOwn(options, name)) throw new Error(`there is no option ${rawName}: ${advice(rawName, names)}`);
  if (options[name].type === 'boolean') {
    if (value !== undefined) throw new Error(`${rawName} takes no value`);
  } else if (value === undefined || value.startsWith('--')) {
    throw new Error(`${rawName} needs a value; \`${help}\` tells which`);
  }
}

/** The words behind `--tls`. */
function filesOfTls(tokens) {
  const behind = tokens.slice(tokens.findLastIndex(({ name }) => name === 'tls') + 1);
  const end = behind.findIndex(({ kind }) => kind !== 'positional');
  const files = end < 0 ? behind : behind.slice(0, end);
  if (files.length === 0 || files.length === 2) return files;
  throw new Error('--tls takes a certificate and its key, or nothing: --tls CERT KEY');
}
