// The KMS keys that stand on a cluster or on a key manager: each is tried, so that a reader sees what breaks.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useCallback, useEffect, useRef } from 'react';
import { listKeyStores } from '../../kms/key-stores';
import { useKeysIn } from '../../shell/known-keys';
import { words } from '../../words';
import { useCall, useQuery, type Call } from '../../world/context';
import type { KeyStore } from '../../world/operations';
import { useTrials } from './trials';
import { columns } from './watch-config';

const { watch } = words.managers;

/** The same list every time. */
const NONE: readonly string[] = [];

interface Props {
  /** Whether a key store stands on it. Give a stable one. */
  serves(store: KeyStore): boolean;
  /** Another number after each thing that was done: then all keys are tried again. */
  after: number;
}

export function Watch({ serves, after }: Props) {
  const call = useCall();
  const stores = useQuery(useCallback(() => storesOn(call, serves), [call, serves]));
  const { keys, loading } = useKeysIn(stores.value ?? NONE);
  const { trials, busy, tryAll } = useTrials();
  const known = useRef(keys);
  known.current = keys;
  useEffect(() => {
    if (after > 0) void tryAll(known.current);
  }, [after, tryAll]);
  return (
    <Table
      items={keys}
      columnDefinitions={columns(trials, keys.some(({ metadata }) => metadata?.XksKeyConfiguration))}
      trackBy="id"
      wrapLines
      loading={stores.loading || loading}
      loadingText={words.loading}
      ariaLabels={{ tableLabel: watch.title }}
      header={
        <Header
          variant="h2"
          counter={`(${keys.length})`}
          description={watch.text}
          actions={
            <Button disabled={keys.length === 0} loading={busy} onClick={() => void tryAll(keys)}>
              {watch.tryAll}
            </Button>
          }
        >
          {watch.title}
        </Header>
      }
      empty={<Box textAlign="center">{watch.empty}</Box>}
    />
  );
}

async function storesOn(call: Call, serves: Props['serves']): Promise<string[]> {
  return (await listKeyStores(call)).filter(serves).map(({ CustomKeyStoreId }) => CustomKeyStoreId);
}
