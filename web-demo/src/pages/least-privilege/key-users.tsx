// Who uses a key, and who could not, were it deleted.
import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useCallback, useMemo, useState } from 'react';
import { accountOf } from '../../kms/places-config';
import { dryDeletion, usersOf, type DryDeletion, type LostOperation, type User } from '../../kms/usage';
import { dateTime } from '../../parts/instants';
import { KeySelect, useNamedKeys } from '../../parts/key-select';
import { Queried } from '../../parts/queried';
import { TitledTable } from '../../parts/titled-table';
import { words } from '../../words';
import { useClient, usePlace, useQuery } from '../../world/context';

const { users: text } = words.privilege;

export function KeyUsers({ looked }: { looked: number }) {
  const [chosen, setChosen] = useState<string>();
  const { keys, loading, key } = useNamedKeys(chosen);
  if (!key) return <>{loading ? words.loading : words.lab.noKeys}</>;
  return (
    <SpaceBetween size="l">
      <KeySelect keys={keys} value={key.id} onChange={setChosen} />
      <Users key={key.id} keyId={key.id} looked={looked} />
    </SpaceBetween>
  );
}

function Users({ keyId, looked }: { keyId: string; looked: number }) {
  const client = useClient();
  const { caller, region } = usePlace();
  const where = useMemo(() => ({ account: accountOf(caller), region }), [caller, region]);
  const query = useQuery(
    useCallback(async () => {
      const [users, deletion] = await Promise.all([usersOf(client, keyId, where), dryDeletion(client, keyId, where)]);
      return { looked, users, deletion };
    }, [client, keyId, where, looked]),
  );
  return (
    <Queried query={query}>
      {({ users, deletion }) => (
        <SpaceBetween size="l">
          <TitledTable title={text.title} items={users} columnDefinitions={USERS} trackBy="principal" empty={text.nobody} />
          <Deletion deletion={deletion} />
        </SpaceBetween>
      )}
    </Queried>
  );
}

const USERS: TableProps.ColumnDefinition<User>[] = [
  { id: 'principal', header: text.principal, cell: ({ principal }) => <span className="wrap">{principal}</span>, isRowHeader: true, minWidth: 220 },
  { id: 'operations', header: text.operations, cell: ({ operations }) => operations.map(({ operation, times }) => `${operation} (${times})`).join(', ') },
  { id: 'contexts', header: text.contexts, cell: ({ contexts }) => <span className="wrap">{contextsOf(contexts)}</span> },
  { id: 'by', header: text.by, cell: ({ by }) => by.join(', ') || words.none },
  { id: 'refused', header: text.refused, cell: ({ refused }) => refused },
  { id: 'last', header: text.last, cell: ({ last }) => dateTime(Date.parse(last)), minWidth: 150 },
];

function contextsOf(contexts: User['contexts']): string {
  return Object.entries(contexts).map(([name, values]) => `${name}: ${values.join(', ')}`).join('; ') || words.none;
}

interface Lost extends LostOperation {
  id: string;
  principal: string;
}

const LOST: TableProps.ColumnDefinition<Lost>[] = [
  { id: 'principal', header: text.principal, cell: ({ principal }) => <span className="wrap">{principal}</span>, isRowHeader: true, minWidth: 220 },
  { id: 'operation', header: text.operation, cell: ({ operation, times }) => `${operation} (${times})` },
  { id: 'error', header: text.error, cell: ({ error }) => error },
  { id: 'message', header: text.message, cell: ({ message }) => <span className="wrap">{message ?? words.none}</span>, minWidth: 220 },
  { id: 'last', header: text.last, cell: ({ last }) => dateTime(Date.parse(last)), minWidth: 150 },
];

function Deletion({ deletion: { safe, callers, lost } }: { deletion: DryDeletion }) {
  const rows = callers.flatMap(({ principal, operations }) => operations.map((one): Lost => ({ ...one, principal, id: `${principal} ${one.operation} ${one.error}` })));
  const lostToo = [...lost.aliases, ...lost.replicas].join(', ') || words.none;
  return (
    <SpaceBetween size="m">
      <Alert type={safe ? 'success' : 'warning'} header={safe ? text.safe : text.unsafe}>
        {text.lost(lostToo, lost.grants)}
      </Alert>
      <TitledTable title={text.dryDeletion} about={{ description: text.dryDeletionText }} items={rows} columnDefinitions={LOST} trackBy="id" empty={text.nobodyFails} />
    </SpaceBetween>
  );
}
