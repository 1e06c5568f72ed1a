// What a principal may do and never needed: of its policies, of key policies that name it, and of grants.
import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { useCallback } from 'react';
import { unused, type Unused, type UnusedGrant, type UnusedStatement } from '../../kms/usage';
import { Queried } from '../../parts/queried';
import { TitledTable } from '../../parts/titled-table';
import { words } from '../../words';
import { useClient, useQuery } from '../../world/context';
import type { About } from './about';

const { unused: text } = words.privilege;

export function NeverNeeded({ principal, looked }: About) {
  const client = useClient();
  const query = useQuery(useCallback(async () => ({ looked, told: await unused(client, principal) }), [client, principal, looked]));
  return <Queried query={query}>{({ told }) => <Found told={told} />}</Queried>;
}

function Found({ told: { trusted, statements, grants } }: { told: Unused }) {
  return (
    <SpaceBetween size="l">
      {trusted && <Alert type="info">{text.trusted}</Alert>}
      <TitledTable title={text.statements} items={statements} columnDefinitions={STATEMENTS} empty={text.noStatement} />
      <TitledTable title={text.grants} items={grants} columnDefinitions={GRANTS} empty={text.noGrant} />
    </SpaceBetween>
  );
}

const STATEMENTS: TableProps.ColumnDefinition<UnusedStatement>[] = [
  { id: 'where', header: text.where, cell: ({ policy, key, layer }) => <span className="wrap">{key ?? policy ?? layer}</span>, isRowHeader: true, minWidth: 180 },
  { id: 'statement', header: text.statement, cell: ({ sid, statement }) => sid ?? String(statement) },
  { id: 'used', header: text.used, cell: ({ used }) => <Used used={used} /> },
  { id: 'needed', header: text.needed, cell: ({ actions }) => <span className="wrap">{listed(actions.flatMap(({ used }) => used))}</span> },
  { id: 'unused', header: text.never, cell: ({ actions }) => <Levels levels={levelsOf(actions)} />, minWidth: 260 },
];

const GRANTS: TableProps.ColumnDefinition<UnusedGrant>[] = [
  { id: 'key', header: text.key, cell: ({ key }) => <span className="wrap">{key}</span>, isRowHeader: true, minWidth: 180 },
  { id: 'grant', header: text.grant, cell: ({ grantId }) => <span className="wrap">{grantId}</span> },
  { id: 'used', header: text.used, cell: ({ used }) => <Used used={used} /> },
  { id: 'needed', header: text.needed, cell: ({ needed }) => listed(needed) },
  { id: 'unused', header: text.never, cell: ({ unused }) => listed(unused) },
];

function Used({ used }: { used: boolean }) {
  return <StatusIndicator type={used ? 'success' : 'stopped'}>{used ? text.yes : text.no}</StatusIndicator>;
}

function Levels({ levels }: { levels: ReadonlyMap<string, readonly string[]> }) {
  if (levels.size === 0) return <>{words.none}</>;
  return (
    <ul className="statements">
      {[...levels].map(([level, actions]) => (
        <li key={level} className="wrap">
          <strong>{level}:</strong> {actions.join(', ')}
        </li>
      ))}
    </ul>
  );
}

/** The unused actions of a statement by their access level. */
function levelsOf(actions: UnusedStatement['actions']): Map<string, readonly string[]> {
  const levels = new Map<string, readonly string[]>();
  for (const [level, names] of actions.flatMap(({ unused }) => Object.entries(unused))) {
    if (names.length > 0) levels.set(level, [...new Set([...(levels.get(level) ?? []), ...names])]);
  }
  return levels;
}

function listed(names: readonly string[]): string {
  return [...new Set(names)].join(', ') || words.none;
}
