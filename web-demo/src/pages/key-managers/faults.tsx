// The faults of a proxy: added for some requests or for all, and removed.
import Button from '@cloudscape-design/components/button';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { labelOf } from '../../kms/proxy-faults-config';
import type { ProxyFault } from '../../kms/stores-setup';
import { useMenuOwner } from '../../shell/owner';
import { TitledTable } from '../../parts/titled-table';
import { words } from '../../words';
import { AddProxyFault } from './add-fault';
import type { PartProps } from './panel';

const { faults: text } = words.managers;

type Row = ProxyFault & { id: number };

export function ProxyFaults({ name, proxy: { faults = [] }, onDone }: PartProps) {
  const { onProxy, busy } = useMenuOwner();
  const [adding, setAdding] = useState(false);
  const remove = async (fault: Row) => {
    if (await onProxy(name, { do: 'removeFault', id: fault.id }, text.removed(labelOf(fault)))) onDone();
  };
  const columns: TableProps.ColumnDefinition<Row>[] = [
    { id: 'fault', header: text.fault, cell: labelOf, isRowHeader: true, minWidth: 180 },
    { id: 'operation', header: text.operation, cell: ({ operation }) => (operation === undefined ? text.every : String(operation)) },
    { id: 'times', header: text.times, cell: ({ times }) => times ?? text.always },
    {
      id: 'remove',
      header: words.managers.act,
      cell: (fault) => (
        <Button variant="inline-link" disabled={busy} ariaLabel={text.remove(labelOf(fault))} onClick={() => void remove(fault)}>
          {words.remove}
        </Button>
      ),
    },
  ];
  return (
    <>
      <TitledTable
        title={text.title}
        about={{ description: text.text, actions: <Button onClick={() => setAdding(true)}>{text.add}</Button> }}
        items={faults}
        columnDefinitions={columns}
        trackBy={({ id }) => String(id)}
        empty={text.empty}
      />
      {adding && (
        <AddProxyFault
          proxy={name}
          onDone={() => {
            setAdding(false);
            onDone();
          }}
        />
      )}
    </>
  );
}
