#!/usr/bin/env node
/** `npx pocket-kms serve`: a world behind a port, until it is told to stop. */

import { parseArgs } from 'node:util';

import { PocketKms } from './node.js';

const HELP = `Usage: pocket-kms serve [options]

Answers the AWS KMS API: point any AWS SDK, CLI or tool at the printed address.
Keys live in memory and go with the process.

Options:
  --port N      the port; 8701 without this option, 0 for a free one
  --host H      the address to listen at; 127.0.0.1 without this option
  --seed S      make everything random reproducible to the byte (for tests alone)
  --account A   the account of callers whose access key names none; 111122223333 without this option
  --help        show this text
`;

const OPTIONS = {
  port: { type: 'string', default: '8701' },
  host: { type: 'string', default: '127.0.0.1' },
  seed: { type: 'string' },
  account: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

async function run() {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) return process.stdout.write(HELP);
  if (positionals.join(' ') !== 'serve') throw new Error('say `pocket-kms serve`; `pocket-kms --help` tells more');
  const { host, seed, account } = values;
  const kms = await PocketKms.create({ seed, account });
  const server = await kms.serve({ port: port(values.port), host });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close());
  console.log(`pocket-kms is ready at ${server.url}`);
}

function port(text) {
  const number = Number(text);
  if (/^\d+$/.test(text) && number < 65536) return number;
  throw new Error(`--port ${text}: a port is a number from 0 to 65535`);
}

run().catch((error) => {
  console.error(`pocket-kms: ${error.message}`);
  process.exitCode = 1;
});
