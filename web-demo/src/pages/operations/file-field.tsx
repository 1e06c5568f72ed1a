// A file from this machine, which never leaves the page.
import FileUpload from '@cloudscape-design/components/file-upload';
import FormField from '@cloudscape-design/components/form-field';
import { words } from '../../words';
import { teaching } from '../../words-of-teaching';

interface Props {
  label: string;
  text: string;
  file: File | undefined;
  fault?: string | undefined;
  onChange(file: File | undefined): void;
}

export function FileField({ label, text, file, fault, onChange }: Props) {
  return (
    <FormField label={label} description={text} errorText={fault} stretch>
      <FileUpload
        value={file ? [file] : []}
        showFileSize
        i18nStrings={{ ...words.importing.material.upload, uploadButtonText: () => teaching.files.choose }}
        onChange={({ detail }) => onChange(detail.value[0])}
      />
    </FormField>
  );
}
