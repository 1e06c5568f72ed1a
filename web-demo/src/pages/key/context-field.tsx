// The name and the meaning of an encryption context, around its editor.
import FormField from '@cloudscape-design/components/form-field';
import type { ReactNode } from 'react';
import { words } from '../../words';

export function ContextField({ children }: { children: ReactNode }) {
  return (
    <FormField label={words.optional(words.context.title)} description={words.context.text} stretch>
      {children}
    </FormField>
  );
}
