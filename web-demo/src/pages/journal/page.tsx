// The journal: every change of every row, in the order in which they were applied.
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useCallback, useMemo } from 'react';
import { words } from '../../words';
import { useClient, useQuery } from '../../world/context';
import { COLUMNS, row } from './table-config';

const PAGE = 25;

export default function JournalPage() {
  const client = useClient();
  const { value, loading } = useQuery(useCallback(() => client.journal(), [client]));
  const rows = useMemo(() => value?.map(row) ?? [], [value]);
  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount } = useCollection(rows, {
    filtering: {
      empty: <Box textAlign="center">{words.journal.empty}</Box>,
      noMatch: <Box textAlign="center">{words.journal.noMatch}</Box>,
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
      cellVerticalAlign="top"
      items={items}
      trackBy="number"
      loading={loading}
      loadingText={words.loading}
      columnDefinitions={COLUMNS}
      ariaLabels={{ tableLabel: words.journal.title }}
      header={
        <Header variant="awsui-h1-sticky" counter={`(${rows.length})`} description={words.journal.text}>
          {words.journal.title}
        </Header>
      }
      filter={
        <TextFilter
          {...filterProps}
          filteringPlaceholder={words.journal.filter}
          filteringAriaLabel={words.journal.filter}
          countText={words.keys.matches(filteredItemsCount ?? 0)}
        />
      }
      pagination={<Pagination {...paginationProps} />}
    />
  );
}
