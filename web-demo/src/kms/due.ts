// What time will bring anywhere in the world, as the rows in the journal tell.
import type { JournalEntry } from '../world/protocol';

export type DueKind = 'ready' | 'onDemand' | 'deletion' | 'expiry' | 'rotation' | 'connection';

export interface Due {
  kind: DueKind;
  account: string;
  region: string;
  /** The id of the key, or of the custom key store. */
  keyId: string;
  /** When, in milliseconds since 1970. */
  time: number;
}

/** The part of a row of keys that says when something falls due. */
interface KeyRow {
  /** `null` for a key of one Region. */
  primary: string | null;
  /** `late` is how long after it is due it happens, in a world that has such a lag. */
  rotation?: { due: number; late: number } | null;
  /** A rotation that was asked for and is not complete. */
  rotating?: { until: number } | null;
  regions: Regional[];
}

interface Regional {
  region: string;
  enabled: boolean;
  /** Without a date, a primary key waits for its replicas. */
  deletion: { date: number | null } | null;
  /** A replica that is made, or a primary key that changes. */
  transition?: { creating: number } | { updating: number } | null;
  imports?: { until: number | null }[];
}

type When = Omit<Due, 'account' | 'keyId'>;

/** The order of things at one instant (LIF-66). */
const ORDER: readonly DueKind[] = ['ready', 'onDemand', 'deletion', 'expiry', 'rotation', 'connection'];

/** Soonest first. */
export function dueOf(journal: readonly JournalEntry[]): Due[] {
  const due = new Map<string, Due[]>();
  for (const { table, key, row } of journal) {
    if (table === 'keys') due.set(key, dueOfKey(key, row as KeyRow | null));
    if (table === STORES) due.set(key, dueOfStore(key, row as StoreRow | null));
  }
  return [...due.values()].flat().sort((one, other) => one.time - other.time || ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
}

const STORES = 'key_stores';

/** The part of a row of custom key stores that says when its connection is made, or ended. */
interface StoreRow {
  connection: { state: string; until?: number };
}

/** `name` is such as `111122223333/us-east-1/cks-0123456789abcdef0`. */
function dueOfStore(name: string, row: StoreRow | null): Due[] {
  const [account = '', region = '', keyId = ''] = name.split('/');
  const until = row?.connection.until;
  return until === undefined ? [] : [{ kind: 'connection', account, region, keyId, time: until }];
}

/** Since when the connection of a custom key store is under way, and until when. */
export function connectionDueOf(journal: readonly JournalEntry[], id: string): { since: number; until: number } | undefined {
  const last = journal.findLast(({ table, key }) => table === STORES && key.endsWith(id));
  const until = (last?.row as StoreRow | null | undefined)?.connection.until;
  return last && until !== undefined ? { since: last.time, until } : undefined;
}

/** `lineage` is such as `111122223333:key/<id>`. */
function dueOfKey(lineage: string, row: KeyRow | null): Due[] {
  const [account = '', keyId = ''] = lineage.split(':key/');
  if (!row) return [];
  return [...row.regions.flatMap(dueOfRegion), ...rotations(row)].map((when) => ({ ...when, account, keyId }));
}

function dueOfRegion({ region, deletion, transition, imports = [] }: Regional): When[] {
  const at = (kind: DueKind) => (time: number | null | undefined): When[] => (time == null ? [] : [{ kind, region, time }]);
  return [
    ...at('ready')(readyAt(transition)),
    ...at('deletion')(deletion?.date),
    ...imports.flatMap(({ until }) => at('expiry')(until)),
  ];
}

/** When a key has come through what it is in. */
const readyAt = (transition: Regional['transition']) => transition && ('creating' in transition ? transition.creating : transition.updating);

/** When all replicas are made; what was asked for waits for it (LIF-244). */
const madeAt = (regions: Regional[]) => regions.map(({ transition }) => (transition && 'creating' in transition ? transition.creating : 0));

/**
 * Rotations are the primary key's. One that is disabled or waits for its deletion does not rotate by itself (LIF-55, LIF-59),
 * and one whose Regions are not all ready rotates when they are (LIF-64, LIF-65).
 */
function rotations({ primary, rotation, rotating, regions }: KeyRow): When[] {
  const home = regions.find(({ region }) => primary === null || region === primary);
  if (!home) return [];
  const { region, enabled, deletion } = home;
  const ready = regions.map(({ transition }) => readyAt(transition) ?? 0);
  return [
    ...(rotating ? [{ kind: 'onDemand' as const, region, time: Math.max(rotating.until, ...madeAt(regions)) }] : []),
    ...(rotation && enabled && !deletion ? [{ kind: 'rotation' as const, region, time: Math.max(rotation.due + rotation.late, ...ready) }] : []),
  ];
}
