// Doors of the package whose types come with the next version of it: proxies by their names, and the linter.
import type { PocketKms } from 'pocket-kms';
import type { Linted, PolicyKind } from '../kms/finding';
import type { ProxyExchange } from './protocol';

interface Proxy {
  do(deed: string, members: object): unknown;
  log(after: number): ProxyExchange[];
}

interface Doors {
  stores: { proxies: { get(name: string): Proxy | undefined } };
  lint(text: string, options: { kind: PolicyKind; account: string }): Promise<Linted[]>;
}

export function doorsOf(kms: PocketKms): Doors {
  return kms as unknown as Doors;
}
