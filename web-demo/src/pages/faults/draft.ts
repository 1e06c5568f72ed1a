// A fault as it is typed, and as the world is asked for it.
import type { FaultWish } from '../../world/protocol';

export type Trigger = 'always' | 'count' | 'every' | 'probability';

export interface Draft {
  fault: string;
  moment: FaultWish['moment'];
  operations: string[];
  key: string;
  trigger: Trigger;
  /** The number that belongs to the trigger. */
  number: string;
  /** Milliseconds. */
  delay: string;
}

export const FIRST_DRAFT: Draft = { fault: 'throttled', moment: 'before', operations: [], key: '', trigger: 'count', number: '1', delay: '' };

/** What is chosen for a trigger before a person chooses. */
export const FIRST_NUMBERS: Record<Trigger, string> = { always: '', count: '1', every: '2', probability: '0.5' };

/** Whether numbers are numbers; which ones there can be, the world decides. */
export function isReadable({ trigger, number, delay }: Draft): boolean {
  return (trigger === 'always' || isNumber(number)) && (delay === '' || isNumber(delay));
}

export function wishOf({ fault, moment, operations, key, trigger, number, delay }: Draft): FaultWish {
  return {
    fault,
    moment,
    ...(operations.length > 0 ? { operation: operations } : {}),
    ...(key.trim() === '' ? {} : { key: key.trim() }),
    ...(trigger === 'always' ? {} : { [trigger]: Number(number) }),
    ...(delay === '' ? {} : { delay: Number(delay) }),
  };
}

export function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}
