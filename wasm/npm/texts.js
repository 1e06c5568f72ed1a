/**
 * Texts for the module, which believes whatever it is handed to be what it should be: a number in the place of a text would
 * make it write where it must not.
 */

/** The text itself; `what` names it where it is not one. */
export function textOf(value, what) {
  if (typeof value === 'string') return value;
  throw new TypeError(`${what} must be a text, not ${kindOf(value)}`);
}

/** The same for a text that may be missing. */
export function optionalText(value, what) {
  return value === undefined || value === null ? undefined : textOf(value, what);
}

/** What is said of an entry: in a structure of entries, nothing would remove it, which nobody means who says what it is. */
export function entryOf(said, name) {
  if (said === undefined || said === null) throw new TypeError(`it is not said what ${name} is: to remove it, call remove`);
  return said;
}

/** What stands where something else should. */
export function kindOf(value) {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
