// Resource quotas of the account in the Region, each with a gauge of how much the world says is used.
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { QuotaUsage } from 'pocket-kms';
import { useState } from 'react';
import { accountOf } from '../../kms/places-config';
import { isOfResources, shortName } from '../../kms/quotas';
import { keyAddress } from '../../routes';
import { words } from '../../words';
import { usePlace } from '../../world/context';
import { EditQuota } from './edit-quota';

const { resources: text } = words.quotas;

const nameOf = ({ name }: QuotaUsage) => text.names[shortName(name)] ?? shortName(name);

const columns = (edit: (quota: QuotaUsage) => void): TableProps.ColumnDefinition<QuotaUsage>[] => [
  { id: 'quota', header: text.columns.quota, cell: nameOf, isRowHeader: true, minWidth: 140 },
  { id: 'usage', header: text.columns.usage, cell: (quota) => <Gauge quota={quota} />, minWidth: 190 },
  { id: 'value', header: text.columns.value, cell: ({ limit }) => limit },
  { id: 'key', header: text.columns.key, cell: ({ key }) => (key ? <KeyLink arn={key} /> : words.none) },
  {
    id: 'edit',
    header: text.columns.edit,
    cell: (quota) => (
      <Button variant="inline-link" ariaLabel={text.edit(nameOf(quota))} onClick={() => edit(quota)}>
        {words.edit}
      </Button>
    ),
  },
];

/** A usage may lie above a quota that was lowered (LIF-317). */
function Gauge({ quota }: { quota: QuotaUsage }) {
  const { limit, usage, key } = quota;
  const percent = limit === 0 ? 100 : Math.min(100, (100 * usage) / limit);
  return (
    <ProgressBar
      ariaLabel={nameOf(quota)}
      value={percent}
      description={key === undefined ? text.ofAccount : text.ofKey}
      additionalInfo={text.gauge(usage, limit)}
    />
  );
}

function KeyLink({ arn }: { arn: string }) {
  const id = arn.slice(arn.indexOf('/') + 1);
  return (
    <Link href={keyAddress(id)}>
      <span className="wrap">{id}</span>
    </Link>
  );
}

export function ResourceQuotas({ quotas }: { quotas: readonly QuotaUsage[] }) {
  const { region, caller } = usePlace();
  const [editing, setEditing] = useState<string>();
  const resources = quotas.filter(isOfResources);
  const edited = resources.find(({ name }) => name === editing);
  return (
    <>
      <Table
        items={resources}
        columnDefinitions={columns(({ name }) => setEditing(name))}
        trackBy="name"
        wrapLines
        ariaLabels={{ tableLabel: text.title }}
        header={
          <Header variant="h2" description={text.text(accountOf(caller), region)}>
            {text.title}
          </Header>
        }
      />
      {edited && (
        <EditQuota
          setting={edited.name}
          name={nameOf(edited)}
          unit={words.quotas.editing.things}
          value={String(edited.limit)}
          onDone={() => setEditing(undefined)}
        />
      )}
    </>
  );
}
