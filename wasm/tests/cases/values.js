/** What the values of a case stand for: references to earlier replies, bytes, repetitions. */

/** When every case begins. */
export const START = new Date('2026-01-01T00:00:00Z');

const DAY = 86_400_000;

/** The name and the argument of an object that stands for another value. */
export function directive(value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const members = Object.entries(value);
  return members.length === 1 && members[0][0].startsWith('$') ? members[0] : undefined;
}

/** What a value of a case stands for. */
export function evaluate(value, replies) {
  const [name, argument] = directive(value) ?? [];
  if (name === '$from') return found(argument, replies);
  if (name) return stands(name, evaluate(argument, replies));
  if (typeof value === 'string') return filled(value, replies);
  if (Array.isArray(value)) return value.map((element) => evaluate(element, replies));
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).map(([key, member]) => [filled(key, replies), evaluate(member, replies)]);
  return Object.fromEntries(members);
}

const STANDS = {
  $bytes: (text) => new TextEncoder().encode(text),
  $base64: (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)),
  $repeat: ([text, count]) => text.repeat(count),
  $join: joined,
  $json: (value) => JSON.stringify(value),
  $days: (days) => new Date(START.getTime() + days * DAY),
};

function stands(name, argument) {
  if (STANDS[name]) return STANDS[name](argument);
  throw new Error(`nothing is called ${name}`);
}

function joined(parts) {
  if (typeof parts[0] === 'string') return parts.join('');
  return new Uint8Array(parts.flatMap((bytes) => [...bytes]));
}

/** A text with its references replaced. */
function filled(text, replies) {
  return text.replace(/\$\$\{|\$\{([^}]*)\}/g, (all, path) => (path === undefined ? '${' : found(path, replies)));
}

/** What stands on a path of an earlier reply. */
function found(path, replies) {
  const value = path.split('.').reduce((inner, name) => inner?.[name], replies);
  if (value === undefined) throw new Error(`nothing stands at ${path}`);
  return value;
}
