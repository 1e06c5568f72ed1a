// The world's clock: what it shows, what is due next, and the hands that turn it.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { dueOf, type Due } from '../../kms/due';
import { Info } from '../../parts/info';
import { words } from '../../words';
import { useClient, useClock, useQuery } from '../../world/context';
import { DueTable } from './due';
import { Face } from './face';
import { Hands } from './hands';

/** The same list every time. */
const NONE: readonly Due[] = [];

export default function ClockPage() {
  const client = useClient();
  const clock = useClock();
  const { value: due = NONE } = useQuery(useCallback(async () => (await client.deadlines()).map(dueOf), [client]));
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={words.clock.text}>
        {words.clock.title}
      </Header>
      {clock && (
        <SpaceBetween size="l">
          <Face running={clock.running} next={due[0]} />
          <Hands running={clock.running} />
          <DueTable due={due} />
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}
