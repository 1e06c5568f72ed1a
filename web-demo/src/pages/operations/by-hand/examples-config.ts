// A request of each operation to begin with.
import type { Operation } from '../../../world/operations';

type Example = (KeyId: string, caller: string) => object;

const BYTES = { $text: 'some bytes' };

/** The others take a key, and nothing else that they need. */
const EXAMPLES: Partial<Record<Operation, Example>> = {
  ConnectCustomKeyStore: () => ({ CustomKeyStoreId: 'cks-...' }),
  CreateAlias: (TargetKeyId) => ({ AliasName: 'alias/example', TargetKeyId }),
  CreateCustomKeyStore: () => ({ CustomKeyStoreName: 'example', CustomKeyStoreType: 'AWS_CLOUDHSM' }),
  CreateGrant: (KeyId, GranteePrincipal) => ({ KeyId, GranteePrincipal, Operations: ['Decrypt'] }),
  CreateKey: () => ({ Description: 'An example' }),
  Decrypt: (KeyId) => ({ KeyId, CiphertextBlob: { $base64: '' } }),
  DeleteAlias: () => ({ AliasName: 'alias/example' }),
  DeleteCustomKeyStore: () => ({ CustomKeyStoreId: 'cks-...' }),
  DescribeCustomKeyStores: () => ({}),
  DisconnectCustomKeyStore: () => ({ CustomKeyStoreId: 'cks-...' }),
  EnableKeyRotation: (KeyId) => ({ KeyId, RotationPeriodInDays: 365 }),
  Encrypt: (KeyId) => ({ KeyId, Plaintext: BYTES, EncryptionContext: { purpose: 'example' } }),
  GenerateMac: (KeyId) => ({ KeyId, Message: BYTES, MacAlgorithm: 'HMAC_SHA_256' }),
  ListAliases: () => ({}),
  ListKeys: () => ({}),
  ListRetirableGrants: (_, RetiringPrincipal) => ({ RetiringPrincipal }),
  PutKeyPolicy: (KeyId) => ({ KeyId, Policy: '{}' }),
  ReplicateKey: (KeyId) => ({ KeyId, ReplicaRegion: 'eu-west-1' }),
  RetireGrant: (KeyId) => ({ KeyId, GrantId: '' }),
  RevokeGrant: (KeyId) => ({ KeyId, GrantId: '' }),
  ScheduleKeyDeletion: (KeyId) => ({ KeyId, PendingWindowInDays: 7 }),
  Sign: (KeyId) => ({ KeyId, Message: BYTES, SigningAlgorithm: 'ECDSA_SHA_256' }),
  TagResource: (KeyId) => ({ KeyId, Tags: [{ TagKey: 'project', TagValue: 'example' }] }),
  UntagResource: (KeyId) => ({ KeyId, TagKeys: ['project'] }),
  UpdateAlias: (TargetKeyId) => ({ AliasName: 'alias/example', TargetKeyId }),
  UpdateCustomKeyStore: () => ({ CustomKeyStoreId: 'cks-...', NewCustomKeyStoreName: 'example' }),
  UpdateKeyDescription: (KeyId) => ({ KeyId, Description: 'An example' }),
  UpdatePrimaryRegion: (KeyId) => ({ KeyId, PrimaryRegion: 'eu-west-1' }),
  Verify: (KeyId) => ({ KeyId, Message: BYTES, Signature: { $base64: '' }, SigningAlgorithm: 'ECDSA_SHA_256' }),
  VerifyMac: (KeyId) => ({ KeyId, Message: BYTES, Mac: { $base64: '' }, MacAlgorithm: 'HMAC_SHA_256' }),
};

export function exampleOf(operation: Operation, keyId: string, caller: string): object {
  return EXAMPLES[operation]?.(keyId, caller) ?? { KeyId: keyId };
}
