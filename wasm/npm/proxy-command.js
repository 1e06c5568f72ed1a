/** `npx pocket-kms proxy`: an external key store proxy, with a key manager behind it, until a signal stops it. */

import { readFileSync } from 'node:fs';

import { LISTENING, parsedBy } from './command-line.js';
import { listening, pem } from './listening.js';
import { entered } from './module.js';
import { PocketKms } from './node.js';

/** The port without `--port`. */
const DEFAULT_PORT = '4600';

const HELP = `Usage: pocket-kms proxy [options]

Answers the external key store proxy API over HTTP, as what stands between AWS KMS
and a key manager outside of it. The keys are in memory and end with the server.
Without --config there is one logical key store with the key foo.

Options:
  --port PORT     the port (${DEFAULT_PORT}); 0 for a free one
  --host HOST     the address to listen on (127.0.0.1: this machine alone)
  --tls [CERT KEY]
                  speak TLS: with this certificate and its key, both in PEM, or
                  with one that is made for this machine
  --config FILE   the logical key stores and their keys, in a file of JSON
  --verbose       tell of every request in a line on standard error
  --open-administration
                  let other machines administer the proxies, too: in a container,
                  all others are
  --help          show this text

A configuration is JSON, such as
  {"proxies": {"https://xks.example.com/prefix": {"region": "us-east-1", "keys": ["foo"]}}}
logical key stores by their endpoints and prefixes. One without credentials gets a
credential, and its proxy configuration file is printed, which the console of KMS takes.
`;

const OPTIONS = { ...LISTENING, port: { type: 'string', default: DEFAULT_PORT }, config: { type: 'string' } };

/** Runs the command with these parameters. */
export async function proxy(parameters) {
  const { values, positionals } = parsedBy(OPTIONS, parameters);
  if (values.help) return void process.stdout.write(HELP);
  if (positionals.length > 0) throw new Error(`proxy takes options alone, not '${positionals[0]}'`);
  const { host, port, tls, config, verbose } = values;
  const kms = await PocketKms.create();
  const files = setUp(kms, config);
  const settings = { host, port, tls: tls && pem(tls), openAdministration: values['open-administration'] };
  await listening(values, () => kms.serveProxies({ ...settings, log: verbose ? console.error : undefined }));
  for (const [name, file] of Object.entries(files)) {
    console.log(`the proxy configuration file of ${name}:\n${JSON.stringify(file)}`);
  }
}

function setUp(kms, path) {
  const { world } = PocketKms.hostOf(kms);
  return entered(() => world.setUpProxies(path && read(path)));
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch ({ message }) {
    throw new Error(`the configuration cannot be read: ${path}: ${message}`);
  }
}

