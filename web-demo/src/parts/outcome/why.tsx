// "Why?": the outcome of calls explained, in a dialog that leaves what was typed behind it alone.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import { useEffect, useState } from 'react';
import { useAddress } from '../../routes';
import { words } from '../../words';
import type { MadeCall } from '../../world/protocol';
import { Outcome } from './outcome';

const { why } = words;

/** Shows nothing where nothing is known of the calls but that they were made. */
export function Why({ calls, inTable = false }: { calls: readonly MadeCall[]; inTable?: boolean }) {
  const [open, setOpen] = useState(false);
  const [first] = calls;
  if (!first || calls.every(({ decisions, course }) => decisions.length === 0 && !course)) return null;
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
  useLeave(onDismiss);
  const last = calls.at(-1);
  if (!last) return null;
  return (
    <Modal
      visible
      size="large"
      header={last.code === undefined ? why.allowed(last.operation) : why.refused(last.operation)}
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
      <Outcome calls={calls} />
    </Modal>
  );
}

/** A link in the dialog leads to a page that it would cover. */
function useLeave(onDismiss: () => void): void {
  const address = useAddress();
  const [opened] = useState(address);
  useEffect(() => {
    if (address !== opened) onDismiss();
  }, [address, opened, onDismiss]);
}
