// The world and its storage: every change is stored before its reply is sent.
import type {
  Change,
  Deadline,
  Denial,
  Diagnosis,
  EnclaveOptions,
  ExportFormat,
  Exported,
  Explanation,
  Exposure,
  ExposureOptions,
  Fault,
  Faults,
  LeastPrivilegeOptions,
  Loaded,
  LoadOptions,
  PocketKms,
  ProxyLogEntry,
  QuotaUsage,
  SimulateOptions,
  StoreEntries,
  WhoCan,
  WhoCanOptions,
} from 'pocket-kms';
import type { Directory } from '../kms/directory';
import { shown, type Finding, type PolicyKind } from '../kms/finding';
import type { Look } from '../kms/recipe-look';
import type { OwnerAct, StoresEntries, StoresSetup } from '../kms/stores-setup';
import type { Files } from '../kms/templates';
import { inputOf, optionsOf } from './asked';
import { OWN, type About } from './beginnings';
import { Enclaves, type Attested, type Recipient, type RunningEnclave } from './enclaves';
import type { Input, Operation, Output } from './operations';
import {
  JOURNAL_LENGTH,
  MOST_DEADLINES,
  type Answer,
  type AuditQuestion,
  type ClockStatus,
  type FaultRule,
  type FaultWish,
  type FirstCall,
  type Inspected,
  type JournalEntry,
  type Place,
  type Service,
  type Settings,
  type Shared,
  type Turn,
} from './protocol';
import { isRecorded } from '../kms/course';
import { lookAt, shared } from './links';
import { refused } from './refusal';
import { seal } from './sealed';

/** Counts on from one world to the next: a page that sees it grow looks again. */
let revision = 0;

/** What a clock may be off between two looks without having been turned, in milliseconds. */
const JITTER = 500;

/** For a clock that stands: where it stands. */
function driftOf({ now, hostNow, running }: ClockStatus): number {
  return running ? now - hostNow : now;
}

/** What tells a change from another one with its number. */
interface Taken {
  number: number;
  time: number;
  key: string;
}

function taken({ number, time, key }: Change): Taken {
  // Secrets have structures for keys.
  return { number, time: time.getTime(), key: JSON.stringify(key) };
}

/** Somebody may have removed it meanwhile. */
function there<T>(found: T | undefined, name: string): T {
  if (found === undefined) throw new Error(`${name} is not registered any more.`);
  return found;
}

interface Surroundings {
  /** Stores the world as it is now, and these new entries of its journal. */
  keep(entries: JournalEntry[]): Promise<void>;
  journal: JournalEntry[];
  /** The address at which AWS's tools find the world. */
  api: string | null;
  about?: About;
}

export class World implements Omit<Service, 'reset' | 'begin'> {
  readonly api: string | null;
  readonly about: About;
  /** Another world has another one. */
  id = String(Math.random());
  #kms: PocketKms;
  #enclaves: Enclaves;
  #keep: (entries: JournalEntry[]) => Promise<void>;
  #journal: JournalEntry[];
  /** The end of the store operation that runs. */
  #stored = Promise.resolve();
  /** The store operation that waits for it, and what it will write. */
  #next: Promise<void> | undefined;
  #unstored: JournalEntry[] = [];
  /** How far the clock was from the host's when it was looked at. */
  #drift: number;
  /** The faults that pages have asked for, with what counts how often they acted. */
  #faults = new Map<number, { wish: FaultWish; faults: Faults }>();
  #lastFault = 0;
  /** The last change of this `PocketKms` that is in the journal; a restored one counts from nothing again. */
  #taken: Taken = { number: 0, time: 0, key: '' };

  constructor(kms: PocketKms, { keep, journal, api, about = OWN }: Surroundings) {
    this.#kms = kms;
    this.#enclaves = new Enclaves(kms);
    this.#keep = keep;
    this.#journal = journal;
    this.api = api;
    this.about = about;
    this.#drift = driftOf(this.clock);
    revision += 1;
  }

