// The trust anchor certificate of a cluster: from a file, which the browser reads here, or pasted.
import FileUpload from '@cloudscape-design/components/file-upload';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { words } from '../../words';

const { creating } = words.stores;

/** No certificate that KMS takes is longer; a large file that was chosen by mistake is not read whole. */
const LONGEST = 64 * 1024;

export function Anchor({ value, onChange }: { value: string; onChange: (pem: string) => void }) {
  const [file, setFile] = useState<File>();
  const choose = async (chosen: File | undefined) => {
    setFile(chosen);
    if (chosen) onChange(await chosen.slice(0, LONGEST).text());
  };
  return (
    <SpaceBetween size="l">
      <FormField label={creating.anchor} description={creating.anchorText} stretch>
        <FileUpload
          value={file ? [file] : []}
          i18nStrings={words.importing.material.upload}
          onChange={({ detail }) => void choose(detail.value[0])}
        />
      </FormField>
      <FormField label={creating.pasteAnchor} stretch>
        <Textarea
          value={value}
          rows={4}
          spellcheck={false}
          placeholder="-----BEGIN CERTIFICATE-----"
          onChange={({ detail }) => onChange(detail.value)}
        />
      </FormField>
    </SpaceBetween>
  );
}
