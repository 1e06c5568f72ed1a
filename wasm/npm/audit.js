/**
 * What is told of a world's calls: records, metrics, events, alarms, and what follows from them.
 *
 * Every method is a question that the core answers; here are the names of JavaScript alone.
 */

import { Following } from './following.js';
import { Imported } from './imported.js';
import { DISPOSE } from './mark.js';
import { entered } from './module.js';
import { camelMembers, known } from './options.js';
import { Recorded, dated } from './recorded.js';

/** How many records are asked for at a time. */
const PAGE = 1000;

/** What was recorded of a world's calls. */
export class Audit extends Recorded {
  #host;
  #templates;

  constructor(host, { auditFiles, templates }) {
    super(host, auditFiles);
    this.#host = host;
    this.#templates = templates;
  }

  /** What is told of calls, and how many records are kept. */
  get options() {
    return camelMembers(entered(() => this.#host.asked.auditOptions));
  }

  /** Sets some of these options from now on. */
  set(options) {
    entered(() => this.#host.world.setAudit(options));
  }

  /** Brings records of files into this world, beside its own: paths in Node, or texts or bytes by their names. */
  async import(source, options = {}) {
    known('import', options, ['into']);
    const isPath = typeof source === 'string' || source instanceof URL || Array.isArray(source);
    if (!isPath && (typeof source !== 'object' || source === null)) throw new TypeError('records are imported from paths, or from texts or bytes by the names of their files');
    const found = isPath ? (await this.files()).read(source) : Object.entries(source);
    return Imported.read(this.#host, found, this.files, options.into);
  }

  /** Expects, when it is disposed of, that from now on nothing was denied but what a filter expects. */
  undenied(awaited) {
    const after = this.#newest();
    const dispose = () => (awaited === undefined ? this.neverDenied({ after }) : this.assertAll(awaited, { outcome: 'denied', after }));
    return { dispose, [DISPOSE]: dispose };
  }

  /** Records as they come. */
  follow({ signal, after, ...filter } = {}) {
    return this.#following(signal, after, (behind) => {
      const { records: told, next, more } = this.records({ ...filter, after: behind, limit: PAGE });
      return { told, next, more };
    });
  }

  /** Events of EventBridge, oldest first. */
  eventbridge({ after, ...options } = {}) {
    const found = [];
    for (let page = { next: after, more: true }; page.more;) {
      page = this.ask('events', { ...options, after: page.next });
      for (const event of page.events) found.push(event);
    }
    return found;
  }

  /** The same as they come. */
  followEventbridge({ signal, after, ...options } = {}) {
    return this.#following(signal, after, (behind) => {
      const { events: told, next, more } = this.ask('events', { ...options, after: behind });
      return { told, next, more };
    });
  }

  /** The metrics that there are. */
  metrics(wanted = {}) {
    return this.ask('metrics', wanted).metrics;
  }

  /** The periods of a metric that have values. */
  metricData(name, options = {}) {
    return this.ask('metric_data', { name, ...dated(options) }).data.map(timed);
  }

  /** What all metrics have come to, in the text form of OpenMetrics. */
  openMetrics() {
    return this.ask('open_metrics').text;
  }

  /** Puts alarms, removes others, and tells how all of them stand and have changed. */
  alarms(options = {}) {
    const { alarms, changes, ...told } = this.ask('alarms', options);
    return { alarms: alarms.map(timed), changes: changes.map(timed), ...told };
  }

  /** Changes of alarms as they come. */
  followAlarms({ signal, after = this.alarms().next } = {}) {
    return this.#following(signal, after, (behind) => {
      const { changes: told, next } = this.alarms({ after: behind });
      return { told, next, more: false };
    });
  }

  /** The least by which the recorded calls of somebody come to what they came to. */
  leastPrivilege(principal, options = {}) {
    return this.ask('least_privilege', { principal, ...filtered(options) });
  }

  /** The same as infrastructure code. */
  async leastPrivilegeAs(format, principal, options = {}) {
    const { inventory } = this.leastPrivilege(principal, { ...options, inventory: true });
    const { written } = await import('./templates.js');
    return written(this.#templates, inventory, format);
  }

  /** What was granted to somebody, and never needed. */
  unused(principal, options = {}) {
    return this.ask('unused', { principal, ...filtered(options) });
  }

  /** Who has used a key, how often, when and how. */
  usersOf(key, options = {}) {
    return this.ask('users_of', { key, ...filtered(options) });
  }

  /** Whose recorded calls would have failed without a key. */
  dryDeletion(key, options = {}) {
    return this.ask('dry_deletion', { key, ...filtered(options) });
  }

  /** What in the records asks for attention. */
  findings(options = {}) {
    return this.ask('findings', filtered(options)).findings;
  }

  /** What is different in another world, or has changed in this one between two moments. */
  diff(other = {}) {
    return this.ask('diff', typeof other.inventory === 'function' ? { after: other.inventory() } : dated(other));
  }

  /** What `console.log` shows in Node. */
  [Symbol.for('nodejs.util.inspect.custom')]() {
    return 'Audit';
  }

  /** The number of the newest record. */
  #newest() {
    const { numbers: [newest], oldest } = this.records({ order: 'newest', limit: 1 });
    return newest ?? oldest - 1;
  }

  #following(signal, after, read) {
    return new Following(this.#host, read, after ?? this.#newest(), signal);
  }
}

/** The same with the instants of its filter as the core reads them. */
function filtered({ filter = {}, ...options }) {
  return { ...options, filter: dated(filter) };
}

/** The same with its instants, which JSON text has in seconds, as `Date`. */
function timed(told) {
  const seconds = ['time', 'since'].filter((name) => name in told);
  return { ...told, ...Object.fromEntries(seconds.map((name) => [name, new Date(told[name] * 1000)])) };
}
