// A lesson as a tile: what it is about, how long it takes, and how far one is.
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { LessonHead } from '../../lessons/lesson';
import { lessonAddress } from '../../routes';
import { useFinished, useStudy } from '../../shell/lesson';
import { useVisitedLesson } from '../../shell/lesson-panel';
import { words } from '../../words';

const { start } = words;

export function LessonTile({ head: { id, title, summary, teaches, minutes } }: { head: LessonHead }) {
  return (
    <Container
      fitHeight
      header={
        <Header variant="h3">
          <Link href={lessonAddress(id)} fontSize="heading-s">
            {title}
          </Link>
        </Header>
      }
    >
      <SpaceBetween size="s">
        <div>{summary}</div>
        <Box color="text-body-secondary">
          <ul className="subjects" aria-label={start.teaches}>
            {teaches.map((subject) => (
              <li key={subject}>{subject}</li>
            ))}
          </ul>
        </Box>
        <SpaceBetween direction="horizontal" size="m">
          <Box color="text-body-secondary">{start.minutes(minutes)}</Box>
          <Standing id={id} />
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}

function Standing({ id }: { id: string }) {
  const [study] = useStudy();
  const [finished] = useFinished();
  const visited = useVisitedLesson();
  if (visited === id && study?.id === id && study.done < study.of) {
    return <StatusIndicator type="in-progress">{start.under(study.done, study.of)}</StatusIndicator>;
  }
  return finished.includes(id) && <StatusIndicator type="success">{start.finished}</StatusIndicator>;
}
