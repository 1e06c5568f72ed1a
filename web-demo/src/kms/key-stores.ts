// Custom key stores as DescribeCustomKeyStores lists them.
import type { Call } from '../world/context';
import type { KeyStore, StoreType } from '../world/operations';
import { pages } from './keys';

/** The stores of one type in the account and Region. */
export async function listKeyStores(call: Call, type?: StoreType): Promise<KeyStore[]> {
  const all = await pages(
    (Marker) => call('DescribeCustomKeyStores', { Limit: 100, ...Marker }),
    (page) => page.CustomKeyStores as KeyStore[],
  );
  return all.filter(({ CustomKeyStoreType }) => type === undefined || CustomKeyStoreType === type);
}

export async function describeKeyStore(call: Call, CustomKeyStoreId: string): Promise<KeyStore | undefined> {
  return (await call('DescribeCustomKeyStores', { CustomKeyStoreId })).CustomKeyStores[0] as KeyStore | undefined;
}

/** Where the requests of an external key store go: the name of its proxy. */
export function proxyOf({ XksProxyConfiguration }: KeyStore): string | undefined {
  return XksProxyConfiguration && proxyName(XksProxyConfiguration.UriEndpoint, XksProxyConfiguration.UriPath);
}

/** Every path ends in this; before it stands what one proxy tells its key stores apart by (CKS-15). */
export const PATH_END = '/kms/xks/v1';

/** `https://xks.example.com/prefix`: the endpoint, and the prefix of the path. */
export function proxyName(endpoint: string, path: string): string {
  return endpoint + path.replace(/\/kms\/xks\/v\d{1,2}$/, '');
}

/** The path behind a prefix, which people write with or without slashes. */
export function pathOf(prefix: string): string {
  const words = prefix.split('/').filter(Boolean);
  return words.map((word) => `/${word}`).join('') + PATH_END;
}

export function prefixOf(path: string): string {
  return path.replace(/\/kms\/xks\/v\d{1,2}$/, '').replace(/^\//, '');
}
