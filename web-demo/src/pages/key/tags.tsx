// The key's tags, changed together.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TagEditor, { type TagEditorProps } from '@cloudscape-design/components/tag-editor';
import { useCallback } from 'react';
import { listTags } from '../../kms/keys';
import { Queried } from '../../parts/queried';
import { Refused } from '../../parts/refused';
import { difference, editable, kept } from '../../parts/tags';
import { useDraft } from '../../shell/drafts';
import { useAct } from '../../shell/notifications';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { useCall, useQuery } from '../../world/context';
import type { KeyMetadata, Tag } from '../../world/operations';

type Edited = TagEditorProps.ChangeDetail;

export function Tags({ metadata: { KeyId } }: { metadata: KeyMetadata }) {
  const call = useCall();
  const { act, busy, refused } = useAct();
  const query = useQuery(useCallback(() => listTags(call, KeyId), [call, KeyId]));
  const [edited, setEdited] = useDraft<Edited>(`tags of ${KeyId}`);

  const save = async (before: Tag[], after: Tag[]) => {
    const { changed, removed } = difference(before, after);
    const saved = await act(
      async (call) => {
        if (removed.length > 0) await call('UntagResource', { KeyId, TagKeys: removed });
        if (changed.length > 0) await call('TagResource', { KeyId, Tags: changed });
        return true;
      },
      () => words.tags.saved,
    );
    if (saved) setEdited(null);
  };
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button variant="link" disabled={!edited} onClick={() => setEdited(null)}>
        {words.cancel}
      </Button>
      <Button
        variant="primary"
        loading={busy}
        disabled={!edited?.valid}
        onClick={() => edited && void save(query.value ?? [], kept(edited.tags))}
      >
        {words.save}
      </Button>
    </SpaceBetween>
  );
  return (
    <Section title={words.tags.title} description={words.tags.text} actions={buttons}>
      <Queried query={query}>
        {(tags) => <TagEditor tags={edited?.tags ?? editable(tags, true)} onChange={({ detail }) => setEdited(detail)} />}
      </Queried>
      <Refused refusal={refused} />
    </Section>
  );
}
