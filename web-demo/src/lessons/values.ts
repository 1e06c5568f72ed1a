// What the values of a step stand for: references to earlier replies, bytes, repetitions.
import { fromBase64 } from '../kms/bytes';
import { START } from './lesson';

/** What names stand for: replies of the steps so far. */
export type Values = Readonly<Record<string, unknown>>;

/** The name and the argument of an object that stands for another value. */
export type Directive = readonly [name: string, argument: unknown];

/** A step needs what no earlier step has left. */
export class Missing extends Error {
  constructor(readonly path: string) {
    super(path);
  }
}

const DAY = 86_400_000;

export function directive(value: unknown): Directive | undefined {
  if (!isStructure(value)) return undefined;
  const [member, ...others] = Object.entries(value);
  return member && others.length === 0 && member[0].startsWith('$') ? member : undefined;
}

export function evaluate(value: unknown, values: Values): unknown {
  const [name, argument] = directive(value) ?? [];
  if (name === '$from') return found(String(argument), values);
  if (name !== undefined) return stands(name, evaluate(argument, values));
  if (typeof value === 'string') return filled(value, values);
  if (Array.isArray(value)) return value.map((element) => evaluate(element, values));
  if (!isStructure(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [filled(key, values), evaluate(member, values)]));
}

const STANDS: Readonly<Record<string, (argument: never) => unknown>> = {
  $bytes: (text: string) => new TextEncoder().encode(text),
  $base64: (text: string) => fromBase64(text),
  $repeat: ([text, count]: [string, number]) => text.repeat(count),
  $join: joined,
  $json: (value: unknown) => JSON.stringify(value),
  $days: (days: number) => new Date(START + days * DAY),
};

function stands(name: string, argument: unknown): unknown {
  const meaning = STANDS[name];
  if (!meaning) throw new Error(`Nothing is called ${name}.`);
  return meaning(argument as never);
}

function joined(parts: readonly string[] | readonly Uint8Array[]): unknown {
  if (typeof parts[0] === 'string') return parts.join('');
  return new Uint8Array((parts as readonly Uint8Array[]).flatMap((bytes) => [...bytes]));
}

const REFERENCE = /\$\$\{|\$\{([^}]*)\}/g;

/** A text with its references replaced; `shown` writes what stands there. */
export function filled(text: string, values: Values, shown: (value: unknown) => string = String): string {
  return text.replace(REFERENCE, (_, path: string | undefined) => (path === undefined ? '${' : shown(found(path, values))));
}

/** What stands on a path of an earlier reply. */
export function found(path: string, values: Values): unknown {
  const value = path.split('.').reduce<unknown>(member, values);
  if (value === undefined) throw new Missing(path);
  return value;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

export function isStructure(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
