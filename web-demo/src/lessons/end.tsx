// The end of a lesson: what one has seen, the calls as one piece of code, and where to go on.
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef } from 'react';
import { CodeButton } from '../parts/as-code/as-code';
import { START_PAGE, lessonAddress } from '../routes';
import { words } from '../words';
import { useApi } from '../world/context';
import { nextOf } from './catalogue';
import type { Walk } from './walk';

export function End({ walk: { lesson, progress } }: { walk: Walk }) {
  const api = useApi();
  const next = nextOf(lesson.id);
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that had the focus is gone.
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  return (
    <SpaceBetween size="s">
      <h3 className="lesson-heading" tabIndex={-1} ref={heading}>
        {words.lesson.end}
      </h3>
      <div>
        {words.lesson.learned}
        <ul>
          {lesson.teaches.map((subject) => (
            <li key={subject}>{subject}</li>
          ))}
        </ul>
      </div>
      <CodeButton calls={progress.done.flatMap(({ calls }) => calls)} api={api} variant="inline-link" text={words.lesson.script} name={words.lesson.script} />
      {next && <Link href={lessonAddress(next.id)}>{words.lesson.next(next.title)}</Link>}
      <Link href={START_PAGE}>{words.lesson.all}</Link>
    </SpaceBetween>
  );
}
