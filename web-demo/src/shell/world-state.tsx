// Shows the page once the world is open, and until then why it is not.
import type { ReactNode } from 'react';
import { Loading } from '../parts/loading';
import { words } from '../words';
import { useStatus } from '../world/context';
import { Broken } from './boundary';

export function WorldState({ onReset, children }: { onReset: () => void; children: ReactNode }) {
  const status = useStatus();
  switch (status.phase) {
    case 'opening':
      return <Loading />;
    case 'broken':
      return status.isHarmless ? (
        <Broken {...words.notLoaded} reason={status.reason} />
      ) : (
        <Broken {...words.broken} reason={status.reason} onReset={onReset} />
      );
    case 'open':
      return children;
  }
}
