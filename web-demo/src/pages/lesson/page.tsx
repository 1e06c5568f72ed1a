// The address of a lesson: it begins, after a question where a world that is visited would be lost.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState } from 'react';
import { useBegin } from '../../lessons/begin';
import { lessonOf } from '../../lessons/catalogue';
import type { Lesson } from '../../lessons/lesson';
import { Info } from '../../parts/info';
import { Loading } from '../../parts/loading';
import { PageTitle } from '../../parts/page-title';
import { Refused } from '../../parts/refused';
import { KEYS, START_PAGE, go } from '../../routes';
import { useStudy } from '../../shell/lesson';
import { useAct } from '../../shell/notifications';
import { useVisiting } from '../../shell/visiting/visiting';
import { words } from '../../words';
import type { Visiting } from '../../world/protocol';

export default function LessonPage({ id }: { id: string }) {
  const [found, setFound] = useState<{ lesson: Lesson | undefined }>();
  useEffect(() => {
    let current = true;
    void lessonOf(id).then((lesson) => current && setFound({ lesson }));
    return () => {
      current = false;
    };
  }, [id]);
  if (!found) return <Loading />;
  return found.lesson ? <Beginning lesson={found.lesson} /> : <Unknown id={id} />;
}

function Unknown({ id }: { id: string }) {
  return (
    <SpaceBetween size="l">
      <PageTitle>{words.lesson.page}</PageTitle>
      <Alert type="warning">
        <div className="wrap">{words.lesson.unknown(id)}</div>
      </Alert>
      <Link href={START_PAGE}>{words.lesson.toStart}</Link>
    </SpaceBetween>
  );
}

function Beginning({ lesson }: { lesson: Lesson }) {
  const begin = useBegin();
  const { act, busy, refused } = useAct();
  const visiting = useVisiting();
  // What is visited when the page opens would be lost; afterwards it is this lesson.
  const [loses] = useState(visiting);
  const begun = useRef(false);
  const start = () => void act(() => begin(lesson));
  useEffect(() => {
    if (loses || begun.current) return;
    begun.current = true;
    start();
  });
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={lesson.summary}>
        {lesson.title}
      </Header>
      <Box>{words.lesson.takes(lesson.minutes, lesson.steps.length)}</Box>
      {loses ? <Question lesson={lesson} loses={loses} busy={busy} onBegin={start} /> : busy && <Loading />}
      <Refused refusal={refused} />
    </SpaceBetween>
  );
}

interface QuestionProps {
  lesson: Lesson;
  loses: Visiting;
  busy: boolean;
  onBegin(): void;
}

function Question({ lesson, loses, busy, onBegin }: QuestionProps) {
  const [study] = useStudy();
  const same = loses.kind === 'lesson' && loses.id === lesson.id;
  const goesOn = same && study?.id === lesson.id && study.done < study.of;
  return (
    <SpaceBetween size="m">
      <Alert type="info">{same ? words.lesson.under : words.lesson.loses(loses.title)}</Alert>
      <SpaceBetween direction="horizontal" size="xs">
        {goesOn && (
          <Button variant="primary" onClick={() => go(KEYS)}>
            {words.lesson.goOn(study.done + 1)}
          </Button>
        )}
        <Button variant={goesOn ? 'normal' : 'primary'} loading={busy} onClick={onBegin}>
          {same ? words.lesson.again : words.lesson.beginAnew}
        </Button>
        <Button variant="link" onClick={() => go(START_PAGE)}>
          {words.lesson.all}
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
