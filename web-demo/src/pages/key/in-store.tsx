// The custom key store of a key, as the tab of its cryptographic configuration has it (P5-295).
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import { useCallback } from 'react';
import { describeKeyStore } from '../../kms/key-stores';
import { ConnectionStatus } from '../../parts/connection-state';
import { Info } from '../../parts/info';
import { Section } from '../../parts/section';
import { storeAddress } from '../../routes';
import { words } from '../../words';
import { useCall, useQuery } from '../../world/context';
import type { KeyMetadata } from '../../world/operations';

const { columns, page, types } = words.stores;

/** Who may not describe key stores sees what the key itself tells. */
export function InStore({ storeId, metadata }: { storeId: string; metadata: KeyMetadata }) {
  const { CloudHsmClusterId: cluster, XksKeyConfiguration: external } = metadata;
  const call = useCall();
  const { value: store } = useQuery(useCallback(() => describeKeyStore(call, storeId).catch(() => undefined), [call, storeId]));
  return (
    <Section title={page.store} info={<Info topic="key-store" />}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: columns.id, value: <Link href={storeAddress(storeId)}>{storeId}</Link> },
          ...(store
            ? [
                { label: columns.name, value: <span className="wrap">{store.CustomKeyStoreName}</span> },
                { label: columns.type, value: types[store.CustomKeyStoreType] },
                { label: columns.status, value: <ConnectionStatus store={store} /> },
              ]
            : []),
          ...(cluster === undefined ? [] : [{ label: columns.cluster, value: cluster }]),
          ...(external === undefined ? [] : [{ label: page.externalKey, value: <span className="wrap">{external.Id}</span> }]),
        ]}
      />
    </Section>
  );
}
