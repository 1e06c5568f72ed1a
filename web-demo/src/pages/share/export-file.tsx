// The world as a file under a passphrase.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { ActionForm } from '../../parts/action-form';
import { saveFile } from '../../parts/save-file';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import { useClient } from '../../world/context';

const { file: text } = words.share;

/** A shorter one is guessed. */
const LEAST = 8;

export function ExportFile() {
  const client = useClient();
  const { act, busy, refused } = useAct();
  const [passphrase, setPassphrase] = useState('');
  const isLongEnough = passphrase.length >= LEAST;
  const save = () =>
    act(async () => {
      const name = `pocket-kms-world-${new Date().toISOString().slice(0, 10)}.pkms`;
      saveFile(name, await client.seal(passphrase));
      setPassphrase('');
      return name;
    }, text.done);
  return (
    <ActionForm title={text.title} action={text.action} busy={busy} disabled={!isLongEnough} refused={refused} result={null} onSubmit={() => void save()}>
      {text.text}
      <FormField label={text.passphrase} description={text.passphraseText} constraintText={text.limits(LEAST)}>
        <Input
          type="password"
          autoComplete="new-password"
          value={passphrase}
          onChange={({ detail }) => setPassphrase(detail.value)}
        />
      </FormField>
    </ActionForm>
  );
}
