// One external key manager and its proxy: what a reader can turn off and break, and what breaks then.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useState } from 'react';
import { proxyOf } from '../../kms/key-stores';
import type { Proxy } from '../../kms/stores-setup';
import { Halves } from '../../parts/halves';
import { Info } from '../../parts/info';
import { Exchange } from '../../parts/stores/exchange';
import { Watch } from '../../parts/stores/watch';
import { words } from '../../words';
import type { KeyStore } from '../../world/operations';
import { Behaviour } from './behaviour';
import { Credentials } from './credentials';
import { ExternalKeys } from './external-keys';
import { ProxyFaults } from './faults';
import { Managers } from './managers';
import { ManagerButtons } from './buttons';

export interface PartProps {
  name: string;
  proxy: Proxy;
  /** After everything that is done. */
  onDone(): void;
}

export function ManagerPanel({ name, proxy }: { name: string; proxy: Proxy }) {
  const [done, setDone] = useState(0);
  const part: PartProps = { name, proxy, onDone: () => setDone((done) => done + 1) };
  const serves = useCallback((store: KeyStore) => proxyOf(store) === name, [name]);
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={words.managers.text} actions={<ManagerButtons {...part} />}>
        {name}
      </Header>
      <ExternalKeys {...part} />
      <Watch serves={serves} after={done} />
      <Halves>
        <Behaviour {...part} />
        <Managers {...part} />
      </Halves>
      <ProxyFaults {...part} />
      <Credentials {...part} />
      <Exchange proxy={name} />
    </SpaceBetween>
  );
}
