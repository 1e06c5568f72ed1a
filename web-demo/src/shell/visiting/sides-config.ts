// The two places side by side, and who stands there at first: an administrator beside Alice.
import { ACCOUNTS, FIRST_PLACE } from '../../kms/places-config';
import type { Place } from '../../world/protocol';

export interface Side {
  id: 'left' | 'right';
  first: Place;
}

const [alice] = ACCOUNTS[0]?.callers ?? [];

export const SIDES: readonly Side[] = [
  { id: 'left', first: FIRST_PLACE },
  { id: 'right', first: { ...FIRST_PLACE, caller: alice ?? FIRST_PLACE.caller } },
];
