// A link to a page of another Region or account.
import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { useTravel } from './travel';
import type { Place } from '../world/protocol';

export function PlaceLink({ place, address, children }: { place: Partial<Place>; address: string; children: ReactNode }) {
  const travel = useTravel();
  return (
    <Link
      href={address}
      onFollow={(event) => {
        event.preventDefault();
        travel(place, address);
      }}
    >
      {children}
    </Link>
  );
}
