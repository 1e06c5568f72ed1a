// The steps of an import.
import Wizard from '@cloudscape-design/components/wizard';
import { useState } from 'react';
import { wrapMaterial } from '../../kms/wrapping';
import { Info } from '../../parts/info';
import { worldTime } from '../../world/watched';
import { go, keyAddress } from '../../routes';
import { useAct } from '../../shell/notifications';
import { useUnsaved } from '../../shell/unsaved';
import { words } from '../../words';
import { useClock, usePlace } from '../../world/context';
import type { KeyMetadata } from '../../world/operations';
import { bytesOf, firstDraft, isExpiry, optionsOf, type Draft } from './draft';
import { GiveMaterial } from './give-material';
import { Options } from './options';
import { Review } from './review';
import { Wrapping } from './wrapping';

const { importing } = words;

/** The places of the steps that may lack something. */
const STEPS = { wrapping: 0, material: 1, options: 2, review: 3 } as const;

export function ImportWizard({ metadata, materialId }: { metadata: KeyMetadata; materialId: string | undefined }) {
  const clock = useClock();
  const { region } = usePlace();
  const asking = useAct();
  const { act, busy, refused } = useAct();
  const [draft, setDraft] = useState<Draft>(() => firstDraft(metadata, region, materialId));
  const [step, setStep] = useState(0);
  const [tried, setTried] = useState(-1);
  const { KeyId } = metadata;
  const saved = useUnsaved(bytesOf(draft) !== undefined && !busy);
  const onChange = (change: Partial<Draft>) => setDraft((draft) => ({ ...draft, ...change }));

  const leave = async (requested: number) => {
    if (step === STEPS.wrapping && requested > step && !(await hasParameters())) return;
    const faulty = faultsOf(draft).find((at) => at < requested);
    if (faulty !== undefined) setTried(Math.max(tried, faulty));
    setStep(faulty ?? requested);
  };
  // Another way of wrapping needs another key, and an old token another one.
  const hasParameters = async () => {
    const { algorithm, spec } = draft;
    if (algorithm === undefined || spec === undefined) return false;
    const wish = { KeyId, WrappingAlgorithm: algorithm, WrappingKeySpec: spec };
    const parameters = await asking.act((call) => call('GetParametersForImport', wish));
    onChange({ parameters });
    return parameters !== undefined;
  };
  const finish = () =>
    act(
      async (call) => {
        const { parameters, algorithm } = draft;
        const material = bytesOf(draft);
        if (!parameters || !algorithm || !material || !clock) throw new Error(importing.material.missing);
        await call('ImportKeyMaterial', {
          KeyId,
          ImportToken: parameters.ImportToken,
          EncryptedKeyMaterial: await wrapMaterial(material, parameters.PublicKey, algorithm),
          ...optionsOf(draft, materialId, worldTime(clock, Date.now())),
        });
        saved();
        go(keyAddress(KeyId, 'material'));
      },
      () => importing.done,
      [...asking.told],
    );

  const { wrapping, material, options, review } = importing;
  const common = { metadata, draft, onChange };
  const info = <Info />;
  return (
    <Wizard
      activeStepIndex={step}
      submitButtonText={importing.finish}
      i18nStrings={words.create.wizard}
      isLoadingNextStep={busy || asking.busy}
      onNavigate={({ detail }) => void leave(detail.requestedStepIndex)}
      onCancel={() => go(keyAddress(KeyId, 'material'))}
      onSubmit={() => void finish()}
      steps={[
        { title: wrapping.title, info, description: wrapping.text, content: <Wrapping {...common} refused={asking.refused} /> },
        { title: material.title, info, description: material.text, content: <GiveMaterial {...common} tried={tried >= STEPS.material} /> },
        { title: options.title, info, content: <Options {...common} materialId={materialId} /> },
        { title: review.title, info, content: <Review {...common} materialId={materialId} refused={refused} onEdit={setStep} /> },
      ]}
    />
  );
}

/** The steps that lack something, the first one first. */
function faultsOf(draft: Draft): number[] {
  const faults: [number, boolean][] = [
    [STEPS.wrapping, draft.algorithm === undefined],
    [STEPS.material, bytesOf(draft) === undefined],
    [STEPS.options, draft.expires && !isExpiry(draft.days)],
  ];
  return faults.flatMap(([step, faulty]) => (faulty ? [step] : []));
}
