/** `pocket-kms check`: what templates let whom do, for people and for continuous integration. All rules are the modules'. */

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { checkOption } from './command-line.js';
import { KmsError } from './error.js';
import { entered } from './module.js';
import { PocketKms } from './node.js';
import { named } from './pkg/pocket_kms.js';
import { filesOf } from './template-files.js';
import { answered, plan } from './templates.js';

export const HELP = `Usage: pocket-kms check TEMPLATE... [options]

Reads templates, and says what is wrong with their policies, whether anybody
outside can use their keys, and whether what the assertions say is so. A template
is a file of CloudFormation or SAM, a folder such as cdk.out, what \`terraform show
-json\` prints, or what \`aws iam get-account-authorization-details\` prints.

Options:
  --assertions FILE
                  what must be so, in a file of YAML or JSON
  --parameter NAME=VALUE
                  a parameter of the template; may be given several times
  --account ACCOUNT
                  the account of what no file says another one of (111122223333)
  --region REGION
                  the Region of what no file says another one of (us-east-1)
  --format FORMAT
                  text for people, or json for programs (text)
  --help          show this text

The exit status is 0 where all is well, 1 where something is not, and 2 where
something cannot be read.
`;

const VALUE = { type: 'string' };
const OPTIONS = {
  assertions: VALUE,
  parameter: { ...VALUE, multiple: true, default: [] },
  account: VALUE,
  region: VALUE,
  format: { ...VALUE, default: 'text' },
  help: { type: 'boolean', short: 'h' },
};

/** Runs the command; gives the exit status. */
export async function check(parameters) {
  try {
    const { values, templates } = parsed(parameters);
    if (values.help) return said(HELP, 0);
    const report = await reportOf(templates, values);
    return said(values.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : report.text, report.passed ? 0 : 1);
  } catch (error) {
    console.error(`pocket-kms: ${error.message}`);
    return 2;
  }
}

function said(text, status) {
  process.stdout.write(text);
  return status;
}

function parsed(parameters) {
  const { values, positionals, tokens } = parseArgs({ args: parameters, options: OPTIONS, allowPositionals: true, strict: false, tokens: true });
  for (const token of tokens) checkOption(OPTIONS, token, 'pocket-kms check --help');
  if (!['text', 'json'].includes(values.format)) throw new Error(`--format is text or json, not ${values.format}`);
  if (!values.help && positionals.length === 0) throw new Error('check needs a template: `pocket-kms check TEMPLATE`');
  return { values, templates: positionals };
}

/** The report: a world of what the templates say answers the questions that follow from them. */
async function reportOf(templates, { assertions, parameter, account, region }) {
  const kms = await PocketKms.create({ account });
  const parameters = Object.fromEntries(parameter.map((text) => entered(() => named('--parameter', text))));
  const place = { account: kms.account, region: region ?? null };
  const { recipe, leftOut, assumed } = await plan(PocketKms.templates, await filesOf(templates), { ...place, parameters });
  const { given: names } = kms.perform(recipe);
  const asserted = assertions === undefined ? {} : { name: assertions, text: await text(assertions) };
  const asked = { ...place, ...asserted, inventory: kms.inventory(), names };
  const { questions, state } = await answered(PocketKms.templates, 'questions', asked);
  const answers = questions.map((question) => answer(kms, question));
  return { ...await answered(PocketKms.templates, 'report', { state, answers }), leftOut, assumed };
}

function text(path) {
  return readFile(path, 'utf8').catch((cause) => {
    if (cause.code === 'EISDIR') throw new Error(`--assertions takes a file, and ${path} is a folder`, { cause });
    throw new Error(`${path} cannot be read: ${cause.message}`, { cause });
  });
}

/** What the world answers, or why it does not. */
function answer(kms, question) {
  try {
    return entered(() => PocketKms.hostOf(kms).world.ask(question));
  } catch (error) {
    if (error instanceof KmsError) return { error: `${error.code}: ${error.message}` };
    throw error;
  }
}
