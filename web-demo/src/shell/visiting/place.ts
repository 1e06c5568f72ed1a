// The place that was chosen last: each of two sides, and a visit, has one of its own.
import { useSyncExternalStore } from 'react';
import { FIRST_PLACE } from '../../kms/places-config';
import type { Place, WorldClient } from '../../world/protocol';
import { usePreference } from '../preferences';
import { side } from './frame';
import { SIDES } from './sides-config';

const mine = SIDES.find(({ id }) => id === side);

export function useChosenPlace(client: WorldClient): [Place, (place: Place) => void] {
  const status = useSyncExternalStore(client.watch, client.status);
  const isVisit = status.phase === 'open' && status.visiting !== undefined;
  return usePreference<Place>(['place', ...(isVisit ? ['visit'] : []), ...(mine ? [mine.id] : [])].join('-'), mine?.first ?? FIRST_PLACE);
}
