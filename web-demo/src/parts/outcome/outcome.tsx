// An outcome explained: AWS's own words first, then, apart from them, what pocket-kms knows of how it came to it.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Tabs from '@cloudscape-design/components/tabs';
import { useId, type ReactNode } from 'react';
import { isAllowed } from '../../kms/decision';
import { words } from '../../words';
import type { MadeCall } from '../../world/protocol';
import { Picture } from '../decision/picture';
import { wouldSucceed } from '../dry-run';
import { Course } from './course';

const { outcome: text, why } = words;

export function Outcome({ calls }: { calls: readonly MadeCall[] }) {
  const last = calls.at(-1);
  if (!last) return null;
  const decisions = <Decisions calls={calls} />;
  return (
    <SpaceBetween size="l">
      <Part title={text.aws}>
        <OfAws call={last} />
      </Part>
      <Part title={text.ours}>
        <SpaceBetween size="s">
          <Box color="text-body-secondary">{text.oursText}</Box>
          {last.course ? <Course call={last} course={last.course} decisions={decisions} /> : decisions}
          {last.course === undefined && <Box color="text-body-secondary">{text.decisionAlone}</Box>}
        </SpaceBetween>
      </Part>
    </SpaceBetween>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Box variant="h2" padding={{ bottom: 'xs' }}>
        <span id={id}>{title}</span>
      </Box>
      {children}
    </section>
  );
}

function OfAws({ call: { code, message } }: { call: MadeCall }) {
  if (code === undefined) return <StatusIndicator type="success" wrapText>{text.succeeded}</StatusIndicator>;
  const sentence = message === undefined || message === code ? text.silent : message;
  return (
    <SpaceBetween size="xxs">
      <StatusIndicator type={wouldSucceed(code) ? 'success' : 'error'}>{code}</StatusIndicator>
      <span className="wrap">{sentence}</span>
    </SpaceBetween>
  );
}

/** The decisions on calls, one tab for each check where there were several. */
function Decisions({ calls }: { calls: readonly MadeCall[] }) {
  const last = calls.at(-1);
  const checks = calls.flatMap((call) => call.decisions.map((decision) => ({ call, decision })));
  if (checks.length === 0) return text.noChecks;
  const tabs = checks.map(({ call, decision }, at) => ({
    id: String(at),
    label: decision.action,
    content: <Picture decision={decision} caller={call.place.caller} />,
  }));
  const code = last?.code;
  const otherReason = code !== undefined && last?.decisions.every(isAllowed);
  return (
    <SpaceBetween size="m">
      {otherReason && <Alert type="info">{why.otherReason(code)}</Alert>}
      {tabs.length === 1 ? tabs[0]?.content : <Tabs ariaLabel={why.checks} tabs={tabs} />}
    </SpaceBetween>
  );
}
