// From the draft to the key, and to what comes with it.
import type { Call } from '../../world/context';
import type { Place } from '../../world/protocol';
import { isInStore, mayReplicate, mayRotate, originOf, policyOf, type Draft } from './draft';

export async function createKey(call: Call, draft: Draft, place: Place): Promise<string> {
  const { KeyMetadata } = await call('CreateKey', {
    KeySpec: draft.spec,
    KeyUsage: draft.usage,
    Origin: originOf(draft),
    MultiRegion: draft.multiRegion && !isInStore(draft),
    ...storeOf(draft),
    ...ofEachRegion(draft, place),
  });
  return KeyMetadata.KeyId;
}

/** Replicas begin with the description, the tags and the policy of the primary key. */
export async function replicate(call: Call, KeyId: string, draft: Draft, place: Place): Promise<void> {
  if (!mayReplicate(draft)) return;
  for (const ReplicaRegion of draft.replicas) await call('ReplicateKey', { KeyId, ReplicaRegion, ...ofEachRegion(draft, place) });
}

export async function beginRotation(call: Call, KeyId: string, draft: Draft): Promise<void> {
  if (mayRotate(draft) && draft.rotates) await call('EnableKeyRotation', { KeyId, RotationPeriodInDays: Number(draft.period) });
}

function storeOf(draft: Draft) {
  if (!isInStore(draft)) return {};
  const externalKey = originOf(draft) === 'EXTERNAL_KEY_STORE' ? { XksKeyId: draft.externalKey.trim() } : {};
  return { CustomKeyStoreId: draft.store, ...externalKey };
}

function ofEachRegion(draft: Draft, place: Place) {
  return { Description: draft.description, Tags: draft.tags, Policy: policyOf(draft, place) };
}
