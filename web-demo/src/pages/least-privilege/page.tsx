// Least privilege: what the recorded calls of a principal have needed.
import FormField from '@cloudscape-design/components/form-field';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useState, type ReactNode } from 'react';
import { Info } from '../../parts/info';
import { PrincipalInput } from '../../parts/principal-input';
import { amend, privilegeAddress } from '../../routes';
import { words } from '../../words';
import { useCalls, usePlace } from '../../world/context';
import type { About } from './about';
import { Findings } from './findings';
import { KeyUsers } from './key-users';
import { Needed } from './needed';
import { NeverNeeded } from './never-needed';

const { privilege: text } = words;

export default function LeastPrivilegePage({ tab }: { tab: string | undefined }) {
  const place = usePlace();
  const calls = useCalls().length;
  const [principal, setPrincipal] = useState(place.caller);
  const [looked, setLooked] = useState(0);
  const about: About = { principal: principal.trim(), looked: looked + calls };
  const whose = (content: ReactNode) => (
    <SpaceBetween size="l">
      <FormField label={text.principal} description={text.principalText} stretch>
        <PrincipalInput label={text.principal} value={principal} onChange={setPrincipal} />
      </FormField>
      {content}
    </SpaceBetween>
  );
  const tabs = [
    { id: 'needed', label: text.tabs.needed, content: whose(<Needed {...about} />) },
    { id: 'unused', label: text.tabs.unused, content: whose(<NeverNeeded {...about} />) },
    { id: 'users', label: text.tabs.users, content: <KeyUsers looked={about.looked} /> },
    { id: 'findings', label: text.tabs.findings, content: <Findings looked={about.looked} /> },
  ];
  const active = tabs.find(({ id }) => id === tab) ?? tabs[0];
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={text.text} actions={<Button iconName="refresh" ariaLabel={text.refresh} onClick={() => setLooked(looked + 1)} />}>
        {text.title}
      </Header>
      <Tabs tabs={tabs} activeTabId={active?.id ?? ''} onChange={({ detail }) => amend(privilegeAddress(detail.activeTabId))} />
    </SpaceBetween>
  );
}
