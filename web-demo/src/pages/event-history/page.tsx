// The event history as in the console of CloudTrail: what was recorded in an account and Region, filtered, the newest first.
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import { useMemo, useState } from 'react';
import { Info } from '../../parts/info';
import { Refused } from '../../parts/refused';
import type { RecordName } from '../../routes';
import { words } from '../../words';
import { FIRST_QUERY } from './filter';
import { Filters, type Choice } from './filters';
import { RecordPage } from './record';
import { SaveRecords } from './save-records';
import { COLUMNS, row } from './table-config';
import { useRecords } from './use-records';

const { history } = words;

const PAGE = 25;

export default function EventHistoryPage({ record }: { record: RecordName | undefined }) {
  return record ? <RecordPage key={record.id} name={record} /> : <History />;
}

function History() {
  const [choice, setChoice] = useState<Choice>({ query: FIRST_QUERY, range: 'all', everywhere: false });
  const { found, refusal, loading, look } = useRecords(choice);
  const rows = useMemo(() => found?.records.map(row) ?? [], [found]);
  const { items, collectionProps, paginationProps } = useCollection(rows, {
    pagination: { pageSize: PAGE },
    sorting: { defaultState: { sortingColumn: { sortingField: 'number' }, isDescending: true } },
  });
  const counter = `(${rows.length}${found?.more ? '+' : ''})`;
  const actions = (
    <SpaceBetween direction="horizontal" size="xs">
      <SaveRecords records={found?.records ?? []} />
      <Button iconName="refresh" ariaLabel={history.refresh} onClick={look} />
    </SpaceBetween>
  );
  return (
    <Table
      {...collectionProps}
      variant="full-page"
      stickyHeader
      wrapLines
      resizableColumns
      items={items}
      trackBy="number"
      loading={loading}
      loadingText={words.loading}
      columnDefinitions={COLUMNS}
      ariaLabels={{ tableLabel: history.title }}
      empty={refusal ? <Refused refusal={refusal} /> : <Box textAlign="center">{history.empty}</Box>}
      header={
        <Header variant="awsui-h1-sticky" info={<Info />} counter={counter} description={described(found?.dropped ?? 0)} actions={actions}>
          {history.title}
        </Header>
      }
      filter={<Filters choice={choice} rows={rows} onChange={(change) => setChoice({ ...choice, ...change })} />}
      pagination={<Pagination {...paginationProps} />}
    />
  );
}

function described(dropped: number): string {
  return dropped > 0 ? `${history.text} ${history.dropped(dropped)}` : history.text;
}
