// Makes the tags of a key those that were edited.
import { difference } from '../parts/tags';
import { useAct } from '../shell/notifications';
import { words } from '../words';
import type { Tag } from '../world/operations';

export function useSaveTags(KeyId: string) {
  const { act, busy, refused } = useAct();
  /** Whether it is done. */
  const save = async (before: readonly Tag[], after: readonly Tag[]): Promise<boolean> => {
    const { changed, removed } = difference(before, after);
    const saved = await act(
      async (call) => {
        if (removed.length > 0) await call('UntagResource', { KeyId, TagKeys: removed });
        if (changed.length > 0) await call('TagResource', { KeyId, Tags: changed });
        return true;
      },
      () => words.tags.saved,
    );
    return saved === true;
  };
  return { save, busy, refused };
}
