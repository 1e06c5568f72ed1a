// The metrics of CloudWatch that KMS publishes in the account and Region, each name with a chart.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Button from '@cloudscape-design/components/button';
import { useCallback, useMemo, useState } from 'react';
import { listMetrics } from '../../kms/metrics';
import { accountOf } from '../../kms/places-config';
import { Info } from '../../parts/info';
import { Queried } from '../../parts/queried';
import { words } from '../../words';
import { useCalls, useClient, usePlace, useQuery } from '../../world/context';
import { FIRST_CHOICE } from './choice-config';
import { Choices } from './choices';
import { MetricChart } from './metric-chart';

const { metrics: text } = words;

export default function MetricsPage() {
  const client = useClient();
  const { caller, region } = usePlace();
  const calls = useCalls().length;
  const [looked, setLooked] = useState(0);
  const [choice, setChoice] = useState(FIRST_CHOICE);
  const where = useMemo(() => ({ account: accountOf(caller), region }), [caller, region]);
  const query = useQuery(
    useCallback(async () => ({ looked, calls, names: namesOf(await listMetrics(client, where)) }), [client, where, looked, calls]),
  );
  const look = <Button iconName="refresh" ariaLabel={text.refresh} onClick={() => setLooked(looked + 1)} />;
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={text.text} actions={look}>
        {text.title}
      </Header>
      <Choices choice={choice} onChange={(change) => setChoice({ ...choice, ...change })} />
      <Queried query={query}>
        {({ names }) => (
          <SpaceBetween size="l">
            {names.length === 0 && text.empty}
            {names.map(({ namespace, name }) => (
              <MetricChart key={`${namespace} ${name}`} namespace={namespace} name={name} where={where} choice={choice} looked={looked + calls} />
            ))}
          </SpaceBetween>
        )}
      </Queried>
    </SpaceBetween>
  );
}

interface Name {
  namespace: string;
  name: string;
}

/** Each name once. */
function namesOf(metrics: readonly Name[]): Name[] {
  return [...new Map(metrics.map(({ namespace, name }) => [`${namespace} ${name}`, { namespace, name }])).values()];
}
