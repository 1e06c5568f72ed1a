// Whether what came of a step is what the lesson tells, as cases are judged.
import { toBase64 } from '../kms/bytes';
import { directive, evaluate, isStructure, type Values } from './values';

/** Where something came otherwise, what the lesson tells, and what came. */
export interface Difference {
  /** A path in the reply, such as `KeyMetadata.KeyState`. */
  at: string;
  expected: string;
  found: string;
}

/** More would fill the panel. */
const MOST = 300;

/** The first place at which they differ; `undefined` where what came matches. */
export function difference(expected: unknown, actual: unknown, at: string, values: Values): Difference | undefined {
  const [name = '', argument] = directive(expected) ?? [];
  const matches = MATCHERS[name];
  if (matches) return matches(argument, actual, values) ? undefined : differs(at, `${name.slice(1)} ${shown(argument)}`, actual);
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return first(expected.entries(), actual, at, values);
  }
  if (name === '' && isStructure(expected) && isStructure(actual)) return first(Object.entries(expected), actual, at, values);
  const wanted = evaluate(expected, values);
  return isEqual(wanted, actual) ? undefined : differs(at, shown(wanted), actual);
}

type Matcher = (argument: unknown, actual: unknown, values: Values) => boolean;

const fits: Matcher = (expected, actual, values) => difference(expected, actual, '', values) === undefined;

/** Each says whether what is there matches the argument. */
const MATCHERS: Readonly<Record<string, Matcher>> = {
  $any: (_, actual) => actual !== undefined,
  $absent: (_, actual) => actual === undefined,
  $length: (length, actual) => lengthOf(actual) === length,
  $prefix: (prefix, actual, values) => typeof actual === 'string' && actual.startsWith(String(evaluate(prefix, values))),
  $contains: (part, actual, values) => typeof actual === 'string' && actual.includes(String(evaluate(part, values))),
  $not: (value, actual, values) => actual !== undefined && !fits(value, actual, values),
  $json: (value, actual, values) => isEqual(parsed(actual), evaluate(value, values)),
  $some: (value, actual, values) => Array.isArray(actual) && actual.some((element) => fits(value, element, values)),
  $exactly: (object, actual, values) =>
    fits(object, actual, values) && Object.keys(actual as object).every((name) => Object.hasOwn(object as object, name)),
};

function first(entries: Iterable<[string | number, unknown]>, actual: object, at: string, values: Values): Difference | undefined {
  for (const [name, value] of entries) {
    const inner = (actual as Record<string | number, unknown>)[name];
    const found = difference(value, inner, at === '' ? String(name) : `${at}.${name}`, values);
    if (found) return found;
  }
  return undefined;
}

function differs(at: string, expected: string, actual: unknown): Difference {
  return { at, expected, found: shown(actual) };
}

function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string') return [...value].length;
  return value instanceof Uint8Array || Array.isArray(value) ? value.length : undefined;
}

export function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}

/** Equal in every member and no more; bytes equal bytes, instants equal instants. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one instanceof Date && other instanceof Date) return one.getTime() === other.getTime();
  if (one === other || typeof one !== 'object' || typeof other !== 'object') return one === other;
  if (one === null || other === null || Array.isArray(one) !== Array.isArray(other)) return false;
  if (one instanceof Uint8Array !== other instanceof Uint8Array) return false;
  const [mine, theirs] = [Object.entries(one), Object.entries(other)];
  return mine.length === theirs.length && mine.every(([name, value]) => isEqual(value, (other as Record<string, unknown>)[name]));
}

/** Anything as a person reads it, bytes in base64. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : typeof value === 'string' ? value : (JSON.stringify(value, readable) ?? String(value));
  return text.length > MOST ? `${text.slice(0, MOST)}...` : text;
}

function readable(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? toBase64(value) : value;
}
