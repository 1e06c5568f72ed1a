/** A world of KMS in memory, for every host of JavaScript. */

import { Host } from './answers.js';
import { Audit } from './audit.js';
import { bytesOf } from './bytes.js';
import { Clock, instant } from './clock.js';
import { Cluster, EndpointService } from './clusters.js';
import { Directory } from './directory.js';
import { Enclave } from './enclave.js';
import { Faults } from './faults.js';
import { intercept } from './intercept.js';
import { linkOf, recipeOf } from './links.js';
import { DISPOSE } from './mark.js';
import { entered, load, loadedBuild } from './module.js';
import { camelMembers, known } from './options.js';
import { World } from './pkg/pocket_kms.js';
import { KeyStoreProxy } from './proxy.js';
import { RequestHandler } from './request-handler.js';
import { Quotas, Settings } from './settings.js';
import { Registered, registerOne, said, Stores } from './stores.js';
import { entryOf, optionalText, textOf } from './texts.js';

const MADE_HERE = Symbol('made by create, restore or fork');

/** What `create` takes. */
const CREATED = ['seed', 'now', 'account', 'insecureKeyPool', 'history', 'audit', 'module', 'proxies', 'proxyCa', 'keepRecipe'];

/** What `fromRecipe` and `fromLink` take. */
const FROM_RECIPE = ['history', 'audit', 'module', 'proxies', 'proxyCa', 'keepRecipe'];

/** What `simulate` takes: what `explain` does, and policies in place of those that are installed. */
const SIMULATED = [
  'region', 'caller', 'origin', 'keyPolicy', 'identityPolicies', 'permissionsBoundary', 'sessionPolicies',
  'serviceControlPolicies', 'resourceControlPolicies', 'endpointPolicy', 'grants',
];

/** All accounts and Regions of one simulated AWS; `create` makes one. */
export class PocketKms {
  #host;

  constructor(world, mark, proxies) {
    if (mark !== MADE_HERE) throw new TypeError('use `await PocketKms.create()`');
    this.#host = new Host(world, this.constructor.keyInWorker, proxies);
    /** The world's clock. */
    this.clock = new Clock(this.#host);
  }

  /** The world, from here on entered by this file alone. */
  get #world() {
    return this.#host.world;
  }

  /** A new world. */
  static async create(options = {}) {
    known('create', options, CREATED);
    const { seed, now, insecureKeyPool = false, history, module, keepRecipe = false } = options;
    const account = optionalText(options.account, 'the account');
    const proxies = await this.proxies(options);
    await load(this.builds, module, this.native);
    const start = now === undefined ? undefined : instant(now);
    const world = () => new World(seedBytes(seed), start, account, insecureKeyPool, states(history), keepRecipe);
    return made(this, entered(world), options, proxies);
  }

  /** What sends requests to the proxies of external key stores; Node can. */
  static async proxies({ proxies, proxyCa }) {
    if (proxies === undefined && proxyCa === undefined) return undefined;
    throw new TypeError('Node alone sends requests to proxies: elsewhere, register a proxy of the world itself');
  }

  /** A new world of what a template says. */
  static async fromTemplate(template, options = {}) {
    known('fromTemplate', options, [...CREATED, 'parameters', 'region', 'stackName', 'imports']);
    const { parameters, region, stackName, imports, ...created } = options;
    const kms = await this.create(created);
    try {
      await kms.loadTemplate(template, { parameters, region, stackName, imports });
    } catch (error) {
      kms.dispose();
      throw error;
    }
    return kms;
  }

  /** A new world of a recipe: a structure, or its text. */
  static async fromRecipe(recipe, options = {}) {
    known('fromRecipe', options, FROM_RECIPE);
    const { history, module, keepRecipe = true } = options;
    const text = recipeText(recipe);
    const proxies = await this.proxies(options);
    await load(this.builds, module, this.native);
    const world = entered(() => World.fromRecipe(text, states(history), keepRecipe));
    return made(this, world, options, proxies);
  }

  /** A new world of the recipe that a link carries. */
  static async fromLink(link, options = {}) {
    known('fromLink', options, FROM_RECIPE);
    return this.fromRecipe(await recipeOf(link), options);
  }

