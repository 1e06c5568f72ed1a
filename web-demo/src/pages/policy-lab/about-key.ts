// What the parts of the lab that are about one key have in common.
import type { ComponentProps } from 'react';
import type { Change, Person } from '../../kms/who-can';
import type { KeySelect } from '../../parts/key-select';
import { words } from '../../words';

export interface AboutKey {
  keyId: string;
  /** The choice of another key. */
  select: ComponentProps<typeof KeySelect>;
}

export function personName({ is, name }: Pick<Person | Change, 'is' | 'name'>): string {
  if (is === 'account') return words.lab.who.othersOf(name);
  return is === 'everyone' ? words.lab.who.everyone : name;
}
