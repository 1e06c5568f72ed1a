// A custom key store as it is typed, and what KMS is asked for: all of it at first, and later what differs.
import { pathOf, prefixOf } from '../kms/key-stores';
import { words } from '../words';
import type { Connectivity, Input, KeyStore } from '../world/operations';

export interface StoreDraft {
  name: string;
  cluster: string;
  /** In PEM. */
  anchor: string;
  password: string;
  connectivity: Connectivity;
  crossAccount: boolean;
  owner: string;
  service: string;
  endpoint: string;
  /** What stands in the path before `/kms/xks/v1`. */
  prefix: string;
  accessKeyId: string;
  secret: string;
}

export const FIRST_DRAFT: StoreDraft = {
  name: '',
  cluster: '',
  anchor: '',
  password: '',
  connectivity: 'PUBLIC_ENDPOINT',
  crossAccount: false,
  owner: '',
  service: '',
  endpoint: 'https://',
  prefix: '',
  accessKeyId: '',
  secret: '',
};

/** The password and the credential stay empty: KMS tells neither. */
export function draftOf({ CustomKeyStoreName, CloudHsmClusterId = '', XksProxyConfiguration: proxy }: KeyStore): StoreDraft {
  const { VpcEndpointServiceName: service = '', VpcEndpointServiceOwner: owner = '' } = proxy ?? {};
  return {
    ...FIRST_DRAFT,
    name: CustomKeyStoreName,
    cluster: CloudHsmClusterId,
    ...(proxy ? { connectivity: proxy.Connectivity, service, owner, crossAccount: owner !== '', endpoint: proxy.UriEndpoint, prefix: prefixOf(proxy.UriPath) } : {}),
  };
}

export function clusterWish({ name, cluster, anchor, password }: StoreDraft): Input<'CreateCustomKeyStore'> {
  return {
    CustomKeyStoreName: name.trim(),
    CustomKeyStoreType: 'AWS_CLOUDHSM',
    CloudHsmClusterId: cluster.trim(),
    TrustAnchorCertificate: anchor,
    KeyStorePassword: password,
  };
}

export function externalWish(draft: StoreDraft): Input<'CreateCustomKeyStore'> {
  return {
    CustomKeyStoreName: draft.name.trim(),
    CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
    XksProxyConnectivity: draft.connectivity,
    ...serviceOf(draft),
    XksProxyUriEndpoint: draft.endpoint.trim(),
    XksProxyUriPath: pathOf(draft.prefix),
    XksProxyAuthenticationCredential: credentialOf(draft),
  };
}

function serviceOf({ connectivity, service, crossAccount, owner }: StoreDraft) {
  if (connectivity === 'PUBLIC_ENDPOINT') return {};
  return {
    XksProxyVpcEndpointServiceName: service.trim(),
    ...(crossAccount ? { XksProxyVpcEndpointServiceOwner: owner.trim() } : {}),
  };
}

function credentialOf({ accessKeyId, secret }: StoreDraft) {
  return { AccessKeyId: accessKeyId.trim(), RawSecretAccessKey: secret.trim() };
}

type Changes = Omit<Input<'UpdateCustomKeyStore'>, 'CustomKeyStoreId'>;

/** A field that may have changed, by the name that the message says (P5-189), and what is then asked for. */
type Part = [name: string, changed: boolean, change: Changes];

export function changesOf(store: KeyStore, draft: StoreDraft): { changes: Changes; names: string[] } {
  const before = draftOf(store);
  const name = draft.name.trim();
  const parts: Part[] = [
    [words.stores.creating.name, name !== before.name, { NewCustomKeyStoreName: name }],
    ...(store.CustomKeyStoreType === 'AWS_CLOUDHSM' ? clusterParts(before, draft) : externalParts(before, draft)),
  ];
  const changed = parts.filter(([, changed]) => changed);
  return { changes: Object.assign({}, ...changed.map(([, , change]) => change)) as Changes, names: changed.map(([name]) => name) };
}

function clusterParts(before: StoreDraft, draft: StoreDraft): Part[] {
  const { creating, columns } = words.stores;
  const cluster = draft.cluster.trim();
  return [
    [columns.cluster, cluster !== before.cluster, { CloudHsmClusterId: cluster }],
    [creating.password, draft.password !== '', { KeyStorePassword: draft.password }],
  ];
}

function externalParts(before: StoreDraft, draft: StoreDraft): Part[] {
  const { external } = words.stores;
  const moved = draft.connectivity !== before.connectivity;
  const served = JSON.stringify(serviceOf(draft)) !== JSON.stringify(serviceOf(before));
  const endpoint = draft.endpoint.trim();
  return [
    [external.connectivity, moved, { XksProxyConnectivity: draft.connectivity }],
    [external.service, served, serviceOf(draft)],
    // Another connectivity needs its endpoint in the same call (CKS-276).
    [external.endpoint, moved || endpoint !== before.endpoint, { XksProxyUriEndpoint: endpoint }],
    [external.prefix, pathOf(draft.prefix) !== pathOf(before.prefix), { XksProxyUriPath: pathOf(draft.prefix) }],
    [external.accessKeyId, draft.accessKeyId !== '' || draft.secret !== '', { XksProxyAuthenticationCredential: credentialOf(draft) }],
  ];
}
