// Two places of one world side by side, such as an administrator beside Alice.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRef } from 'react';
import { callerName } from '../../kms/identities';
import { Info } from '../../parts/info';
import { PageTitle } from '../../parts/page-title';
import { KEYS } from '../../routes';
import { SIDES, type Side } from '../../shell/visiting/sides-config';
import { side as mine } from '../../shell/visiting/frame';
import { useSidePlace } from '../../shell/visiting/place';
import { words } from '../../words';

const { sideBySide: text } = words;

export default function SideBySidePage() {
  // Each of two places in each of two places would have no end.
  if (mine) return <Inside />;
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={text.text}>
        {text.title}
      </Header>
      <div className="sides">
        {SIDES.map((side) => (
          <Place key={side.id} side={side} />
        ))}
      </div>
    </SpaceBetween>
  );
}

function Place({ side }: { side: Side }) {
  const { id } = side;
  const { caller, region } = useSidePlace(side);
  const frame = useRef<HTMLIFrameElement>(null);
  const title = text.sides[id];
  return (
    <section aria-label={title}>
      <SpaceBetween size="xs">
        <Header
          variant="h2"
          description={text.who(callerName(caller), region)}
          actions={
            // Who goes by keys does not walk through one place to come to the other.
            <Button ariaLabel={text.reachOf(title)} onClick={() => frame.current?.focus()}>
              {text.reach}
            </Button>
          }
        >
          {title}
        </Header>
        <iframe ref={frame} className="side" title={title} src={`${window.location.pathname}?side=${id}${KEYS}`} />
      </SpaceBetween>
    </section>
  );
}

function Inside() {
  return (
    <SpaceBetween size="l">
      <PageTitle>{text.title}</PageTitle>
      <Alert type="info">{text.inside}</Alert>
    </SpaceBetween>
  );
}
