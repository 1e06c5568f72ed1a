// A link that somebody has sent, which is looked at on a page of its own.
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { ActionForm } from '../../parts/action-form';
import { go, linkIn, linkedAddress } from '../../routes';
import { words } from '../../words';

const { link: text } = words.open;

export function OpenLink() {
  const [typed, setTyped] = useState('');
  const [missing, setMissing] = useState(false);
  const look = () => {
    const link = linkIn(typed);
    setMissing(link === undefined);
    if (link !== undefined) go(linkedAddress(link));
  };
  return (
    <ActionForm title={text.title} action={text.action} busy={false} refused={undefined} result={null} onSubmit={look}>
      <FormField label={text.field} description={text.fieldText} errorText={missing && text.missing} stretch>
        <Textarea rows={3} spellcheck={false} value={typed} onChange={({ detail }) => setTyped(detail.value)} />
      </FormField>
    </ActionForm>
  );
}
