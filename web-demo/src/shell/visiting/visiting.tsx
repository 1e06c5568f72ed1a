// Who visits another world is told so, and finds the way back.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { Confirm } from '../../parts/confirm';
import { words } from '../../words';
import { useStatus } from '../../world/context';
import type { Visiting } from '../../world/protocol';
import { useBegin, useBeginHere } from './begin';
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
  return [{ id: 'visiting', type: 'info', content: said(visiting), action: <Ways {...visiting} /> }];
}

function said({ kind, title }: Visiting): string {
  return text[kind](title);
}

function Ways({ kind }: Visiting) {
  const { begin, busy } = useBegin();
  const [asking, setAsking] = useState(false);
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {/* A lesson is begun again whenever somebody wants to. */}
      {kind !== 'lesson' && <Button onClick={() => setAsking(true)}>{text.keep.action}</Button>}
      <Button loading={busy} onClick={() => void begin({ kind: 'own' }, text.done)}>
        {text.back}
      </Button>
      {asking && <Keep onDismiss={() => setAsking(false)} />}
    </SpaceBetween>
  );
}

function Keep({ onDismiss }: { onDismiss: () => void }) {
  const { begin, busy, refused } = useBeginHere();
  const keep = async () => {
    if (await begin({ kind: 'visited' }, text.keep.done)) onDismiss();
  };
  return (
    <Confirm title={text.keep.title} action={text.keep.action} busy={busy} refused={refused} onDismiss={onDismiss} onConfirm={() => void keep()}>
      <Alert type="warning">{text.keep.warning}</Alert>
    </Confirm>
  );
}
