// Begins a lesson: in a world of its own, as the root user, with the table of keys in view.
import { FIRST_PLACE } from '../kms/places-config';
import { KEYS, go } from '../routes';
import { arriveUnasked } from '../shell/arrival';
import { useForgetDrafts } from '../shell/drafts';
import { useStudy } from '../shell/lesson';
import { usePlaceOfVisit } from '../shell/visiting/place';
import { useClient } from '../world/context';
import { START, type Lesson } from './lesson';

/** Whether somebody has asked for the lesson whose panel comes next: then its first button gets the focus. */
let asked = false;

export function useBegin(): (lesson: Lesson) => Promise<void> {
  const client = useClient();
  const forgetDrafts = useForgetDrafts();
  const stand = usePlaceOfVisit();
  const [, keep] = useStudy();
  return async ({ id, name, title, steps }) => {
    await client.begin({ kind: 'lesson', id, seed: name, now: START, title });
    forgetDrafts();
    asked = true;
    keep({ id, done: 0, of: steps.length, kept: '' });
    stand(FIRST_PLACE);
    go(KEYS);
    // The focus goes to the panel.
    arriveUnasked();
  };
}

/** Says so once. */
export function wasAskedFor(): boolean {
  const was = asked;
  asked = false;
  return was;
}
