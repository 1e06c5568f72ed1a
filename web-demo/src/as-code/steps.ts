// Calls that were made, as steps of a program: what an earlier reply told is taken from there, as ids are others in each run.
import { toBase64 } from '../kms/bytes';
import { FromReply, isList, isMembers, type Members, type Step, type Value } from './values';

/** What is known of a call that was made. */
export interface Recorded {
  operation: string;
  /** Without secrets. */
  input: Members;
  /** What its reply told that other calls may take. */
  told: readonly Told[];
  region: string;
  caller: string;
  hasMore: boolean;
  refused: string | undefined;
}

/** A member of a reply, with its text, or its bytes in base64. */
export interface Told {
  path: readonly string[];
  text: string;
  isBytes: boolean;
}

export function stepsOf(calls: readonly Recorded[]): Step[] {
  const known = new Known();
  const inputs = calls.map(({ input, told }, at) => {
    const members = known.linked(input) as Members;
    for (const part of told) known.add(part, at);
    return members;
  });
  return calls.map(({ operation, region, caller, hasMore, refused }, at) => ({
    operation,
    input: inputs[at] ?? {},
    region,
    caller,
    hasMore,
    refused,
    told: known.used.filter(({ step }) => step === at),
  }));
}

/** What replies have told first. What a request named before any reply did stays as it is. */
class Known {
  #sources = new Map<string, FromReply>();
  #named = new Set<string>();
  readonly used: FromReply[] = [];

  add({ path, text, isBytes }: Told, step: number): void {
    const name = nameOf(text, isBytes);
    if (this.#named.has(name) || this.#sources.has(name)) return;
    this.#sources.set(name, new FromReply(step, path, isBytes));
  }

  linked(value: Value): Value {
    if (typeof value === 'string') return this.#source(value, nameOf(value, false));
    if (value instanceof Uint8Array) return this.#source(value, nameOf(toBase64(value), true));
    if (isList(value)) return value.map((part) => this.linked(part));
    if (!isMembers(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, this.linked(part)]));
  }

  #source(value: Value, name: string): Value {
    const source = this.#sources.get(name);
    if (!source) {
      this.#named.add(name);
      return value;
    }
    if (!this.used.includes(source)) this.used.push(source);
    return source;
  }
}

function nameOf(text: string, isBytes: boolean): string {
  return `${isBytes ? 'bytes' : 'text'} ${text}`;
}
