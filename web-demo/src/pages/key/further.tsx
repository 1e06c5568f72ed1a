// The pages that teach what a tab of a key is about.
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { operationAddress } from '../../routes';
import { words } from '../../words';

const { operations } = words;

export type Lesson = keyof typeof operations.lessons;

export function Further({ lessons }: { lessons: readonly Lesson[] }) {
  return (
    <nav aria-label={operations.further}>
      <SpaceBetween direction="horizontal" size="s">
        <Box variant="awsui-key-label">{operations.further}</Box>
        {lessons.map((lesson) => (
          <Link key={lesson} href={operationAddress(lesson)}>
            {operations.lessons[lesson]}
          </Link>
        ))}
      </SpaceBetween>
    </nav>
  );
}
