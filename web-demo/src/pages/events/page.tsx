// The events that KMS and CloudTrail send to EventBridge, the newest first.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useCallback, useMemo, useState } from 'react';
import { busEvents } from '../../kms/events';
import { accountOf } from '../../kms/places-config';
import { FullTable } from '../../parts/full-table';
import { PageTitle } from '../../parts/page-title';
import { Refused } from '../../parts/refused';
import { words } from '../../words';
import { useCalls, useClient, usePlace, useQuery } from '../../world/context';
import { COLUMNS, FILTERED, row } from './table-config';

const { events: text } = words;

export default function EventsPage() {
  const client = useClient();
  const { caller, region } = usePlace();
  const calls = useCalls().length;
  const [looked, setLooked] = useState(0);
  const [reading, setReading] = useState(false);
  const query = useQuery(
    useCallback(async () => {
      const where = { account: accountOf(caller), region };
      const found = await busEvents(client, where, reading ? 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' : 'ENABLED');
      return { looked, calls, rows: found.map(row) };
    }, [client, caller, region, reading, looked, calls]),
  );
  const rows = useMemo(() => query.value?.rows ?? [], [query.value]);
  if (query.refusal) {
    return (
      <SpaceBetween size="l">
        <PageTitle>{text.title}</PageTitle>
        <Refused refusal={query.refusal} />
      </SpaceBetween>
    );
  }
  return (
    <FullTable
      said={text}
      rows={rows}
      columns={COLUMNS}
      trackBy="number"
      sortedBy="number"
      descending
      fields={FILTERED}
      loading={query.loading}
      more={{ resizableColumns: true, cellVerticalAlign: 'top' }}
      actions={<Button iconName="refresh" ariaLabel={text.refresh} onClick={() => setLooked(looked + 1)} />}
      beside={
        <Toggle checked={reading} onChange={({ detail }) => setReading(detail.checked)}>
          {text.readOnly}
        </Toggle>
      }
    />
  );
}
