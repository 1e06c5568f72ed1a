// The table of customer managed keys in the chosen account and Region.
import { useCollection } from '@cloudscape-design/collection-hooks';
import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import Pagination from '@cloudscape-design/components/pagination';
import PropertyFilter from '@cloudscape-design/components/property-filter';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useCallback, useMemo } from 'react';
import { listKeys } from '../../kms/keys';
import { PageTitle } from '../../parts/page-title';
import { Refused } from '../../parts/refused';
import { usePreference } from '../../shell/preferences';
import { words } from '../../words';
import { useCall, useQuery } from '../../world/context';
import { Empty, NoMatch } from './empty';
import { KeysHeader } from './header';
import { COLUMNS, FILTERS, FIRST_PREFERENCES, PREFERENCES, row } from './table-config';

export default function KeysPage({ onCreate }: { onCreate: () => void }) {
  const call = useCall();
  const { value, refusal, loading } = useQuery(useCallback(() => listKeys(call), [call]));
  const rows = useMemo(() => value?.map(row) ?? [], [value]);
  const [preferences, setPreferences] = usePreference('keys', FIRST_PREFERENCES);
  const { items, actions, collectionProps, propertyFilterProps, paginationProps, filteredItemsCount } = useCollection(rows, {
    propertyFiltering: {
      filteringProperties: FILTERS,
      empty: <Empty onCreate={onCreate} />,
      noMatch: <NoMatch onClear={() => actions.setPropertyFiltering({ tokens: [], operation: 'and' })} />,
    },
    pagination: { pageSize: preferences.pageSize ?? 10 },
    sorting: { defaultState: { sortingColumn: { sortingField: 'alias' } } },
    selection: { trackBy: 'id' },
  });
  if (refusal) {
    return (
      <SpaceBetween size="l">
        <PageTitle>{words.keys.title}</PageTitle>
        <Refused refusal={refusal} />
      </SpaceBetween>
    );
  }
  // A selection outlives the rows it was made of: what counts is how they are now.
  const chosen = new Set(collectionProps.selectedItems?.map(({ id }) => id));
  const selected = rows.filter(({ id }) => chosen.has(id));
  return (
    <Table
      {...collectionProps}
      variant="full-page"
      selectionType="multi"
      stickyHeader
      enableKeyboardNavigation
      items={items}
      loading={loading}
      loadingText={words.loading}
      columnDefinitions={COLUMNS}
      columnDisplay={preferences.contentDisplay ?? []}
      wrapLines={preferences.wrapLines ?? false}
      resizableColumns
      ariaLabels={words.keys.labels}
      header={<KeysHeader total={rows.length} selected={selected} onCreate={onCreate} />}
      filter={
        <PropertyFilter
          {...propertyFilterProps}
          filteringPlaceholder={words.keys.filter}
          filteringAriaLabel={words.keys.filter}
          countText={words.keys.matches(filteredItemsCount ?? 0)}
          expandToViewport
        />
      }
      pagination={<Pagination {...paginationProps} />}
      preferences={
        <CollectionPreferences
          {...PREFERENCES}
          title={words.keys.preferences}
          confirmLabel={words.confirm}
          cancelLabel={words.cancel}
          preferences={preferences}
          onConfirm={({ detail }) => setPreferences(detail)}
        />
      }
    />
  );
}
