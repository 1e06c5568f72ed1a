// The exchange with a proxy, request by request, the newest first: who asked for what, and how the proxy answered.
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import Table from '@cloudscape-design/components/table';
import { useCallback, useState } from 'react';
import { words } from '../../words';
import { useCalls, useClient, useQuery } from '../../world/context';
import { Refused } from '../refused';
import { COLUMNS } from './exchange-config';

const { exchange } = words.managers;

const PAGE = 10;

export function Exchange({ proxy }: { proxy: string }) {
  const client = useClient();
  const calls = useCalls();
  const [looked, setLooked] = useState(0);
  // A request changes nothing in the world: who has called, or asks, looks again.
  const seen = `${calls.length} ${looked}`;
  const query = useQuery(useCallback(async () => ({ seen, lines: (await client.proxyLog(proxy, 0)).reverse() }), [client, proxy, seen]));
  const lines = query.value?.lines ?? [];
  const { items, paginationProps } = useCollection(lines, { pagination: { pageSize: PAGE } });
  return (
    <Table
      items={items}
      columnDefinitions={COLUMNS}
      trackBy="number"
      wrapLines
      cellVerticalAlign="top"
      loading={query.loading}
      loadingText={words.loading}
      ariaLabels={{ tableLabel: exchange.title }}
      header={
        <Header
          variant="h2"
          counter={`(${lines.length})`}
          description={exchange.text}
          actions={<Button onClick={() => setLooked(looked + 1)}>{exchange.refresh}</Button>}
        >
          {exchange.title}
        </Header>
      }
      pagination={<Pagination {...paginationProps} />}
      empty={query.refusal ? <Refused refusal={query.refusal} /> : <Box textAlign="center">{exchange.empty}</Box>}
    />
  );
}
