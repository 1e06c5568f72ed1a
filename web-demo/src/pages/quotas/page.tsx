// Quotas: what an account has of what it may have, and how often it may ask.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { Queried } from '../../parts/queried';
import { words } from '../../words';
import { useClient, useQuery } from '../../world/context';
import { RequestQuotas } from './request-quotas';
import { ResourceQuotas } from './resource-quotas';

export default function QuotasPage() {
  const client = useClient();
  const query = useQuery(useCallback(() => client.settings(), [client]));
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={words.quotas.text}>
        {words.quotas.title}
      </Header>
      <Queried query={query}>
        {(settings) => (
          <SpaceBetween size="l">
            <ResourceQuotas settings={settings} />
            <RequestQuotas settings={settings} />
          </SpaceBetween>
        )}
      </Queried>
    </SpaceBetween>
  );
}
