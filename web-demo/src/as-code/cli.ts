// Calls as commands of the AWS CLI, versions 1 and 2, for `bash`.
import { Variable, quoted, type Word } from './shell';
import { kebab, snake } from './spelling';
import { toBase64 } from '../kms/bytes';
import {
  FromEnvironment,
  FromFile,
  FromReply,
  Names,
  instant,
  isList,
  isMembers,
  nameOf,
  onOneLine,
  type Members,
  type Step,
  type Surroundings,
  type Value,
} from './values';

/** The CLI takes such a text for the name of something to read, version 1 even from the network. */
const IS_READ = /^(fileb?|https?):\/\//;

/** What the CLI's own short form of maps can say. */
const SHORT = /^[\w./-]+$/;

export function commands(steps: readonly Step[], surroundings: Surroundings): string {
  const script = new Script(steps, surroundings);
  const blocks = steps.map((step) => script.step(step));
  const head = steps.length > 1 ? ['#!/usr/bin/env bash\nset -euo pipefail'] : [];
  return `${[...head, ...blocks].join('\n\n')}\n`;
}

class Script {
  #variables = new Map<FromReply, string>();
  #caller = '';
  #hasSeveral: boolean;
  /** Whether it goes on behind a step, and stops where one does not end as it did. */
  #isScript: boolean;

  constructor(
    steps: readonly Step[],
    readonly surroundings: Surroundings,
  ) {
    const names = new Names();
    for (const told of steps.flatMap((step) => step.told)) {
      this.#variables.set(told, names.next(snake(told.path.at(-1) ?? 'reply').toUpperCase(), '_'));
    }
    this.#hasSeveral = new Set(steps.map(({ caller }) => caller)).size > 1;
    this.#isScript = steps.length > 1;
  }

  step(step: Step): string {
    const lines = this.#as(step);
    const options = [`--region ${quoted([step.region])}`, ...this.#options(step.input, lines)];
    const endpoint = this.surroundings.api === null ? '' : ` --endpoint-url ${this.surroundings.api}`;
    const paths = step.told.map(({ path }) => path.join('.'));
    if (paths.length > 0) options.push(`--query ${quoted([paths.length === 1 ? (paths[0] ?? '') : `[${paths}]`])}`, '--output text');
    const command = [`aws${endpoint} kms ${kebab(step.operation)}`, ...options].join(' \\\n  ');
    return [...lines, ...this.#run(step, command)].join('\n');
  }

  /** Who calls, where that is somebody else than before. */
  #as({ caller, hasMore }: Step): string[] {
    const more = hasMore ? ['# Session policies, tags and where the call comes from are not part of this code.'] : [];
    if (caller === this.#caller) return more;
    this.#caller = caller;
    if (this.surroundings.api !== null) return [`export AWS_ACCESS_KEY_ID=${quoted([caller])} AWS_SECRET_ACCESS_KEY=any`, ...more];
    return [`# As ${onOneLine(caller)}`, ...(this.#hasSeveral ? [`export AWS_PROFILE=${quoted([nameOf(caller)])}`] : []), ...more];
  }

  #run({ told, refused, operation }: Step, command: string): string[] {
    const [first, ...others] = told.map((part) => this.#variables.get(part) ?? '');
    if (this.#isScript && refused !== undefined) {
      const stop = [`if REFUSAL=$(${command} 2>&1); then`, `  echo '${operation} is not refused here' >&2`, '  exit 1', 'fi'];
      return [...stop, `[[ $REFUSAL == *'(${refused})'* ]]`];
    }
    if (first === undefined) return [command];
    if (others.length === 0) return [`${first}=$(${command})`];
    return [`RESULT=$(${command})`, `read -r ${[first, ...others].join(' ')} <<< "$RESULT"`];
  }

  /** One option for each member; files that the options name are written before the command. */
  #options(input: Members, before: string[]): string[] {
    const entries = Object.entries(input);
    const read = entries.filter(([, value]) => typeof value === 'string' && IS_READ.test(value));
    const options = entries.filter((entry) => !read.includes(entry)).map(([name, value]) => this.#option(name, value, before));
    return read.length === 0 ? options : [...options, `--cli-input-json ${quoted(this.#json(Object.fromEntries(read)))}`];
  }

  #option(name: string, value: Value, before: string[]): string {
    const flag = `--${kebab(name)}`;
    if (typeof value === 'boolean') return value ? flag : `--no-${kebab(name)}`;
    if (value instanceof FromFile) return `${flag} fileb://${value.name}`;
    if (value instanceof Uint8Array || (value instanceof FromReply && value.isBytes)) {
      const file = `${kebab(name)}.bin`;
      before.push(`printf %s ${quoted(this.#bytes(value))} | base64 --decode > ${file}`);
      return `${flag} fileb://${file}`;
    }
    if (isList(value)) return `${flag} ${this.#list(value)}`;
    if (isMembers(value)) return `${flag} ${shortMap(value) ?? quoted(this.#json(value))}`;
    const word = this.#scalar(value);
    // Behind a space it would be taken for an option.
    return `${flag}${word[0]?.toString().startsWith('-') ? '=' : ' '}${quoted(word)}`;
  }

  #list(list: readonly Value[]): string {
    const words = list.map((value) => (typeof value === 'string' && SHORT.test(value) && !value.startsWith('-') ? value : undefined));
    if (list.length > 0 && words.every((word) => word !== undefined)) return words.join(' ');
    if (list.length > 0 && list.every((value) => value instanceof FromReply)) return list.map((value) => quoted(this.#scalar(value))).join(' ');
    const maps = list.map((value) => (isMembers(value) ? shortMap(value) : undefined));
    if (list.length > 0 && maps.every((map) => map !== undefined)) return maps.join(' ');
    return quoted(this.#json(list));
  }

  #bytes(value: Uint8Array | FromReply): Word {
    return value instanceof FromReply ? this.#scalar(value) : [toBase64(value)];
  }

  #scalar(value: Value): Word {
    if (value instanceof FromReply) return [new Variable(this.#variables.get(value) ?? '')];
    if (value instanceof FromEnvironment) return [new Variable(value.name)];
    if (value instanceof Date) return [instant(value)];
    return [String(value)];
  }

  #json(value: Value): Word {
    if (isList(value)) return joined(value.map((part) => this.#json(part)), '[', ']');
    if (isMembers(value)) return joined(Object.entries(value).map(([name, part]) => [`${JSON.stringify(name)}: `, ...this.#json(part)]), '{', '}');
    if (value instanceof Uint8Array) return [JSON.stringify(toBase64(value))];
    if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
    if (typeof value === 'string') return [JSON.stringify(value)];
    return ['"', ...this.#scalar(value), '"'];
  }
}

function joined(parts: readonly Word[], open: string, close: string): Word {
  return merged([open, ...parts.flatMap((part, at) => (at === 0 ? part : [', ', ...part])), close]);
}

/** Neighbouring texts are one, so that they share their quotes. */
function merged(word: Word): Word {
  const whole: (string | Variable)[] = [];
  for (const part of word) {
    const last = whole.at(-1);
    if (typeof part === 'string' && typeof last === 'string') whole[whole.length - 1] = last + part;
    else whole.push(part);
  }
  return whole;
}

/** `name=value,other=value`, where the values are so plain that this says what is meant. */
function shortMap(map: Members): string | undefined {
  const entries = Object.entries(map);
  const isShort = entries.length > 0 && entries.every(([name, value]) => SHORT.test(name) && typeof value === 'string' && SHORT.test(value));
  return isShort ? entries.map(([name, value]) => `${name}=${value}`).join(',') : undefined;
}
