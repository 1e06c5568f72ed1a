// What came of a step: whether it is what the lesson tells, what that shows, and what can be asked about it.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useRef } from 'react';
import { Told } from '../parts/told';
import { words } from '../words';
import { isOfPlayground } from '../world/refusal';
import type { Difference } from './judge';
import type { DoneStep } from './kept';
import { ToldText } from './told-text';
import { pageOf, type Walk } from './walk';

export function StepDone({ walk: { lesson, progress, show }, at }: { walk: Walk; at: number }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const isLast = at === progress.done.length - 1;
  // On a small screen the button may have left no room for what it brought.
  useEffect(() => {
    if (isLast) heading.current?.scrollIntoView({ block: 'nearest' });
  }, [isLast]);
  const step = lesson.steps[at];
  const done = progress.done[at];
  if (!step || !done) return null;
  return (
    <SpaceBetween size="s">
      <h3 className="lesson-heading" ref={heading}>
        <StatusIndicator type={done.otherwise ? 'warning' : 'success'} wrapText>
          {headingOf(done)(at + 1)}
        </StatusIndicator>
      </h3>
      {done.otherwise && <Otherwise difference={done.otherwise} />}
      {done.refused && <RefusedAs {...done.refused} />}
      {/* Where it came otherwise, the lesson's words on what was seen would not be true. */}
      {step.after && !done.otherwise && <ToldText text={step.after} values={progress.values} />}
      {done.calls.length > 0 && (
        <div>
          <Told calls={done.calls} />
        </div>
      )}
      {pageOf(step, progress.values) && (
        <Button variant="inline-link" iconName="arrow-left" onClick={() => show(step)}>
          {words.lesson.toPage}
        </Button>
      )}
    </SpaceBetween>
  );
}

function headingOf({ otherwise, byHand }: DoneStep): (number: number) => string {
  if (otherwise) return words.lesson.otherwise;
  return byHand ? words.lesson.byHand : words.lesson.done;
}

function RefusedAs({ code, message }: { code: string; message: string }) {
  return (
    <p className="lesson-text">
      {words.lesson.refused} {!isOfPlayground({ code }) && <Box variant="code">{code}</Box>} {message !== code && message}
    </p>
  );
}

function Otherwise({ difference: { at, expected, found } }: { difference: Difference }) {
  return (
    <Alert type="warning">
      <div className="wrap">
        <div>{at && <Box variant="code">{at}</Box>}</div>
        <div>
          {words.lesson.expected}: <Box variant="code">{expected}</Box>
        </div>
        <div>
          {words.lesson.found}: <Box variant="code">{found}</Box>
        </div>
        <div>{words.lesson.why}</div>
      </div>
    </Alert>
  );
}
