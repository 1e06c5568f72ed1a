// The key policy that the console writes: the account, the administrators, the users (developer guide, default key policy).
import type { KeyUsage } from '../world/operations';
import { rootOf } from './places-config';
import { keyTypeOf } from './specs-config';

export interface Permissions {
  account: string;
  region: string;
  spec: string;
  usage: KeyUsage;
  origin: string;
  multiRegion: boolean;
  /** ARNs of users and roles. */
  administrators: readonly string[];
  administratorsMayDelete: boolean;
  /** ARNs of users and roles. */
  users: readonly string[];
  /** Ids of other accounts. */
  accounts: readonly string[];
}

const ADMINISTRATION = [
  'kms:Create*',
  'kms:Describe*',
  'kms:Enable*',
  'kms:List*',
  'kms:Put*',
  'kms:Update*',
  'kms:Revoke*',
  'kms:Disable*',
  'kms:Get*',
  'kms:Delete*',
  'kms:TagResource',
  'kms:UntagResource',
];

/** What administrators of special keys may do beside it (P2-277). */
const IMPORT = ['kms:ImportKeyMaterial'];
const REPLICATION = ['kms:ReplicateKey', 'kms:UpdatePrimaryRegion'];

const DELETION = ['kms:ScheduleKeyDeletion', 'kms:CancelKeyDeletion'];

/** Direct use, by usage (P2-279 to P2-282); of key pairs, their public half too. */
const USE: Record<KeyUsage, string[]> = {
  ENCRYPT_DECRYPT: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*'],
  SIGN_VERIFY: ['kms:Sign', 'kms:Verify'],
  GENERATE_VERIFY_MAC: ['kms:GenerateMac', 'kms:VerifyMac'],
  KEY_AGREEMENT: ['kms:DeriveSharedSecret'],
  ENCAPSULATE_DECAPSULATE: ['kms:Encapsulate', 'kms:Decapsulate'],
};

export function keyPolicy(permissions: Permissions): string {
  const { account, region, administrators, users, accounts } = permissions;
  const everyone = [...users, ...accounts.map((id) => rootOf(id, region))];
  const statements = [
    statement('Enable IAM User Permissions', [rootOf(account, region)], 'kms:*'),
    ...(administrators.length > 0
      ? [statement('Allow access for Key Administrators', administrators, administration(permissions))]
      : []),
    ...(everyone.length > 0 ? [statement('Allow use of the key', everyone, use(permissions)), ...attachment(permissions.usage, everyone)] : []),
  ];
  return JSON.stringify({ Id: 'key-consolepolicy-3', Version: '2012-10-17', Statement: statements }, null, 2);
}

function administration({ origin, multiRegion, administratorsMayDelete }: Permissions): string[] {
  return [
    ...ADMINISTRATION,
    ...(origin === 'EXTERNAL' ? IMPORT : []),
    ...(multiRegion ? REPLICATION : []),
    ...(administratorsMayDelete ? DELETION : []),
  ];
}

function use({ spec, usage }: Permissions): string[] {
  const dataKeys = spec === 'SYMMETRIC_DEFAULT' ? ['kms:GenerateDataKey*'] : [];
  const publicKey = keyTypeOf(spec) === 'asymmetric' ? ['kms:GetPublicKey'] : [];
  return [...USE[usage], ...dataKeys, 'kms:DescribeKey', ...publicKey];
}

/** Lets AWS services that work with grants use the key for these principals (P2-286); none does with HMAC keys (P4-102). */
function attachment(usage: KeyUsage, principals: readonly string[]): object[] {
  if (usage === 'GENERATE_VERIFY_MAC') return [];
  const grants = statement('Allow attachment of persistent resources', principals, ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant']);
  return [{ ...grants, Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }];
}

function statement(Sid: string, principals: readonly string[], Action: string | string[]): object {
  return { Sid, Effect: 'Allow', Principal: { AWS: principals.length === 1 ? principals[0] : principals }, Action, Resource: '*' };
}
