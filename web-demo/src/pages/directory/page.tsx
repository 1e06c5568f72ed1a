// The directory: who there is, what speaks for them, and what stands above them.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { Info } from '../../parts/info';
import { Refused } from '../../parts/refused';
import { amend, directoryAddress } from '../../routes';
import { useDirectory } from '../../shell/directory';
import { words } from '../../words';
import { Accounts } from './accounts';
import { Endpoints } from './endpoints';
import { DirectoryJson } from './json';
import { Organizations } from './organizations';
import { ManagedPolicies } from './policies';
import { Principals } from './principals';

const { directory } = words;

export default function DirectoryPage({ tab }: { tab: string | undefined }) {
  const { value: known = {}, loading, refusal } = useDirectory();
  const shown = { known, loading };
  const tabs = [
    { id: 'accounts', label: directory.accounts.title, content: <Accounts /> },
    { id: 'users', label: directory.kinds.user.title, content: <Principals kind="user" {...shown} /> },
    { id: 'groups', label: directory.kinds.group.title, content: <Principals kind="group" {...shown} /> },
    { id: 'roles', label: directory.kinds.role.title, content: <Principals kind="role" {...shown} /> },
    { id: 'policies', label: directory.kinds.policy.title, content: <ManagedPolicies {...shown} /> },
    { id: 'organizations', label: directory.kinds.organization.title, content: <Organizations {...shown} /> },
    { id: 'endpoints', label: directory.kinds.endpoint.title, content: <Endpoints {...shown} /> },
    { id: 'json', label: directory.json.title, content: <DirectoryJson known={known} /> },
  ];
  const active = tabs.find(({ id }) => id === tab) ?? tabs[0];
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={directory.text}>
        {directory.title}
      </Header>
      <Refused refusal={refusal} />
      <Tabs tabs={tabs} activeTabId={active?.id ?? ''} onChange={({ detail }) => amend(directoryAddress(detail.activeTabId))} />
    </SpaceBetween>
  );
}
