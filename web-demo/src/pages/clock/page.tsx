// The world's clock: what it shows, what is due next, and the hands that turn it.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { dueDeletions } from '../../kms/due';
import { useNow } from '../../parts/now';
import { words } from '../../words';
import { useClient, useClock, useQuery } from '../../world/context';
import { DueTable } from './due';
import { Face } from './face';
import { Hands } from './hands';

export default function ClockPage() {
  const client = useClient();
  const clock = useClock();
  const now = useNow();
  const { value: journal = [] } = useQuery(useCallback(() => client.journal(), [client]));
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={words.clock.text}>
        {words.clock.title}
      </Header>
      {clock && now !== null && (
        <SpaceBetween size="l">
          <Face now={now} running={clock.running} next={dueDeletions(journal)[0]} />
          <Hands running={clock.running} />
          <DueTable journal={journal} now={now} />
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}
