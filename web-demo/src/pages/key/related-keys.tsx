// The table of related keys. Each Region leads to its key.
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useCallback } from 'react';
import { relatedKeys, type RelatedKey } from '../../kms/related';
import { KeyStatus } from '../../parts/key-status';
import { keyAddress } from '../../routes';
import { PlaceLink } from '../../shell/place-link';
import { words } from '../../words';
import { useClient, usePlace, useQuery } from '../../world/context';
import type { Related } from '../../world/operations';

const { related: text } = words.regionality;

const columns = (keyId: string, here: string): TableProps.ColumnDefinition<RelatedKey>[] => [
  {
    id: 'region',
    header: text.columns.region,
    isRowHeader: true,
    cell: ({ region }) =>
      region === here ? (
        text.here(region)
      ) : (
        <PlaceLink place={{ region }} address={keyAddress(keyId, 'regionality')}>
          {region}
        </PlaceLink>
      ),
  },
  { id: 'kind', header: text.columns.kind, cell: ({ isPrimary }) => (isPrimary ? text.kinds.primary : text.kinds.replica) },
  { id: 'status', header: text.columns.status, cell: ({ metadata }) => <KeyStatus state={metadata?.KeyState} />, minWidth: 150 },
  { id: 'arn', header: text.columns.arn, cell: ({ arn }) => <span className="wrap">{arn}</span>, minWidth: 220 },
];

export function RelatedKeys({ keyId, related }: { keyId: string; related: Related }) {
  const client = useClient();
  const place = usePlace();
  const { value = [], loading } = useQuery(useCallback(() => relatedKeys(client, related, keyId, place), [client, related, keyId, place]));
  return (
    <Table
      items={value}
      columnDefinitions={columns(keyId, place.region)}
      trackBy="region"
      wrapLines
      loading={loading}
      loadingText={words.loading}
      ariaLabels={{ tableLabel: text.title }}
      header={
        <Header variant="h2" counter={`(${value.length})`} description={text.text}>
          {text.title}
        </Header>
      }
      empty={<Box textAlign="center">{text.empty}</Box>}
    />
  );
}
