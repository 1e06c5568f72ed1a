// Moves between places: what goes with a person, and what stays behind.
import { accountOf, callerIn } from './places-config';
import type { Place } from '../world/protocol';

/** Who is named anew brings a session, an origin and grant tokens of its own, or none. */
export function moved(place: Place, to: Partial<Place>): Place {
  const { region, caller } = place;
  return to.caller === undefined ? { ...place, ...to } : { region, caller, ...to };
}

/** The place as it is: each partition has its own identities, and who is chosen is the one of that name. */
export function here(place: Place): Place {
  return { ...place, caller: callerIn(place.caller, place.region) };
}

/** Whether a key of the one place cannot be seen at the other. */
export function isElsewhere(place: Place, other: Place): boolean {
  return place.region !== other.region || accountOf(place.caller) !== accountOf(other.caller);
}
