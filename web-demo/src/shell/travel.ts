// Going to another Region, account or identity, and to a page there, in one step.
import { createContext, useContext } from 'react';
import type { Place } from '../world/protocol';

/** What the place does not name stays as it is; without an address, so does the page. */
export type Travel = (place: Partial<Place>, address?: string, going?: Going) => void;

export interface Going {
  /** Whether a person has asked for it: else the focus stays where it is. */
  asked: boolean;
}

export const Traveller = createContext<Travel | null>(null);

export function useTravel(): Travel {
  const travel = useContext(Traveller);
  if (!travel) throw new Error('This component is not inside the frame of the playground.');
  return travel;
}
