// A world in a file, which the browser reads here and a passphrase opens.
import FileUpload from '@cloudscape-design/components/file-upload';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { ActionForm } from '../../parts/action-form';
import { useBeginHere } from '../../shell/visiting/begin';
import { Lost } from '../../shell/visiting/lost';
import { words } from '../../words';

const { file: text } = words.open;

/** A larger file that was chosen by mistake is not read. */
const LONGEST_MIB = 64;
const LONGEST = LONGEST_MIB * 1024 * 1024;

export function OpenFile() {
  const { begin, busy, refused } = useBeginHere();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const [fault, setFault] = useState<string>();
  const open = async () => {
    const fault = faultOf(file);
    setFault(fault);
    if (!file || fault) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    await begin({ kind: 'file', name: file.name, bytes, passphrase }, text.done);
  };
  const choose = (chosen: File | undefined) => {
    setFile(chosen);
    setFault(undefined);
  };
  return (
    <ActionForm title={text.title} action={text.action} busy={busy} refused={refused} result={null} onSubmit={() => void open()}>
      <SpaceBetween size="l">
        <FormField label={text.field} errorText={fault}>
          <FileUpload
            value={file ? [file] : []}
            ariaRequired
            showFileSize
            i18nStrings={text.upload}
            onChange={({ detail }) => choose(detail.value[0])}
          />
        </FormField>
        <FormField label={text.passphrase}>
          <Input type="password" autoComplete="off" value={passphrase} onChange={({ detail }) => setPassphrase(detail.value)} />
        </FormField>
        <Lost />
      </SpaceBetween>
    </ActionForm>
  );
}

function faultOf(file: File | undefined): string | undefined {
  if (!file) return text.missing;
  return file.size > LONGEST ? text.tooLong(`${LONGEST_MIB} MiB`) : undefined;
}
