// The condition keys that a key policy may have about an attestation document, and a policy that has them.
import { hex } from '@scure/base';
import { accountOf, rootOf } from '../../../kms/places-config';
import type { AttestationDocument } from './document';

/** The digest of the image is register 0. */
const IMAGE = 'kms:RecipientAttestation:ImageSha384';

export interface Condition {
  key: string;
  value: string;
}

/** Those with values that say something, the image's digest first. */
export function conditionsOf({ registers }: AttestationDocument): Condition[] {
  const values = [...registers].map(([number, value]): Condition => ({ key: `kms:RecipientAttestation:PCR${number}`, value: hex.encode(value) }));
  const image = registers.get(0);
  return [...(image ? [{ key: IMAGE, value: hex.encode(image) }] : []), ...values].filter(({ value }) => /[^0]/.test(value));
}

/** What only an enclave may do. */
const FOR_ENCLAVES = ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyPair', 'kms:DeriveSharedSecret'];

/** What the account may do without one: administer the key, and encrypt for the enclave. */
const FOR_ALL = [
  'kms:Describe*',
  'kms:Get*',
  'kms:List*',
  'kms:Put*',
  'kms:Update*',
  'kms:Enable*',
  'kms:Disable*',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:ScheduleKeyDeletion',
  'kms:CancelKeyDeletion',
  'kms:Encrypt',
];

export function policyFor(caller: string, region: string, conditions: readonly Condition[]): string {
  const Principal = { AWS: rootOf(accountOf(caller), region) };
  const required = Object.fromEntries(conditions.map(({ key, value }) => [key, value]));
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Administration and encryption', Effect: 'Allow', Principal, Action: FOR_ALL, Resource: '*' },
        // Hexadecimal digits may be large or small.
        { Sid: 'Enclaves alone', Effect: 'Allow', Principal, Action: FOR_ENCLAVES, Resource: '*', Condition: { StringEqualsIgnoreCase: required } },
      ],
    },
    null,
    2,
  );
}
