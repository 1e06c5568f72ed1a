// A table that is a page: filtered by a text, sorted by its columns, turned page by page.
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { ReactNode } from 'react';
import { words } from '../words';
import { Info } from './info';

const PAGE = 25;

interface Props<T> {
  said: { title: string; text: string; filter: string; empty: string; noMatch: string };
  rows: readonly T[];
  columns: TableProps.ColumnDefinition<T>[];
  /** What tells rows apart, and by what they are sorted at first. */
  trackBy: keyof T & string;
  sortedBy: keyof T & string;
  descending?: boolean;
  /** What the filter looks into; into everything without them. */
  fields?: readonly (keyof T & string)[];
  loading?: boolean;
  /** Stands beside the filter. */
  beside?: ReactNode;
  /** What can be done with the table as a whole. */
  actions?: ReactNode;
  more?: Pick<TableProps<T>, 'cellVerticalAlign' | 'resizableColumns'>;
  /** One row can be selected: its name, what it is called, and what can be done with it. */
  selecting?: { label(row: T): string; actions(selected: T | undefined): ReactNode };
}

export function FullTable<T>({ said, rows, columns, trackBy, sortedBy, descending = false, fields, loading = false, beside, actions, more, selecting }: Props<T>) {
  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount } = useCollection(rows, {
    filtering: {
      ...(fields ? { fields: [...fields] } : {}),
      empty: <Box textAlign="center">{said.empty}</Box>,
      noMatch: <Box textAlign="center">{said.noMatch}</Box>,
    },
    pagination: { pageSize: PAGE },
    sorting: { defaultState: { sortingColumn: { sortingField: sortedBy }, isDescending: descending } },
    ...(selecting ? { selection: { trackBy } } : {}),
  });
  // A selection outlives the rows it was made of: what counts is how they are now.
  const chosen = collectionProps.selectedItems?.[0]?.[trackBy];
  const selected = rows.find((row) => row[trackBy] === chosen);
  const filter = (
    <TextFilter
      {...filterProps}
      filteringPlaceholder={said.filter}
      filteringAriaLabel={said.filter}
      countText={words.keys.matches(filteredItemsCount ?? 0)}
    />
  );
  return (
    <Table
      {...collectionProps}
      {...more}
      variant="full-page"
      stickyHeader
      wrapLines
      items={items}
      trackBy={trackBy}
      loading={loading}
      loadingText={words.loading}
      columnDefinitions={columns}
      {...(selecting ? { selectionType: 'single' as const } : {})}
      ariaLabels={{
        tableLabel: said.title,
        selectionGroupLabel: words.directory.selection(said.title),
        itemSelectionLabel: (_, row) => selecting?.label(row) ?? '',
      }}
      header={
        <Header variant="awsui-h1-sticky" info={<Info />} counter={`(${rows.length})`} description={said.text} actions={selecting?.actions(selected) ?? actions}>
          {said.title}
        </Header>
      }
      filter={
        beside ? (
          <SpaceBetween direction="horizontal" size="m" alignItems="center">
            {filter}
            {beside}
          </SpaceBetween>
        ) : (
          filter
        )
      }
      pagination={<Pagination {...paginationProps} />}
    />
  );
}
