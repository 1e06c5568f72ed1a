// The table of customer managed keys in the chosen account and Region.
import { useCollection } from '@cloudscape-design/collection-hooks';
import Pagination from '@cloudscape-design/components/pagination';
import PropertyFilter from '@cloudscape-design/components/property-filter';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useMemo, useState } from 'react';
import { isAwsManaged } from '../../kms/keys';
import { KeysPreferences } from '../../parts/keys-preferences';
import { PageTitle } from '../../parts/page-title';
import { Refused } from '../../parts/refused';
import { useDescribed, useKnownKeys } from '../../shell/known-keys';
import { usePreference } from '../../shell/preferences';
import { words } from '../../words';
import { Empty, NoMatch } from './empty';
import { FREE_TEXT, TAG_GROUP, propertiesOf } from './filters-config';
import { KeysHeader } from './header';
import { byAlias, rowOf } from './rows';
import { BY_NAME, COLUMNS, FIRST_PREFERENCES, SHOWABLE } from './table-config';
import { isMissing, useWanted } from './wanted';

export default function KeysPage({ onCreate }: { onCreate: () => void }) {
  const { keys, refusal, loading } = useKnownKeys();
  const rows = useMemo(() => keys.filter((key) => !isAwsManaged(key)).map(rowOf).sort(byAlias), [keys]);
  const [used, setUsed] = useState('');
  const [filtering, setFiltering] = useState(false);
  const properties = useMemo(() => propertiesOf(rows, used === '' ? [] : used.split('\n')), [rows, used]);
  const [preferences, setPreferences] = usePreference('keys', FIRST_PREFERENCES);
  const { items, actions, collectionProps, propertyFilterProps, paginationProps, filteredItemsCount } = useCollection(rows, {
    propertyFiltering: {
      filteringProperties: properties,
      freeTextFiltering: FREE_TEXT,
      empty: <Empty onCreate={onCreate} />,
      noMatch: <NoMatch onClear={() => actions.setPropertyFiltering({ tokens: [], operation: 'and' })} />,
    },
    pagination: { pageSize: preferences.pageSize ?? 10 },
    sorting: { defaultState: { sortingColumn: { sortingField: 'alias' } } },
    selection: { trackBy: 'id' },
  });
  const byName = BY_NAME.includes(collectionProps.sortingColumn?.sortingField);
  const wanted = useWanted(rows, items, { all: filtering || !byName, tags: filtering });
  useDescribed(wanted);
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
      loading={loading && rows.length === 0}
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
          onChange={(event) => {
            setUsed(event.detail.tokens.flatMap(({ propertyKey }) => propertyKey ?? []).join('\n'));
            propertyFilterProps.onChange(event);
          }}
          freeTextFiltering={FREE_TEXT}
          customGroupsText={TAG_GROUP}
          asyncProperties
          filteringStatusType={filtering && isMissing(rows, true) ? 'loading' : 'finished'}
          filteringLoadingText={words.loading}
          onLoadItems={() => setFiltering(true)}
          virtualScroll={rows.length > 200}
          filteringPlaceholder={words.keys.filter}
          filteringAriaLabel={words.keys.filter}
          countText={words.keys.matches(filteredItemsCount ?? 0)}
          expandToViewport
        />
      }
      pagination={<Pagination {...paginationProps} />}
      preferences={<KeysPreferences columns={SHOWABLE} preferences={preferences} onChange={setPreferences} />}
    />
  );
}
