// Key material in a file, which the browser reads here.
import FileUpload from '@cloudscape-design/components/file-upload';
import FormField from '@cloudscape-design/components/form-field';
import { materialOf, toText } from '../../kms/bytes';
import { words } from '../../words';
import type { SourceProps } from './draft';

const { material } = words.importing;

/** No key material is longer; a large file that was chosen by mistake is not read whole. */
const LONGEST = 64 * 1024;

export function Upload({ draft: { file, uploaded }, missing, onChange }: SourceProps) {
  const choose = async (file: File | undefined) => {
    onChange({ file, uploaded: undefined });
    if (file) onChange({ uploaded: contentOf(new Uint8Array(await file.slice(0, LONGEST).arrayBuffer())) });
  };
  return (
    <FormField label={material.file} constraintText={uploaded && words.bytes.count(uploaded.length)} errorText={!uploaded && missing}>
      <FileUpload
        value={file ? [file] : []}
        ariaRequired
        showFileSize
        i18nStrings={material.upload}
        onChange={({ detail }) => void choose(detail.value[0])}
      />
    </FormField>
  );
}

/** A file with a private key in PEM has its DER in it, any other one the bytes themselves. */
function contentOf(bytes: Uint8Array): Uint8Array | undefined {
  const text = toText(bytes);
  return text?.startsWith('-----BEGIN') ? materialOf(text) : bytes;
}
