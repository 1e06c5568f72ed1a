// The custom key stores of one type in the account and Region, as the console lists them.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useCallback, useMemo } from 'react';
import { StoreActions } from '../../actions/store-actions';
import { listKeyStores } from '../../kms/key-stores';
import { FullTable } from '../../parts/full-table';
import { PageTitle } from '../../parts/page-title';
import { Refused } from '../../parts/refused';
import { createStoreAddress, go } from '../../routes';
import { words } from '../../words';
import { useCall, useClient, useQuery } from '../../world/context';
import type { StoreType } from '../../world/operations';
import { useConnectionTimes } from './connection-times';
import { COLUMNS, FILTERED, row } from './table-config';

const { stores } = words;

export default function KeyStoresPage({ type }: { type: StoreType }) {
  const call = useCall();
  const client = useClient();
  const times = useConnectionTimes();
  const { value, refusal, loading } = useQuery(
    useCallback(async () => {
      const [listed, setup] = await Promise.all([listKeyStores(call, type), client.stores()]);
      return listed.map((store) => row(store, setup));
    }, [call, client, type]),
  );
  const rows = useMemo(() => value ?? [], [value]);
  const said = { ...stores.lists[type], filter: stores.filter, noMatch: stores.noMatch };
  if (refusal) {
    return (
      <SpaceBetween size="l">
        <PageTitle>{said.title}</PageTitle>
        <Refused refusal={refusal} />
      </SpaceBetween>
    );
  }
  return (
    <FullTable
      said={said}
      rows={rows}
      columns={COLUMNS[type]}
      trackBy="id"
      sortedBy="name"
      fields={FILTERED}
      loading={loading}
      beside={
        <Toggle checked={times.slow} description={stores.progress.slowText} onChange={({ detail }) => void times.set(detail.checked)}>
          {stores.progress.slow}
        </Toggle>
      }
      selecting={{
        label: ({ name }) => stores.select(name),
        actions: (selected) => (
          <SpaceBetween direction="horizontal" size="xs">
            <StoreActions store={selected?.store} />
            <Button variant="primary" onClick={() => go(createStoreAddress(type))}>
              {said.create}
            </Button>
          </SpaceBetween>
        ),
      }}
    />
  );
}
