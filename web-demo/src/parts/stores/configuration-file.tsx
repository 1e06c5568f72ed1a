// The proxy configuration file, which the browser reads here: it fills the fields, and goes nowhere.
import FileUpload from '@cloudscape-design/components/file-upload';
import FormField from '@cloudscape-design/components/form-field';
import { useState } from 'react';
import type { StoreDraft } from '../../actions/store-draft';
import { prefixOf } from '../../kms/key-stores';
import { readConfiguration } from '../../kms/proxy-configuration';
import { words } from '../../words';

const { external } = words.stores;

/** No such file is longer; a large one that was chosen by mistake is not read whole. */
const LONGEST = 64 * 1024;

export function ConfigurationFile({ onRead }: { onRead: (change: Partial<StoreDraft>) => void }) {
  const [file, setFile] = useState<File>();
  const [readable, setReadable] = useState(true);
  const choose = async (chosen: File | undefined) => {
    setFile(chosen);
    setReadable(true);
    if (!chosen) return;
    const read = readConfiguration(await chosen.slice(0, LONGEST).text());
    setReadable(read !== undefined);
    if (read) onRead({ prefix: prefixOf(read.path), accessKeyId: read.accessKeyId, secret: read.secret });
  };
  return (
    <FormField label={words.optional(external.upload)} description={external.uploadText} errorText={!readable && external.notConfiguration} stretch>
      <FileUpload
        value={file ? [file] : []}
        accept="application/json"
        i18nStrings={words.importing.material.upload}
        onChange={({ detail }) => void choose(detail.value[0])}
      />
    </FormField>
  );
}
