// A denial as a call that was made, by whomever.
import type { Denial } from 'pocket-kms';
import type { MadeCall } from '../world/protocol';

export function callOf({ number, time, operation, caller, message, decisions, requestId }: Denial): MadeCall {
  return {
    number,
    time: time.getTime(),
    operation,
    place: { region: '', caller },
    code: 'AccessDeniedException',
    decisions,
    message: message ?? undefined,
    acted: false,
    requestId,
    recorded: undefined,
  };
}
