// The keys that AWS manages for the account: one for each service, made when its alias is first described or used.
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useMemo } from 'react';
import { isOfAws, withoutPrefix } from '../../kms/alias';
import { Info } from '../../parts/info';
import { KeysPreferences } from '../../parts/keys-preferences';
import { PageTitle } from '../../parts/page-title';
import { Refused } from '../../parts/refused';
import { useDescribed, useKnownKeys } from '../../shell/known-keys';
import { usePreference } from '../../shell/preferences';
import { words } from '../../words';
import { COLUMNS, FIRST_PREFERENCES, SHOWABLE, rowOf } from './table-config';

const { awsManaged } = words;

export default function AwsManagedKeysPage() {
  const { keys, aliases, refusal, loading } = useKnownKeys();
  const rows = useMemo(() => {
    const byId = new Map(keys.map((key) => [key.id, key]));
    const own = aliases.filter(({ AliasName }) => isOfAws(withoutPrefix(AliasName)));
    return own.map((alias) => rowOf(alias, byId.get(alias.TargetKeyId ?? '')));
  }, [keys, aliases]);
  const [preferences, setPreferences] = usePreference('aws-managed-keys', FIRST_PREFERENCES);
  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount } = useCollection(rows, {
    filtering: { fields: ['alias', 'id'], empty: <Box textAlign="center">{words.none}</Box>, noMatch: <Box textAlign="center">{words.keys.noMatch.text}</Box> },
    pagination: { pageSize: preferences.pageSize ?? 10 },
    sorting: { defaultState: { sortingColumn: { sortingField: 'alias' } } },
  });
  const shown = items.map(({ id }) => id).join(' ');
  useDescribed(useMemo(() => ({ ids: shown.split(' '), tags: false }), [shown]));
  if (refusal) {
    return (
      <SpaceBetween size="l">
        <PageTitle>{awsManaged.title}</PageTitle>
        <Refused refusal={refusal} />
      </SpaceBetween>
    );
  }
  return (
    <Table
      {...collectionProps}
      variant="full-page"
      stickyHeader
      enableKeyboardNavigation
      items={items}
      trackBy="name"
      loading={loading && rows.length === 0}
      loadingText={words.loading}
      columnDefinitions={COLUMNS}
      columnDisplay={preferences.contentDisplay ?? []}
      wrapLines={preferences.wrapLines ?? false}
      resizableColumns
      ariaLabels={{ tableLabel: awsManaged.title }}
      header={
        <Header variant="awsui-h1-sticky" info={<Info />} counter={`(${rows.length})`} description={awsManaged.text}>
          {awsManaged.title}
        </Header>
      }
      filter={
        <TextFilter
          {...filterProps}
          filteringPlaceholder={awsManaged.filter}
          filteringAriaLabel={awsManaged.filter}
          countText={words.keys.matches(filteredItemsCount ?? 0)}
        />
      }
      pagination={<Pagination {...paginationProps} />}
      preferences={<KeysPreferences columns={SHOWABLE} preferences={preferences} onChange={setPreferences} />}
    />
  );
}
