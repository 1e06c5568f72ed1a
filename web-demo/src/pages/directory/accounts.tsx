// The accounts that somebody has named: who decides in them, and to which organization they belong.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import type { KnownAccount } from '../../kms/identities';
import { grouped, isAccount, rootOf } from '../../kms/places-config';
import { Confirm } from '../../parts/confirm';
import { ActAs } from '../../shell/act-as';
import { useAccounts, useAddedAccounts } from '../../shell/directory';
import { words } from '../../words';
import { usePlace } from '../../world/context';

const { directory } = words;
const { accounts: text } = directory;

const COLUMNS: TableProps.ColumnDefinition<KnownAccount>[] = [
  { id: 'id', header: directory.fields.account, cell: ({ id }) => grouped(id), isRowHeader: true },
  {
    id: 'trust',
    header: text.columns.decides,
    cell: ({ trusted }) => (
      <StatusIndicator type={trusted ? 'warning' : 'success'} wrapText>
        {trusted ? text.trusted : text.registered}
      </StatusIndicator>
    ),
    minWidth: 200,
  },
  { id: 'principals', header: text.columns.principals, cell: ({ callers }) => callers.length - 1 },
  { id: 'organization', header: text.columns.organization, cell: ({ organization }) => organization ?? words.none },
];

export function Accounts() {
  const { region } = usePlace();
  const accounts = useAccounts();
  const [added, setAdded] = useAddedAccounts();
  const [id, setId] = useState<string>();
  const [asking, setAsking] = useState<'add' | 'act'>();
  const selected = accounts.find((account) => account.id === id);
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button disabled={!selected} onClick={() => setAsking('act')}>
        {text.act}
      </Button>
      <Button
        disabled={!selected || !added.includes(selected.id)}
        onClick={() => setAdded(added.filter((other) => other !== selected?.id))}
      >
        {words.remove}
      </Button>
      <Button variant="primary" onClick={() => setAsking('add')}>
        {text.add}
      </Button>
    </SpaceBetween>
  );
  return (
    <>
      <Table
        items={accounts}
        columnDefinitions={COLUMNS}
        trackBy="id"
        wrapLines
        selectionType="single"
        selectedItems={selected ? [selected] : []}
        onSelectionChange={({ detail }) => setId(detail.selectedItems[0]?.id)}
        ariaLabels={{
          tableLabel: text.title,
          selectionGroupLabel: directory.selection(text.title),
          itemSelectionLabel: (_, { id }) => directory.select(id),
        }}
        header={
          <Header variant="h2" counter={`(${accounts.length})`} description={text.text} actions={buttons}>
            {text.title}
          </Header>
        }
        empty={<Box textAlign="center">{words.none}</Box>}
      />
      {asking === 'add' && (
        <AddAccount
          onAdd={(id) => setAdded(added.includes(id) ? added : [...added, id])}
          onDone={() => setAsking(undefined)}
        />
      )}
      {asking === 'act' && selected && <ActAs principal={rootOf(selected.id, region)} onDone={() => setAsking(undefined)} />}
    </>
  );
}

function AddAccount({ onAdd, onDone }: { onAdd: (id: string) => void; onDone: () => void }) {
  const [id, setId] = useState('');
  const valid = isAccount(id.trim());
  const add = () => {
    onAdd(id.trim());
    onDone();
  };
  return (
    <Confirm title={text.add} action={text.add} busy={false} disabled={!valid} refused={undefined} onDismiss={onDone} onConfirm={add}>
      <FormField label={directory.fields.account} description={text.addText} errorText={id !== '' && !valid && words.create.permissions.notAccount} stretch>
        <Input value={id} inputMode="numeric" placeholder="777788889999" onChange={({ detail }) => setId(detail.value)} />
      </FormField>
    </Confirm>
  );
}
