// Envelope encryption: a file of any length is encrypted in this page, with a data key that KMS has made and wrapped.
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { Halves } from '../../../parts/halves';
import { Section } from '../../../parts/section';
import { teaching } from '../../../words-of-teaching';
import { Topic } from '../topic';
import { DecryptFile } from './decrypt-file';
import { EncryptFile } from './encrypt-file';
import { Picture } from './picture';

const { envelope } = teaching;

export default function Envelope() {
  const [file, setFile] = useState<File>();
  return (
    <Topic said={envelope}>
      <Halves>
        <EncryptFile onMade={setFile} />
        <DecryptFile file={file} onChange={setFile} />
      </Halves>
      <Section title={envelope.picture.title}>
        <SpaceBetween size="m">
          <Picture />
          <Halves>
            <Listed title={envelope.picture.seen} items={envelope.picture.sees} />
            <Listed title={envelope.picture.unseen} items={envelope.picture.never} />
          </Halves>
        </SpaceBetween>
      </Section>
      <Section title={envelope.form.title}>
        <SpaceBetween size="s">
          {envelope.form.text}
          <Listed title={envelope.form.parts} items={envelope.form.listed} />
        </SpaceBetween>
      </Section>
    </Topic>
  );
}

function Listed({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <div>
      <Box variant="awsui-key-label">{title}</Box>
      <ul aria-label={title}>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );
}
