// Writes entries of the directory, and says so.
import type { Directory } from '../../kms/directory';
import { useAct } from '../../shell/notifications';
import { useClient } from '../../world/context';

/** `register` tells whether it was done; what was refused shows its refusal. */
export function useRegister() {
  const client = useClient();
  const { act, busy, refused } = useAct();
  const register = async (entries: Directory, said: string): Promise<boolean> => {
    const done = await act(
      async () => {
        await client.register(entries);
        return true;
      },
      () => said,
    );
    return done === true;
  };
  return { register, busy, refused };
}
