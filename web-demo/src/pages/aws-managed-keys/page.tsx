// The keys that AWS manages for the account: one for each service, made when its alias is first described or used.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useCallback } from 'react';
import { listAwsManagedAliases } from '../../kms/keys';
import { dateTime } from '../../parts/instants';
import { Refused } from '../../parts/refused';
import { keyAddress } from '../../routes';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import { useCall, useQuery } from '../../world/context';
import type { Alias } from '../../world/operations';

const { awsManaged } = words;

const columns = (busy: boolean, describe: (alias: string) => void): TableProps.ColumnDefinition<Alias>[] => [
  { id: 'alias', header: awsManaged.columns.alias, cell: ({ AliasName }) => AliasName, isRowHeader: true },
  {
    id: 'key',
    header: awsManaged.columns.key,
    cell: ({ TargetKeyId, AliasName }) =>
      TargetKeyId ? (
        <Link href={keyAddress(TargetKeyId)}>{TargetKeyId}</Link>
      ) : (
        <Button variant="inline-link" disabled={busy} ariaLabel={awsManaged.describeAlias(AliasName)} onClick={() => describe(AliasName)}>
          {awsManaged.describe}
        </Button>
      ),
    minWidth: 220,
  },
  { id: 'created', header: awsManaged.columns.created, cell: ({ CreationDate }) => (CreationDate ? dateTime(CreationDate) : words.none), minWidth: 150 },
];

export default function AwsManagedKeysPage() {
  const call = useCall();
  const { act, busy, refused } = useAct();
  const { value = [], loading, refusal } = useQuery(useCallback(() => listAwsManagedAliases(call), [call]));
  const describe = (KeyId: string) => void act((call) => call('DescribeKey', { KeyId }), () => awsManaged.made(KeyId));
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={awsManaged.text}>
        {awsManaged.title}
      </Header>
      <Table
        items={value}
        columnDefinitions={columns(busy, describe)}
        trackBy="AliasName"
        wrapLines
        loading={loading}
        loadingText={words.loading}
        ariaLabels={{ tableLabel: awsManaged.title }}
        header={
          <Header variant="h2" counter={`(${value.length})`}>
            {awsManaged.aliases}
          </Header>
        }
        empty={refusal ? <Refused refusal={refusal} /> : <Box textAlign="center">{words.none}</Box>}
        footer={refused && <Refused refusal={refused} />}
      />
    </SpaceBetween>
  );
}
