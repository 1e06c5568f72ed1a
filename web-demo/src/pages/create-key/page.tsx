// The wizard that creates a key, in the console's steps (P1-113).
import Wizard from '@cloudscape-design/components/wizard';
import { useCallback, useState } from 'react';
import { aliasName } from '../../kms/alias';
import { listAliases } from '../../kms/keys';
import { Info } from '../../parts/info';
import { useAct, useMenuAct } from '../../shell/notifications';
import { useUnsaved } from '../../shell/unsaved';
import { words } from '../../words';
import { useCall, useClient, usePlace, useQuery } from '../../world/context';
import type { MadeCall } from '../../world/protocol';
import { Configure } from './configure';
import { beginRotation, createKey, replicate } from './create';
import { FIRST_DRAFT, originOf, policyOf, type Draft, type Origin } from './draft';
import { STEPS, firstFaulty, labelsFault, originFault } from './faults';
import { Labels } from './labels';
import { DefineAdministrators, DefineUsers } from './permissions';
import { EditPolicy } from './policy';
import { Review } from './review';
import { useStoreOfAddress } from './store';

interface Props {
  /** The custom key store in which the key is to be. */
  store: string | undefined;
  onCreated(keyId: string, origin: Origin): void;
  onCancel(): void;
}

export default function CreateKeyPage({ store, onCreated, onCancel }: Props) {
  const call = useCall();
  const client = useClient();
  const place = usePlace();
  const { act, busy, refused } = useAct();
  const trial = useAct();
  const naming = useMenuAct();
  const rotating = useMenuAct();
  const replicating = useMenuAct();
  const [draft, setDraft] = useState<Draft>(FIRST_DRAFT);
  const [step, setStep] = useState(0);
  /** Up to here a step that is left says what it lacks. */
  const [tried, setTried] = useState(-1);
  useStoreOfAddress(store, setDraft);
  const [touched, setTouched] = useState(false);
  const saved = useUnsaved(touched && !busy);
  const aliases = useQuery(useCallback(() => listAliases(call), [call])).value ?? [];

  const onChange = (change: Partial<Draft>) => {
    setTouched(true);
    setDraft((draft) => ({ ...draft, ...change }));
  };
  const leave = async (requested: number) => {
    const faulty = firstFaulty(draft, aliases, requested);
    if (faulty !== undefined) {
      setTried(Math.max(tried, faulty));
      setStep(faulty);
    } else if (requested <= STEPS.policy || (await isGoodPolicy())) setStep(requested);
    else setStep(STEPS.policy);
  };
  // KMS reads a policy when it creates a key: here one in a copy of the world.
  const isGoodPolicy = async () => {
    const tried = await trial.act(async () => {
      await client.rehearse('CreateKey', { Policy: policyOf(draft, place) }, place);
      return true;
    });
    return tried === true;
  };
  const finish = async () => {
    // As code, the wizard is one thing.
    const lesson: MadeCall[] = [];
    const keyId = await act((call) => createKey(call, draft, place), undefined, lesson);
    if (!keyId) return;
    // The key exists now, whatever becomes of the rest.
    saved();
    onCreated(keyId, originOf(draft));
    await rotating.act((call) => beginRotation(call, keyId, draft), undefined, lesson);
    await replicating.act((call) => replicate(call, keyId, draft, place), undefined, lesson);
    const name = aliasName(draft.alias);
    await naming.act((call) => call('CreateAlias', { AliasName: name, TargetKeyId: keyId }), () => words.create.done(name, keyId), lesson);
  };

  const { configure, labels, administrators, usage, policy, review } = words.create;
  const common = { draft, place, onChange };
  const aliasError = tried >= STEPS.labels ? labelsFault(draft, aliases) : undefined;
  return (
    <Wizard
      activeStepIndex={step}
      submitButtonText={words.create.finish}
      i18nStrings={words.create.wizard}
      isLoadingNextStep={busy || trial.busy}
      onNavigate={({ detail }) => void leave(detail.requestedStepIndex)}
      onCancel={onCancel}
      onSubmit={() => void finish()}
      steps={[
        {
          title: configure.title,
          info: <Info topic="create-key" />,
          description: configure.text,
          content: <Configure {...common} originError={tried >= STEPS.configure ? originFault(draft) : undefined} />,
        },
        { title: labels.title, info: <Info topic="create.labels" />, content: <Labels {...common} aliasError={aliasError} /> },
        {
          title: administrators.title,
          info: <Info topic="create.permissions" />,
          description: administrators.text,
          content: <DefineAdministrators {...common} tried={tried >= STEPS.administrators} />,
        },
        {
          title: usage.title,
          info: <Info topic="create.permissions" />,
          description: usage.text,
          content: <DefineUsers {...common} tried={tried >= STEPS.users} />,
        },
        { title: policy.title, info: <Info topic="create.policy" />, content: <EditPolicy {...common} refused={trial.refused} /> },
        { title: review.title, info: <Info topic="create.review" />, content: <Review draft={draft} place={place} refused={refused} onEdit={setStep} /> },
      ]}
    />
  );
}
