// Opening another world from a page: what was typed for the old one goes with it.
import { useCallback } from 'react';
import { FIRST_PLACE } from '../../kms/places-config';
import { KEYS, go } from '../../routes';
import { useClient } from '../../world/context';
import type { Beginning, Place } from '../../world/protocol';
import { useForgetDrafts } from '../drafts';
import { useAct, useMenuAct } from '../notifications';
import { usePlaceOfVisit } from './place';

type Acting = Pick<ReturnType<typeof useMenuAct>, 'act'>;

function useBeginning({ act }: Acting) {
  const client = useClient();
  const forgetDrafts = useForgetDrafts();
  const stand = usePlaceOfVisit();
  return useCallback(
    async (beginning: Beginning, said: string, place: Partial<Place> = {}) => {
      const begun = await act(async () => {
        await client.begin(beginning);
        forgetDrafts();
        // Where an earlier visit has ended says nothing of this one.
        if (isVisit(beginning)) stand({ ...FIRST_PLACE, ...place });
        // What the page shows is not there any more.
        go(KEYS);
        return true;
      }, () => said);
      return begun === true;
    },
    [act, client, forgetDrafts, stand],
  );
}

function isVisit({ kind }: Beginning): boolean {
  return !['own', 'visited', 'empty'].includes(kind);
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
