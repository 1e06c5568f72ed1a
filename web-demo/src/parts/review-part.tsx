// A part of what a wizard has gathered, with the way back to its step.
import Button from '@cloudscape-design/components/button';
import type { ReactNode } from 'react';
import { words } from '../words';
import { Section } from './section';

interface Props {
  title: string;
  step: number;
  onEdit(step: number): void;
  children: ReactNode;
}

export function ReviewPart({ title, step, onEdit, children }: Props) {
  const edit = (
    <Button ariaLabel={words.create.review.editPart(title)} onClick={() => onEdit(step)}>
      {words.edit}
    </Button>
  );
  return <Section title={title} actions={edit}>{children}</Section>;
}
