// Retires the grant that a token names, as its holder does.
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { Confirm } from '../../../parts/confirm';
import { useDryRun } from '../../../parts/dry-run';
import { useAct } from '../../../shell/notifications';
import { words } from '../../../words';

const { grants } = words;

export function RetireByToken({ onDone }: { onDone: () => void }) {
  const { act, busy, refused } = useAct();
  const dry = useDryRun();
  const [token, setToken] = useState('');
  const retire = () =>
    act(
      async (call) => {
        await call('RetireGrant', { GrantToken: token.trim(), ...dry.input });
        onDone();
      },
      () => grants.retired(1),
    );
  return (
    <Confirm
      title={grants.retireByToken}
      action={grants.retire}
      busy={busy}
      disabled={token.trim() === ''}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void retire()}
    >
      <FormField label={grants.token} description={grants.tokenText} stretch>
        <Textarea value={token} rows={5} spellcheck={false} onChange={({ detail }) => setToken(detail.value)} />
      </FormField>
      {dry.box}
    </Confirm>
  );
}
