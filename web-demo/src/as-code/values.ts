// What stands in the code of a call: plain values, and what the code gets from elsewhere.

/** A part of the reply to an earlier call. */
export class FromReply {
  constructor(
    /** The place of that call among the steps. */
    readonly step: number,
    readonly path: readonly string[],
    readonly isBytes: boolean,
  ) {}
}

/** A secret, which code reads from a variable of its environment. */
export class FromEnvironment {
  constructor(readonly name: string) {}
}

/** Bytes that have to be made anew for each run, in a file. */
export class FromFile {
  constructor(readonly name: string) {}
}

export type Value = string | number | boolean | Date | Uint8Array | FromReply | FromEnvironment | FromFile | readonly Value[] | Members;

export interface Members {
  readonly [name: string]: Value;
}

/** A call as code repeats it. */
export interface Step {
  operation: string;
  input: Members;
  region: string;
  /** The ARN of the caller. */
  caller: string;
  /** Whether the credentials or the network of the call say more than code can. */
  hasMore: boolean;
  /** The exception with which the call is refused. */
  refused: string | undefined;
  /** What later steps take from the reply. */
  told: readonly FromReply[];
}

/** Where the code runs. */
export interface Surroundings {
  /** The address of an API of this world; `null` leads to AWS. */
  api: string | null;
}

export function isMembers(value: Value): value is Members {
  return typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** An instant in the form that all four languages read. */
export function instant(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}

/** A text within a comment, which ends with its line. */
export function onOneLine(text: string): string {
  return text.replace(/[\s\u2028\u2029]+/g, ' ');
}

/** The last part of an ARN: the name of the user, role or session. */
export function nameOf(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}

/** Each name gets a number behind it from its second use on. */
export class Names {
  #used = new Map<string, number>();

  next(name: string, separator = ''): string {
    const count = (this.#used.get(name) ?? 0) + 1;
    this.#used.set(name, count);
    return count === 1 ? name : `${name}${separator}${count}`;
  }
}
