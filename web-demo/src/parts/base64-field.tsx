// A field for a ciphertext or a signature in base64.
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { fromBase64, isBase64 } from '../kms/bytes';
import { words } from '../words';

interface Props {
  label: string;
  value: string;
  onChange(text: string): void;
}

export function Base64Field({ label, value, onChange }: Props) {
  const valid = isBase64(value);
  return (
    <FormField
      label={label}
      description={words.bytes.base64}
      stretch
      constraintText={valid && words.bytes.count(fromBase64(value).length)}
      errorText={valid ? undefined : words.bytes.notBase64}
    >
      <Textarea ariaLabel={label} value={value} rows={5} spellcheck={false} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}
