// Step 1: KMS gives a data key twice, plain and wrapped; the page encrypts the file, keeps the wrapped one, and forgets the other.
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { ActionForm } from '../../../parts/action-form';
import { Bytes } from '../../../parts/bytes';
import { ContextEditor } from '../../../parts/context-editor';
import { useDryRun } from '../../../parts/dry-run';
import { valuesOf, type Pair } from '../../../parts/pairs';
import { useAct } from '../../../shell/notifications';
import { teaching } from '../../../words-of-teaching';
import { words } from '../../../words';
import { ContextField } from '../../key/context-field';
import { FileField } from '../file-field';
import { FileLink } from '../file-link';
import { SYMMETRIC, useKeyChoice } from '../key-choice';
import { dataKey, sealed, type Heard } from './chunks';
import { LONGEST, fitting } from './limits';

const { envelope } = teaching;

interface Made {
  file: File;
  wrappedKey: Uint8Array;
}

export function EncryptFile({ onMade }: { onMade(file: File): void }) {
  const { act, busy, refused, told } = useAct();
  const dry = useDryRun();
  const { metadata, field } = useKeyChoice(SYMMETRIC);
  const [file, setFile] = useState<File>();
  const [context, setContext] = useState<Pair[]>([]);
  const [made, setMade] = useState<Made>();
  const [share, setShare] = useState(0);
  const fault = fitting(file, LONGEST);

  const encrypt = async () => {
    if (!metadata || !file) return;
    setMade(undefined);
    setShare(0);
    const binding = valuesOf(context);
    const done = await act(async (call) => {
      const { Plaintext, CiphertextBlob, KeyId } = await call('GenerateDataKey', { KeyId: metadata.KeyId, KeySpec: 'AES_256', EncryptionContext: binding, ...dry.input });
      const key = await dataKey(Plaintext);
      Plaintext.fill(0);
      const header = { name: file.name, type: file.type, size: file.size, keyId: KeyId, context: binding, wrappedKey: CiphertextBlob };
      return { file: await encrypted(file, header, key, setShare), wrappedKey: CiphertextBlob };
    });
    if (!done) return;
    setMade(done);
    onMade(done.file);
  };

  return (
    <ActionForm
      title={envelope.encrypt.title}
      action={envelope.encrypt.action}
      busy={busy}
      disabled={!metadata || !file || fault !== undefined}
      refused={refused}
      told={told}
      onSubmit={() => void encrypt()}
      result={made && <Result {...made} />}
    >
      <FileField label={envelope.encrypt.file} text={envelope.encrypt.fileText} file={file} fault={fault} onChange={setFile} />
      {field}
      <ContextField>
        <ContextEditor pairs={context} onChange={setContext} />
      </ContextField>
      {dry.box}
      {busy && <ProgressBar label={envelope.encrypt.progress} value={Math.round(share * 100)} />}
    </ActionForm>
  );
}

async function encrypted(file: File, header: Parameters<typeof sealed>[1], key: CryptoKey, hear: Heard): Promise<File> {
  return new File([await sealed(file, header, key, hear)], `${file.name}.envelope`);
}

function Result({ file, wrappedKey }: Made) {
  return (
    <SpaceBetween size="s">
      {envelope.encrypt.done(file.name, words.bytes.count(file.size))}
      <Bytes label={envelope.encrypt.wrapped} bytes={wrappedKey} />
      {envelope.encrypt.forgotten}
      <FileLink name={file.name} blob={file} />
    </SpaceBetween>
  );
}
