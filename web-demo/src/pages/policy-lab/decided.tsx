// How a request would be decided: one picture for each check, and the exception that it would meet besides.
import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import type { Explanation } from 'pocket-kms';
import { Picture } from '../../parts/decision/picture';
import { words } from '../../words';

const { request: text } = words.lab;

export function Decided({ explanation: { allowed, error, decisions }, caller }: { explanation: Explanation; caller: string }) {
  const tabs = decisions.map((decision, at) => ({
    id: String(at),
    label: decision.action,
    content: <Picture decision={decision} caller={caller} />,
  }));
  return (
    <SpaceBetween size="m">
      <Alert type={allowed ? 'success' : 'error'}>{allowed ? text.allowed : text.denied}</Alert>
      {error && (
        <Alert type="info" header={error.code}>
          {error.message}
        </Alert>
      )}
      {tabs.length === 1 ? tabs[0]?.content : <Tabs ariaLabel={words.why.checks} tabs={tabs} />}
    </SpaceBetween>
  );
}
