// The denials of a world that others call, too: what AWS's tools were refused, and why.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { Denial } from 'pocket-kms';
import { useCallback, useState } from 'react';
import { callOf } from '../../kms/denial';
import { Why } from '../../parts/outcome/why';
import { dateTime } from '../../parts/instants';
import { Refused } from '../../parts/refused';
import { words } from '../../words';
import { useClient, useQuery } from '../../world/context';

const { calls } = words;

const COLUMNS: TableProps.ColumnDefinition<Denial>[] = [
  { id: 'operation', header: calls.columns.operation, cell: ({ operation }) => operation, isRowHeader: true },
  { id: 'why', header: calls.columns.why, cell: (denial) => <Why calls={[callOf(denial)]} inTable /> },
  { id: 'message', header: calls.denials.message, cell: ({ message }) => <span className="wrap">{message}</span>, minWidth: 260 },
  { id: 'caller', header: calls.columns.caller, cell: ({ caller }) => <span className="wrap">{caller}</span>, minWidth: 220 },
  { id: 'time', header: calls.columns.time, cell: ({ time }) => dateTime(time), minWidth: 150 },
];

export function Denials() {
  const client = useClient();
  const [looked, setLooked] = useState(0);
  // A denial changes nothing: nobody tells the page of it.
  const query = useQuery(useCallback(async () => ({ looked, denials: (await client.denials()).reverse() }), [client, looked]));
  return (
    <Table
      items={query.value?.denials ?? []}
      columnDefinitions={COLUMNS}
      trackBy="number"
      wrapLines
      loading={query.loading}
      loadingText={words.loading}
      ariaLabels={{ tableLabel: calls.denials.title }}
      header={
        <Header
          variant="h2"
          description={calls.denials.text}
          actions={<Button onClick={() => setLooked(looked + 1)}>{calls.denials.refresh}</Button>}
        >
          {calls.denials.title}
        </Header>
      }
      empty={query.refusal ? <Refused refusal={query.refusal} /> : <Box textAlign="center">{calls.denials.empty}</Box>}
    />
  );
}
