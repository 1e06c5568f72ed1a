// What the next step does and why it matters, and the button that does it.
import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useId, useRef } from 'react';
import { words } from '../words';
import { wasAskedFor } from './begin';
import type { Step } from './lesson';
import { ToldText } from './told-text';
import { byWhom, deedOf, type Walk } from './walk';

export function NextStep({ walk: { lesson, progress, step, busy }, step: next }: { walk: Walk; step: Step }) {
  const number = progress.done.length + 1;
  const text = useId();
  const button = useRef<ButtonProps.Ref>(null);
  useEffect(() => {
    if (wasAskedFor()) button.current?.focus();
  });
  return (
    <SpaceBetween size="s">
      <h3 className="lesson-heading">{words.lesson.step(number, lesson.steps.length)}</h3>
      <ToldText id={text} text={next.text} values={progress.values} />
      <Button ref={button} variant="primary" loading={busy} ariaDescribedby={text} onClick={step}>
        {words.lesson.doStep(number, deedOf(next))}
      </Button>
      <Box color="text-body-secondary" fontSize="body-s">
        {byWhom(next, progress.values)}
      </Box>
    </SpaceBetween>
  );
}
