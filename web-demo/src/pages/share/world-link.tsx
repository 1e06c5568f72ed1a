// The link that makes this world again, or why there is none.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Output } from '../../parts/bytes';
import { Code } from '../../parts/code';
import { Queried } from '../../parts/queried';
import { Section } from '../../parts/section';
import { OPEN } from '../../routes';
import { words } from '../../words';
import type { Query } from '../../world/context';
import type { Shared } from '../../world/protocol';

const { link: text } = words.share;

export function WorldLink({ shared }: { shared: Query<Shared | null> }) {
  return (
    <Section title={text.title} description={text.text}>
      <SpaceBetween size="m">
        <Alert type="info">{text.holds}</Alert>
        <Queried query={shared}>{(shared) => shared && <Carried {...shared} />}</Queried>
      </SpaceBetween>
    </Section>
  );
}

function Carried({ link, recipe, steps }: Shared) {
  return (
    <SpaceBetween size="m">
      <Output label={text.length(link.length, steps)} name={text.name} text={link} />
      <ExpandableSection headerText={text.recipe}>
        <Code label={text.recipe} text={recipe} />
      </ExpandableSection>
    </SpaceBetween>
  );
}

export function NoLink() {
  return (
    <Section title={text.title}>
      <SpaceBetween size="m">
        <Alert type="info" header={text.unseeded}>
          {text.whyUnseeded}
        </Alert>
        <Button href={OPEN}>{text.begin}</Button>
      </SpaceBetween>
    </Section>
  );
}
