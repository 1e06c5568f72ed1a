// A link that carries no world: why, that nothing was done, and how to go on.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { PageTitle } from '../../parts/page-title';
import { KEYS, OPEN } from '../../routes';
import { words } from '../../words';

const { linked: text } = words;

export function Broken({ reason }: { reason: string }) {
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button href={KEYS}>{text.notNow}</Button>
      <Button href={OPEN}>{text.broken.anew}</Button>
    </SpaceBetween>
  );
  return (
    <SpaceBetween size="l">
      <PageTitle>{text.broken.title}</PageTitle>
      <Alert type="error" action={buttons}>
        <span className="wrap">{reason}</span> {text.broken.text}
      </Alert>
    </SpaceBetween>
  );
}
