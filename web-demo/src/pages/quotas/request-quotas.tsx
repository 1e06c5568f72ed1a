// Request quotas: the switch, and those whose value differs from AWS's.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import Toggle from '@cloudscape-design/components/toggle';
import Header from '@cloudscape-design/components/header';
import type { QuotaUsage } from 'pocket-kms';
import { useState } from 'react';
import { REQUEST_QUOTAS, isOfRequests, isShared, requestQuotas, shortName } from '../../kms/quotas';
import { Refused } from '../../parts/refused';
import { Section } from '../../parts/section';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import { useClient } from '../../world/context';
import type { Settings } from '../../world/protocol';
import { EditQuota } from './edit-quota';

const { requests: text, editing } = words.quotas;

type Row = ReturnType<typeof requestQuotas>[number];

/** The quotas to choose from, each with its value now. */
function optionsOf(quotas: readonly QuotaUsage[]): SelectProps.OptionGroup[] {
  const options = (some: readonly QuotaUsage[]) =>
    some.map(({ name, limit }) => ({ value: name, label: shortName(name), description: text.perSecond(limit) }));
  const requests = quotas.filter(isOfRequests);
  return [
    { label: text.groups, options: options(requests.filter(isShared)) },
    { label: text.operations, options: options(requests.filter((quota) => !isShared(quota))) },
  ];
}

const columns = (busy: boolean, restore: (name: string) => void): TableProps.ColumnDefinition<Row>[] => [
  { id: 'quota', header: text.columns.quota, cell: ({ name }) => <span className="wrap">{name}</span>, isRowHeader: true },
  { id: 'value', header: text.columns.value, cell: ({ value }) => text.perSecond(value) },
  {
    id: 'edit',
    header: text.columns.edit,
    cell: ({ name }) => (
      <Button variant="inline-link" disabled={busy} ariaLabel={text.restore(name)} onClick={() => restore(name)}>
        {words.remove}
      </Button>
    ),
  },
];

export function RequestQuotas({ settings, quotas }: { settings: Settings; quotas: readonly QuotaUsage[] }) {
  const client = useClient();
  const { act, busy, refused } = useAct();
  const on = Number(settings[REQUEST_QUOTAS] ?? 0) === 1;
  const set = (name: string, value: number | null) => void act(() => client.set({ [name]: value }));
  const changed = requestQuotas(settings);
  return (
    <SpaceBetween size="l">
      <Section title={text.title} description={text.text}>
        <SpaceBetween size="l">
          <Toggle
            checked={on}
            disabled={busy}
            description={on ? text.on : text.off}
            onChange={({ detail }) => set(REQUEST_QUOTAS, detail.checked ? 1 : null)}
          >
            {text.toggle}
          </Toggle>
          <Choose quotas={quotas} />
          <Refused refusal={refused} />
        </SpaceBetween>
      </Section>
      <Table
        items={changed}
        columnDefinitions={columns(busy, (name) => set(name, null))}
        trackBy="name"
        wrapLines
        ariaLabels={{ tableLabel: text.changed }}
        header={
          <Header variant="h2" counter={`(${changed.length})`}>
            {text.changed}
          </Header>
        }
        empty={<Box textAlign="center">{text.unchanged}</Box>}
      />
    </SpaceBetween>
  );
}

/** Which quota gets another value. */
function Choose({ quotas }: { quotas: readonly QuotaUsage[] }) {
  const [name, setName] = useState<string>();
  const [changing, setChanging] = useState(false);
  const option = name === undefined ? null : { value: name, label: shortName(name) };
  return (
    <FormField label={text.choose} stretch>
      <SpaceBetween direction="horizontal" size="xs">
        <div className="choice">
          <Select
            selectedOption={option}
            options={optionsOf(quotas)}
            filteringType="auto"
            placeholder={text.placeholder}
            onChange={({ detail }) => setName(detail.selectedOption.value)}
          />
        </div>
        <Button disabled={name === undefined} onClick={() => setChanging(true)}>
          {text.change}
        </Button>
      </SpaceBetween>
      {changing && name !== undefined && (
        <EditQuota setting={name} name={shortName(name)} unit={editing.rate} value="" onDone={() => setChanging(false)} />
      )}
    </FormField>
  );
}
