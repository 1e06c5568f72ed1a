// What a person has to know of an origin before a key gets it.
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import type { StepProps } from './draft';

interface Props extends Pick<StepProps, 'draft' | 'onChange'> {
  text: string;
  error: string | undefined;
}

export function Understood({ text, draft, error, onChange }: Props) {
  return (
    <FormField errorText={error} stretch>
      <Checkbox checked={draft.understood} onChange={({ detail }) => onChange({ understood: detail.checked })}>
        {text}
      </Checkbox>
    </FormField>
  );
}