  /** The recipe that a link carries, as JSON text; nothing of it is done. */
  static recipeOf(link) {
    return recipeOf(link);
  }

  /** The recipe of what was done to this world so far. */
  recipe() {
    return JSON.parse(entered(() => this.#world.recipe()));
  }

  /** A link that carries this world to the page of a playground: its recipe, compressed. */
  async link(base) {
    return linkOf(entered(() => this.#world.recipe()), base);
  }

  /** The texts of a template by the names of its files; Node reads paths, too. */
  static async files(template) {
    if (typeof template === 'object' && template !== null && !Array.isArray(template)) return template;
    throw new TypeError("a template is its text by the name of its file, such as { 'template.yaml': text }: there are no paths here");
  }

  /** The world of a snapshot. */
  static async restore(bytes, rootKey, options = {}) {
    known('restore', options, ['history', 'audit', 'module', 'proxies', 'proxyCa']);
    const proxies = await this.proxies(options);
    await load(this.builds, options.module, this.native);
    const world = entered(() => World.restore(bytesOf(bytes, 'a snapshot'), bytesOf(rootKey, 'the root key')));
    entered(() => world.keepHistory(states(options.history)));
    return made(this, world, options, proxies);
  }

  /** Which build of the module runs: `wide-arithmetic` where the engine knows it, `baseline` or `given`. */
  static get build() {
    return loadedBuild();
  }

  /** The account of callers that name none. */
  get account() {
    return entered(() => this.#world.account);
  }

  /** Makes a call: structures are objects, blobs `Uint8Array`, timestamps `Date`. */
  async call(operation, input, options) {
    const name = operationName(operation);
    if (options === undefined) return this.#host.answered(() => this.#world.call(name, input));
    const { region, caller, origin } = placed('call', options);
    return this.#host.answered(() => this.#world.call(name, input, region, caller, origin));
  }

  /** Makes a call, and tells what happened in order; a refusal is told, not thrown. */
  async trace(operation, input, options = {}) {
    const name = operationName(operation);
    const { region, caller, origin } = placed('trace', options);
    return this.#host.answered(() => this.#world.call(name, input, region, caller, origin, true));
  }

  /** What would become of a call, and why; nothing is done. */
  explain(operation, input, options = {}) {
    const name = operationName(operation);
    const { region, caller, origin } = placed('explain', options);
    return entered(() => this.#world.explain(name, input, region, caller, origin));
  }

  /** The calls that were denied, behind the one with the number `after`, oldest first. */
  denials(after = 0) {
    return entered(() => this.#world.denials(after)).map(camelMembers);
  }

  /** What was recorded of calls, and what tests expect of it. */
  get audit() {
    return new Audit(this.#host, this.constructor);
  }

  /** What `new KMSClient({ requestHandler })` wants. */
  requestHandler(options = {}) {
    known('requestHandler', options, ['caller', 'origin', 'requestTimeout']);
    return entered(() => new RequestHandler(this.#host, options));
  }

  /** What `new KMSClient` wants, so that this world serves the client. */
  clientConfig(options = {}) {
    const beside = '; options of the SDK stand beside it: new KMSClient({ ...kms.clientConfig(), logger })';
    known('clientConfig', options, ['region', 'caller', 'origin', 'requestTimeout'], beside);
    const { region = 'us-east-1', ...served } = options;
    return { region, credentials: this.#credentials(), requestHandler: this.requestHandler(served) };
  }

  /** Serves every client of a class, also of code that knows nothing of this world, until it is disposed of. */
  intercept(Client, options = {}) {
    known('intercept', options, ['caller', 'origin']);
    return intercept(Client, this.requestHandler(options), this.#credentials());
  }

  /** Those of the root user of this world's account. */
  #credentials() {
    return { accessKeyId: this.account, secretAccessKey: 'any' };
  }

  /** Starts a simulated Nitro enclave, whose attestation documents this world believes. */
  enclave(wish = {}) {
    return Enclave.start(this.#host, wish);
  }

  /** What a symmetric ciphertext blob says about itself, `null` for other bytes; with options, also what keeps it closed. */
  inspect(blob, options) {
    const bytes = bytesOf(blob, 'a ciphertext blob');
    if (options === undefined) return entered(() => this.#world.inspect(bytes));
    known('inspect', options, ['key', 'encryptionContext', 'account', 'region']);
    return this.#asked('inspect', { blob: bytes, ...options });
  }

  /** When something falls due next; `null` when nothing does. */
  get nextDeadline() {
    const millis = entered(() => this.#world.nextDeadline);
    return millis === undefined ? null : new Date(millis);
  }

  /** What falls due, soonest first, as things stand: at most so much. */
  deadlines(most = 1000) {
    return entered(() => this.#world.deadlines(most));
  }

  /** Who there is, and what their policies say. */
  get directory() {
    return new Directory(this.#host);
  }

  /** Brings what a template says into this world: all of it, or nothing. */
  async loadTemplate(template, options = {}) {
    known('loadTemplate', options, ['parameters', 'region', 'account', 'stackName', 'imports']);
    const files = await this.constructor.files(template);
    const { plan } = await import('./templates.js');
    const { recipe, ...told } = await plan(this.constructor.templates, files, { account: this.account, ...said(options) });
    const { given } = this.perform(recipe);
    return { names: given, leftOut: told.leftOut, assumed: told.assumed };
  }

  /** Performs a recipe, all of it or nothing. */
  perform(recipe) {
    const text = recipeText(recipe);
    return JSON.parse(entered(() => this.#world.perform(text)));
  }

  /** Everything that is in this world, as data without secrets. */
  inventory() {
    return JSON.parse(entered(() => this.#world.inventory()));
  }

  /** What a policy does not do as its author may think. */
  async lint(document, options = {}) {
    known('lint', options, ['kind', 'account']);
    const { answered } = await import('./templates.js');
    return answered(this.constructor.templates, 'lint', { document, account: this.account, ...said(options) });
  }

  /** This world as infrastructure code. */
  async export(format) {
    const { written } = await import('./templates.js');
    return written(this.constructor.templates, this.inventory(), format);
  }

  /** Who can do something, by which paths, and under which conditions. */
  whoCan(action, key, options = {}) {
    known('whoCan', options, ['context', 'origin', 'closed', 'grant', 'account', 'region']);
    return this.#asked('who_can', { action, key, ...options });
  }

  /** What somebody can do, and with which keys. */
  whatCan(principal, options = {}) {
    known('whatCan', options, ['keys', 'actions', 'context', 'closed', 'after', 'account', 'region']);
    return this.#asked('what_can', { principal, ...options });
  }

  /** What would become of a call by policies that are not installed. */
  simulate(operation, input, options = {}) {
    known('simulate', options, SIMULATED);
    return this.#asked('simulate', { operation, input, ...options });
  }

  /** Whether anybody outside can ever use a key, whatever the context of a request. */
  exposure(key, options = {}) {
    known('exposure', options, ['within', 'policy', 'actions', 'services', 'account', 'region']);
    return this.#asked('exposure', { key, ...options });
  }

  #asked(question, members) {
    return entered(() => this.#world.ask({ question, ...said(members) }));
  }

  /** What custom key stores stand on, as one structure. */
  get stores() {
    return new Stores(this.#host, KeyStoreProxy);
  }

  /** The simulated AWS CloudHSM clusters. */
  get clusters() {
    return new Registered(this.#host, Cluster);
  }

  /** The simulated VPC endpoint services. */
  get endpointServices() {
    return new Registered(this.#host, EndpointService);
  }

  /** Registers a simulated external key store proxy, or changes what is said of one. */
  proxy(name, members = {}) {
    registerOne(this.#host, KeyStoreProxy.kind, name, entryOf(members, name));
    return new KeyStoreProxy(this.#host, name);
  }

  /** What is set of this world. */
  get settings() {
    return new Settings(this.#host, '');
  }

  /** The quotas among the settings, without `quota/`, and how much of each is used. */
  get quotas() {
    return new Quotas(this.#host);
  }

  /** Makes calls meet these faults until it is disposed of; the first one that fits and triggers wins. */
  fault(...faults) {
    return new Faults(this.#host, faults);
  }

  /** The faults that calls have met, behind the one with the number `after`, oldest first. */
  actedFaults(after = 0) {
    return entered(() => this.#world.actedFaults(after)).map(camelMembers);
  }

  /** The faults that calls of this world meet now, in the order in which they are tried. */
  faultRules() {
    return entered(() => this.#world.faults()).map(camelMembers);
  }

  /** A fork of this world as it was at an instant (`Date` or text), or right after a change (a number). */
  at(then) {
    if (typeof then === 'number' && !(Number.isInteger(then) && then >= 0)) {
      throw new TypeError(`the number of a change is whole and not negative: ${then}`);
    }
    const fork = typeof then === 'number' ? () => this.#world.atRevision(then) : () => this.#world.at(instant(then));
    return new this.constructor(entered(fork), MADE_HERE, this.#host.proxies);
  }

  /** A second world that begins as this one is now, and shares nothing with it from then on. */
  fork() {
    return new this.constructor(entered(() => this.#world.fork()), MADE_HERE, this.#host.proxies);
  }

  /** The world as bytes, secrets sealed under a root key of 32 bytes. */
  snapshot(rootKey) {
    return entered(() => this.#world.snapshot(bytesOf(rootKey, 'the root key')));
  }

  /** Asks the proxies of connected external key stores how they are, those that were not asked for five minutes. */
  async checkExternalKeyStores() {
    return (await this.#host.healthChecks()).map(camelMembers);
  }

  /** The journal behind the change with the number `after`, oldest first. */
  changes(after = 0) {
    return entered(() => this.#world.changes(after)).map(camelMembers);
  }

  /** What fell due behind the change with the number `after`, oldest first. */
  events(after = 0) {
    return entered(() => this.#world.events(after));
  }

  /**
   * Frees the world at once; otherwise the garbage collector frees it.
   *
   * It is bound to the world, so that `after(kms.dispose)` works. And since no function can be cloned, a world that
   * somebody sends to a worker is refused there, instead of arriving as an empty object.
   */
  dispose = () => this.#host.dispose();

  /** What `using` calls. */
  [DISPOSE]() {
    this.dispose();
  }

  /** What `console.log` shows in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](_depth, options, inspect) {
    if (this.#host.disposed) return 'PocketKms (disposed of)';
    return `PocketKms ${inspect({ account: this.account, now: this.clock.now, frozen: this.clock.frozen }, options)}`;
  }

  /** The host of a world, for what is built upon it. */
  static hostOf(kms) {
    return kms.#host;
  }
}

/** A world of which is told what the options say; one that cannot be is freed. */
function made(Kms, world, { audit }, proxies) {
  const kms = new Kms(world, MADE_HERE, proxies);
  try {
    if (audit !== undefined) kms.audit.set(audit);
    return kms;
  } catch (error) {
    kms.dispose();
    throw error;
  }
}

function operationName(operation) {
  return textOf(operation, "the name of an operation, such as 'ListKeys',");
}

/** Where a call arrives, from whom and from where. */
function placed(what, options) {
  known(what, options, ['region', 'caller', 'origin']);
  return { ...options, region: optionalText(options.region, 'the Region') };
}

/** A recipe as JSON text. */
function recipeText(recipe) {
  const text = typeof recipe === 'string' ? recipe : JSON.stringify(recipe);
  if (text === undefined) throw new TypeError('a recipe is a structure, or its JSON text');
  return text;
}

/** How many states a world keeps: `true` leaves that to the core. */
function states(history = false) {
  if (typeof history === 'boolean') return history ? Infinity : 0;
  if (Number.isInteger(history) && history >= 0) return history;
  throw new TypeError(`history is true, false, or how many states to keep, not ${String(history)}`);
}

/** Text counts as its UTF-8, a number as its decimal digits. */
function seedBytes(seed) {
  if (seed === undefined) return undefined;
  if (typeof seed === 'string' || typeof seed === 'number') return new TextEncoder().encode(String(seed));
  return bytesOf(seed, 'a seed that is neither a text nor a number');
}
