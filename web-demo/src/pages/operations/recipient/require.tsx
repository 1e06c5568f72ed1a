// Step 3: a key whose policy asks for what the document says.
import FormField from '@cloudscape-design/components/form-field';
import Multiselect from '@cloudscape-design/components/multiselect';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { ActionForm } from '../../../parts/action-form';
import { Output } from '../../../parts/bytes';
import { useAct } from '../../../shell/notifications';
import { words } from '../../../words';
import { recipientWords } from '../../../words-of-recipient';
import { usePlace } from '../../../world/context';
import { conditionsOf, policyFor } from './conditions';
import type { AttestationDocument } from './document';

const { require: said } = recipientWords;

interface Props {
  document: AttestationDocument | undefined;
  onCreated(keyId: string): void;
}

export function Require({ document, onCreated }: Props) {
  const { region, caller } = usePlace();
  const { act, busy, refused, told } = useAct();
  const [chosen, setChosen] = useState<readonly string[]>();
  const [created, setCreated] = useState<string>();
  const offered = document ? conditionsOf(document) : [];
  const conditions = offered.filter(({ key }, at) => chosen?.includes(key) ?? at === 0);
  const policy = policyFor(caller, region, conditions);
  const options = offered.map(({ key, value }) => ({ value: key, label: key, description: value }));

  const create = async () => {
    setCreated(undefined);
    const made = await act((call) => call('CreateKey', { Policy: policy }));
    if (!made) return;
    setCreated(made.KeyMetadata.KeyId);
    onCreated(made.KeyMetadata.KeyId);
  };

  return (
    <ActionForm
      title={said.title}
      action={said.action}
      busy={busy}
      disabled={conditions.length === 0}
      refused={refused}
      told={told}
      onSubmit={() => void create()}
      result={created !== undefined && <StatusIndicator wrapText>{said.done(created)}</StatusIndicator>}
    >
      {said.text}
      <FormField label={said.conditions} description={offered.length === 0 && said.first} stretch>
        <Multiselect
          selectedOptions={options.filter(({ value }) => conditions.some(({ key }) => key === value))}
          options={options}
          placeholder={said.choose}
          empty={said.first}
          deselectAriaLabel={({ label }) => `${words.remove} ${label}`}
          onChange={({ detail }) => setChosen(detail.selectedOptions.map(({ value }) => value ?? ''))}
        />
      </FormField>
      {conditions.length > 0 && <Output label={said.policy} name={said.policy} text={policy} />}
    </ActionForm>
  );
}
