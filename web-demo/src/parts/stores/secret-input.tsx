// A password or a secret key, hidden until somebody wants to see it.
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';

interface Props {
  label: string;
  description: string;
  /** Names the box that shows it. */
  show: string;
  value: string;
  onChange(value: string): void;
}

export function SecretInput({ label, description, show, value, onChange }: Props) {
  const [shown, setShown] = useState(false);
  return (
    <SpaceBetween size="xs">
      <FormField label={label} description={description} stretch>
        <Input
          type={shown ? 'text' : 'password'}
          autoComplete={false}
          spellcheck={false}
          value={value}
          onChange={({ detail }) => onChange(detail.value)}
        />
      </FormField>
      <Checkbox checked={shown} onChange={({ detail }) => setShown(detail.checked)}>
        {show}
      </Checkbox>
    </SpaceBetween>
  );
}
