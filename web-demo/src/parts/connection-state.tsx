// The connection state of a custom key store, as the console shows it.
import Popover from '@cloudscape-design/components/popover';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { words } from '../words';
import type { ConnectionState, KeyStore } from '../world/operations';

const LOOKS: Record<ConnectionState, StatusIndicatorProps.Type> = {
  CONNECTED: 'success',
  CONNECTING: 'in-progress',
  DISCONNECTED: 'stopped',
  DISCONNECTING: 'in-progress',
  FAILED: 'error',
};

/** Behind a failure stand its code, and what to do about it. */
export function ConnectionStatus({ store: { ConnectionState, ConnectionErrorCode: code } }: { store: KeyStore }) {
  const state = <StatusIndicator type={LOOKS[ConnectionState]}>{words.stores.states[ConnectionState]}</StatusIndicator>;
  if (code === undefined) return state;
  const told = words.stores.codes[code];
  return (
    <Popover header={code} content={told ? `${told.what} ${told.mend}` : code} triggerType="text" renderWithPortal>
      {state}
    </Popover>
  );
}
