// Grants of a key: as KMS lists them, and as a form asks for one.
import type { Call } from '../world/context';
import type { Grant, GrantConstraints, GrantOperation, Input, KeyMetadata, KeyUsage } from '../world/operations';
import type { Page } from '../world/pages';
import { keyTypeOf } from './specs-config';

export type ConstraintKind = 'none' | 'EncryptionContextSubset' | 'EncryptionContextEquals';

export interface GrantDraft {
  name: string;
  /** An ARN, or the name of an AWS service. */
  grantee: string;
  retiring: string;
  operations: GrantOperation[];
  constraint: ConstraintKind;
  context: Record<string, string>;
  sourceArn: string;
}

export async function grantsPage(call: Call, KeyId: string, from: { Marker?: string }, Limit: number): Promise<Page<Grant>> {
  const { Grants, NextMarker } = await call('ListGrants', { KeyId, Limit, ...from });
  return { items: Grants, next: NextMarker };
}

const DATA_KEYS: readonly GrantOperation[] = [
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
];

const USES: Record<KeyUsage, readonly GrantOperation[]> = {
  ENCRYPT_DECRYPT: ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo'],
  SIGN_VERIFY: ['Sign', 'Verify'],
  GENERATE_VERIFY_MAC: ['GenerateMac', 'VerifyMac'],
  KEY_AGREEMENT: ['DeriveSharedSecret'],
  ENCAPSULATE_DECAPSULATE: ['Encapsulate', 'Decapsulate'],
};

/** The operations that a grant on such a key can name; KMS refuses those that its kind of key does not know. */
export function grantOperations({ KeyUsage, KeySpec }: Pick<KeyMetadata, 'KeyUsage' | 'KeySpec'>): GrantOperation[] {
  return [
    ...USES[KeyUsage],
    ...(KeySpec === 'SYMMETRIC_DEFAULT' ? DATA_KEYS : []),
    ...(keyTypeOf(KeySpec) === 'asymmetric' ? (['GetPublicKey'] as const) : []),
    'DescribeKey',
    'CreateGrant',
    'RetireGrant',
  ];
}

/** Encryption contexts constrain grants on symmetric encryption keys alone. */
export function takesContext({ KeySpec }: Pick<KeyMetadata, 'KeySpec'>): boolean {
  return KeySpec === 'SYMMETRIC_DEFAULT';
}

export function grantInput(KeyId: string, draft: GrantDraft): Input<'CreateGrant'> {
  const { name, grantee, retiring, operations } = draft;
  const constraints = constraintsOf(draft);
  return {
    KeyId,
    Operations: operations,
    ...(isService(grantee) ? { GranteeServicePrincipal: grantee } : { GranteePrincipal: grantee }),
    ...(retiring === '' ? {} : isService(retiring) ? { RetiringServicePrincipal: retiring } : { RetiringPrincipal: retiring }),
    ...(name === '' ? {} : { Name: name }),
    ...(constraints ? { Constraints: constraints } : {}),
  };
}

function constraintsOf({ constraint, context, sourceArn }: GrantDraft): GrantConstraints | undefined {
  const constraints = {
    ...(constraint === 'none' ? {} : { [constraint]: context }),
    ...(sourceArn === '' ? {} : { SourceArn: sourceArn }),
  };
  return Object.keys(constraints).length > 0 ? constraints : undefined;
}

/** Such as `s3.amazonaws.com`; everything else is meant to be an ARN, and KMS says so where it is not. */
function isService(principal: string): boolean {
  return /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(principal);
}

export function granteeOf({ GranteePrincipal, GranteeServicePrincipal }: Grant): string | undefined {
  return GranteePrincipal ?? GranteeServicePrincipal;
}

export function retiringOf({ RetiringPrincipal, RetiringServicePrincipal }: Grant): string | undefined {
  return RetiringPrincipal ?? RetiringServicePrincipal;
}

/** The constraints as text, one a line. */
export function constraintTexts({ Constraints = {} }: Grant): string[] {
  return Object.entries(Constraints).map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
}
