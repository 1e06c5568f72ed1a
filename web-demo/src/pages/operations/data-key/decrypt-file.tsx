// Step 2: KMS unwraps the data key that stands in the file, and the page decrypts the file with it.
import Button from '@cloudscape-design/components/button';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import { useEffect, useState } from 'react';
import { ActionForm } from '../../../parts/action-form';
import { ContextEditor } from '../../../parts/context-editor';
import { useDryRun } from '../../../parts/dry-run';
import { valuesOf, type Pair } from '../../../parts/pairs';
import { useAct } from '../../../shell/notifications';
import { teaching } from '../../../words-of-teaching';
import { ContextField } from '../../key/context-field';
import { FileField } from '../file-field';
import { dataKey, unsealed } from './chunks';
import { opened, type Opened } from './file-form';
import { FileFacts, Plain } from './file-facts';
import { LONGEST_ENCRYPTED, fitting } from './limits';

const { envelope } = teaching;

interface Props {
  file: File | undefined;
  onChange(file: File | undefined): void;
}

export function DecryptFile({ file, onChange }: Props) {
  const { act, busy, refused, told } = useAct();
  const dry = useDryRun();
  const { read, fault } = useRead(file);
  const [context, setContext] = useState<Pair[]>([]);
  const [plain, setPlain] = useState<Blob>();
  const [share, setShare] = useState(0);
  useEffect(() => {
    setContext(Object.entries(read?.header.context ?? {}).map(([key, value]) => ({ key, value })));
    setPlain(undefined);
  }, [read]);

  const decrypt = async () => {
    if (!read) return;
    setPlain(undefined);
    setShare(0);
    const { keyId, wrappedKey } = read.header;
    const done = await act(async (call) => {
      const { Plaintext } = await call('Decrypt', { KeyId: keyId, CiphertextBlob: wrappedKey, EncryptionContext: valuesOf(context), ...dry.input });
      if (!Plaintext) return undefined;
      const key = await dataKey(Plaintext);
      Plaintext.fill(0);
      return unsealed(read, key, setShare);
    });
    setPlain(done);
  };

  return (
    <ActionForm
      title={envelope.decrypt.title}
      action={envelope.decrypt.action}
      busy={busy}
      disabled={!read}
      refused={refused}
      told={told}
      onSubmit={() => void decrypt()}
      result={plain && read && <Plain name={read.header.name} blob={plain} />}
    >
      <FileField label={envelope.decrypt.file} text={envelope.decrypt.fileText} file={file} fault={fault} onChange={onChange} />
      {read && <FileFacts header={read.header} />}
      {read && file && <Alter file={file} onAltered={onChange} />}
      <ContextField>
        <ContextEditor pairs={context} onChange={setContext} />
      </ContextField>
      {dry.box}
      {busy && <ProgressBar label={envelope.decrypt.progress} value={Math.round(share * 100)} />}
    </ActionForm>
  );
}

/** Reads what stands before the chunks as soon as there is a file. */
function useRead(file: File | undefined): { read: Opened | undefined; fault: string | undefined } {
  const [state, setState] = useState<{ of?: File; read?: Opened; fault?: string }>({});
  useEffect(() => {
    let current = true;
    const tooLarge = fitting(file, LONGEST_ENCRYPTED);
    if (!file || tooLarge) {
      setState(tooLarge ? { fault: tooLarge } : {});
      return undefined;
    }
    const settle = (state: { read?: Opened; fault?: string }) => current && setState({ of: file, ...state });
    opened(file).then(
      (read) => settle({ read }),
      (thrown: Error) => settle({ fault: thrown.message }),
    );
    return () => {
      current = false;
    };
  }, [file]);
  return { read: state.of === file ? state.read : undefined, fault: state.fault };
}

/** Changes one bit of the last byte, as a fault of a disk or a stranger may. */
function Alter({ file, onAltered }: { file: File; onAltered(file: File): void }) {
  const alter = async () => {
    const end = file.size - 1;
    const [last = 0] = new Uint8Array(await file.slice(end).arrayBuffer());
    onAltered(new File([file.slice(0, end), Uint8Array.of(last ^ 1)], file.name));
  };
  return (
    <Button formAction="none" onClick={() => void alter()}>
      {envelope.decrypt.alter}
    </Button>
  );
}
