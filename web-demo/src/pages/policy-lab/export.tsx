// The world as infrastructure code: keys, policies, aliases, grants, and who there is.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import type { ExportFormat } from '../../kms/templates';
import { ExportedFiles } from '../../parts/exported-files';
import { words } from '../../words';
import { useClient } from '../../world/context';

const { export: text } = words.lab;

export function Export() {
  const client = useClient();
  return (
    <SpaceBetween size="l">
      <Header variant="h2" description={text.text}>
        {text.title}
      </Header>
      <ExportedFiles ask={useCallback((format: ExportFormat) => client.exportAs(format), [client])} />
    </SpaceBetween>
  );
}
