// What time will bring anywhere in the world, as the rows in the journal tell.
import type { JournalEntry } from '../world/protocol';

export type DueKind = 'ready' | 'onDemand' | 'deletion' | 'expiry' | 'rotation';

export interface Due {
  kind: DueKind;
  account: string;
  region: string;
  keyId: string;
  /** When, in milliseconds since 1970. */
  time: number;
}

/** The part of a row of keys that says when something falls due. */
interface KeyRow {
  /** `null` for a key of one Region. */
  primary: string | null;
  rotation?: { due: number } | null;
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
const ORDER: readonly DueKind[] = ['ready', 'onDemand', 'deletion', 'expiry', 'rotation'];

/** Soonest first. */
export function dueOf(journal: readonly JournalEntry[]): Due[] {
  const due = new Map<string, Due[]>();
  for (const { table, key, row } of journal) if (table === 'keys') due.set(key, dueOfKey(key, row as KeyRow | null));
  return [...due.values()].flat().sort((one, other) => one.time - other.time || ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
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
    ...at('ready')(transition && ('creating' in transition ? transition.creating : transition.updating)),
    ...at('deletion')(deletion?.date),
    ...imports.flatMap(({ until }) => at('expiry')(until)),
  ];
}

/** Rotations are the primary key's. One that is disabled or waits for its deletion does not rotate by itself (LIF-55, LIF-59). */
function rotations({ primary, rotation, rotating, regions }: KeyRow): When[] {
  const home = regions.find(({ region }) => primary === null || region === primary);
  if (!home) return [];
  const { region, enabled, deletion } = home;
  return [
    ...(rotating ? [{ kind: 'onDemand' as const, region, time: rotating.until }] : []),
    ...(rotation && enabled && !deletion ? [{ kind: 'rotation' as const, region, time: rotation.due }] : []),
  ];
}
