// The parts of an organization: root, units and accounts, each with its SCPs and RCPs.
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import type { Organization } from '../../kms/directory';
import { partsOf, without, type PlacedPart } from '../../kms/organization';
import { Refused } from '../../parts/refused';
import { words } from '../../words';
import { AddPart } from './add-part';
import { EditPart } from './edit-part';
import { useRegister } from './register';

const { tree, saved } = words.directory;

type Row = PlacedPart & { name: string };

const COLUMNS: TableProps.ColumnDefinition<Row>[] = [
  { id: 'part', header: tree.columns.part, cell: (part) => <span className="wrap">{part.name}</span>, isRowHeader: true, minWidth: 220 },
  { id: 'kind', header: tree.columns.kind, cell: ({ kind }) => tree.kinds[kind] },
  { id: 'scps', header: tree.columns.scps, cell: ({ serviceControlPolicies = [] }) => serviceControlPolicies.length },
  { id: 'rcps', header: tree.columns.rcps, cell: ({ resourceControlPolicies = [] }) => resourceControlPolicies.length },
];

export function OrganizationTree({ id, organization }: { id: string; organization: Organization }) {
  const { register, busy, refused } = useRegister();
  const rows = partsOf(organization).map((part): Row => ({ ...part, name: [id, ...part.way].join('/') }));
  const [name, setName] = useState(id);
  const [asking, setAsking] = useState<'unit' | 'account' | 'policies'>();
  const selected = rows.find((row) => row.name === name);
  const done = () => setAsking(undefined);
  const save = (changed: Organization) => register({ organizations: { [id]: changed } }, saved(id));
  const holds = selected !== undefined && selected.kind !== 'account';
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button
        disabled={!selected || selected.kind === 'root'}
        loading={busy}
        onClick={() => selected && void save(without(organization, selected))}
      >
        {words.remove}
      </Button>
      <Button disabled={!holds} onClick={() => setAsking('unit')}>
        {tree.addUnit}
      </Button>
      <Button disabled={!holds} onClick={() => setAsking('account')}>
        {tree.addAccount}
      </Button>
      <Button disabled={!selected} onClick={() => setAsking('policies')}>
        {tree.editPolicies}
      </Button>
    </SpaceBetween>
  );
  return (
    <>
      <Table
        items={rows}
        columnDefinitions={COLUMNS}
        trackBy="name"
        wrapLines
        selectionType="single"
        selectedItems={selected ? [selected] : []}
        onSelectionChange={({ detail }) => setName(detail.selectedItems[0]?.name ?? id)}
        ariaLabels={{
          tableLabel: tree.title(id),
          selectionGroupLabel: words.directory.selection(tree.title(id)),
          itemSelectionLabel: (_, row) => words.directory.select(row.name),
        }}
        header={
          <Header variant="h2" description={tree.text} actions={buttons}>
            {tree.title(id)}
          </Header>
        }
        footer={refused && <Refused refusal={refused} />}
      />
      {selected && (asking === 'unit' || asking === 'account') && (
        <AddPart id={id} organization={organization} above={selected} kind={asking} onDone={done} />
      )}
      {selected && asking === 'policies' && <EditPart id={id} organization={organization} part={selected} name={selected.name} onDone={done} />}
    </>
  );
}
