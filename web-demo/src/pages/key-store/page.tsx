// One custom key store: what KMS knows of it, how its connection stands, and the keys in it.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { StoreActions } from '../../actions/store-actions';
import { describeKeyStore } from '../../kms/key-stores';
import { Info } from '../../parts/info';
import { PageTitle } from '../../parts/page-title';
import { Queried } from '../../parts/queried';
import { Refused } from '../../parts/refused';
import { go, storesAddress } from '../../routes';
import { words } from '../../words';
import { useCall, useQuery } from '../../world/context';
import { Failed } from './failed';
import { General } from './general';
import { StoreKeys } from './keys';
import { Progress } from './progress';
import { ProxyPart } from './proxy';

export default function KeyStorePage({ id }: { id: string }) {
  const call = useCall();
  const query = useQuery(useCallback(() => describeKeyStore(call, id).then((store) => store ?? null), [call, id]));
  if (query.refusal) {
    return (
      <SpaceBetween size="l">
        <PageTitle>{id}</PageTitle>
        <Refused refusal={query.refusal} />
      </SpaceBetween>
    );
  }
  return (
    <Queried query={query}>
      {(store) =>
        store === null ? (
          <PageTitle>{words.stores.page.missing(id)}</PageTitle>
        ) : (
          <SpaceBetween size="l">
            <Header variant="h1" info={<Info />} actions={<StoreActions store={store} onDeleted={() => go(storesAddress(store.CustomKeyStoreType))} />}>
              {store.CustomKeyStoreName}
            </Header>
            <Failed store={store} />
            <Progress store={store} />
            <General store={store} />
            {store.XksProxyConfiguration && <ProxyPart store={store} proxy={store.XksProxyConfiguration} />}
            <StoreKeys store={store} />
          </SpaceBetween>
        )
      }
    </Queried>
  );
}
