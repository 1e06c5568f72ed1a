// Templates are dropped, tried in a copy of the world, and made into keys, policies and principals of this one.
import Button from '@cloudscape-design/components/button';
import FileUpload from '@cloudscape-design/components/file-upload';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { accountOf } from '../../kms/places-config';
import type { Files, Loaded } from '../../kms/templates';
import { Group } from '../../parts/group';
import { valuesOf, type Pair } from '../../parts/pairs';
import { PairsEditor } from '../../parts/pairs-editor';
import { Refused } from '../../parts/refused';
import { Section } from '../../parts/section';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import { useClient, usePlace } from '../../world/context';
import { LoadedPart } from './loaded';

const { templates: text } = words.lab;

export function Templates() {
  const client = useClient();
  const { region, caller } = usePlace();
  const { act, busy, refused } = useAct();
  const [files, setFiles] = useState<File[]>([]);
  const [pairs, setPairs] = useState<Pair[]>([]);
  const [tried, setTried] = useState<Loaded>();
  const choose = (chosen: File[]) => {
    setFiles(chosen);
    setTried(undefined);
  };
  const load = async (how: 'tryTemplate' | 'loadTemplate', said?: (loaded: Loaded) => string) => {
    const options = { account: accountOf(caller), region, parameters: valuesOf(pairs) };
    return act(async () => client[how](await textsOf(files), options), said);
  };
  const make = async () => {
    if (await load('loadTemplate', ({ names }) => text.done(Object.keys(names).length))) choose([]);
  };
  return (
    <SpaceBetween size="l">
      <Section title={text.read} description={text.text}>
        <SpaceBetween size="m">
          <FormField label={text.files} description={text.filesText} stretch>
            <FileUpload multiple value={files} i18nStrings={text.upload} onChange={({ detail }) => choose(detail.value)} />
          </FormField>
          <Group title={words.optional(text.parameters)} text={text.parametersText}>
            <PairsEditor pairs={pairs} add={text.addParameter} empty={text.noParameters} onChange={setPairs} />
          </Group>
          <Button variant="primary" disabled={files.length === 0} loading={busy} onClick={() => void load('tryTemplate').then(setTried)}>
            {text.read}
          </Button>
          <Refused refusal={refused} />
        </SpaceBetween>
      </Section>
      {tried && <LoadedPart loaded={tried} busy={busy} onMake={() => void make()} />}
    </SpaceBetween>
  );
}

async function textsOf(files: readonly File[]): Promise<Files> {
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file.name, await file.text()] as const)));
}
