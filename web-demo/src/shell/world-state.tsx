// Shows the page once the world is open, and until then why it is not.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import type { ReactNode } from 'react';
import { Loading } from '../parts/loading';
import { words } from '../words';
import { useStatus } from '../world/context';

export function WorldState({ onReset, children }: { onReset: () => void; children: ReactNode }) {
  const status = useStatus();
  switch (status.phase) {
    case 'opening':
      return <Loading />;
    case 'elsewhere':
      return (
        <Alert type="info" header={words.elsewhere.title}>
          {words.elsewhere.text}
        </Alert>
      );
    case 'broken':
      return (
        <Alert type="error" header={words.broken.title} action={<Button onClick={onReset}>{words.reset.action}</Button>}>
          {words.broken.text(status.reason)}
        </Alert>
      );
    case 'open':
      return children;
  }
}
