// The description, with a pencil.
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { Confirm } from '../../parts/confirm';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import type { KeyMetadata } from '../../world/operations';

const { description } = words.key;

export function Description({ metadata }: { metadata: KeyMetadata }) {
  const [editing, setEditing] = useState(false);
  return (
    <>
      {metadata.Description || words.none}{' '}
      <Button variant="inline-icon" iconName="edit" ariaLabel={description.edit} onClick={() => setEditing(true)} />
      {editing && <EditDescription metadata={metadata} onDone={() => setEditing(false)} />}
    </>
  );
}

function EditDescription({ metadata: { KeyId, Description }, onDone }: { metadata: KeyMetadata; onDone: () => void }) {
  const { act, busy, refused } = useAct();
  const [text, setText] = useState(Description);
  const save = () =>
    act(
      async (call) => {
        await call('UpdateKeyDescription', { KeyId, Description: text });
        onDone();
      },
      () => description.saved,
    );
  return (
    <Confirm title={description.edit} action={words.save} busy={busy} refused={refused} onDismiss={onDone} onConfirm={() => void save()}>
      <FormField label={description.label}>
        <Textarea value={text} onChange={({ detail }) => setText(detail.value)} />
      </FormField>
    </Confirm>
  );
}
