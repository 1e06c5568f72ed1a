// Calls in each of the four forms, to be copied or downloaded.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useMemo } from 'react';
import { asCode, type Code } from '../../as-code/as-code';
import { words } from '../../words';
import type { MadeCall } from '../../world/protocol';
import { Output } from '../bytes';
import { Download } from '../download';

const { code } = words;

interface Props {
  calls: readonly MadeCall[];
  api: string | null;
  onDismiss: () => void;
}

export function CodeModal({ calls, api, onDismiss }: Props) {
  const forms = useMemo(() => asCode(calls.flatMap(({ recorded }) => recorded ?? []), { api }), [calls, api]);
  const tabs = forms.map((written) => ({ id: written.form, label: code.forms[written.form], content: <Written {...written} /> }));
  const close = (
    <Box float="right">
      <Button formAction="none" onClick={onDismiss}>
        {words.close}
      </Button>
    </Box>
  );
  return (
    <Modal visible size="large" header={code.title} closeAriaLabel={words.close} onDismiss={onDismiss} footer={close}>
      <Tabs ariaLabel={code.title} tabs={tabs} />
    </Modal>
  );
}

function Written({ form, files, leftOut }: Code) {
  return (
    <SpaceBetween size="m">
      <Box color="text-body-secondary">{code.texts[form]}</Box>
      {leftOut.length > 0 && <Alert type="info">{code.leftOut(leftOut.join(', '))}</Alert>}
      {files.map(({ name, text }) => (
        <SpaceBetween key={name} size="xs">
          <Output label={name} name={name} text={text} />
          <Download name={name} text={text} />
        </SpaceBetween>
      ))}
    </SpaceBetween>
  );
}
