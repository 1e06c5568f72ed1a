// The key's tags, changed together.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TagEditor, { type TagEditorProps } from '@cloudscape-design/components/tag-editor';
import { useCallback } from 'react';
import { useSaveTags } from '../../actions/save-tags';
import { listTags } from '../../kms/keys';
import { Info } from '../../parts/info';
import { Queried } from '../../parts/queried';
import { Refused } from '../../parts/refused';
import { editable, kept } from '../../parts/tags';
import { useDraft } from '../../shell/drafts';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { useCall, useQuery } from '../../world/context';
import type { KeyMetadata, Tag } from '../../world/operations';

type Edited = TagEditorProps.ChangeDetail;

export function Tags({ metadata: { KeyId } }: { metadata: KeyMetadata }) {
  const call = useCall();
  const { save, busy, refused } = useSaveTags(KeyId);
  const query = useQuery(useCallback(() => listTags(call, KeyId), [call, KeyId]));
  const [edited, setEdited] = useDraft<Edited>(`tags of ${KeyId}`);

  const submit = async (before: Tag[], after: Tag[]) => {
    if (await save(before, after)) setEdited(null);
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
        onClick={() => edited && void submit(query.value ?? [], kept(edited.tags))}
      >
        {words.save}
      </Button>
    </SpaceBetween>
  );
  return (
    <Section title={words.tags.title} info={<Info topic="tags" />} description={words.tags.text} actions={buttons}>
      <Queried query={query}>
        {(tags) => <TagEditor tags={edited?.tags ?? editable(tags, true)} onChange={({ detail }) => setEdited(detail)} />}
      </Queried>
      <Refused refusal={refused} />
    </Section>
  );
}
