// VPC endpoint services, by which KMS reaches proxies in a VPC: each can break one of the rules for key stores.
import Button from '@cloudscape-design/components/button';
import Select from '@cloudscape-design/components/select';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { SERVICE_BREAKS, breakOf } from '../../kms/service-breaks-config';
import type { EndpointService } from '../../kms/stores-setup';
import { useMenuOwner } from '../../shell/owner';
import { TitledTable } from '../../parts/titled-table';
import { words } from '../../words';
import { CreateService } from './create-service';

const { services: text } = words.managers;

interface Row extends EndpointService {
  name: string;
}

const OPTIONS = SERVICE_BREAKS.map(({ id }) => ({ value: id, label: text.breaks[id] }));

export function EndpointServices({ services }: { services: Record<string, EndpointService> }) {
  const { register, busy } = useMenuOwner();
  const [creating, setCreating] = useState(false);
  const rows = Object.entries(services).map(([name, service]) => ({ name, ...service }));
  const set = ({ name, owner, privateDnsName }: Row, id: string | undefined) => {
    const { members } = SERVICE_BREAKS.find((one) => one.id === id) ?? {};
    // What is not said is as key stores demand.
    void register({ endpointServices: { [name]: { owner, privateDnsName, ...members } as EndpointService } }, text.saved(name));
  };
  const columns: TableProps.ColumnDefinition<Row>[] = [
    { id: 'name', header: text.name, cell: ({ name }) => <span className="wrap">{name}</span>, isRowHeader: true, minWidth: 220 },
    { id: 'host', header: text.host, cell: ({ privateDnsName }) => <span className="wrap">{privateDnsName ?? words.none}</span>, minWidth: 150 },
    { id: 'owner', header: text.owner, cell: ({ owner }) => owner },
    {
      id: 'state',
      header: text.state,
      cell: (row) => (
        <Select
          ariaLabel={text.stateOf(row.name)}
          selectedOption={OPTIONS.find(({ value }) => value === breakOf(row)) ?? null}
          options={OPTIONS}
          disabled={busy}
          expandToViewport
          onChange={({ detail }) => set(row, detail.selectedOption.value)}
        />
      ),
      minWidth: 220,
    },
    {
      id: 'remove',
      header: words.managers.act,
      cell: ({ name }) => (
        <Button
          variant="inline-link"
          disabled={busy}
          ariaLabel={text.remove(name)}
          onClick={() => void register({ endpointServices: { [name]: null } }, text.removed(name))}
        >
          {words.remove}
        </Button>
      ),
    },
  ];
  return (
    <>
      <TitledTable
        title={text.title}
        about={{ description: text.text, actions: <Button onClick={() => setCreating(true)}>{text.create}</Button> }}
        items={rows}
        columnDefinitions={columns}
        trackBy="name"
        empty={text.empty}
      />
      {creating && <CreateService onDone={() => setCreating(false)} />}
    </>
  );
}
