// A question before something happens that cannot be taken back.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { words } from '../words';

interface Props {
  title: string;
  action: string;
  visible: boolean;
  busy: boolean;
  disabled?: boolean;
  onDismiss(): void;
  onConfirm(): void;
  children: ReactNode;
}

export function Confirm({ title, action, visible, busy, disabled = false, onDismiss, onConfirm, children }: Props) {
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button variant="link" onClick={onDismiss}>
        {words.cancel}
      </Button>
      <Button variant="primary" loading={busy} disabled={disabled} onClick={onConfirm}>
        {action}
      </Button>
    </SpaceBetween>
  );
  return (
    <Modal header={title} visible={visible} onDismiss={onDismiss} closeAriaLabel={words.close} footer={<Box float="right">{buttons}</Box>}>
      {children}
    </Modal>
  );
}
