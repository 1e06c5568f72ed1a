// Resource quotas of the account in the Region, each with a gauge where the keys tell how much is used.
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useCallback, useState } from 'react';
import { listKeys } from '../../kms/keys';
import { accountOf } from '../../kms/places-config';
import { RESOURCE_QUOTAS, setFor, usageOf, type ResourceQuota } from '../../kms/quotas';
import { Refused } from '../../parts/refused';
import { words } from '../../words';
import { useCall, usePlace, useQuery } from '../../world/context';
import type { Settings } from '../../world/protocol';
import { EditQuota } from './edit-quota';

const { resources: text } = words.quotas;

interface Row {
  quota: ResourceQuota;
  name: string;
  applied: number;
  usage: number | undefined;
}

const columns = (edit: (quota: ResourceQuota) => void): TableProps.ColumnDefinition<Row>[] => [
  { id: 'quota', header: text.columns.quota, cell: ({ name }) => name, isRowHeader: true, minWidth: 140 },
  { id: 'usage', header: text.columns.usage, cell: (row) => <Gauge {...row} />, minWidth: 190 },
  { id: 'value', header: text.columns.value, cell: ({ applied }) => applied },
  { id: 'fallback', header: text.columns.fallback, cell: ({ quota }) => quota.published },
  {
    id: 'edit',
    header: text.columns.edit,
    cell: ({ quota, name }) => (
      <Button variant="inline-link" ariaLabel={text.edit(name)} onClick={() => edit(quota)}>
        {words.edit}
      </Button>
    ),
  },
];

/** A usage may lie above a quota that was lowered (LIF-317). */
function Gauge({ quota, name, applied, usage }: Row) {
  if (usage === undefined) return text.notMeasured;
  const percent = applied === 0 ? 100 : Math.min(100, (100 * usage) / applied);
  return <ProgressBar ariaLabel={name} value={percent} description={text.uses[quota.id]} additionalInfo={text.gauge(usage, applied)} />;
}

export function ResourceQuotas({ settings }: { settings: Settings }) {
  const call = useCall();
  const { region, caller } = usePlace();
  const account = accountOf(caller);
  const { value: keys, refusal } = useQuery(useCallback(() => listKeys(call), [call]));
  const [editing, setEditing] = useState<ResourceQuota>();
  const rows = RESOURCE_QUOTAS.map((quota) => ({
    quota,
    name: text.names[quota.id] ?? quota.id,
    applied: setFor(settings, `quota/${quota.id}`, account, region) ?? quota.published,
    usage: keys && usageOf(quota, keys),
  }));
  const edited = rows.find(({ quota }) => quota === editing);
  return (
    <>
      <Table
        items={rows}
        columnDefinitions={columns(setEditing)}
        wrapLines
        ariaLabels={{ tableLabel: text.title }}
        header={
          <Header variant="h2" description={text.text(account, region)}>
            {text.title}
          </Header>
        }
        footer={refusal && <Refused refusal={refusal} />}
      />
      {edited && (
        <EditQuota
          setting={`quota/${edited.quota.id}`}
          name={edited.name}
          unit={words.quotas.editing.things}
          value={String(edited.applied)}
          onDone={() => setEditing(undefined)}
        />
      )}
    </>
  );
}
