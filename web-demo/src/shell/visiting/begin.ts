// Opening another world from a page: what was typed for the old one goes with it.
import { useCallback } from 'react';
import { KEYS, go } from '../../routes';
import { useClient } from '../../world/context';
import type { Beginning } from '../../world/protocol';
import { useForgetDrafts } from '../drafts';
import { useAct, useMenuAct } from '../notifications';

type Acting = Pick<ReturnType<typeof useMenuAct>, 'act'>;

function useBeginning({ act }: Acting) {
  const client = useClient();
  const forgetDrafts = useForgetDrafts();
  return useCallback(
    async (beginning: Beginning, said: string, address = KEYS) => {
      const begun = await act(async () => {
        await client.begin(beginning);
        forgetDrafts();
        // What the page shows is not there any more.
        go(address);
        return true;
      }, () => said);
      return begun === true;
    },
    [act, client, forgetDrafts],
  );
}

/** For a button whose refusal is a notification. */
export function useBegin() {
  const acting = useMenuAct();
  return { begin: useBeginning(acting), busy: acting.busy };
}

/** For a part of a page, which shows the refusal itself. */
export function useBeginHere() {
  const acting = useAct();
  return { begin: useBeginning(acting), busy: acting.busy, refused: acting.refused };
}
