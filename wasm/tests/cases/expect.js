/** Whether a reply holds what a case expects of it. */

import { directive, evaluate } from './values.js';

/** Where and how `actual` differs; `undefined` where it matches. */
export function difference(expected, actual, at, replies) {
  const [name, argument] = directive(expected) ?? [];
  if (MATCHERS[name]) return matched(name, argument, actual, at, replies);
  if (!name && Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return first(expected.entries(), actual, at, replies);
  }
  if (!name && isStructure(expected) && isStructure(actual)) {
    return first(Object.entries(expected), actual, at, replies);
  }
  const wanted = evaluate(expected, replies);
  return isEqual(wanted, actual) ? undefined : `${at}: expected ${shown(wanted)}, found ${shown(actual)}`;
}

/** Each says whether what is there matches the argument. */
const MATCHERS = {
  $any: (_, actual) => actual !== undefined,
  $absent: (_, actual) => actual === undefined,
  $length: (length, actual) => (typeof actual === 'string' ? [...actual] : actual)?.length === length,
  $prefix: (prefix, actual, replies) => typeof actual === 'string' && actual.startsWith(evaluate(prefix, replies)),
  $contains: (part, actual, replies) => typeof actual === 'string' && actual.includes(evaluate(part, replies)),
  $not: (value, actual, replies) => actual !== undefined && difference(value, actual, '', replies) !== undefined,
  $json: (value, actual, replies) => isEqual(parsed(actual), evaluate(value, replies)),
  $some: (value, actual, replies) =>
    Array.isArray(actual) && actual.some((element) => difference(value, element, '', replies) === undefined),
  $exactly: (object, actual, replies) =>
    difference(object, actual, '', replies) === undefined && Object.keys(actual).every((name) => name in object),
};

function matched(name, argument, actual, at, replies) {
  if (MATCHERS[name](argument, actual, replies)) return undefined;
  return `${at}: expected ${name} ${shown(argument)}, found ${shown(actual)}`;
}

function first(entries, actual, at, replies) {
  for (const [name, value] of entries) {
    const found = difference(value, actual[name], `${at}.${name}`, replies);
    if (found) return found;
  }
  return undefined;
}

function isStructure(value) {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Equal in every member and no more; bytes equal bytes, instants equal instants. */
function isEqual(one, other) {
  if (one instanceof Date && other instanceof Date) return one.getTime() === other.getTime();
  if (one === other || typeof one !== 'object' || typeof other !== 'object') return one === other;
  if (one === null || other === null || Array.isArray(one) !== Array.isArray(other)) return false;
  if (one instanceof Uint8Array !== other instanceof Uint8Array) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => isEqual(one[name], other[name]));
}

function shown(value) {
  if (value instanceof Uint8Array) return `<${value.length} bytes>`;
  return JSON.stringify(value)?.slice(0, 2000) ?? String(value);
}
