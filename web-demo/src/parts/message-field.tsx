// A message as text or base64, with the number of its bytes.
import FormField from '@cloudscape-design/components/form-field';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { isBase64, read, type Encoding } from '../kms/bytes';
import { words } from '../words';

export interface Message {
  text: string;
  encoding: Encoding;
}

export const NO_MESSAGE: Message = { text: '', encoding: 'text' };

/** The bytes of a message; `undefined` where it says base64 and is not. */
export function bytesOf({ text, encoding }: Message): Uint8Array | undefined {
  return encoding === 'base64' && !isBase64(text) ? undefined : read(text, encoding);
}

interface Props {
  label: string;
  value: Message;
  onChange(message: Message): void;
}

export function MessageField({ label, value, onChange }: Props) {
  const bytes = bytesOf(value);
  return (
    <FormField
      label={label}
      stretch
      constraintText={bytes && words.bytes.count(bytes.length)}
      errorText={bytes ? undefined : words.bytes.notBase64}
    >
      <SpaceBetween size="xs">
        <SegmentedControl
          label={words.bytes.encoding(label)}
          selectedId={value.encoding}
          options={words.bytes.encodings}
          onChange={({ detail }) => onChange({ ...value, encoding: detail.selectedId as Encoding })}
        />
        <Textarea
          ariaLabel={label}
          value={value.text}
          rows={4}
          spellcheck={false}
          onChange={({ detail }) => onChange({ ...value, text: detail.value })}
        />
      </SpaceBetween>
    </FormField>
  );
}
