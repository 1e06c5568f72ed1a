// Whom a key policy names in one of its roles: each can be removed, and others added.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { kindOf, nameOf, pathOf } from '../../../kms/identities';
import { grouped } from '../../../kms/places-config';
import { Info } from '../../../parts/info';
import { Refused } from '../../../parts/refused';
import { words } from '../../../words';
import { AddNamed } from './add-named';
import { usePutPolicy } from './put';

const { views } = words.policy;

export type NamedKind = 'administrators' | 'users' | 'accounts';

/** In the help panel. */
const TOPICS = { administrators: 'create.administrators', users: 'create.users', accounts: 'create.accounts' } as const;

interface Row {
  name: string;
}

const PRINCIPAL: TableProps.ColumnDefinition<Row>[] = [
  { id: 'name', header: views.columns.name, cell: ({ name }) => <span className="wrap">{nameOf(name) || name}</span>, isRowHeader: true },
  { id: 'path', header: views.columns.path, cell: ({ name }) => pathOf(name) },
  { id: 'type', header: views.columns.type, cell: ({ name }) => views.types[kindOf(name)] },
  { id: 'arn', header: views.columns.arn, cell: ({ name }) => <span className="wrap">{name}</span>, minWidth: 220 },
];

const ACCOUNT: TableProps.ColumnDefinition<Row>[] = [
  { id: 'account', header: words.create.permissions.accounts.label, cell: ({ name }) => grouped(name), isRowHeader: true },
];

interface Props {
  kind: NamedKind;
  keyId: string;
  readOnly: boolean;
  names: readonly string[];
  /** The key policy that names these. */
  written(names: string[]): string;
}

export function NamedTable({ kind, keyId, readOnly, names, written }: Props) {
  const { title, text, add, empty } = words.create.permissions[kind];
  const { put, busy, refused } = usePutPolicy(keyId);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [adding, setAdding] = useState(false);
  const selected = names.filter((name) => chosen.includes(name));
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button
        disabled={readOnly || selected.length === 0}
        loading={busy}
        ariaLabel={views.removeFrom(title)}
        onClick={() => void put(written(names.filter((name) => !selected.includes(name))))}
      >
        {words.remove}
      </Button>
      <Button disabled={readOnly} onClick={() => setAdding(true)}>
        {add}
      </Button>
    </SpaceBetween>
  );
  return (
    <SpaceBetween size="m">
      <Table
        items={names.map((name) => ({ name }))}
        columnDefinitions={kind === 'accounts' ? ACCOUNT : PRINCIPAL}
        trackBy="name"
        wrapLines
        selectionType="multi"
        selectedItems={selected.map((name) => ({ name }))}
        onSelectionChange={({ detail }) => setChosen(detail.selectedItems.map(({ name }) => name))}
        ariaLabels={{
          tableLabel: title,
          selectionGroupLabel: words.directory.selection(title),
          allItemsSelectionLabel: () => views.selectAll(title),
          itemSelectionLabel: (_, { name }) => words.directory.select(name),
        }}
        header={
          <Header variant="h2" info={<Info topic={TOPICS[kind]} />} counter={`(${names.length})`} description={text} actions={buttons}>
            {title}
          </Header>
        }
        empty={<Box textAlign="center">{empty}</Box>}
      />
      <Refused refusal={refused} />
      {adding && <AddNamed kind={kind} keyId={keyId} names={names} written={written} onDone={() => setAdding(false)} />}
    </SpaceBetween>
  );
}
