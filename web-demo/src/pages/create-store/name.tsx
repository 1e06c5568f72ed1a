// The name of a new custom key store.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { words } from '../../words';
import type { PartProps } from './external';

const { creating } = words.stores;

export function StoreName({ draft, onChange }: PartProps) {
  return (
    <FormField label={creating.name} description={creating.nameText} stretch>
      <Input value={draft.name} onChange={({ detail }) => onChange({ name: detail.value })} />
    </FormField>
  );
}
