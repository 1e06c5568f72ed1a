// From the draft to the key.
import type { Call } from '../../world/context';
import type { Place } from '../../world/protocol';
import { policyOf, type Draft } from './draft';

export async function createKey(call: Call, draft: Draft, place: Place): Promise<string> {
  const { KeyMetadata } = await call('CreateKey', {
    KeySpec: draft.spec,
    KeyUsage: draft.usage,
    Description: draft.description,
    Tags: draft.tags,
    Policy: policyOf(draft, place),
  });
  return KeyMetadata.KeyId;
}
