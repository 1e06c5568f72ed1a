// One cluster as its owner sees it: what a reader can break, and what becomes of the keys on it.
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useState } from 'react';
import type { DescribedCluster, OwnerAct } from '../../kms/stores-setup';
import { Halves } from '../../parts/halves';
import { Info } from '../../parts/info';
import { Queried } from '../../parts/queried';
import { Watch } from '../../parts/stores/watch';
import { useMenuOwner } from '../../shell/owner';
import { words } from '../../words';
import { useClient, useQuery } from '../../world/context';
import type { KeyStore } from '../../world/operations';
import { Backups } from './backups';
import { DeleteCluster } from './delete';
import { General } from './general';
import { Hsms } from './hsms';
import { ClusterKeys } from './keys';
import { Kmsuser } from './kmsuser';
import { Parts } from './parts';
import { Subnets } from './subnets';

export interface PartProps {
  cluster: DescribedCluster;
  busy: boolean;
  /** Does something as the owner, and says so. */
  act(deed: OwnerAct, said?: string): Promise<boolean>;
}

export function ClusterPanel({ id }: { id: string }) {
  const client = useClient();
  const query = useQuery(useCallback(() => client.onCluster(id, { do: 'describe' }) as Promise<DescribedCluster>, [client, id]));
  const { onCluster, busy } = useMenuOwner();
  const [done, setDone] = useState(0);
  const [deleting, setDeleting] = useState(false);
  const act = async (deed: OwnerAct, said: string = words.clusters.done) => {
    const did = await onCluster(id, deed, said);
    if (did) setDone((done) => done + 1);
    return did;
  };
  const serves = useCallback((store: KeyStore) => store.CloudHsmClusterId === id, [id]);
  return (
    <Queried query={query}>
      {(cluster) => {
        const part: PartProps = { cluster, busy, act };
        return (
          <SpaceBetween size="l">
            <Header variant="h1" info={<Info />} description={words.clusters.text} actions={<Button onClick={() => setDeleting(true)}>{words.clusters.delete}</Button>}>
              {id}
            </Header>
            <General cluster={cluster} />
            <Watch serves={serves} after={done} />
            <Hsms {...part} />
            <Halves>
              <Kmsuser {...part} />
              <Parts {...part} />
            </Halves>
            <Subnets {...part} />
            <ClusterKeys {...part} />
            <Backups {...part} />
            {deleting && <DeleteCluster id={id} onDone={() => setDeleting(false)} />}
          </SpaceBetween>
        );
      }}
    </Queried>
  );
}
