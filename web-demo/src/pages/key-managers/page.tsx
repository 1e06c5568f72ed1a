// External key managers behind their proxies: all of them, or one.
import { PageTitle } from '../../parts/page-title';
import { Queried } from '../../parts/queried';
import { useSetupQuery } from '../../shell/stores';
import { words } from '../../words';
import { ManagerList } from './list';
import { ManagerPanel } from './panel';

export default function KeyManagersPage({ name }: { name: string | undefined }) {
  const query = useSetupQuery();
  return (
    <Queried query={query}>
      {({ proxies = {}, endpointServices = {} }) => {
        if (name === undefined) return <ManagerList proxies={proxies} services={endpointServices} />;
        const proxy = proxies[name];
        return proxy ? <ManagerPanel key={name} name={name} proxy={proxy} /> : <PageTitle>{words.managers.missing(name)}</PageTitle>;
      }}
    </Queried>
  );
}
