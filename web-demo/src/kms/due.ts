// What time will bring anywhere in the world, as the world tells it.
import type { Deadline } from 'pocket-kms';
import type { JournalEntry } from '../world/protocol';

/** What falls due, in the core's words. */
export type DueKind = 'visible' | 'connection' | 'ready' | 'on_demand_rotation' | 'deletion' | 'expiry' | 'rotation';

export interface Due {
  kind: DueKind;
  /** Where; of a change that only shows then, nobody knows. */
  place: { account: string; region: string } | null;
  /** The id of the key, or of the custom key store; of a change that shows then, the lag that hides it. */
  id: string;
  /** When, in milliseconds since 1970. */
  time: number;
}

export function dueOf({ kind, subject, time }: Deadline): Due {
  return { kind: kind as DueKind, time: time.getTime(), ...subjectOf(kind as DueKind, subject) };
}

/** An ARN such as `arn:aws:kms:us-east-1:111122223333:key/<id>`, a list that begins with it, or what `storeOf` reads. */
function subjectOf(kind: DueKind, subject: unknown): Pick<Due, 'place' | 'id'> {
  const text = String(Array.isArray(subject) ? subject[0] : subject);
  if (kind === 'visible') return { place: null, id: text };
  if (kind === 'connection') return storeOf(text);
  const [, , , region = '', account = '', resource = ''] = text.split(':');
  return { place: { account, region }, id: resource.replace('key/', '') };
}

/** `name` is such as `111122223333/us-east-1/cks-0123456789abcdef0`. */
function storeOf(name: string): Pick<Due, 'place' | 'id'> {
  const [account = '', region = '', id = ''] = name.split('/');
  return { place: { account, region }, id };
}

/** Since when the connection of a custom key store is under way. */
export const connectingSince = (journal: readonly JournalEntry[], id: string) =>
  journal.findLast(({ table, key }) => table === 'key_stores' && key.endsWith(id))?.time;
