// The hands of the clock: steps, a length of one's own, stop and go.
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { STEPS } from '../../shell/clock-config';
import { useTurn } from '../../shell/turn';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { CustomStep } from './custom-step';

const { hands } = words.clock;

export function Hands({ running }: { running: boolean }) {
  const { turn, busy } = useTurn();
  return (
    <Section title={hands.title} description={hands.text}>
      <SpaceBetween size="l">
        <SpaceBetween direction="horizontal" size="xs">
          {STEPS.map(({ span, label }) => (
            <Button key={span} iconName="add-plus" disabled={busy} onClick={() => void turn({ advance: span })}>
              {label}
            </Button>
          ))}
        </SpaceBetween>
        <CustomStep busy={busy} onStep={(span) => void turn({ advance: span })} />
        <FormField label={hands.flow} description={hands.flowText}>
          {running ? (
            <Button iconName="pause" onClick={() => void turn('freeze')}>
              {hands.freeze}
            </Button>
          ) : (
            <Button iconName="play" onClick={() => void turn('resume')}>
              {hands.resume}
            </Button>
          )}
        </FormField>
      </SpaceBetween>
    </Section>
  );
}
