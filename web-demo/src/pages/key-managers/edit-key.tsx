// A key of an external key manager: its spec and its usages.
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import type { ExternalKey } from '../../kms/stores-setup';
import { Confirm } from '../../parts/confirm';
import { Group } from '../../parts/group';
import { useOwner } from '../../shell/owner';
import { words } from '../../words';

const { keys: text } = words.managers;

/** KMS takes the first of each alone. */
const SPECS: readonly string[] = ['AES_256', 'AES_128', 'AES_192', 'RSA_2048', 'HMAC_SHA_256'];
const USAGES: readonly string[] = ['ENCRYPT', 'DECRYPT', 'SIGN', 'VERIFY', 'WRAP', 'UNWRAP'];

interface Props {
  proxy: string;
  edited: (ExternalKey & { id: string }) | undefined;
  onDone(): void;
}

export function EditExternalKey({ proxy, edited, onDone }: Props) {
  const { register, busy, refused } = useOwner();
  const [id, setId] = useState(edited?.id ?? '');
  const [spec, setSpec] = useState(edited?.spec ?? 'AES_256');
  const [usages, setUsages] = useState<readonly string[]>(edited?.usages ?? ['ENCRYPT', 'DECRYPT']);
  const save = async () => {
    const keys = { [id.trim()]: { spec, usages: [...usages] } };
    if (await register({ proxies: { [proxy]: { keys } } }, text.saved(id.trim()))) onDone();
  };
  const toggle = (usage: string, has: boolean) => setUsages(has ? [...usages, usage] : usages.filter((other) => other !== usage));
  return (
    <Confirm
      title={edited ? text.edit : text.create}
      action={words.save}
      busy={busy}
      disabled={id.trim() === ''}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void save()}
    >
      <FormField label={text.columns.id} stretch>
        <Input value={id} disabled={edited !== undefined} spellcheck={false} onChange={({ detail }) => setId(detail.value)} />
      </FormField>
      <FormField label={text.columns.spec} description={text.specText} stretch>
        <Select
          selectedOption={{ value: spec, label: spec }}
          options={SPECS.map((value) => ({ value, label: value }))}
          onChange={({ detail }) => setSpec(detail.selectedOption.value ?? spec)}
        />
      </FormField>
      <Group title={text.columns.usages} text={text.usagesText}>
        {USAGES.map((usage) => (
          <Checkbox key={usage} checked={usages.includes(usage)} onChange={({ detail }) => toggle(usage, detail.checked)}>
            {usage}
          </Checkbox>
        ))}
      </Group>
    </Confirm>
  );
}
