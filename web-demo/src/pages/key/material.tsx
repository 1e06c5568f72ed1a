// Imported key material: what there is, what expires, what waits, and what can be done with it.
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { DeleteMaterial } from '../../actions/delete-material';
import { namesMaterials } from '../../kms/rotation';
import { Info } from '../../parts/info';
import { KeyStatus } from '../../parts/key-status';
import { Expiry } from '../../parts/expiry';
import { Section } from '../../parts/section';
import { go, importAddress } from '../../routes';
import { words } from '../../words';
import type { KeyMetadata } from '../../world/operations';
import { Materials } from './materials';

const { material } = words;

export function Material({ metadata }: { metadata: KeyMetadata }) {
  const { KeyId, KeyState, CurrentKeyMaterialId } = metadata;
  const [deleting, setDeleting] = useState(false);
  const several = namesMaterials(metadata);
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      {!several && <Button onClick={() => setDeleting(true)}>{material.delete}</Button>}
      <Button variant="primary" onClick={() => go(importAddress(KeyId))}>
        {material.import}
      </Button>
    </SpaceBetween>
  );
  return (
    <SpaceBetween size="l">
      <Section title={material.title} info={<Info topic="material" />} description={material.text} actions={buttons}>
        <KeyValuePairs
          columns={2}
          minColumnWidth={220}
          items={[
            { label: material.status, value: <KeyStatus state={KeyState} /> },
            { label: material.expires, value: <Expiry {...metadata} /> },
            ...(CurrentKeyMaterialId ? [{ label: material.current, value: <span className="wrap">{CurrentKeyMaterialId}</span> }] : []),
          ]}
        />
      </Section>
      {several && <Materials keyId={KeyId} />}
      {deleting && <DeleteMaterial keyId={KeyId} onDone={() => setDeleting(false)} />}
    </SpaceBetween>
  );
}
