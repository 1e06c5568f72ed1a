// Who visits another world is told so, and finds the way back.
import Button from '@cloudscape-design/components/button';
import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { words } from '../../words';
import { useStatus } from '../../world/context';
import type { Visiting } from '../../world/protocol';
import { useBegin } from './begin';
import { isEmbedded } from './frame';

const { visiting: text } = words;

/** `undefined` in the person's own world. */
export function useVisiting(): Visiting | undefined {
  const status = useStatus();
  return status.phase === 'open' ? status.visiting : undefined;
}

/** What stands above all notifications while a world is visited. */
export function useVisitingItems(): FlashbarProps.MessageDefinition[] {
  const visiting = useVisiting();
  // A page of documentation has no own world to go back to.
  if (!visiting || isEmbedded) return [];
  return [{ id: 'visiting', type: 'info', content: said(visiting), action: <Back /> }];
}

function said({ kind, title }: Visiting): string {
  return text[kind](title);
}

function Back() {
  const { begin, busy } = useBegin();
  return (
    <Button loading={busy} onClick={() => void begin({ kind: 'own' }, text.done)}>
      {text.back}
    </Button>
  );
}
