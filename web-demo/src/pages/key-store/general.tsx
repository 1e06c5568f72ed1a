// General configuration of a custom key store.
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import { ConnectionStatus } from '../../parts/connection-state';
import { Output } from '../../parts/bytes';
import { dateTime } from '../../parts/instants';
import { Section } from '../../parts/section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { clusterAddress } from '../../routes';
import { words } from '../../words';
import type { KeyStore } from '../../world/operations';

const { columns, page, types } = words.stores;

export function General({ store }: { store: KeyStore }) {
  const { CloudHsmClusterId: cluster, TrustAnchorCertificate: anchor } = store;
  return (
    <Section title={page.general}>
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={3}
          minColumnWidth={220}
          items={[
            { label: columns.name, value: <span className="wrap">{store.CustomKeyStoreName}</span> },
            { label: columns.id, value: <span className="wrap">{store.CustomKeyStoreId}</span> },
            { label: columns.status, value: <ConnectionStatus store={store} /> },
            { label: columns.type, value: types[store.CustomKeyStoreType] },
            { label: columns.created, value: dateTime(store.CreationDate) },
            ...(cluster === undefined ? [] : [{ label: columns.cluster, value: <Link href={clusterAddress(cluster)}>{cluster}</Link> }]),
          ]}
        />
        {anchor !== undefined && <Output label={page.anchor} name={page.anchor} text={anchor} />}
      </SpaceBetween>
    </Section>
  );
}
