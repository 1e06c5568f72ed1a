// The smallest policy, statements or grants that the recorded calls of a principal have needed.
import Alert from '@cloudscape-design/components/alert';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useCallback, useState } from 'react';
import { leastPrivilege, type Elsewhere, type Least, type LeastQuestion } from '../../kms/least-privilege';
import type { ExportFormat } from '../../kms/templates';
import { Output } from '../../parts/bytes';
import { ExportedFiles } from '../../parts/exported-files';
import { Group } from '../../parts/group';
import { Queried } from '../../parts/queried';
import { Section } from '../../parts/section';
import { TitledTable } from '../../parts/titled-table';
import { words } from '../../words';
import { useClient, useQuery } from '../../world/context';
import type { About } from './about';

const { needed: text } = words.privilege;

export function Needed({ principal, looked }: About) {
  const client = useClient();
  const [form, setForm] = useState<LeastQuestion['form']>('identity');
  const [conditions, setConditions] = useState(false);
  const [denied, setDenied] = useState(false);
  const query = useQuery(
    useCallback(async () => ({ looked, least: await leastPrivilege(client, { principal, form, conditions, denied }) }), [client, principal, form, conditions, denied, looked]),
  );
  const asCode = useCallback(
    (format: ExportFormat) => client.leastPrivilegeAs(format, principal, { form, conditions, denied }),
    [client, principal, form, conditions, denied],
  );
  return (
    <SpaceBetween size="l">
      <Section title={text.asked}>
        <SpaceBetween size="m">
          <FormField label={text.form}>
            <SegmentedControl label={text.form} selectedId={form} options={text.forms} onChange={({ detail }) => setForm(detail.selectedId as LeastQuestion['form'])} />
          </FormField>
          <Checkbox checked={conditions} description={text.conditionsText} onChange={({ detail }) => setConditions(detail.checked)}>
            {text.conditions}
          </Checkbox>
          <Checkbox checked={denied} onChange={({ detail }) => setDenied(detail.checked)}>
            {text.denied}
          </Checkbox>
        </SpaceBetween>
      </Section>
      <Queried query={query}>{({ least }) => <Found least={least} />}</Queried>
      <Group title={text.asCode} text={text.asCodeText}>
        <ExportedFiles ask={asCode} />
      </Group>
    </SpaceBetween>
  );
}

function Found({ least }: { least: Least }) {
  const { calls, notes, policy, keyPolicies, grants, allowedElsewhere } = least;
  const isNothing = policy === null && keyPolicies.length === 0 && grants.length === 0;
  return (
    <SpaceBetween size="l">
      <Section title={text.result} description={text.summary(calls)}>
        <SpaceBetween size="m">
          {notes.map((note) => (
            <Alert key={note} type="info">
              {note}
            </Alert>
          ))}
          {isNothing && text.none}
          {policy !== null && <Json name={text.policy} value={policy} />}
          {keyPolicies.map(({ key, statements }) => (
            <Json key={key} name={text.keyPolicy(key)} value={statements} />
          ))}
          {grants.map((grant, at) => (
            <Json key={at} name={text.grant(at + 1)} value={grant} />
          ))}
        </SpaceBetween>
      </Section>
      {allowedElsewhere.length > 0 && (
        <TitledTable title={text.elsewhere} about={{ description: text.elsewhereText }} items={allowedElsewhere} columnDefinitions={ELSEWHERE} />
      )}
    </SpaceBetween>
  );
}

function Json({ name, value }: { name: string; value: object }) {
  return <Output label={name} name={name} text={JSON.stringify(value, null, 2)} />;
}

const ELSEWHERE: TableProps.ColumnDefinition<Elsewhere>[] = [
  { id: 'action', header: text.action, cell: ({ action }) => action, isRowHeader: true },
  { id: 'resource', header: text.resource, cell: ({ resource }) => <span className="wrap">{resource}</span> },
  { id: 'by', header: text.by, cell: ({ by, grantId }) => <span className="wrap">{grantId === undefined ? by : `${by} ${grantId}`}</span> },
];
