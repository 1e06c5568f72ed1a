// What can be done to whole keys, and in which of their states the console offers it.
import type { Call } from '../world/context';
import type { KeyMetadata, KeyState } from '../world/operations';
import { words } from '../words';

export interface ActedOn {
  id: string;
  /** `undefined` where the caller may not see it; every action is then offered, and KMS decides. */
  metadata: KeyMetadata | undefined;
}

interface Entry {
  id: string;
  text: string;
  states: readonly KeyState[];
  /** About one key at a time. */
  single?: boolean;
  /** Of keys with imported material alone. */
  imported?: boolean;
}

/** Done as soon as it is chosen. */
export interface Deed extends Entry {
  run(call: Call, KeyId: string): Promise<unknown>;
  done(count: number): string;
}

/** Asks something first. */
export interface Question extends Entry {
  asks: 'deletion' | 'tags' | 'material';
}

export type Action = Deed | Question;

const ANY: readonly KeyState[] = ['Creating', 'Disabled', 'Enabled', 'PendingImport', 'Unavailable', 'Updating'];

export const ACTIONS: readonly Action[] = [
  {
    id: 'EnableKey',
    text: words.actions.enable,
    states: ['Disabled'],
    run: (call, KeyId) => call('EnableKey', { KeyId }),
    done: words.actions.enabled,
  },
  {
    id: 'DisableKey',
    text: words.actions.disable,
    states: ['Enabled'],
    run: (call, KeyId) => call('DisableKey', { KeyId }),
    done: words.actions.disabled,
  },
  { id: 'TagResource', text: words.actions.tags, states: ANY, single: true, asks: 'tags' },
  { id: 'DeleteImportedKeyMaterial', text: words.actions.material, states: ['Disabled', 'Enabled'], single: true, imported: true, asks: 'material' },
  { id: 'ScheduleKeyDeletion', text: words.actions.schedule, states: ['Enabled', 'Disabled', 'PendingImport', 'Unavailable'], asks: 'deletion' },
  {
    id: 'CancelKeyDeletion',
    text: words.actions.cancel,
    states: ['PendingDeletion'],
    run: (call, KeyId) => call('CancelKeyDeletion', { KeyId }),
    done: words.actions.cancelled,
  },
];

export function isOffered({ states, single = false, imported = false }: Action, keys: readonly ActedOn[]): boolean {
  if (single && keys.length !== 1) return false;
  return keys.every(({ metadata }) => !metadata || (states.includes(metadata.KeyState) && (!imported || metadata.Origin === 'EXTERNAL')));
}

/** The shortest, the usual and the longest waiting period of AWS, in days. */
export const WAITING_PERIOD = { least: 7, usual: 30, most: 30 } as const;

export function isWaitingPeriod(days: string): boolean {
  return /^\d+$/.test(days) && Number(days) >= WAITING_PERIOD.least && Number(days) <= WAITING_PERIOD.most;
}
