// The keys of a custom key store.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import { withoutPrefix } from '../../kms/alias';
import type { KeySummary } from '../../kms/keys';
import { KeyStatus } from '../../parts/key-status';
import { Refused } from '../../parts/refused';
import { createKeyAddress, go, keyAddress } from '../../routes';
import { useKeysIn } from '../../shell/known-keys';
import { words } from '../../words';
import type { KeyStore } from '../../world/operations';

const { page } = words.stores;
const { columns } = words.keys;

const COMMON: TableProps.ColumnDefinition<KeySummary>[] = [
  {
    id: 'id',
    header: columns.id,
    cell: ({ id }) => (
      <span className="wrap">
        <Link href={keyAddress(id)}>{id}</Link>
      </span>
    ),
    isRowHeader: true,
    minWidth: 200,
  },
  { id: 'alias', header: columns.alias, cell: ({ aliases }) => aliases.map(withoutPrefix).join(', ') || words.none, minWidth: 120 },
  { id: 'status', header: columns.status, cell: ({ metadata }) => <KeyStatus state={metadata?.KeyState} />, minWidth: 150 },
];

const EXTERNAL: TableProps.ColumnDefinition<KeySummary> = {
  id: 'external',
  header: page.externalKey,
  cell: ({ metadata }) => metadata?.XksKeyConfiguration?.Id ?? words.none,
  minWidth: 130,
};

export function StoreKeys({ store: { CustomKeyStoreId: id, CustomKeyStoreType: type, ConnectionState: state } }: { store: KeyStore }) {
  const { keys, refusal, loading } = useKeysIn(useMemo(() => [id], [id]));
  const mayCreate = state === 'CONNECTED';
  const create = (
    <Button
      disabled={!mayCreate}
      {...(mayCreate ? {} : { disabledReason: page.connectFirst })}
      onClick={() => go(createKeyAddress(id))}
    >
      {page.createKey}
    </Button>
  );
  return (
    <Table
      items={keys}
      columnDefinitions={type === 'EXTERNAL_KEY_STORE' ? [...COMMON, EXTERNAL] : COMMON}
      trackBy="id"
      wrapLines
      loading={loading}
      loadingText={words.loading}
      ariaLabels={{ tableLabel: page.keys }}
      header={
        <Header variant="h2" counter={`(${keys.length})`} description={page.keysText} actions={create}>
          {page.keys}
        </Header>
      }
      empty={refusal ? <Refused refusal={refusal} /> : <Box textAlign="center">{page.noKeys}</Box>}
    />
  );
}
