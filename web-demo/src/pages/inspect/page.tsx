// The inspector of ciphertexts: what one says about itself, and what keeps it closed.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Diagnosis } from 'pocket-kms';
import { useCallback, useEffect, useRef, useState } from 'react';
import { fromBase64, isBase64 } from '../../kms/bytes';
import { accountOf } from '../../kms/places-config';
import { Base64Field } from '../../parts/base64-field';
import { ContextEditor } from '../../parts/context-editor';
import { Form } from '../../parts/form';
import { PageTitle } from '../../parts/page-title';
import { pairsOf, valuesOf, type Pair } from '../../parts/pairs';
import { Refused } from '../../parts/refused';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { useClient, usePlace } from '../../world/context';
import { refusal, type Refusal } from '../../world/refusal';
import { Answer } from './answer';
import { askedIn } from './asked';

const { inspector: text } = words;

export default function InspectPage({ query }: { query: string }) {
  const asked = askedIn(query);
  const [blob, setBlob] = useState(asked.blob);
  const [key, setKey] = useState(asked.key);
  const [pairs, setPairs] = useState<Pair[]>(() => pairsOf(asked.context));
  const { diagnosis, refused, inspect } = useInspection();
  const isAsked = blob.trim() !== '' && isBase64(blob);
  // Who comes by a link has asked already.
  const first = useRef(isAsked);
  useEffect(() => {
    if (!first.current) return;
    first.current = false;
    void inspect(blob, key, asked.context);
  });
  const use = (context: Record<string, string>) => {
    setPairs(pairsOf(context));
    void inspect(blob, key, context);
  };
  return (
    <SpaceBetween size="l">
      <PageTitle>{text.title}</PageTitle>
      <Box color="text-body-secondary">{text.text}</Box>
      <Section title={text.asked} description={text.owner}>
        <Form disabled={!isAsked} onSubmit={() => void inspect(blob, key, valuesOf(pairs))}>
          <SpaceBetween size="l">
            <Base64Field label={text.ciphertext} value={blob} onChange={setBlob} />
            <FormField label={text.key} description={text.keyText} stretch>
              <Input value={key} placeholder={text.keyPlaceholder} spellcheck={false} onChange={({ detail }) => setKey(detail.value)} />
            </FormField>
            <FormField label={text.context} description={words.context.text} stretch>
              <ContextEditor pairs={pairs} onChange={setPairs} />
            </FormField>
            <Button variant="primary" disabled={!isAsked}>
              {text.action}
            </Button>
          </SpaceBetween>
        </Form>
      </Section>
      <Refused refusal={refused} />
      {diagnosis && <Answer diagnosis={diagnosis} onUse={use} />}
    </SpaceBetween>
  );
}

/** Asks, and keeps the last answer. */
function useInspection() {
  const client = useClient();
  const { region, caller } = usePlace();
  const [diagnosis, setDiagnosis] = useState<Diagnosis>();
  const [refused, setRefused] = useState<Refusal>();
  const inspect = useCallback(
    async (blob: string, key: string, encryptionContext: Record<string, string>) => {
      setDiagnosis(undefined);
      setRefused(undefined);
      const named = key.trim() === '' ? {} : { key: key.trim() };
      try {
        setDiagnosis(await client.inspect(fromBase64(blob), { ...named, encryptionContext, account: accountOf(caller), region }));
      } catch (thrown) {
        setRefused(refusal(thrown));
      }
    },
    [client, region, caller],
  );
  return { diagnosis, refused, inspect };
}
