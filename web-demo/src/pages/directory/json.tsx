// The whole directory in its one form: to be read, copied, and registered from elsewhere.
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Directory } from '../../kms/directory';
import { Output } from '../../parts/bytes';
import { Form } from '../../parts/form';
import { PolicyEditor } from '../../parts/policy-editor';
import { Refused } from '../../parts/refused';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { useRegister } from './register';

const { json } = words.directory;

export function DirectoryJson({ known }: { known: Directory }) {
  const { register, busy, refused } = useRegister();
  const [text, setText] = useState('{}');
  const entries = read(text);
  const save = async () => {
    if (entries && (await register(entries, json.done))) setText('{}');
  };
  return (
    <SpaceBetween size="l">
      <Section title={json.shown} description={json.shownText}>
        <Output label={json.text} name={json.text} text={JSON.stringify(known, null, 2)} />
      </Section>
      <Section title={json.register} description={json.registerText}>
        <Form disabled={!entries || busy} onSubmit={() => void save()}>
          <SpaceBetween size="m">
            <FormField label={json.entries} errorText={!entries && json.notJson} stretch>
              <PolicyEditor label={json.entries} kind={null} value={text} onChange={setText} />
            </FormField>
            <Button variant="primary" loading={busy} disabled={!entries}>
              {json.register}
            </Button>
            <Refused refusal={refused} />
          </SpaceBetween>
        </Form>
      </Section>
    </SpaceBetween>
  );
}

/** Whether it is JSON; what it may say, the world knows. */
function read(text: string): Directory | undefined {
  try {
    return JSON.parse(text) as Directory;
  } catch {
    return undefined;
  }
}
