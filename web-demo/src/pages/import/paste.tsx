// Key material as text: base64, or a private key in PEM.
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { materialOf } from '../../kms/bytes';
import { words } from '../../words';
import type { SourceProps } from './draft';

const { material } = words.importing;

export function Paste({ draft: { pasted }, missing, onChange }: SourceProps) {
  const bytes = materialOf(pasted);
  const fault = pasted === '' ? missing : !bytes && material.notReadable;
  return (
    <FormField label={material.pasted} stretch constraintText={bytes && words.bytes.count(bytes.length)} errorText={fault}>
      <Textarea ariaLabel={material.pasted} value={pasted} rows={6} spellcheck={false} onChange={({ detail }) => onChange({ pasted: detail.value })} />
    </FormField>
  );
}
