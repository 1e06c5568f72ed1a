// Calls as a program in JavaScript, with the AWS SDK for JavaScript v3.
import { asText, indented, programOf, remarks, type Client, type Program } from './program';
import { camel } from './spelling';
import { toBase64 } from '../kms/bytes';
import { FromEnvironment, FromFile, FromReply, instant, isList, isMembers, type Step, type Surroundings, type Value } from './values';

const STEP = '  ';

export function javascript(steps: readonly Step[], { api }: Surroundings): string {
  const program = programOf(steps, 'client', camel);
  const writer = new Writer(program);
  const body = steps.map((step) => writer.step(step, steps.length > 1));
  const withProfiles = api === null && program.clients.some(({ profile }) => profile !== undefined);
  const clients = program.clients.map((client) => opened(client, api));
  return `${[writer.imports(steps, withProfiles), ...clients, ...body].join('\n\n')}\n`;
}

function opened(client: Client, api: string | null): string {
  const { name, region, caller, profile } = client;
  const options = [`region: ${JSON.stringify(region)}`];
  if (api !== null) {
    options.push(`endpoint: "${api}"`, `credentials: { accessKeyId: ${JSON.stringify(caller)}, secretAccessKey: "any" }`);
  } else if (profile !== undefined) options.push(`credentials: fromIni({ profile: ${JSON.stringify(profile)} })`);
  const said = remarks(client).map((remark) => `// ${remark}`);
  return [...said, `const ${name} = new KMSClient(${object(options)});`].join('\n');
}

class Writer {
  #readsFiles = false;
  #expects = false;

  constructor(readonly program: Program) {}

  imports(steps: readonly Step[], withProfiles: boolean): string {
    const commands = [...new Set(steps.map(({ operation }) => `${operation}Command`))].sort();
    const names = ['KMSClient', ...commands];
    const line = `import { ${names.join(', ')} } from "@aws-sdk/client-kms";`;
    return [
      ...(this.#expects ? ['import assert from "node:assert/strict";'] : []),
      ...(this.#readsFiles ? ['import { readFileSync } from "node:fs";'] : []),
      line.length <= 100 ? line : `import {\n${names.map((name) => `${STEP}${name},\n`).join('')}} from "@aws-sdk/client-kms";`,
      ...(withProfiles ? ['import { fromIni } from "@aws-sdk/credential-providers";'] : []),
    ].join('\n');
  }

  step(step: Step, isScript: boolean): string {
    const { operation, input, refused } = step;
    const members = Object.entries(input).map(([name, value]) => `${name}: ${this.#value(value)}`);
    const call = `${this.program.clientOf(step).name}.send(new ${operation}Command(${object(members)}))`;
    if (isScript && refused !== undefined) {
      this.#expects = true;
      return `await assert.rejects(${call}, { name: "${refused}" });`;
    }
    const reply = this.program.replyOf(step);
    return `${reply === undefined ? '' : `const ${reply} = `}await ${call};`;
  }

  #value(value: Value): string {
    if (value instanceof FromReply) return [this.program.replyOf(this.program.stepOf(value)) ?? '', ...value.path].join('.');
    if (value instanceof FromEnvironment) return `process.env.${value.name}`;
    if (value instanceof FromFile) return this.#file(value);
    if (value instanceof Date) return `new Date("${instant(value)}")`;
    if (value instanceof Uint8Array) return bytes(value);
    if (typeof value === 'string') return text(value);
    if (isList(value)) return listed('[', value.map((part) => this.#value(part)), ']');
    if (isMembers(value)) return object(Object.entries(value).map(([name, part]) => `${property(name)}: ${this.#value(part)}`));
    return String(value);
  }

  #file({ name }: FromFile): string {
    this.#readsFiles = true;
    return `readFileSync("${name}")`;
  }
}

function bytes(value: Uint8Array): string {
  const text = asText(value);
  return text === undefined ? `Buffer.from("${toBase64(value)}", "base64")` : `Buffer.from(${JSON.stringify(text)})`;
}

/** A name, in quotes where the language needs them; unquoted, `__proto__` would not be a member. */
function property(name: string): string {
  if (name === '__proto__') return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function object(members: readonly string[]): string {
  return members.length === 0 ? '{}' : listed('{ ', members, ' }');
}

/** On one line where it is short. */
function listed(open: string, parts: readonly string[], close: string): string {
  const line = `${open}${parts.join(', ')}${close}`;
  if (line.length <= 60 && !line.includes('\n')) return line;
  return `${open.trim()}\n${parts.map((part) => `${STEP}${indentedOutsideOfTexts(part)},\n`).join('')}${close.trim()}`;
}

/** The lines of a text of several lines stay where they are: they are what it says. */
function indentedOutsideOfTexts(part: string): string {
  return part.includes('`') ? part : indented(part, STEP);
}

/** A text of several lines is written as such, where nothing in it needs an escape. */
function text(text: string): string {
  const isPlain = text.includes('\n') && !/[\\\r`]|\$\{/.test(text);
  return isPlain ? `\`${text}\`` : JSON.stringify(text);
}
