// What can be done to a custom key store, and in which of its connection states the console offers it.
import { words } from '../words';
import type { ConnectionState } from '../world/operations';

export type StoreAction = 'connect' | 'disconnect' | 'edit' | 'delete';

const { actions } = words.stores;

const ANY: readonly ConnectionState[] = ['CONNECTED', 'CONNECTING', 'DISCONNECTED', 'DISCONNECTING', 'FAILED'];

export const STORE_ACTIONS: readonly { id: StoreAction; text: string; states: readonly ConnectionState[] }[] = [
  { id: 'connect', text: actions.connect, states: ['DISCONNECTED'] },
  { id: 'disconnect', text: actions.disconnect, states: ['CONNECTED', 'CONNECTING', 'FAILED'] },
  { id: 'edit', text: actions.edit, states: ANY },
  { id: 'delete', text: actions.delete, states: ['DISCONNECTED'] },
];
