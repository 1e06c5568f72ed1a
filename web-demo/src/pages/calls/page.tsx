// The calls that this page has made, the newest first, each with why it was allowed or refused.
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import Toggle from '@cloudscape-design/components/toggle';
import { useMemo, useState } from 'react';
import { words } from '../../words';
import { useApi, useCalls } from '../../world/context';
import { Denials } from './denials';
import { COLUMNS, row } from './table-config';

const PAGE = 25;

/** What the filter looks into. */
const FILTERED = ['operation', 'caller', 'region', 'outcome'] as const;

export default function CallsPage() {
  const api = useApi();
  if (api === null) return <CallTable />;
  return (
    <SpaceBetween size="l">
      <CallTable />
      <Denials />
    </SpaceBetween>
  );
}

function CallTable() {
  const calls = useCalls();
  const [refusedOnly, setRefusedOnly] = useState(false);
  const rows = useMemo(() => calls.filter(({ code }) => !refusedOnly || code !== undefined).map(row), [calls, refusedOnly]);
  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount } = useCollection(rows, {
    filtering: {
      fields: [...FILTERED],
      empty: <Box textAlign="center">{words.calls.empty}</Box>,
      noMatch: <Box textAlign="center">{words.calls.noMatch}</Box>,
    },
    pagination: { pageSize: PAGE },
    sorting: { defaultState: { sortingColumn: { sortingField: 'number' }, isDescending: true } },
  });
  return (
    <Table
      {...collectionProps}
      variant="full-page"
      stickyHeader
      resizableColumns
      wrapLines
      items={items}
      trackBy="number"
      columnDefinitions={COLUMNS}
      ariaLabels={{ tableLabel: words.calls.title }}
      header={
        <Header variant="awsui-h1-sticky" counter={`(${rows.length})`} description={words.calls.text}>
          {words.calls.title}
        </Header>
      }
      filter={
        <SpaceBetween direction="horizontal" size="m" alignItems="center">
          <TextFilter
            {...filterProps}
            filteringPlaceholder={words.calls.filter}
            filteringAriaLabel={words.calls.filter}
            countText={words.keys.matches(filteredItemsCount ?? 0)}
          />
          <Toggle checked={refusedOnly} onChange={({ detail }) => setRefusedOnly(detail.checked)}>
            {words.calls.refusedOnly}
          </Toggle>
        </SpaceBetween>
      }
      pagination={<Pagination {...paginationProps} />}
    />
  );
}
