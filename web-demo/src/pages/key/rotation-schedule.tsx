// Automatic rotation: whether, how often, and when next.
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useCallback, useState } from 'react';
import { Info } from '../../parts/info';
import { dateTime, duration } from '../../parts/instants';
import { Ticking } from '../../parts/ticking';
import { Queried } from '../../parts/queried';
import { Section } from '../../parts/section';
import { words } from '../../words';
import type { Query } from '../../world/context';
import type { KeyMetadata, Output } from '../../world/operations';
import { EditRotation } from './edit-rotation';

const { automatic } = words.rotation;

type Status = Output<'GetKeyRotationStatus'>;

export function RotationSchedule({ metadata, query }: { metadata: KeyMetadata; query: Query<Status> }) {
  const [editing, setEditing] = useState(false);
  const isReplica = metadata.MultiRegionConfiguration?.MultiRegionKeyType === 'REPLICA';
  const button = (
    <Button disabled={!query.value} onClick={() => setEditing(true)}>
      {automatic.edit}
    </Button>
  );
  return (
    <Section title={automatic.title} info={<Info topic="rotation" />} description={isReplica ? automatic.replica : automatic.text} actions={button}>
      <Queried query={query}>{(status) => <Schedule status={status} />}</Queried>
      {editing && query.value && <EditRotation keyId={metadata.KeyId} status={query.value} onDone={() => setEditing(false)} />}
    </Section>
  );
}

function Schedule({ status: { KeyRotationEnabled, RotationPeriodInDays, NextRotationDate } }: { status: Status }) {
  const state = (
    <StatusIndicator type={KeyRotationEnabled ? 'success' : 'stopped'}>{KeyRotationEnabled ? automatic.on : automatic.off}</StatusIndicator>
  );
  return (
    <KeyValuePairs
      columns={3}
      minColumnWidth={220}
      items={[
        { label: automatic.status, value: state },
        { label: automatic.period, value: RotationPeriodInDays === undefined ? words.none : automatic.days(RotationPeriodInDays) },
        { label: automatic.next, value: NextRotationDate ? <Next date={NextRotationDate} /> : words.none },
      ]}
    />
  );
}

/** The date of a disabled key may have passed (LIF-54). */
function Next({ date }: { date: Date }) {
  const time = date.getTime();
  return <Ticking>{useCallback((now) => `${dateTime(time)} (${how(time - now)})`, [time])}</Ticking>;
}

function how(ahead: number): string {
  return ahead > 0 ? words.clock.in(duration(ahead)) : automatic.waits(duration(ahead));
}
