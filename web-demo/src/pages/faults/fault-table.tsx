// The faults that are asked for, and how often each has acted.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useCallback } from 'react';
import { Refused } from '../../parts/refused';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import { useClient, useQuery } from '../../world/context';
import type { FaultRule } from '../../world/protocol';

const { list, adding } = words.faults;

/** How often, as a sentence. */
function trigger({ count, every, probability }: FaultRule): string {
  const said = [
    ...(count === undefined ? [] : [list.count(count)]),
    ...(every === undefined ? [] : [list.every(every)]),
    ...(probability === undefined ? [] : [list.probability(probability)]),
  ];
  return said.join(', ') || adding.triggers.always;
}

/** Which calls. */
function calls({ operation, key, caller, when }: FaultRule): string {
  const limits = [...(key === undefined ? [] : [key]), ...(caller === undefined ? [] : [caller]), ...(when ? [list.when] : [])];
  return [...(operation ?? [list.anyOperation]), ...limits].join(', ');
}

const columns = (busy: boolean, remove: (rule: FaultRule) => void): TableProps.ColumnDefinition<FaultRule>[] => [
  { id: 'fault', header: list.columns.fault, cell: ({ fault }) => fault, isRowHeader: true },
  { id: 'calls', header: list.columns.calls, cell: (rule) => <span className="wrap">{calls(rule)}</span>, minWidth: 160 },
  { id: 'trigger', header: list.columns.trigger, cell: trigger },
  { id: 'acted', header: list.columns.acted, cell: ({ acted, fitted }) => list.acted(acted, fitted) },
  {
    id: 'remove',
    header: list.columns.end,
    cell: (rule) => (
      <Button variant="inline-link" disabled={busy} ariaLabel={list.remove(rule.fault, rule.id)} onClick={() => remove(rule)}>
        {words.remove}
      </Button>
    ),
  },
];

export function FaultTable() {
  const client = useClient();
  const { act, busy, refused } = useAct();
  const { value = [], loading, refusal } = useQuery(useCallback(() => client.faults(), [client]));
  const remove = ({ id, fault }: FaultRule) => void act(() => client.removeFault(id), () => list.removed(fault));
  return (
    <Table
      items={value}
      columnDefinitions={columns(busy, remove)}
      trackBy="id"
      wrapLines
      loading={loading}
      loadingText={words.loading}
      ariaLabels={{ tableLabel: list.title }}
      header={
        <Header variant="h2" counter={`(${value.length})`} description={list.text}>
          {list.title}
        </Header>
      }
      empty={refusal ? <Refused refusal={refusal} /> : <Box textAlign="center">{list.empty}</Box>}
      footer={refused && <Refused refusal={refused} />}
    />
  );
}
