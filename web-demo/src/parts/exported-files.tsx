// Infrastructure code in a format that is chosen: its files, and what they cannot say.
import Alert from '@cloudscape-design/components/alert';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useState } from 'react';
import type { ExportFormat, Exported } from '../kms/templates';
import { words } from '../words';
import { useQuery } from '../world/context';
import { Output } from './bytes';
import { Download } from './download';
import { Queried } from './queried';
import { Section } from './section';

const { export: text } = words.lab;

/** Give a stable `ask`. */
export function ExportedFiles({ ask }: { ask(format: ExportFormat): Promise<Exported> }) {
  const [format, setFormat] = useState<ExportFormat>('cloudformation');
  const query = useQuery(useCallback(() => ask(format), [ask, format]));
  return (
    <SpaceBetween size="l">
      <SegmentedControl
        label={text.format}
        selectedId={format}
        options={text.formats}
        onChange={({ detail }) => setFormat(detail.selectedId as ExportFormat)}
      />
      <Queried query={query}>
        {({ files, leftOut }) => (
          <SpaceBetween size="l">
            {leftOut.length > 0 && <LeftOut remarks={leftOut} />}
            {Object.entries(files).map(([name, content]) => (
              <File key={name} name={name} content={content} />
            ))}
          </SpaceBetween>
        )}
      </Queried>
    </SpaceBetween>
  );
}

function LeftOut({ remarks }: { remarks: Exported['leftOut'] }) {
  return (
    <Alert type="warning" header={words.lab.templates.leftOut}>
      <ul aria-label={words.lab.templates.leftOut}>
        {remarks.map(({ path, why }, at) => (
          <li key={at} className="wrap">
            <strong>{path}</strong>: {why}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function File({ name, content }: { name: string; content: string }) {
  return (
    <Section title={name} actions={<Download name={name} text={content} />}>
      <Output label={text.content} name={text.contentOf(name)} text={content} />
    </Section>
  );
}
