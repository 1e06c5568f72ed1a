// The policy lab: who can do what, what would be decided, what a change would change, templates in, templates out.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useState, type ReactNode } from 'react';
import { Info } from '../../parts/info';
import { useNamedKeys } from '../../parts/key-select';
import { amend, labAddress } from '../../routes';
import { words } from '../../words';
import { BeforeAndAfter } from './change';
import { Export } from './export';
import { RequestBuilder } from './request';
import { Templates } from './templates';
import { WhoCanMatrix } from './who-can';

const { lab } = words;

export default function PolicyLabPage({ tab }: { tab: string | undefined }) {
  const [chosen, setChosen] = useState<string>();
  const { keys, loading, key } = useNamedKeys(chosen);
  // A tab is about one key, and begins anew with another.
  const about = (part: (keyId: string) => ReactNode) => (key ? part(key.id) : loading ? words.loading : lab.noKeys);
  const select = { keys, value: key?.id, onChange: setChosen };
  const tabs = [
    { id: 'who', label: lab.who.title, content: about((id) => <WhoCanMatrix key={id} keyId={id} select={select} />) },
    { id: 'request', label: lab.request.title, content: about((id) => <RequestBuilder key={id} keyId={id} select={select} />) },
    { id: 'change', label: lab.change.title, content: about((id) => <BeforeAndAfter key={id} keyId={id} select={select} />) },
    { id: 'templates', label: lab.templates.title, content: <Templates /> },
    { id: 'export', label: lab.export.title, content: <Export /> },
  ];
  const active = tabs.find(({ id }) => id === tab) ?? tabs[0];
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={lab.text}>
        {lab.title}
      </Header>
      <Tabs tabs={tabs} activeTabId={active?.id ?? ''} onChange={({ detail }) => amend(labAddress(detail.activeTabId))} />
    </SpaceBetween>
  );
}
