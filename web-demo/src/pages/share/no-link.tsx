// Why a world that does not follow from a seed has no link.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Section } from '../../parts/section';
import { OPEN } from '../../routes';
import { words } from '../../words';

const { link: text } = words.share;

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
