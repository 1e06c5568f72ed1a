// Who can do what to a key: people and actions, and in each cell the ways.
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Multiselect from '@cloudscape-design/components/multiselect';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useCallback, useMemo, useState } from 'react';
import { ASKED_ACTIONS, USUAL_ACTIONS } from '../../kms/requests-config';
import { whoCan, type Person } from '../../kms/who-can';
import { Group } from '../../parts/group';
import { KeySelect } from '../../parts/key-select';
import { valuesOf, type Pair } from '../../parts/pairs';
import { PairsEditor } from '../../parts/pairs-editor';
import { Refused } from '../../parts/refused';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { useClient, usePlace, useQuery } from '../../world/context';
import { Ability } from './ability';
import { personName, type AboutKey } from './about-key';
import { Exposure } from './exposure';

const { who } = words.lab;

const OPTIONS = ASKED_ACTIONS.map((value) => ({ value, label: value }));

const columns = (actions: readonly string[]): TableProps.ColumnDefinition<Person>[] => [
  { id: 'name', header: who.person, cell: (person) => <span className="wrap">{personName(person)}</span>, isRowHeader: true, minWidth: 240 },
  ...actions.map((action) => ({
    id: action,
    header: action.replace('kms:', ''),
    cell: ({ can, name }: Person) => <Ability action={action} name={name} able={can.get(action)} />,
    minWidth: 130,
  })),
];

export function WhoCanMatrix({ keyId, select }: AboutKey) {
  const client = useClient();
  const place = usePlace();
  const [actions, setActions] = useState(USUAL_ACTIONS);
  const [pairs, setPairs] = useState<Pair[]>([]);
  const known = JSON.stringify(valuesOf(pairs));
  const query = useQuery(
    useCallback(
      () => whoCan({ client, place, keyId, actions, context: JSON.parse(known) as Record<string, string> }),
      [client, place, keyId, actions, known],
    ),
  );
  const people = query.value ?? [];
  const shown = useMemo(() => columns(actions), [actions]);
  return (
    <SpaceBetween size="l">
      <Section title={who.asked} description={who.text}>
        <SpaceBetween size="m">
          <KeySelect {...select} />
          <FormField label={who.actions} stretch>
            <Multiselect
              selectedOptions={OPTIONS.filter(({ value }) => actions.includes(value))}
              options={OPTIONS}
              filteringType="auto"
              deselectAriaLabel={({ label }) => `${words.remove} ${label}`}
              onChange={({ detail }) => setActions(detail.selectedOptions.flatMap(({ value }) => value ?? []))}
            />
          </FormField>
          <Group title={who.context} text={who.contextText}>
            <PairsEditor pairs={pairs} add={who.addContext} empty={who.noContext} onChange={setPairs} />
          </Group>
        </SpaceBetween>
      </Section>
      <Exposure keyId={keyId} />
      <Table
        items={people}
        columnDefinitions={shown}
        trackBy="id"
        wrapLines
        stickyColumns={{ first: 1 }}
        loading={query.loading}
        loadingText={words.loading}
        ariaLabels={{ tableLabel: who.title }}
        header={
          <Header variant="h2" counter={`(${people.length})`}>
            {who.title}
          </Header>
        }
        empty={query.refusal ? <Refused refusal={query.refusal} /> : <Box textAlign="center">{who.nobody}</Box>}
      />
    </SpaceBetween>
  );
}