  async call<O extends Operation>(operation: O, input: Input<O>, place: Place): Promise<Answer<O>> {
    let drew = false;
    try {
      const traced = await this.#kms.trace(operation, inputOf(operation, input, place), optionsOf(place));
      const { reply, error, decisions, requestId: id, course } = traced;
      ({ drew } = traced);
      const requestId = isRecorded(course) ? id : undefined;
      if (error) throw refused(error, { decisions, requestId, course });
      return { output: reply as Output<O>, decisions, course, requestId };
    } finally {
      // A refused call may have been the first to notice that something fell due.
      const news = this.#news();
      // Another call may be storing the changes of this one.
      if (news.length > 0) await this.#add(news);
      // What a call has drawn of a seed is drawn for good, also when it was refused.
      else await (this.about.seeded && drew ? this.#keepSoon() : (this.#next ?? this.#stored));
    }
  }

  audit(question: AuditQuestion, members: object): Promise<unknown> {
    return Promise.resolve(this.#kms.audit.ask(question, members as Record<string, unknown>));
  }

  leastPrivilegeAs(format: ExportFormat, principal: string, options: LeastPrivilegeOptions): Promise<Exported> {
    return this.#kms.audit.leastPrivilegeAs(format, principal, options);
  }

  async rehearse<O extends Operation>(operation: O, input: Input<O>, place: Place): Promise<void> {
    const copy = this.#kms.fork();
    try {
      await copy.call(operation, inputOf(operation, input, place), optionsOf(place));
    } finally {
      copy.dispose();
    }
  }

  deadlines(): Promise<Deadline[]> {
    return Promise.resolve(this.#kms.deadlines(MOST_DEADLINES));
  }

  denials(): Promise<Denial[]> {
    return Promise.resolve(this.#kms.denials());
  }

  directory(): Promise<Directory> {
    return Promise.resolve(this.#kms.directory.toJSON() as Directory);
  }

  async register(entries: Directory): Promise<void> {
    this.#kms.directory.register(entries);
    await this.#add(this.#news());
  }

  stores(): Promise<StoresSetup> {
    return Promise.resolve(this.#kms.stores.toJSON() as StoresSetup);
  }

  async registerStores(entries: StoresEntries): Promise<void> {
    this.#kms.stores.register(entries as StoreEntries);
    await this.#addNews();
  }

  async onCluster(id: string, { do: deed, ...members }: OwnerAct): Promise<unknown> {
    const told = there(this.#kms.clusters.get(id), id).do(deed, members);
    await this.#addNews();
    return told;
  }

  async onProxy(name: string, { do: deed, ...members }: OwnerAct): Promise<unknown> {
    const told = there(this.#kms.stores.proxies.get(name), name).do(deed, members);
    await this.#addNews();
    return told;
  }

  proxyLog(name: string, after: number): Promise<ProxyLogEntry[]> {
    return Promise.resolve(there(this.#kms.stores.proxies.get(name), name).log(after));
  }

  async whoCan(actions: readonly string[], key: string, options: WhoCanOptions, first?: FirstCall): Promise<WhoCan[]> {
    if (!first) return actions.map((action) => this.#kms.whoCan(action, key, options));
    const copy = this.#kms.fork();
    try {
      await copy.call(first.operation, first.input as never, optionsOf(first.place));
      return actions.map((action) => copy.whoCan(action, key, options));
    } finally {
      copy.dispose();
    }
  }

  inspect(blob: Uint8Array, under: Inspected): Promise<Diagnosis> {
    return Promise.resolve(this.#kms.inspect(blob, under));
  }

  exposure(key: string, options: ExposureOptions): Promise<Exposure> {
    return Promise.resolve(this.#kms.exposure(key, options));
  }

  simulate(operation: Operation, input: object, options: SimulateOptions): Promise<Explanation> {
    return Promise.resolve(this.#kms.simulate(operation, input as never, options));
  }

  async lint(text: string, kind: PolicyKind, account: string): Promise<Finding[]> {
    return (await this.#kms.lint(text, { kind, account })).map(shown);
  }

  async tryTemplate(files: Files, options: LoadOptions): Promise<Loaded> {
    const copy = this.#kms.fork();
    try {
      return await copy.loadTemplate(files, options);
    } finally {
      copy.dispose();
    }
  }

  async loadTemplate(files: Files, options: LoadOptions): Promise<Loaded> {
    const loaded = await this.#kms.loadTemplate(files, options);
    await this.#addNews();
    return loaded;
  }

  exportAs(format: ExportFormat): Promise<Exported> {
    return this.#kms.export(format);
  }

  async turn(turn: Turn): Promise<void> {
    const { clock } = this.#kms;
    if (turn === 'freeze') clock.freeze();
    else if (turn === 'resume') clock.resume();
    else if ('advance' in turn) clock.advance(turn.advance);
    else clock.set(turn.set);
    await this.#add(this.#news());
  }

  faults(): Promise<FaultRule[]> {
    return Promise.resolve([...this.#faults].map(([id, { wish, faults }]) => ({ ...wish, id, fitted: faults.fitted, acted: faults.acted })));
  }

  addFault(wish: FaultWish): Promise<void> {
    this.#lastFault += 1;
    this.#faults.set(this.#lastFault, { wish, faults: this.#kms.fault(wish as Fault) });
    return this.#add([]);
  }

  removeFault(id: number): Promise<void> {
    this.#faults.get(id)?.faults.dispose();
    this.#faults.delete(id);
    return this.#add([]);
  }

  quotas(account: string, region: string): Promise<QuotaUsage[]> {
    return Promise.resolve(this.#kms.quotas.used({ account, region }));
  }

  settings(): Promise<Settings> {
    return Promise.resolve(this.#kms.settings.toJSON());
  }

  set(settings: Record<string, number | null>): Promise<void> {
    this.#kms.settings.update(settings);
    return this.#add(this.#news());
  }

  share(base: string): Promise<Shared> {
    return shared(this.#kms, base);
  }

  lookAt(link: string): Promise<Look> {
    return lookAt(link);
  }

  seal(passphrase: string): Promise<Uint8Array> {
    return seal(passphrase, (rootKey) => this.#kms.snapshot(rootKey));
  }

  journal(after: number): Promise<JournalEntry[]> {
    const first = this.#journal[0]?.number ?? 0;
    return Promise.resolve(this.#journal.slice(Math.max(0, after - first + 1)));
  }

  async startEnclave(wish: EnclaveOptions, name?: string): Promise<RunningEnclave> {
    const started = await this.#enclaves.start(wish, name);
    // Nothing to store: pages look again.
    await this.#add([]);
    return started;
  }

  enclaves(): Promise<RunningEnclave[]> {
    return Promise.resolve(this.#enclaves.list());
  }

  async stopEnclave(enclave: string): Promise<void> {
    this.#enclaves.stop(enclave);
    await this.#add([]);
  }

  // An enclave that has ended is a promise that fails.
  async recipient(enclave: string): Promise<Recipient> {
    return this.#enclaves.find(enclave).recipient();
  }

  async attest(enclave: string, attested: Attested): Promise<Uint8Array> {
    return this.#enclaves.find(enclave).attest(attested);
  }

  async unwrapIn(enclave: string, ciphertextForRecipient: Uint8Array): Promise<Uint8Array> {
    return this.#enclaves.find(enclave).unwrap(ciphertextForRecipient);
  }

  /** Takes over what others have changed; whether there was anything. */
  look(): boolean {
    const { id } = this;
    const drift = this.#drift;
    const news = this.#news();
    this.#drift = driftOf(this.clock);
    const turned = Math.abs(this.#drift - drift) > JITTER;
    if (news.length === 0 && !turned && id === this.id) return false;
    void this.#add(news);
    return true;
  }

  /** It is open again, after another one was: everything is to be looked at. */
  wake(): void {
    revision += 1;
  }

  /** Grows with every change that a page should look at. */
  get revision(): number {
    return revision;
  }

  get clock(): ClockStatus {
    const { now, frozen } = this.#kms.clock;
    return { now: now.getTime(), hostNow: Date.now(), running: !frozen };
  }

  #news(): JournalEntry[] {
    let known = this.#kms.changes(Math.max(0, this.#taken.number - 1));
    if (this.#isAnother(known[0])) {
      this.#beginAnew();
      known = this.#kms.changes();
    }
    const changes = known.filter(({ number }) => number > this.#taken.number);
    const last = changes.at(-1);
    if (last) this.#taken = taken(last);
    const first = (this.#journal.at(-1)?.number ?? 0) + 1;
    return changes.map((change, at) => ({
      ...change,
      number: first + at,
      time: change.time.getTime(),
    }));
  }

  /**
   * Whether another world is here, because the API has reset it: it has fewer changes, or others. Where the last change
   * that we have taken has made room for newer ones, it is the same world, and those in between are lost.
   */
  #isAnother(oldest: Change | undefined): boolean {
    const { number, time, key } = this.#taken;
    if (number === 0) return false;
    if (!oldest) return true;
    const same = taken(oldest);
    return same.number === number && (same.time !== time || same.key !== key);
  }

  #beginAnew(): void {
    this.id = String(Math.random());
    this.#taken = { number: 0, time: 0, key: '' };
    this.#journal = [];
    for (const { faults } of this.#faults.values()) faults.dispose();
    this.#faults.clear();
  }

  /** Nothing has changed for who has only looked: pages would look again for ever. */
  async #addNews(): Promise<void> {
    const news = this.#news();
    if (news.length > 0) await this.#add(news);
  }

  /** Changes that come while the world is being stored are stored together after it. */
  #add(news: JournalEntry[]): Promise<void> {
    revision += 1;
    this.#journal.push(...news);
    this.#journal.splice(0, this.#journal.length - JOURNAL_LENGTH);
    this.#unstored.push(...news);
    return this.#keepSoon();
  }

  #keepSoon(): Promise<void> {
    this.#next ??= this.#stored.catch(() => undefined).then(() => this.#store());
    return this.#next;
  }

  #store(): Promise<void> {
    const entries = this.#unstored;
    this.#unstored = [];
    this.#next = undefined;
    this.#stored = this.#keep(entries);
    return this.#stored;
  }
}
