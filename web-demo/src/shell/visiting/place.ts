// The place that was chosen last: each of two sides, and a visit, has one of its own.
import { useSyncExternalStore } from 'react';
import { here } from '../../kms/place';
import { FIRST_PLACE } from '../../kms/places-config';
import type { Place, WorldClient } from '../../world/protocol';
import { useVisiting } from './visiting';
import { useKept, usePreference } from '../preferences';
import { side } from './frame';
import { SIDES, type Side } from './sides-config';

const mine = SIDES.find(({ id }) => id === side);

export function useChosenPlace(client: WorldClient): [Place, (place: Place) => void] {
  const status = useSyncExternalStore(client.watch, client.status);
  const isVisit = status.phase === 'open' && status.visiting !== undefined;
  return usePreference<Place>(nameOf(isVisit, mine), mine?.first ?? FIRST_PLACE);
}

/** Says where a visit begins, before or after the page knows that it has begun. */
export function usePlaceOfVisit(): (place: Place) => void {
  return usePreference<Place>(nameOf(true, mine), FIRST_PLACE)[1];
}

/** Where one of the two sides is. */
export function useSidePlace(side: Side): Place {
  const isVisit = useVisiting() !== undefined;
  return here(useKept<Place>(nameOf(isVisit, side)) ?? side.first);
}

function nameOf(isVisit: boolean, side: Side | undefined): string {
  return ['place', ...(isVisit ? ['visit'] : []), ...(side ? [side.id] : [])].join('-');
}
