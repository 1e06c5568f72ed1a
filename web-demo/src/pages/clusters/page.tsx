// Simulated clusters of AWS CloudHSM: all of them, or one.
import { PageTitle } from '../../parts/page-title';
import { Queried } from '../../parts/queried';
import { useSetupQuery } from '../../shell/stores';
import { words } from '../../words';
import { ClusterList } from './list';
import { ClusterPanel } from './panel';

export default function ClustersPage({ id }: { id: string | undefined }) {
  const query = useSetupQuery();
  return (
    <Queried query={query}>
      {({ clusters = {} }) => {
        if (id === undefined) return <ClusterList clusters={clusters} />;
        return clusters[id] ? <ClusterPanel key={id} id={id} /> : <PageTitle>{words.clusters.missing(id)}</PageTitle>;
      }}
    </Queried>
  );
}
