// A link to a page of another Region or account.
import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { useTravel } from './travel';
import type { Place } from '../world/protocol';

interface Props {
  place: Partial<Place>;
  address: string;
  ariaLabel?: string | undefined;
  children: ReactNode;
}

export function PlaceLink({ place, address, ariaLabel, children }: Props) {
  const travel = useTravel();
  return (
    <Link
      href={address}
      {...(ariaLabel === undefined ? {} : { ariaLabel })}
      onFollow={(event) => {
        event.preventDefault();
        travel(place, address);
      }}
    >
      {children}
    </Link>
  );
}
