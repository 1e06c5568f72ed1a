// Calls as a program in Python, with boto3.
import { asText, indented, programOf, remarks, type Client, type Program } from './program';
import { snake } from './spelling';
import { toBase64 } from '../kms/bytes';
import { FromEnvironment, FromFile, FromReply, instant, isList, isMembers, type Step, type Surroundings, type Value } from './values';

const STEP = '    ';

export function boto3(steps: readonly Step[], { api }: Surroundings): string {
  const program = programOf(steps, 'kms', snake);
  const writer = new Writer(program);
  const body = steps.map((step) => writer.step(step, steps.length > 1));
  const clients = program.clients.map((client) => opened(client, api));
  return `${[writer.imports(), ...clients, ...body].join('\n\n')}\n`;
}

function opened(client: Client, api: string | null): string {
  const { name, region, caller, profile } = client;
  const options = [`region_name=${JSON.stringify(region)}`];
  if (api !== null) options.push(`endpoint_url="${api}"`, `aws_access_key_id=${JSON.stringify(caller)}`, 'aws_secret_access_key="any"');
  const session = api === null && profile !== undefined ? `boto3.Session(profile_name=${JSON.stringify(profile)})` : 'boto3';
  const said = remarks(client).map((remark) => `# ${remark}`);
  return [...said, `${name} = ${session}.client(${listed('', ['"kms"', ...options], '')})`].join('\n');
}

class Writer {
  #modules = new Set(['boto3']);

  constructor(readonly program: Program) {}

  imports(): string {
    const [plain, from] = [[...this.#modules].filter((name) => name !== 'datetime'), this.#modules.has('datetime')];
    const own = plain.filter((name) => name !== 'boto3').map((name) => `import ${name}`).sort();
    const standard = [...own, ...(from ? ['from datetime import datetime'] : [])];
    return [standard.join('\n'), 'import boto3'].filter((part) => part !== '').join('\n\n');
  }

  step(step: Step, isScript: boolean): string {
    const { operation, input, refused } = step;
    const members = Object.entries(input).map(([name, value]) => `${name}=${this.#value(value)}`);
    const client = this.program.clientOf(step).name;
    const call = `${client}.${snake(operation)}(${listed('', members, '')})`;
    if (isScript && refused !== undefined) return expected(client, call, operation, refused);
    const reply = this.program.replyOf(step);
    return reply === undefined ? call : `${reply} = ${call}`;
  }

  #value(value: Value): string {
    if (value instanceof FromReply) return `${this.program.replyOf(this.program.stepOf(value)) ?? ''}${value.path.map((name) => `["${name}"]`).join('')}`;
    if (value instanceof FromEnvironment) return `${this.#from('os')}.environ["${value.name}"]`;
    if (value instanceof FromFile) return `open("${value.name}", "rb").read()`;
    if (value instanceof Date) return this.#instant(value);
    if (value instanceof Uint8Array) return this.#bytes(value);
    if (typeof value === 'string') return text(value);
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    if (isList(value)) return listed('[', value.map((part) => this.#value(part)), ']');
    if (isMembers(value)) return listed('{', Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}: ${this.#value(part)}`), '}');
    return String(value);
  }

  #bytes(bytes: Uint8Array): string {
    const text = asText(bytes);
    return text === undefined ? `${this.#from('base64')}.b64decode("${toBase64(bytes)}")` : `b${JSON.stringify(text)}`;
  }

  #instant(date: Date): string {
    this.#from('datetime');
    return `datetime.fromisoformat("${instant(date).replace('Z', '+00:00')}")`;
  }

  #from(module: string): string {
    this.#modules.add(module);
    return module;
  }
}

/** What ends otherwise than it did ends the program. */
function expected(client: string, call: string, operation: string, code: string): string {
  return [
    'try:',
    `${STEP}${indentedOutsideOfTexts(call)}`,
    `except ${client}.exceptions.ClientError as refusal:`,
    `${STEP}assert refusal.response["Error"]["Code"] == "${code}", refusal`,
    'else:',
    `${STEP}raise AssertionError("${operation} is not refused here")`,
  ].join('\n');
}

/** On one line where it is short. */
function listed(open: string, parts: readonly string[], close: string): string {
  const line = `${open}${parts.join(', ')}${close}`;
  if (line.length <= 60 && !line.includes('\n')) return line;
  return `${open}\n${parts.map((part) => `${STEP}${indentedOutsideOfTexts(part)},\n`).join('')}${close}`;
}

/** The lines of a text of several lines stay where they are: they are what it says. */
function indentedOutsideOfTexts(part: string): string {
  return part.includes('"""') ? part : indented(part, STEP);
}

/** A text of several lines is written as such, where nothing in it needs an escape. */
function text(text: string): string {
  const isPlain = text.includes('\n') && !/[\\\r\t]|"""|"$/.test(text);
  return isPlain ? `"""${text}"""` : JSON.stringify(text);
}
