// What is known of the keys of a place: all by name, those that somebody looks at described. What has not changed is not asked again.
import type { Call } from '../world/context';
import type { Alias, Tag } from '../world/operations';
import type { Place, WorldClient } from '../world/protocol';
import { keyNews } from './key-news';
import { describeKey, listAliases, listTags, nameKeys, namesByKey, type KeySummary } from './keys';

export interface Known {
  keys: readonly KeySummary[];
  aliases: readonly Alias[];
}

/** How many calls are under way at once: a click in the meantime waits for no more than these. */
const AT_ONCE = 16;
/** How often a long list is shown again while it is being described, in milliseconds. */
const PATIENCE = 400;

const NOTHING: Known = { keys: [], aliases: [] };

export class KnownKeys {
  readonly #client: WorldClient;
  readonly #call: Call;
  #known = NOTHING;
  #byId = new Map<string, KeySummary>();
  #watchers = new Set<() => void>();
  #asked = new Set<string>();
  #looking: Promise<void> = Promise.resolve();
  /** The world and its revision that were looked at, and the last change that was known then. */
  #seen = { world: '', revision: -1, number: 0 };

  constructor(client: WorldClient, place: Place) {
    this.#client = client;
    this.#call = (operation, input) => client.call(operation, input, place);
  }

  readonly list = (): Known => this.#known;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Lists what has changed again, and forgets the descriptions of it. One look at a time. */
  look(): Promise<void> {
    this.#looking = this.#looking.catch(() => undefined).then(() => this.#look());
    return this.#looking;
  }

  /** Describes these keys as far as they are not described, and with `tags` asks for their tags, too. */
  async describe(ids: readonly string[], tags: boolean, stopped: AbortSignal): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#asked.has(id) && isMissing(this.#byId.get(id), tags));
    let told = performance.now();
    for (let at = 0; at < missing.length && !stopped.aborted; at += AT_ONCE) {
      await Promise.all(missing.slice(at, at + AT_ONCE).map((id) => this.#describe(id, tags)));
      if (performance.now() - told < PATIENCE) continue;
      this.#tell();
      told = performance.now();
    }
    if (missing.length > 0) this.#tell();
  }

  async #look(): Promise<void> {
    const status = this.#client.status();
    if (status.phase !== 'open') return;
    const { world, revision } = status;
    const seen = this.#seen;
    if (world === seen.world && revision === seen.revision) return;
    const journal = await this.#client.journal();
    const isFirst = world !== seen.world;
    const news = keyNews(journal, isFirst ? -1 : seen.number);
    this.#forget(isFirst || news.everything ? [...this.#byId.keys()] : [...news.changed]);
    await this.#list(isFirst || news.keys, isFirst || news.aliases);
    this.#seen = { world, revision, number: journal.at(-1)?.number ?? 0 };
  }

  async #list(keys: boolean, aliases: boolean): Promise<void> {
    const [ids, named] = await Promise.all([
      keys ? nameKeys(this.#call) : [...this.#byId.keys()],
      aliases ? listAliases(this.#call) : this.#known.aliases,
    ]);
    const names = namesByKey(named);
    this.#byId = new Map(ids.map((id) => [id, this.#named(id, names.get(id) ?? [])]));
    this.#known = { ...this.#known, aliases: named };
    this.#tell();
  }

  /** The same one as before while it is called the same. */
  #named(id: string, aliases: string[]): KeySummary {
    const before = this.#byId.get(id);
    if (before?.aliases.join(' ') === aliases.join(' ')) return before;
    return { ...(before ?? { metadata: undefined, described: false }), id, aliases };
  }

  /** What was refused is asked again at every look: the caller may see it now. */
  #forget(ids: readonly string[]): void {
    const refused = [...this.#byId.values()].filter(({ described, metadata }) => described && !metadata).map(({ id }) => id);
    for (const id of [...ids, ...refused]) {
      const before = this.#byId.get(id);
      // It is shown as it was until it is described again.
      if (before) this.#byId.set(id, { ...before, described: false, tagged: false });
    }
  }

  async #describe(id: string, tags: boolean): Promise<void> {
    const before = this.#byId.get(id);
    if (!before) return;
    this.#asked.add(id);
    const [metadata, list] = await Promise.all([
      before.described ? before.metadata : describeKey(this.#call, id).catch(() => undefined),
      tags && !before.tagged ? listTags(this.#call, id).catch((): Tag[] => []) : before.tags,
    ]);
    this.#asked.delete(id);
    // Where it has changed meanwhile, the answer is old.
    if (this.#byId.get(id) !== before) return;
    this.#byId.set(id, { ...before, metadata, described: true, ...(list ? { tags: list, tagged: tags || before.tagged === true } : {}) });
  }

  #tell(): void {
    this.#known = { keys: [...this.#byId.values()], aliases: this.#known.aliases };
    for (const watcher of this.#watchers) watcher();
  }
}

function isMissing(summary: KeySummary | undefined, tags: boolean): boolean {
  return summary !== undefined && (!summary.described || (tags && !summary.tagged));
}

const KNOWN = new WeakMap<WorldClient, { place: string; keys: KnownKeys }>();

/** What is known of the last place outlives the page that shows it. */
export function knownKeys(client: WorldClient, place: Place): KnownKeys {
  const name = JSON.stringify(place);
  const last = KNOWN.get(client);
  if (last?.place === name) return last.keys;
  const keys = new KnownKeys(client, place);
  KNOWN.set(client, { place: name, keys });
  return keys;
}
