// The panel of a lesson beside the page: what the last step has shown, what the next one does, and how far one is.
import Button from '@cloudscape-design/components/button';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import SplitPanel from '@cloudscape-design/components/split-panel';
import Toggle from '@cloudscape-design/components/toggle';
import { useEffect, useState } from 'react';
import { Refused } from '../parts/refused';
import { Loading } from '../parts/loading';
import { useFollowing } from '../shell/lesson';
import { useMenuAct } from '../shell/notifications';
import { words } from '../words';
import { useBegin } from './begin';
import { lessonOf } from './catalogue';
import { StepDone } from './step-done';
import { End } from './end';
import type { Lesson } from './lesson';
import { NextStep } from './next-step';
import { SoFar } from './so-far';
import { useWalk } from './walk';

export default function LessonPanel({ id }: { id: string }) {
  const [lesson, setLesson] = useState<Lesson>();
  useEffect(() => {
    let current = true;
    void lessonOf(id).then((found) => current && setLesson(found));
    return () => {
      current = false;
    };
  }, [id]);
  if (lesson?.id === id) return <Open key={id} lesson={lesson} />;
  return (
    <SplitPanel header={words.lesson.page}>
      <Loading />
    </SplitPanel>
  );
}

function Open({ lesson }: { lesson: Lesson }) {
  const walk = useWalk(lesson);
  const begin = useBegin();
  const { act, busy } = useMenuAct();
  const { progress, next } = walk;
  const done = progress.done.length;
  return (
    <SplitPanel header={lesson.title} ariaLabel={words.lesson.panel(lesson.title)}>
      <SpaceBetween size="l">
        <ProgressBar
          ariaLabel={words.lesson.progressLabel}
          value={Math.round((100 * done) / lesson.steps.length)}
          description={words.lesson.progress(done, lesson.steps.length)}
        />
        {/* What changes here is said aloud: the focus stays on the button. */}
        <div role="status">{done > 0 && <StepDone key={done} walk={walk} at={done - 1} />}</div>
        {next ? <NextStep walk={walk} step={next} /> : <End walk={walk} />}
        <Refused refusal={walk.refused} />
        <Follow />
        {done > 1 && <SoFar walk={walk} />}
        {done > 0 && (
          <Button iconName="undo" loading={busy} onClick={() => void act(() => begin(lesson))}>
            {words.lesson.again}
          </Button>
        )}
      </SpaceBetween>
    </SplitPanel>
  );
}

function Follow() {
  const [following, follow] = useFollowing();
  return (
    <Toggle checked={following} onChange={({ detail }) => follow(detail.checked)}>
      {words.lesson.follow}
    </Toggle>
  );
}
