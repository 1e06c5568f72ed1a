// One key: what it is, and everything that can be done with it.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useCallback } from 'react';
import { KeyActions } from '../../actions/key-actions';
import { describeKey, listAliases } from '../../kms/keys';
import { Info } from '../../parts/info';
import { PageTitle } from '../../parts/page-title';
import { Queried } from '../../parts/queried';
import { Refused } from '../../parts/refused';
import { amend, keyAddress } from '../../routes';
import { useCall, useQuery } from '../../world/context';
import { General } from './general';
import { tabsOf } from './tabs-config';

export default function KeyPage({ keyId, tab }: { keyId: string; tab: string | undefined }) {
  const call = useCall();
  const query = useQuery(
    useCallback(async () => {
      // Who may describe a key may still not list aliases: that needs an IAM policy.
      const [metadata, aliases] = await Promise.all([describeKey(call, keyId), listAliases(call, keyId).catch(() => [])]);
      return { metadata, aliases };
    }, [call, keyId]),
  );
  if (query.refusal) {
    return (
      <SpaceBetween size="l">
        <PageTitle>{keyId}</PageTitle>
        <Refused refusal={query.refusal} />
      </SpaceBetween>
    );
  }
  return (
    <Queried query={query}>
      {({ metadata, aliases }) => {
        const tabs = tabsOf(metadata);
        const active = tabs.find(({ id }) => id === tab) ?? tabs[0];
        return (
          <SpaceBetween size="l">
            <Header variant="h1" info={<Info />} actions={<KeyActions keys={[{ id: keyId, metadata }]} />}>
              {keyId}
            </Header>
            <General metadata={metadata} aliases={aliases} />
            <Tabs
              tabs={tabs}
              activeTabId={active?.id ?? ''}
              onChange={({ detail }) => amend(keyAddress(keyId, detail.activeTabId))}
            />
          </SpaceBetween>
        );
      }}
    </Queried>
  );
}
