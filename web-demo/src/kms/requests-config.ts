// Requests that can be tried out: the input of each operation on a key, as far as authorization looks at it.
import type { Operation } from '../world/operations';
import { ACTIONS_ON_KEYS } from './policy-words';

type Pairs = Record<string, string>;

export interface RequestOffer {
  operation: Operation;
  /** Whether it has an encryption context. */
  hasContext: boolean;
  input(KeyId: string, context: Pairs): object;
}

const SOME = new TextEncoder().encode('some bytes');

const ofKey = (operation: Operation, more: object = {}): RequestOffer => ({
  operation,
  hasContext: false,
  input: (KeyId) => ({ KeyId, ...more }),
});

const withContext = (operation: Operation, more: object = {}): RequestOffer => ({
  operation,
  hasContext: true,
  input: (KeyId, EncryptionContext) => ({ KeyId, ...more, ...(Object.keys(EncryptionContext).length > 0 ? { EncryptionContext } : {}) }),
});

const SIGNED = { Message: SOME, SigningAlgorithm: 'ECDSA_SHA_256' };
const MACED = { Message: SOME, MacAlgorithm: 'HMAC_SHA_256' };

export const REQUESTS: readonly RequestOffer[] = [
  withContext('Decrypt', { CiphertextBlob: SOME }),
  withContext('Encrypt', { Plaintext: SOME }),
  withContext('GenerateDataKey', { KeySpec: 'AES_256' }),
  withContext('GenerateDataKeyWithoutPlaintext', { KeySpec: 'AES_256' }),
  ofKey('Sign', SIGNED),
  ofKey('Verify', { ...SIGNED, Signature: SOME }),
  ofKey('GenerateMac', MACED),
  ofKey('VerifyMac', { ...MACED, Mac: SOME }),
  ofKey('GetPublicKey'),
  ofKey('DescribeKey'),
  ofKey('GetKeyPolicy'),
  {
    operation: 'CreateGrant',
    hasContext: false,
    input: (KeyId) => ({ KeyId, GranteePrincipal: 'arn:aws:iam::111122223333:role/Grantee', Operations: ['Decrypt'] }),
  },
  ofKey('ListGrants'),
  ofKey('EnableKey'),
  ofKey('DisableKey'),
  ofKey('EnableKeyRotation'),
  ofKey('TagResource', { Tags: [{ TagKey: 'project', TagValue: 'nile' }] }),
  ofKey('UpdateKeyDescription', { Description: 'Another one' }),
  ofKey('ScheduleKeyDeletion'),
  ofKey('CancelKeyDeletion'),
];

/** The actions that can be asked about; that to retire a grant is asked of one grant. */
export const ASKED_ACTIONS = ACTIONS_ON_KEYS.filter((action) => action !== 'kms:RetireGrant');

/** Those that are asked about at first. */
export const USUAL_ACTIONS: readonly string[] = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'kms:DescribeKey',
  'kms:CreateGrant',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
];
