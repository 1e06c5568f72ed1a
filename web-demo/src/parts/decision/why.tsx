// "Why?": the decisions on a call, one tab for each check where it needed several.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useState } from 'react';
import { isAllowed } from '../../kms/decision';
import { words } from '../../words';
import type { MadeCall } from '../../world/protocol';
import { Picture } from './picture';

const { why } = words;

/** Shows nothing where nothing was decided. */
export function Why({ calls, inTable = false }: { calls: readonly MadeCall[]; inTable?: boolean }) {
  const [open, setOpen] = useState(false);
  const [first] = calls;
  if (!first || calls.every(({ decisions }) => decisions.length === 0)) return null;
  return (
    <>
      <Button
        variant="inline-link"
        formAction="none"
        ariaLabel={inTable ? `${why.askAbout(first.operation)} ${first.number}` : why.askAbout(first.operation)}
        onClick={() => setOpen(true)}
      >
        {why.ask}
      </Button>
      {open && <WhyModal calls={calls} onDismiss={() => setOpen(false)} />}
    </>
  );
}

function WhyModal({ calls, onDismiss }: { calls: readonly MadeCall[]; onDismiss: () => void }) {
  const last = calls.at(-1);
  if (!last) return null;
  const checks = calls.flatMap((call) => call.decisions.map((decision) => ({ call, decision })));
  const tabs = checks.map(({ call, decision }, at) => ({
    id: String(at),
    label: decision.action,
    content: <Picture decision={decision} caller={call.place.caller} />,
  }));
  const title = last.code === undefined ? why.allowed(last.operation) : why.refused(last.operation);
  const otherReason = last.code !== undefined && last.decisions.every(isAllowed);
  return (
    <Modal
      visible
      size="large"
      header={title}
      closeAriaLabel={words.close}
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <Button formAction="none" onClick={onDismiss}>
            {words.close}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {otherReason && <Alert type="info">{why.otherReason(last.code ?? '')}</Alert>}
        {tabs.length === 1 ? tabs[0]?.content : <Tabs ariaLabel={why.checks} tabs={tabs} />}
      </SpaceBetween>
    </Modal>
  );
}
