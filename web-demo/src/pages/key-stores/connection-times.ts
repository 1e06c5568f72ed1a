// Whether connections of key stores take as long as at AWS, or no time.
import { useCallback } from 'react';
import { useMenuAct } from '../../shell/notifications';
import { words } from '../../words';
import { useClient, useQuery } from '../../world/context';

const MINUTE = 60_000;

/** In milliseconds (CKS-228). */
const AS_AT_AWS: Record<string, number> = {
  'lag/connect-cloudhsm': 20 * MINUTE,
  'lag/disconnect-cloudhsm': 5 * MINUTE,
  'lag/connect-external': 5 * MINUTE,
  'lag/disconnect-external': 5 * MINUTE,
};

const NAMES = Object.keys(AS_AT_AWS);

export function useConnectionTimes() {
  const client = useClient();
  const { act } = useMenuAct();
  const settings = useQuery(useCallback(() => client.settings(), [client])).value ?? {};
  const set = (slow: boolean) =>
    act(
      async () => {
        await client.set(slow ? AS_AT_AWS : Object.fromEntries(NAMES.map((name) => [name, null])));
        return true;
      },
      () => (slow ? words.stores.progress.isSlow : words.stores.progress.isFast),
    );
  return { slow: NAMES.some((name) => settings[name] !== undefined), set };
}
