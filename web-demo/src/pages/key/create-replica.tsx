// A replica of a multi-Region primary key: in which Region, and with which description, policy and tags of its own.
import FormField from '@cloudscape-design/components/form-field';
import TagEditor, { type TagEditorProps } from '@cloudscape-design/components/tag-editor';
import Textarea from '@cloudscape-design/components/textarea';
import { useCallback, useState } from 'react';
import { neighboursOf } from '../../kms/places-config';
import { listTags } from '../../kms/keys';
import { Confirm } from '../../parts/confirm';
import { PolicyEditor } from '../../parts/policy-editor';
import { RegionSelect } from '../../parts/region-select';
import { editable, kept } from '../../parts/tags';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import { useCall, usePlace, useQuery, type Call } from '../../world/context';
import type { KeyMetadata, Related } from '../../world/operations';

const { creating } = words.regionality;

/** The policy and the tags of the primary key, as far as the caller may see them: the replica begins with them (P4-190). */
async function template(call: Call, KeyId: string) {
  const [policy, tags] = await Promise.all([
    call('GetKeyPolicy', { KeyId }).then(({ Policy }) => Policy).catch(() => ''),
    listTags(call, KeyId).catch(() => []),
  ]);
  return { policy, tags: editable(tags) };
}

interface Props {
  metadata: KeyMetadata;
  related: Related;
  onDone(): void;
}

interface Wish {
  region?: string;
  description?: string;
  policy?: string;
  tags?: TagEditorProps.ChangeDetail;
}

export function CreateReplica({ metadata: { KeyId, Description }, related, onDone }: Props) {
  const call = useCall();
  const { act, busy, refused } = useAct();
  const here = usePlace().region;
  const query = useQuery(useCallback(() => template(call, KeyId), [call, KeyId]));
  const [wish, setWish] = useState<Wish>({});
  const change = (change: Wish) => setWish({ ...wish, ...change });
  const taken = [related.PrimaryKey, ...related.ReplicaKeys].map(({ Region }) => Region);
  const description = wish.description ?? Description;
  const policy = wish.policy ?? query.value?.policy ?? '';
  const tags = wish.tags?.tags ?? query.value?.tags ?? [];

  const create = async () => {
    const { region } = wish;
    if (region === undefined) return;
    await act(
      async (call) => {
        const Policy = policy.trim() === '' ? {} : { Policy: policy };
        await call('ReplicateKey', { KeyId, ReplicaRegion: region, Description: description, Tags: kept(tags), ...Policy });
        onDone();
      },
      () => creating.done(region),
    );
  };
  return (
    <Confirm
      title={creating.title}
      action={creating.title}
      size="large"
      busy={busy}
      disabled={wish.region === undefined || query.loading || wish.tags?.valid === false}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void create()}
    >
      <RegionSelect
        label={creating.region}
        placeholder={creating.choose}
        regions={neighboursOf(here).map(({ id }) => id)}
        taken={(region) => (taken.includes(region) ? creating.taken : undefined)}
        value={wish.region}
        onChange={(region) => change({ region })}
      />
      <FormField label={words.optional(creating.description)} stretch>
        <Textarea value={description} rows={2} onChange={({ detail }) => change({ description: detail.value })} />
      </FormField>
      <FormField label={words.optional(creating.policy)} description={creating.policyText} stretch>
        <PolicyEditor value={policy} onChange={(policy) => change({ policy })} />
      </FormField>
      <FormField label={words.optional(creating.tags)} stretch>
        <TagEditor tags={tags} onChange={({ detail }) => change({ tags: detail })} />
      </FormField>
    </Confirm>
  );
}
