/** Options of calls: an unknown one is refused, with the name that was probably meant. */

import { kindOf } from './texts.js';

/** Refuses an option that `what` does not take, such as a misspelled one; `elsewhere` says where the others belong. */
export function known(what, options, names, elsewhere = '') {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`the options of ${what} are a structure, such as { ${names[0]}: ... }, not ${kindOf(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) throw new TypeError(`${what} takes no option '${name}': ${advice(name, names, elsewhere)}`);
  }
}

/** What to write instead of an unknown name. */
export function advice(name, names, elsewhere = '') {
  const [nearest] = names.map((each) => [distance(name, each), each]).sort(([one], [other]) => one - other);
  if (nearest?.[0] <= 2) return `did you mean '${nearest[1]}'?`;
  return names.length > 0 ? `it takes ${names.join(', ')}${elsewhere}` : 'it takes none';
}

/** How many letters must be put, removed, changed or swapped with their neighbour to get from one name to another. */
function distance(from, to) {
  const rows = [[]];
  for (let column = 0; column <= to.length; column += 1) rows[0].push(column);
  for (let row = 1; row <= from.length; row += 1) {
    rows.push([row]);
    for (let column = 1; column <= to.length; column += 1) {
      const [above, here] = [rows[row - 1], rows[row]];
      const changed = from[row - 1] === to[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const ways = [above[column] + 1, here[column - 1] + 1, above[column - 1] + changed];
      here.push(Math.min(...ways, swapped ? rows[row - 2][column - 2] + 1 : Infinity));
    }
  }
  return rows[from.length][to.length];
}

/** The same with names as JavaScript writes them: the core tells `request_id`. */
export function camelMembers(told) {
  const camel = (name) => name.replaceAll(/_[a-z]/g, ([, letter]) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(told).map(([name, value]) => [camel(name), value]));
}

/** A port, as a number or as its digits. */
export function portNumber(text) {
  const number = Number(text);
  if (/^\d+$/.test(text) && number < 65536) return number;
  throw new Error(`a port is a number from 0 to 65535, not ${text}`);
}
