// How the words of a layer look.
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Decision, Says, StatementSays } from '../../kms/decision';

export const SAYS: Record<Says, StatusIndicatorProps.Type> = {
  allows: 'success',
  denies: 'error',
  'is silent': 'stopped',
  'does not apply': 'not-started',
};

export const RULINGS: Record<Decision['ruling'], StatusIndicatorProps.Type> = {
  allowed: 'success',
  'not allowed': 'stopped',
  denied: 'error',
};

/** A statement that applied speaks by its effect; any other one is silent. */
export function lookOf({ outcome, effect }: StatementSays): StatusIndicatorProps.Type {
  if (outcome !== 'applied') return 'stopped';
  return effect === 'Allow' ? 'success' : 'error';
}
