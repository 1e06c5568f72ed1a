// Quotas: what an account has of what it may have, and how often it may ask.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { accountOf } from '../../kms/places-config';
import { Info } from '../../parts/info';
import { Queried } from '../../parts/queried';
import { words } from '../../words';
import { useClient, usePlace, useQuery } from '../../world/context';
import { RequestQuotas } from './request-quotas';
import { ResourceQuotas } from './resource-quotas';

export default function QuotasPage() {
  const client = useClient();
  const { region, caller } = usePlace();
  const account = accountOf(caller);
  const query = useQuery(
    useCallback(async () => {
      const [settings, quotas] = await Promise.all([client.settings(), client.quotas(account, region)]);
      return { settings, quotas };
    }, [client, account, region]),
  );
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={words.quotas.text}>
        {words.quotas.title}
      </Header>
      <Queried query={query}>
        {({ settings, quotas }) => (
          <SpaceBetween size="l">
            <ResourceQuotas quotas={quotas} />
            <RequestQuotas settings={settings} quotas={quotas} />
          </SpaceBetween>
        )}
      </Queried>
    </SpaceBetween>
  );
}
