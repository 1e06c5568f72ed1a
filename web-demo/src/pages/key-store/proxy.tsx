// How KMS reaches the proxy of an external key store, and the way to what stands behind it.
import Alert from '@cloudscape-design/components/alert';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { proxyOf } from '../../kms/key-stores';
import { Section } from '../../parts/section';
import { Exchange } from '../../parts/stores/exchange';
import { KEY_MANAGERS, managerAddress } from '../../routes';
import { useSetup } from '../../shell/stores';
import { words } from '../../words';
import type { KeyStore } from '../../world/operations';

const { columns, page, external } = words.stores;

type Configuration = NonNullable<KeyStore['XksProxyConfiguration']>;

export function ProxyPart({ store, proxy }: { store: KeyStore; proxy: Configuration }) {
  const { proxies = {} } = useSetup();
  const name = proxyOf(store);
  const known = name !== undefined && proxies[name] != null;
  const wrapped = (text: string) => <span className="wrap">{text}</span>;
  return (
    <SpaceBetween size="l">
      <Section title={page.proxy} actions={known && <Link href={managerAddress(name)}>{external.manager}</Link>}>
        <KeyValuePairs
          columns={3}
          minColumnWidth={220}
          items={[
            { label: columns.connectivity, value: external.connectivities[proxy.Connectivity].label },
            { label: columns.endpoint, value: wrapped(proxy.UriEndpoint) },
            { label: columns.path, value: wrapped(proxy.UriPath) },
            { label: page.accessKeyId, value: wrapped(proxy.AccessKeyId) },
            ...(proxy.VpcEndpointServiceName ? [{ label: page.service, value: wrapped(proxy.VpcEndpointServiceName) }] : []),
            ...(proxy.VpcEndpointServiceOwner ? [{ label: page.owner, value: proxy.VpcEndpointServiceOwner }] : []),
          ]}
        />
      </Section>
      {known ? <Exchange proxy={name} /> : <Unregistered />}
    </SpaceBetween>
  );
}

/** What answers then, and where a reader can change that. */
function Unregistered() {
  return (
    <Alert type="info">
      {external.unregistered} <Link href={KEY_MANAGERS}>{words.managers.title}</Link>
    </Alert>
  );
}
