// What can be done to whole keys, and in which of their states the console offers it.
import type { Call } from '../world/context';
import type { KeyState } from '../world/operations';
import { words } from '../words';

export interface Action {
  id: string;
  text: string;
  states: readonly KeyState[];
  run(call: Call, KeyId: string): Promise<unknown>;
  done(count: number): string;
}

/** Asks for the waiting period before it runs. */
export const SCHEDULE = 'ScheduleKeyDeletion';

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
  {
    id: SCHEDULE,
    text: words.actions.schedule,
    states: ['Enabled', 'Disabled', 'PendingImport', 'Unavailable'],
    run: (call, KeyId) => call('ScheduleKeyDeletion', { KeyId }),
    done: words.actions.scheduled,
  },
  {
    id: 'CancelKeyDeletion',
    text: words.actions.cancel,
    states: ['PendingDeletion'],
    run: (call, KeyId) => call('CancelKeyDeletion', { KeyId }),
    done: words.actions.cancelled,
  },
];

/** The shortest, the usual and the longest waiting period of AWS, in days. */
export const WAITING_PERIOD = { least: 7, usual: 30, most: 30 } as const;

export function isWaitingPeriod(days: string): boolean {
  return /^\d+$/.test(days) && Number(days) >= WAITING_PERIOD.least && Number(days) <= WAITING_PERIOD.most;
}
