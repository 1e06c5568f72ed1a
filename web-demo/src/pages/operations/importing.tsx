// Bring your own key: the way of key material into KMS, in order, each step with its page.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { importAddress, go, keyAddress } from '../../routes';
import { useKeys } from '../../parts/key-select';
import { KeyStatus } from '../../parts/key-status';
import { Refused } from '../../parts/refused';
import { Section } from '../../parts/section';
import { TitledTable } from '../../parts/titled-table';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import { teaching } from '../../words-of-teaching';
import type { KeyMetadata } from '../../world/operations';
import { Topic } from './topic';

const { importing } = teaching;

export default function Importing() {
  const { keys } = useKeys(undefined);
  const { act, busy, refused } = useAct();
  const imported = keys.flatMap(({ metadata }) => (metadata?.Origin === 'EXTERNAL' ? [metadata] : []));
  const create = async () => {
    const made = await act((call) => call('CreateKey', { Origin: 'EXTERNAL' }), ({ KeyMetadata }) => teaching.keys.made(KeyMetadata.KeyId));
    if (made) go(importAddress(made.KeyMetadata.KeyId));
  };
  return (
    <Topic said={importing}>
      <Section title={importing.course}>
        <SpaceBetween size="m">
          <ol aria-label={importing.course}>
            {importing.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <Button variant="primary" loading={busy} onClick={() => void create()}>
            {importing.create}
          </Button>
          <Refused refusal={refused} />
        </SpaceBetween>
      </Section>
      <TitledTable
        title={importing.keys}
        items={imported}
        trackBy="Arn"
        empty={<Box>{importing.empty}</Box>}
        columnDefinitions={[
          { id: 'id', header: words.keys.columns.id, cell: ({ KeyId }) => <Link href={keyAddress(KeyId, 'material')}>{KeyId}</Link>, isRowHeader: true },
          { id: 'spec', header: words.keys.columns.spec, cell: ({ KeySpec }) => KeySpec },
          { id: 'state', header: words.keys.columns.status, cell: ({ KeyState }) => <KeyStatus state={KeyState} /> },
          { id: 'import', header: importing.column, cell: (metadata) => <Import metadata={metadata} /> },
        ]}
      />
    </Topic>
  );
}

function Import({ metadata: { KeyId } }: { metadata: KeyMetadata }) {
  return (
    <Link href={importAddress(KeyId)} ariaLabel={importing.intoKey(KeyId)}>
      {importing.into}
    </Link>
  );
}
