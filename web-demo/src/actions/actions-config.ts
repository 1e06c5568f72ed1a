// What can be done to whole keys, and in which of their states the console offers it.
import type { KeyState } from '../world/operations';
import { words } from '../words';

export type ActionId = 'EnableKey' | 'DisableKey' | 'ScheduleKeyDeletion' | 'CancelKeyDeletion';

export interface Action {
  id: ActionId;
  text: string;
  states: readonly KeyState[];
  done(count: number): string;
}

export const ACTIONS: readonly Action[] = [
  { id: 'EnableKey', text: words.actions.enable, states: ['Disabled'], done: words.actions.enabled },
  { id: 'DisableKey', text: words.actions.disable, states: ['Enabled'], done: words.actions.disabled },
  {
    id: 'ScheduleKeyDeletion',
    text: words.actions.schedule,
    states: ['Enabled', 'Disabled', 'PendingImport', 'Unavailable'],
    done: words.actions.scheduled,
  },
  { id: 'CancelKeyDeletion', text: words.actions.cancel, states: ['PendingDeletion'], done: words.actions.cancelled },
];

/** The shortest, the usual and the longest waiting period of AWS, in days. */
export const WAITING_PERIOD = { least: 7, usual: 30, most: 30 } as const;
