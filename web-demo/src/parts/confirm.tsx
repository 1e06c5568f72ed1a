// A question before something happens. It stays open while it is refused, with the refusal inside.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useId, type ReactNode } from 'react';
import { words } from '../words';
import type { Refusal } from '../world/refusal';
import { Form } from './form';
import { Refused } from './refused';

interface Props {
  title: string;
  action: string;
  size?: 'medium' | 'large';
  busy: boolean;
  disabled?: boolean;
  refused: Refusal | undefined;
  onDismiss(): void;
  onConfirm(): void;
  children: ReactNode;
}

export function Confirm({ title, action, size = 'medium', busy, disabled = false, refused, onDismiss, onConfirm, children }: Props) {
  const form = useId();
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button variant="link" formAction="none" onClick={onDismiss}>
        {words.cancel}
      </Button>
      <Button variant="primary" form={form} loading={busy} disabled={disabled}>
        {action}
      </Button>
    </SpaceBetween>
  );
  return (
    <Modal header={title} size={size} visible onDismiss={onDismiss} closeAriaLabel={words.close} footer={<Box float="right">{buttons}</Box>}>
      <Form id={form} disabled={disabled || busy} onSubmit={onConfirm}>
        <SpaceBetween size="m">
          {children}
          <Refused refusal={refused} />
        </SpaceBetween>
      </Form>
    </Modal>
  );
}
