// What the clock shows.
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useCallback } from 'react';
import type { Due } from '../../kms/due';
import { dateTime, duration } from '../../parts/instants';
import { Section } from '../../parts/section';
import { Ticking } from '../../parts/ticking';
import { words } from '../../words';

const { face } = words.clock;

export function Face({ running, next }: { running: boolean; next: Due | undefined }) {
  const state = <StatusIndicator type={running ? 'success' : 'stopped'}>{running ? face.running : face.frozen}</StatusIndicator>;
  return (
    <Section title={face.title}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: face.now, value: <Ticking room="26ch">{dateTime}</Ticking> },
          { label: face.ahead, value: <Ticking>{ahead}</Ticking> },
          { label: face.state, value: state },
          { label: face.due, value: next ? <Next due={next} /> : face.nothingDue },
        ]}
      />
    </Section>
  );
}

function Next({ due: { kind, time } }: { due: Due }) {
  return <Ticking>{useCallback((now) => face.dueIn(words.clock.due.nouns[kind], duration(Math.max(0, time - now))), [kind, time])}</Ticking>;
}

/** How far the world's clock is from the browser's. */
function ahead(now: number): string {
  const millis = now - Date.now();
  if (Math.abs(millis) < 1000) return face.same;
  return millis > 0 ? face.before(duration(millis)) : face.behind(duration(millis));
}
