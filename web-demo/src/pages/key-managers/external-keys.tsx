// The keys of an external key manager: turned off and on, rotated, replaced, deleted and restored.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import type { ExternalKey, ExternalKeyStatus } from '../../kms/stores-setup';
import { useMenuOwner } from '../../shell/owner';
import { words } from '../../words';
import { EditExternalKey } from './edit-key';
import type { PartProps } from './panel';

const { keys: text } = words.managers;

interface Row extends ExternalKey {
  id: string;
}

const LOOKS: Record<ExternalKeyStatus, 'success' | 'stopped' | 'error'> = { ENABLED: 'success', DISABLED: 'stopped', DELETED: 'error' };

const COLUMNS: TableProps.ColumnDefinition<Row>[] = [
  { id: 'id', header: text.columns.id, cell: ({ id }) => <span className="wrap">{id}</span>, isRowHeader: true, minWidth: 150 },
  {
    id: 'status',
    header: text.columns.status,
    cell: ({ status }) => <StatusIndicator type={LOOKS[status]}>{text.statuses[status]}</StatusIndicator>,
    minWidth: 130,
  },
  { id: 'spec', header: text.columns.spec, cell: ({ spec }) => spec },
  { id: 'usages', header: text.columns.usages, cell: ({ usages }) => usages.join(', ') || words.none, minWidth: 150 },
  { id: 'versions', header: text.columns.versions, cell: ({ versions }) => versions },
];

/** What can be done to a key in each status. */
const ACTS: readonly { id: keyof typeof text.acts; statuses: readonly ExternalKeyStatus[] }[] = [
  { id: 'disableKey', statuses: ['ENABLED'] },
  { id: 'enableKey', statuses: ['DISABLED'] },
  { id: 'rotateKey', statuses: ['ENABLED', 'DISABLED'] },
  { id: 'replaceKey', statuses: ['ENABLED', 'DISABLED'] },
  { id: 'deleteKey', statuses: ['ENABLED', 'DISABLED'] },
  { id: 'restoreKey', statuses: ['DELETED'] },
];

const EDIT = 'edit';

export function ExternalKeys({ name, proxy: { keys }, onDone }: PartProps) {
  const { onProxy, busy } = useMenuOwner();
  const [chosen, setChosen] = useState<string>();
  const [editing, setEditing] = useState<'new' | 'chosen'>();
  const rows = Object.entries(keys).map(([id, key]) => ({ id, ...key }));
  const selected = rows.find(({ id }) => id === chosen);
  const choose = async (id: string) => {
    const act = ACTS.find((act) => act.id === id);
    if (id === EDIT) setEditing('chosen');
    else if (act && selected && (await onProxy(name, { do: id, key: selected.id }, text.acts[act.id].done(selected.id)))) onDone();
  };
  const items = ACTS.map(({ id, statuses }) => ({ id, text: text.acts[id].text, disabled: !selected || !statuses.includes(selected.status) }));
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <ButtonDropdown
        items={[...items, { id: EDIT, text: text.edit, disabled: !selected }]}
        disabled={!selected}
        loading={busy}
        onItemClick={({ detail }) => void choose(detail.id)}
      >
        {text.actions}
      </ButtonDropdown>
      <Button onClick={() => setEditing('new')}>{text.create}</Button>
    </SpaceBetween>
  );
  return (
    <>
      <Table
        items={rows}
        columnDefinitions={COLUMNS}
        trackBy="id"
        wrapLines
        selectionType="single"
        selectedItems={selected ? [selected] : []}
        onSelectionChange={({ detail }) => setChosen(detail.selectedItems[0]?.id)}
        ariaLabels={{
          tableLabel: text.title,
          selectionGroupLabel: words.directory.selection(text.title),
          itemSelectionLabel: (_, { id }) => text.select(id),
        }}
        header={
          <Header variant="h2" counter={`(${rows.length})`} description={text.text} actions={buttons}>
            {text.title}
          </Header>
        }
        empty={<Box textAlign="center">{text.empty}</Box>}
      />
      {editing && (
        <EditExternalKey
          proxy={name}
          edited={editing === 'chosen' ? selected : undefined}
          onDone={() => {
            setEditing(undefined);
            onDone();
          }}
        />
      )}
    </>
  );
}
