// The world as infrastructure code: keys, policies, aliases, grants, and who there is.
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useState } from 'react';
import type { ExportFormat } from '../../kms/templates';
import { Output } from '../../parts/bytes';
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
        {(files) => (
          <SpaceBetween size="l">
            {Object.entries(files).map(([name, content]) => (
              <Exported key={name} name={name} content={content} />
            ))}
          </SpaceBetween>
        )}
      </Queried>
    </SpaceBetween>
  );
}

function Exported({ name, content }: { name: string; content: string }) {
  const download = (
    <Button iconName="download" href={`data:text/plain;charset=utf-8,${encodeURIComponent(content)}`} download={name.split('/').at(-1) ?? name}>
      {text.download}
    </Button>
  );
  return (
    <Section title={name} actions={download}>
      <Output label={name} name={name} text={content} />
    </Section>
  );
}
