// A status that can be watched, and the journal as far as the page has seen it.
import { JOURNAL_LENGTH, type ClockStatus, type JournalEntry, type Status } from './protocol';

export class Watched {
  #status: Status = { phase: 'opening' };
  #watchers = new Set<() => void>();

  readonly status = (): Status => this.#status;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly tell = (status: Status): void => {
    if (isSame(status, this.#status) || isOlder(status, this.#status)) return;
    this.#status = status;
    for (const watcher of this.#watchers) watcher();
  };
}

/** The running clock is not a change: the page counts on by itself. */
export function isSame(one: Status, other: Status): boolean {
  return withoutTime(one) === withoutTime(other);
}

/** A status that comes with an answer may be overtaken by a later one. */
function isOlder(status: Status, known: Status): boolean {
  return status.phase === 'open' && known.phase === 'open' && status.world === known.world && status.revision < known.revision;
}

function withoutTime(status: Status): string {
  return JSON.stringify(status, (name, value: unknown) => (name === 'now' || name === 'hostNow' ? undefined : value));
}

/** The time of a world, counted on since its clock was told. */
export function worldTime(clock: ClockStatus, hostNow: number): number {
  return clock.running ? clock.now + (hostNow - clock.hostNow) : clock.now;
}

export class JournalCopy {
  #world = '';
  #entries: readonly JournalEntry[] = [];

  /** Asks for what is new only; another world begins at its first change. */
  async upToDate(status: Status, ask: (after: number) => Promise<JournalEntry[]>): Promise<readonly JournalEntry[]> {
    const world = status.phase === 'open' ? status.world : '';
    if (world !== this.#world) {
      this.#world = world;
      this.#entries = [];
    }
    const news = await ask(this.#last);
    if (world !== this.#world) return this.#entries;
    // Somebody else may have asked for the same meanwhile.
    const last = this.#last;
    const more = news.filter(({ number }) => number > last);
    if (more.length > 0) this.#entries = [...this.#entries, ...more].slice(-JOURNAL_LENGTH);
    return this.#entries;
  }

  get #last(): number {
    return this.#entries.at(-1)?.number ?? 0;
  }
}
