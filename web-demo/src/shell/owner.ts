// Acts of the owner of a cluster, of a proxy, or of the world as far as it says what is behind key stores.
import type { OwnerAct, StoresEntries } from '../kms/stores-setup';
import { useClient } from '../world/context';
import { useAct, useMenuAct } from './notifications';

type Acting = Pick<ReturnType<typeof useMenuAct>, 'act'>;

/** Each tells whether it was done. */
function useDoing({ act }: Acting) {
  const client = useClient();
  const run = async (deed: () => Promise<unknown>, said: string): Promise<boolean> => {
    const done = await act(async () => {
      await deed();
      return true;
    }, () => said);
    return done === true;
  };
  return {
    onCluster: (id: string, deed: OwnerAct, said: string) => run(() => client.onCluster(id, deed), said),
    onProxy: (name: string, deed: OwnerAct, said: string) => run(() => client.onProxy(name, deed), said),
    register: (entries: StoresEntries, said: string) => run(() => client.registerStores(entries), said),
  };
}

/** For what has a place of its own, where its refusal is shown. */
export function useOwner() {
  const acting = useAct();
  return { ...useDoing(acting), busy: acting.busy, refused: acting.refused };
}

/** For a button of a row: its refusal is a notification. */
export function useMenuOwner() {
  const acting = useMenuAct();
  return { ...useDoing(acting), busy: acting.busy };
}
