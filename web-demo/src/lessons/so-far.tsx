// The steps that were done, to be read again.
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { words } from '../words';
import { StepDone } from './step-done';
import { ToldText } from './told-text';
import type { Walk } from './walk';

export function SoFar({ walk }: { walk: Walk }) {
  const { lesson, progress } = walk;
  const earlier = progress.done.slice(0, -1);
  return (
    <ExpandableSection headerText={words.lesson.sofar}>
      <SpaceBetween size="l">
        {earlier.map((_, at) => (
          <SpaceBetween key={at} size="xs">
            <ToldText text={lesson.steps[at]?.text ?? ''} values={progress.values} />
            <StepDone walk={walk} at={at} />
          </SpaceBetween>
        ))}
      </SpaceBetween>
    </ExpandableSection>
  );
}
