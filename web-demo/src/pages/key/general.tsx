// General configuration: names, state and dates of the key.
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import { useCallback } from 'react';
import { Info } from '../../parts/info';
import type { Alias, KeyMetadata } from '../../world/operations';
import { dateTime, duration } from '../../parts/instants';
import { KeyStatus } from '../../parts/key-status';
import { Ticking } from '../../parts/ticking';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { Description } from './description';

const { general } = words.key;

export function General({ metadata, aliases }: { metadata: KeyMetadata; aliases: readonly Alias[] }) {
  const { Arn, KeyState, CreationDate, MultiRegionConfiguration } = metadata;
  return (
    <Section title={general.title} info={<Info topic="key.general" />}>
      <KeyValuePairs
        columns={3}
        minColumnWidth={220}
        items={[
          { label: general.alias, value: aliases.map(({ AliasName }) => AliasName).join(', ') || words.none },
          { label: general.status, value: <KeyStatus state={KeyState} /> },
          { label: general.created, value: dateTime(CreationDate) },
          { label: general.arn, value: <ArnToCopy arn={Arn} /> },
          { label: general.description, value: <Description metadata={metadata} /> },
          { label: general.regionality, value: general.kinds[MultiRegionConfiguration?.MultiRegionKeyType ?? 'SINGLE'] },
          ...deletion(metadata),
        ]}
      />
    </Section>
  );
}

/** A primary key waits for the deletion of its replicas, and has no date before (LIF-231). */
function deletion({ DeletionDate, PendingDeletionWindowInDays }: KeyMetadata) {
  const waits = PendingDeletionWindowInDays !== undefined && general.waits(PendingDeletionWindowInDays);
  const value = DeletionDate ? <Deletion date={DeletionDate} /> : waits;
  return value ? [{ label: general.deletion, value }] : [];
}

function ArnToCopy({ arn }: { arn: string }) {
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={arn}
      copyButtonAriaLabel={words.bytes.copy(general.arn)}
      copySuccessText={words.bytes.copied}
      copyErrorText={words.bytes.notCopied}
    />
  );
}

/** When the key is deleted, and how far off that is by the world's clock. */
function Deletion({ date }: { date: Date }) {
  const time = date.getTime();
  return <Ticking>{useCallback((now) => `${dateTime(time)} (${words.clock.in(duration(time - now))})`, [time])}</Ticking>;
}
