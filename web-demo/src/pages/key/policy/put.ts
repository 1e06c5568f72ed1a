// Writes a key policy, and says so.
import { useAct } from '../../../shell/notifications';
import { words } from '../../../words';

/** `put` tells whether it was done; what was refused shows its refusal. */
export function usePutPolicy(KeyId: string) {
  const { act, busy, refused } = useAct();
  const put = async (Policy: string): Promise<boolean> => {
    const done = await act((call) => call('PutKeyPolicy', { KeyId, Policy }), () => words.policy.saved);
    return done !== undefined;
  };
  return { put, busy, refused };
}
