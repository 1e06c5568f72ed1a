// A key's state as the console shows it.
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { words } from '../words';
import type { KeyState } from '../world/operations';

type Look = { type: StatusIndicatorProps.Type; text: string };

const LOOKS: Record<KeyState, Look> = {
  Creating: { type: 'in-progress', text: 'Creating' },
  Enabled: { type: 'success', text: 'Enabled' },
  Disabled: { type: 'stopped', text: 'Disabled' },
  PendingDeletion: { type: 'warning', text: 'Pending deletion' },
  PendingReplicaDeletion: { type: 'warning', text: 'Pending replica deletion' },
  PendingImport: { type: 'pending', text: 'Pending import' },
  Unavailable: { type: 'error', text: 'Unavailable' },
  Updating: { type: 'in-progress', text: 'Updating' },
};

export function stateText(state: KeyState | undefined): string {
  return state ? LOOKS[state].text : words.keys.unseen;
}

export function KeyStatus({ state }: { state: KeyState | undefined }) {
  const type = state ? LOOKS[state].type : 'not-started';
  return <StatusIndicator type={type}>{stateText(state)}</StatusIndicator>;
}
