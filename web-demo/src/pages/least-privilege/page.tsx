// Least privilege: what the recorded calls of a principal have needed.
import FormField from '@cloudscape-design/components/form-field';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useState } from 'react';
import { PrincipalInput } from '../../parts/principal-input';
import { amend, privilegeAddress } from '../../routes';
import { words } from '../../words';
import { useCalls, usePlace } from '../../world/context';
import { Needed } from './needed';

const { privilege: text } = words;

/** What the tabs are about. */
export interface About {
  principal: string;
  /** Grows when there may be more records. */
  looked: number;
}

export default function LeastPrivilegePage({ tab }: { tab: string | undefined }) {
  const place = usePlace();
  const calls = useCalls().length;
  const [principal, setPrincipal] = useState(place.caller);
  const [looked, setLooked] = useState(0);
  const about: About = { principal: principal.trim(), looked: looked + calls };
  const tabs = [{ id: 'needed', label: text.tabs.needed, content: <Needed {...about} /> }];
  const active = tabs.find(({ id }) => id === tab) ?? tabs[0];
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={text.text} actions={<Button iconName="refresh" ariaLabel={text.refresh} onClick={() => setLooked(looked + 1)} />}>
        {text.title}
      </Header>
      <FormField label={text.principal} description={text.principalText} stretch>
        <PrincipalInput label={text.principal} value={principal} onChange={setPrincipal} />
      </FormField>
      <Tabs tabs={tabs} activeTabId={active?.id ?? ''} onChange={({ detail }) => amend(privilegeAddress(detail.activeTabId))} />
    </SpaceBetween>
  );
}
