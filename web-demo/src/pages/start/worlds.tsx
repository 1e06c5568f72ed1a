// Worlds without a lesson: one's own, an empty one, and one that somebody has sent.
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { KEYS, OPEN, SHARE, go } from '../../routes';
import { useBegin } from '../../shell/visiting/begin';
import { useVisiting } from '../../shell/visiting/visiting';
import { words } from '../../words';

const { start } = words;

export function Worlds() {
  return (
    <section aria-labelledby="worlds">
      <SpaceBetween size="m">
        <Header variant="h2">
          <span id="worlds">{start.worlds}</span>
        </Header>
        <ul className="tiles">
          <OwnWorld />
          <World {...start.empty} address={OPEN} />
          <World {...start.sent} address={OPEN} />
          <World {...start.share} address={SHARE} />
        </ul>
      </SpaceBetween>
    </section>
  );
}

function OwnWorld() {
  const visiting = useVisiting();
  const { begin, busy } = useBegin();
  const open = () => (visiting ? void begin({ kind: 'own' }, words.visiting.done) : go(KEYS));
  return (
    <Tile title={start.own.title} text={start.own.text}>
      <Button loading={busy} onClick={open}>
        {start.own.action}
      </Button>
    </Tile>
  );
}

function World({ title, text, action, address }: { title: string; text: string; action: string; address: string }) {
  return (
    <Tile title={title} text={text}>
      <Button href={address}>{action}</Button>
    </Tile>
  );
}

function Tile({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <li>
      <Container fitHeight header={<Header variant="h3">{title}</Header>} footer={children}>
        {text}
      </Container>
    </li>
  );
}
