// The tags of one key in a dialog, changed together.
import TagEditor, { type TagEditorProps } from '@cloudscape-design/components/tag-editor';
import { useCallback, useState } from 'react';
import { listTags } from '../kms/keys';
import { Confirm } from '../parts/confirm';
import { Queried } from '../parts/queried';
import { editable, kept } from '../parts/tags';
import { words } from '../words';
import { useCall, useQuery } from '../world/context';
import { useSaveTags } from './save-tags';

interface Props {
  keyId: string;
  onDone(): void;
}

export function EditTags({ keyId, onDone }: Props) {
  const call = useCall();
  // What is done counts no longer, and the table may have gone on: the question stays about this key.
  const [KeyId] = useState(keyId);
  const query = useQuery(useCallback(() => listTags(call, KeyId), [call, KeyId]));
  const { save, busy, refused } = useSaveTags(KeyId);
  const [edited, setEdited] = useState<TagEditorProps.ChangeDetail>();
  const submit = async () => {
    if (edited && query.value && (await save(query.value, kept(edited.tags)))) onDone();
  };
  return (
    <Confirm
      title={words.actions.tags}
      action={words.save}
      size="large"
      busy={busy}
      disabled={!edited?.valid}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void submit()}
    >
      <span className="wrap">{KeyId}</span>
      <Queried query={query}>
        {(tags) => <TagEditor tags={edited?.tags ?? editable(tags, true)} onChange={({ detail }) => setEdited(detail)} />}
      </Queried>
    </Confirm>
  );
}
