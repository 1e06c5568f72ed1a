// Regionality: the primary key, its replicas and their states, and what a primary key can do with them.
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { Info } from '../../parts/info';
import { Section } from '../../parts/section';
import { keyAddress } from '../../routes';
import { PlaceLink } from '../../shell/place-link';
import { words } from '../../words';
import { usePlace } from '../../world/context';
import type { KeyMetadata, Related } from '../../world/operations';
import { ChangePrimary } from './change-primary';
import { CreateReplica } from './create-replica';
import { RelatedKeys } from './related-keys';

const { primary, replica, region: label } = words.regionality;

type Dialog = 'change' | 'create' | null;

export function Regionality({ metadata, related }: { metadata: KeyMetadata; related: Related }) {
  const [dialog, setDialog] = useState<Dialog>(null);
  const close = () => setDialog(null);
  const { region } = usePlace();
  const { KeyId } = metadata;
  const isPrimary = related.MultiRegionKeyType === 'PRIMARY';
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button onClick={() => setDialog('change')}>{primary.change}</Button>
      <Button variant="primary" onClick={() => setDialog('create')}>
        {primary.create}
      </Button>
    </SpaceBetween>
  );
  const to = related.PrimaryKey.Region;
  return (
    <SpaceBetween size="l">
      {isPrimary ? (
        <Section title={primary.title} info={<Info topic="regionality" />} description={primary.text} actions={buttons}>
          <KeyValuePairs items={[{ label, value: region }]} />
        </Section>
      ) : (
        <Section title={replica.title} info={<Info topic="regionality" />} description={replica.text}>
          <KeyValuePairs
            columns={2}
            items={[
              { label, value: region },
              {
                label: primary.title,
                value: (
                  <PlaceLink place={{ region: to }} address={keyAddress(KeyId, 'regionality')}>
                    {to}
                  </PlaceLink>
                ),
              },
            ]}
          />
        </Section>
      )}
      <RelatedKeys keyId={KeyId} related={related} />
      {dialog === 'change' && <ChangePrimary keyId={KeyId} replicas={related.ReplicaKeys} onDone={close} />}
      {dialog === 'create' && <CreateReplica metadata={metadata} related={related} onDone={close} />}
    </SpaceBetween>
  );
}
