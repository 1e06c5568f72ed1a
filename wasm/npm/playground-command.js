/** `npx pocket-kms playground`: the console of a world in a browser, and its KMS API, until a signal stops both. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { checkOption } from './command-line.js';

const HELP = `Usage: pocket-kms playground [options]

Serves the playground, which is a console of KMS for browsers, and answers the AWS KMS
API for the same world: what a tool does there is seen in the page at once, and the
other way round. Both listen to this machine alone. The world is in memory and ends
with the server.

Options:
  --port PORT     the port of the KMS API (4599, or a free one where that is taken)
  --page-port PORT
                  the port of the page (4600, or a free one where that is taken)
  --open          open the page in a browser
  --help          show this text
`;

const PORT = { type: 'string' };
const FLAG = { type: 'boolean' };
const OPTIONS = { port: PORT, 'page-port': PORT, open: FLAG, help: { ...FLAG, short: 'h' } };

/** The built page, and what serves it: `cargo xtask dist` puts them here. */
const FOLDER = new URL('./playground/', import.meta.url);
const SERVER = new URL('serve.js', FOLDER);

/** Runs the command with these parameters. */
export async function playground(parameters) {
  const { values, tokens } = parseArgs({ args: parameters, options: OPTIONS, allowPositionals: true, strict: false, tokens: true });
  for (const token of tokens) checkOption(OPTIONS, token, 'pocket-kms playground --help');
  if (values.help) return void process.stdout.write(HELP);
  const other = tokens.find(({ kind }) => kind === 'positional');
  if (other) throw new Error(`playground takes options alone, not '${other.value}'`);
  if (!existsSync(SERVER)) throw new Error('the playground is not built here: it comes with the npm package, and `cargo xtask demo` builds it');
  const { servePlayground } = await import(SERVER);
  return servePlayground({ ...values, pagePort: values['page-port'], folder: fileURLToPath(new URL('page', FOLDER)) });
}
