/** Records of which something can be asked and expected, of a world or of files: the core answers. */

import { expected } from './assertions.js';
import { instant } from './clock.js';
import { gathered, pagesOf } from './exports.js';
import { entered } from './module.js';
import { said } from './stores.js';

/** The members of questions that are instants, which may be written as for the clock. */
const INSTANTS = ['from', 'to'];

/** Records of which something can be asked: those of a world, or those that files have brought into it. */
export class Recorded {
  #host;
  #of;

  constructor(host, files = noFiles, of = undefined) {
    this.#host = host;
    this.#of = of;
    // What reads and writes files, which a host may not have.
    Object.defineProperty(this, 'files', { value: files });
  }

  /** Asks what has no method of its own. */
  ask(question, members = {}) {
    const text = JSON.stringify({ question, of: this.#of, ...members });
    return JSON.parse(entered(() => this.#host.asked.audit(text)));
  }

  /** The records that a filter chooses, oldest first unless it says otherwise. */
  events(filter = {}) {
    const behind = filter.order === 'newest' ? 'before' : 'after';
    const { records: found, ...first } = this.records(filter);
    for (let page = first; page.more && filter.limit === undefined;) {
      page = this.records({ ...filter, [behind]: page.next });
      for (const record of page.records) found.push(record);
    }
    return found;
  }

  /** A page of them, with their numbers, where to go on, and how many are not kept any more. */
  records({ after, before, limit, order, ...filter } = {}) {
    return this.ask('records', { after, before, limit, order, filter: dated(filter) });
  }

  /** What CloudTrail answers to LookupEvents. */
  lookupEvents(input = {}, { account, region } = {}) {
    const { Events, ...rest } = this.ask('lookup', { input: inSeconds(input), account, region });
    return { Events: Events.map((event) => ({ ...event, EventTime: new Date(event.EventTime * 1000) })), ...rest };
  }

  /** Writes records into files, in Node, or gives the texts of the files by their names. */
  async export(to, options) {
    const isPath = typeof to === 'string' || to instanceof URL;
    const { form = 'trail', after, ...filter } = (isPath ? options : to) ?? {};
    const pages = pagesOf((behind) => this.ask('export', { form, filter: dated(filter), after: behind }), after);
    if (!isPath) return gathered(pages);
    return (await this.files()).written(to, pages, form !== 'trail');
  }

  /** Expects calls of operations: at least one, unless the options say how many. */
  assertCalled(operation, { times, atLeast, atMost, after, ...filter } = {}) {
    this.#expect(this.assertCalled, { operation, filter: dated(filter), times, atLeast, atMost, after });
  }

  /** Expects no call of operations. */
  assertNotCalled(operation, { after, ...filter } = {}) {
    this.#expect(this.assertNotCalled, { operation, filter: dated(filter), never: true, after });
  }

  /** Expects that all records that the second filter chooses are such as the first one says. */
  assertAll(wanted, { after, ...filter } = {}) {
    this.#expect(this.assertAll, { all: dated(wanted), filter: dated(filter), after });
  }

  /** Expects calls behind one another: names of operations, or filters. */
  assertInOrder(...steps) {
    const inOrder = steps.map((step) => (typeof step === 'string' ? step : dated(step)));
    this.#expect(this.assertInOrder, { inOrder });
  }

  /** Expects that nobody was denied what a filter chooses. */
  neverDenied({ after, ...filter } = {}) {
    this.#expect(this.neverDenied, { filter: { ...dated(filter), outcome: 'denied' }, never: true, after });
  }

  #expect(method, members) {
    expected(this.ask('assert', members), method);
  }
}

/** Where there are no files. */
async function noFiles() {
  throw new TypeError('Node alone has files of records: elsewhere, `export` gives their texts, and `import` takes texts by their names');
}

/** The same with instants as the core reads them. */
export function dated(members) {
  const written = (value) => (typeof value === 'string' ? value : new Date(instant(value)).toISOString());
  const dates = INSTANTS.filter((name) => members[name] !== undefined).map((name) => [name, written(members[name])]);
  return said({ ...members, ...Object.fromEntries(dates) });
}

/** The same with dates in seconds, as requests of CloudTrail have them in JSON text. */
function inSeconds(input) {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, value instanceof Date ? value.getTime() / 1000 : value]));
}
