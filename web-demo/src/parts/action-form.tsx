// A part of a page that does one thing: fields, the button that does it, and under the button how it ended.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import type { TopicName } from '../help/topics';
import type { MadeCall } from '../world/protocol';
import type { Refusal } from '../world/refusal';
import { words } from '../words';
import { Form } from './form';
import { Info } from './info';
import { Refused } from './refused';
import { Section } from './section';
import { Told } from './told';

interface Props {
  title: string;
  info?: TopicName;
  action: string;
  busy: boolean;
  disabled?: boolean;
  refused: Refusal | undefined;
  onSubmit(): void;
  /** What the action made. */
  result: ReactNode;
  /** The calls that made it. */
  told?: readonly MadeCall[];
  children: ReactNode;
}

export function ActionForm({ title, info, action, busy, disabled = false, refused, onSubmit, result, told = [], children }: Props) {
  return (
    <Section title={title} info={info && <Info topic={info} label={words.help.here} />}>
      <SpaceBetween size="l">
        <Form disabled={disabled || busy} onSubmit={onSubmit}>
          <SpaceBetween size="l">
            {children}
            <Button variant="primary" loading={busy} disabled={disabled}>
              {action}
            </Button>
          </SpaceBetween>
        </Form>
        <Refused refusal={refused} />
        {result}
        {result && <Told calls={told} />}
      </SpaceBetween>
    </Section>
  );
}
