// The world as infrastructure code: keys, policies, aliases, grants, and who there is.
import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useState } from 'react';
import type { ExportFormat, Exported } from '../../kms/templates';
import { Output } from '../../parts/bytes';
import { Download } from '../../parts/download';
import { Queried } from '../../parts/queried';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { useClient, useQuery } from '../../world/context';

const { export: text } = words.lab;

export function Export() {
  const client = useClient();
  const [format, setFormat] = useState<ExportFormat>('cloudformation');
  const query = useQuery(useCallback(() => client.exportAs(format), [client, format]));
  return (
    <SpaceBetween size="l">
      <Header variant="h2" description={text.text}>
        {text.title}
      </Header>
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
