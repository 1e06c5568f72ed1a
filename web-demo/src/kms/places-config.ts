// The Regions and callers that the top navigation offers.

export const REGIONS: readonly { id: string; name: string }[] = [
  { id: 'us-east-1', name: 'US East (N. Virginia)' },
  { id: 'us-west-2', name: 'US West (Oregon)' },
  { id: 'eu-central-1', name: 'Europe (Frankfurt)' },
  { id: 'eu-west-1', name: 'Europe (Ireland)' },
  { id: 'ap-northeast-1', name: 'Asia Pacific (Tokyo)' },
  { id: 'ap-southeast-2', name: 'Asia Pacific (Sydney)' },
  { id: 'cn-north-1', name: 'China (Beijing)' },
  { id: 'cn-northwest-1', name: 'China (Ningxia)' },
];

/** Two accounts, because cross-account use needs them, with people who are there while nobody is registered. */
export const ACCOUNTS: readonly { id: string; callers: readonly string[] }[] = [
  { id: '111122223333', callers: ['arn:aws:iam::111122223333:user/Alice', 'arn:aws:iam::111122223333:role/Auditor'] },
  { id: '444455556666', callers: ['arn:aws:iam::444455556666:user/Bob'] },
];

export const FIRST_PLACE = { region: 'us-east-1', caller: 'arn:aws:iam::111122223333:root' };

export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/** Whom a key policy may name besides accounts: users, roles, their sessions, and root users. */
const PRINCIPAL = /^arn:aws(-[a-z]+)*:(iam|sts)::\d{12}:(root|(user|role|assumed-role|federated-user)\/[\w+=,.@/-]+)$/;

export function isPrincipal(arn: string): boolean {
  return PRINCIPAL.test(arn);
}

export function isAccount(id: string): boolean {
  return /^\d{12}$/.test(id);
}

export function grouped(account: string): string {
  return account.replace(/(\d{4})(?=\d)/g, '$1-');
}

export function isInChina(region: string): boolean {
  return region.startsWith('cn-');
}

/** The part of AWS that a Region belongs to: keys and identities never cross it. */
export function partitionOf(region: string): string {
  if (isInChina(region)) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** The Regions to which a key of this Region can be replicated. */
export function neighboursOf(region: string): readonly { id: string; name: string }[] {
  return REGIONS.filter(({ id }) => id !== region && partitionOf(id) === partitionOf(region));
}

/** The caller of the same name in the partition of a Region: a user of another partition cannot call there. */
export function callerIn(arn: string, region: string): string {
  return arn.replace(/^arn:aws[a-z-]*:/, `arn:${partitionOf(region)}:`);
}

/** Who can act for an account: the caller stays where it is its own account, else its root user comes. */
export function actingFor(account: string, caller: string): { caller?: string } {
  return accountOf(caller) === account ? {} : { caller: rootOf(account, '') };
}

/** The ARN of an account's root user, in the partition of a Region. */
export function rootOf(account: string, region: string): string {
  return `arn:${partitionOf(region)}:iam::${account}:root`;
}
