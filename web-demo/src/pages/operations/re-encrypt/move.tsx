// Step 2: KMS decrypts and encrypts in one call. The caller needs kms:ReEncryptFrom and kms:ReEncryptTo, and sees no plaintext.
import FormField from '@cloudscape-design/components/form-field';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import { useEffect, useState } from 'react';
import { fromBase64, isBase64, toBase64 } from '../../../kms/bytes';
import { ActionForm } from '../../../parts/action-form';
import { Base64Field } from '../../../parts/base64-field';
import { Bytes } from '../../../parts/bytes';
import { ContextEditor } from '../../../parts/context-editor';
import { useDryRun } from '../../../parts/dry-run';
import { valuesOf, type Pair } from '../../../parts/pairs';
import { useAct } from '../../../shell/notifications';
import { words } from '../../../words';
import { teaching } from '../../../words-of-teaching';
import type { Output } from '../../../world/operations';
import type { Wrapped } from '../data-key/unwrap';
import { useDestination } from './destination';

const { move } = teaching.reEncrypt;

interface Props {
  source: Wrapped | undefined;
  onMoved(moved: Wrapped): void;
}

export function Move({ source, onMoved }: Props) {
  const { act, busy, refused, told } = useAct();
  const dry = useDryRun({ ofCiphertext: true });
  const destination = useDestination();
  const [ciphertext, setCiphertext] = useState('');
  const [from, setFrom] = useState<Pair[]>([]);
  const [to, setTo] = useState<Pair[]>([]);
  const [moved, setMoved] = useState<Output<'ReEncrypt'>>();
  useEffect(() => {
    if (!source) return;
    setCiphertext(toBase64(source.blob));
    setFrom(Object.entries(source.context).map(([key, value]) => ({ key, value })));
  }, [source]);

  const run = async () => {
    setMoved(undefined);
    const context = valuesOf(to);
    const blob = dry.withoutCiphertext ? named(source) : { CiphertextBlob: fromBase64(ciphertext) };
    const contexts = { SourceEncryptionContext: valuesOf(from), DestinationEncryptionContext: context };
    const made = await act((call) => call('ReEncrypt', { ...blob, ...contexts, DestinationKeyId: destination.keyId, ...dry.input }));
    if (!made) return;
    setMoved(made);
    onMoved({ keyId: made.KeyId, blob: made.CiphertextBlob, context });
  };

  return (
    <ActionForm
      title={move.title}
      action={move.action}
      busy={busy}
      disabled={!isBase64(ciphertext) || (ciphertext.trim() === '' && !dry.withoutCiphertext) || destination.keyId === ''}
      refused={refused}
      told={told}
      onSubmit={() => void run()}
      result={moved && <Result {...moved} />}
    >
      <Base64Field label={words.encrypt.ciphertext} value={ciphertext} onChange={setCiphertext} />
      <FormField label={words.optional(move.from)} stretch>
        <ContextEditor pairs={from} onChange={setFrom} />
      </FormField>
      {destination.field}
      <FormField label={words.optional(move.to)} stretch>
        <ContextEditor pairs={to} onChange={setTo} />
      </FormField>
      {dry.box}
    </ActionForm>
  );
}

/** Without a ciphertext, the source key has to be named: nothing else tells it. */
function named(source: Wrapped | undefined): { SourceKeyId?: string } {
  return source ? { SourceKeyId: source.keyId } : {};
}

function Result({ SourceKeyId, KeyId, CiphertextBlob }: Output<'ReEncrypt'>) {
  return (
    <>
      <KeyValuePairs
        items={[
          { label: move.sourceKey, value: <span className="wrap">{SourceKeyId}</span> },
          { label: move.destinationKey, value: <span className="wrap">{KeyId}</span> },
        ]}
      />
      <Bytes label={move.ciphertext} bytes={CiphertextBlob} />
    </>
  );
}
