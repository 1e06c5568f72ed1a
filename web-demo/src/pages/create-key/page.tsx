// The wizard that creates a key, in the console's steps (P1-113).
import Wizard from '@cloudscape-design/components/wizard';
import { useCallback, useState } from 'react';
import { aliasName, isTaken } from '../../kms/alias';
import { listAliases } from '../../kms/keys';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import { useCall, usePlace, useQuery } from '../../world/context';
import { Configure } from './configure';
import { createKey } from './create';
import { FIRST_DRAFT, type Draft } from './draft';
import { Labels } from './labels';
import { DefinePermissions } from './permissions';
import { EditPolicy } from './policy';
import { Review } from './review';

const LABELS = 1;

interface Props {
  onCreated(keyId: string): void;
  onCancel(): void;
}

export default function CreateKeyPage({ onCreated, onCancel }: Props) {
  const call = useCall();
  const place = usePlace();
  const { act, busy } = useAct();
  const [draft, setDraft] = useState<Draft>(FIRST_DRAFT);
  const [step, setStep] = useState(0);
  const [tried, setTried] = useState(false);
  const aliases = useQuery(useCallback(() => listAliases(call), [call])).value ?? [];

  const onChange = (change: Partial<Draft>) => setDraft((draft) => ({ ...draft, ...change }));
  const aliasFault = faultOf(draft.alias, isTaken(draft.alias, aliases));
  const leave = (requested: number) => {
    const incomplete = step <= LABELS && requested > LABELS && (aliasFault !== undefined || !draft.tagsValid);
    if (incomplete) setTried(true);
    setStep(incomplete ? LABELS : requested);
  };
  const finish = async () => {
    const keyId = await act(() => createKey(call, draft, place));
    if (!keyId) return;
    // The key exists now, whatever becomes of its alias.
    onCreated(keyId);
    const name = aliasName(draft.alias);
    await act(() => call('CreateAlias', { AliasName: name, TargetKeyId: keyId }), () => words.create.done(name, keyId));
  };

  const { configure, labels, permissions, policy, review } = words.create;
  const common = { draft, place, onChange };
  return (
    <Wizard
      activeStepIndex={step}
      submitButtonText={words.create.finish}
      i18nStrings={words.create.wizard}
      isLoadingNextStep={busy}
      onNavigate={({ detail }) => leave(detail.requestedStepIndex)}
      onCancel={onCancel}
      onSubmit={() => void finish()}
      steps={[
        { title: configure.title, description: configure.text, content: <Configure {...common} /> },
        { title: labels.title, content: <Labels {...common} aliasError={tried ? aliasFault : undefined} /> },
        { title: permissions.title, description: permissions.text, content: <DefinePermissions {...common} /> },
        { title: policy.title, content: <EditPolicy {...common} /> },
        { title: review.title, content: <Review draft={draft} place={place} onEdit={setStep} /> },
      ]}
    />
  );
}

/** The console asks for an alias, though a key needs none (P1-103). */
function faultOf(alias: string, taken: boolean): string | undefined {
  if (alias === '') return words.create.labels.aliasMissing;
  return taken ? words.create.labels.aliasTaken : undefined;
}
