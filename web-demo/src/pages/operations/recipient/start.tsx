// Step 1: an image is measured, and an enclave starts with it.
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Textarea from '@cloudscape-design/components/textarea';
import type { EnclaveOptions } from 'pocket-kms';
import { useState } from 'react';
import { ActionForm } from '../../../parts/action-form';
import { useAct } from '../../../shell/notifications';
import { words } from '../../../words';
import { recipientWords } from '../../../words-of-recipient';
import { useClient } from '../../../world/context';
import { measured } from './measured';

const { start } = recipientWords;

const FIRST = { name: 'first', image: start.firstImage, debug: false, roleArn: '', instanceId: '' };

export function Start() {
  const client = useClient();
  const { act, busy, refused } = useAct();
  const [draft, setDraft] = useState(FIRST);
  const [started, setStarted] = useState<string>();
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const named = draft.name.trim() !== '';

  const run = async () => {
    setStarted(undefined);
    setStarted((await act(async () => client.startEnclave(await wishOf(draft), draft.name.trim())))?.id);
  };

  return (
    <ActionForm
      title={start.title}
      action={start.action}
      busy={busy}
      disabled={!named}
      refused={refused}
      onSubmit={() => void run()}
      result={started !== undefined && <StatusIndicator wrapText>{start.done(started)}</StatusIndicator>}
    >
      <FormField label={start.name} description={start.nameText} errorText={!named && start.noName} stretch>
        <Input value={draft.name} onChange={({ detail }) => set({ name: detail.value })} />
      </FormField>
      <FormField label={start.image} description={start.imageText} stretch>
        <Textarea value={draft.image} rows={3} spellcheck={false} disabled={draft.debug} onChange={({ detail }) => set({ image: detail.value })} />
      </FormField>
      <Checkbox checked={draft.debug} description={start.debugText} onChange={({ detail }) => set({ debug: detail.checked })}>
        {start.debug}
      </Checkbox>
      <FormField label={words.optional(start.role)} description={start.roleText} stretch>
        <Input value={draft.roleArn} spellcheck={false} disabled={draft.debug} onChange={({ detail }) => set({ roleArn: detail.value })} />
      </FormField>
      <FormField label={words.optional(start.instance)} description={start.instanceText} stretch>
        <Input value={draft.instanceId} spellcheck={false} disabled={draft.debug} onChange={({ detail }) => set({ instanceId: detail.value })} />
      </FormField>
    </ActionForm>
  );
}

/** In debug mode, nothing is measured. */
async function wishOf({ image, debug, roleArn, instanceId }: typeof FIRST): Promise<EnclaveOptions> {
  if (debug) return {};
  return {
    imageSha384: await measured(image),
    ...(roleArn.trim() ? { roleArn: roleArn.trim() } : {}),
    ...(instanceId.trim() ? { instanceId: instanceId.trim() } : {}),
  };
}
