// What the wizard gathers before it calls CreateKey and CreateAlias.
import { keyPolicy } from '../../kms/key-policy';
import { accountOf } from '../../kms/places-config';
import { specsOf, usagesOf, type KeyType } from '../../kms/specs-config';
import type { KeySpec, KeyUsage, Tag } from '../../world/operations';
import type { Place } from '../../world/protocol';

export interface Draft {
  type: KeyType;
  usage: KeyUsage;
  spec: KeySpec;
  /** Without `alias/`. */
  alias: string;
  description: string;
  tags: Tag[];
  tagsValid: boolean;
  administrators: string[];
  administratorsMayDelete: boolean;
  users: string[];
  accounts: string[];
  /** The policy as edited; `null` while it follows from the permissions. */
  policy: string | null;
}

export const FIRST_DRAFT: Draft = {
  type: 'symmetric',
  usage: 'ENCRYPT_DECRYPT',
  spec: 'SYMMETRIC_DEFAULT',
  alias: '',
  description: '',
  tags: [],
  tagsValid: true,
  administrators: [],
  administratorsMayDelete: true,
  users: [],
  accounts: [],
  policy: null,
};

/** A step's view of the draft. */
export interface StepProps {
  draft: Draft;
  place: Place;
  onChange(change: Partial<Draft>): void;
}

/** Another type brings its own usages, and a usage its own specs: what no longer fits gives way. */
export function withType(draft: Draft, type: KeyType, region: string): Partial<Draft> {
  const usages = usagesOf(type, region).map(({ usage }) => usage);
  const usage = usages.includes(draft.usage) ? draft.usage : usages[0];
  return { type, ...withUsage({ ...draft, type }, usage ?? draft.usage, region) };
}

export function withUsage(draft: Draft, usage: KeyUsage, region: string): Partial<Draft> {
  const specs = specsOf(draft.type, usage, region);
  return { usage, spec: specs.includes(draft.spec) ? draft.spec : (specs[0] ?? draft.spec) };
}

export function policyOf(draft: Draft, { caller, region }: Place): string {
  if (draft.policy !== null) return draft.policy;
  const named = { administrators: filled(draft.administrators), users: filled(draft.users), accounts: filled(draft.accounts) };
  return keyPolicy({ ...draft, ...named, account: accountOf(caller), region });
}

/** Fields that were added and left empty name nobody. */
function filled(texts: readonly string[]): string[] {
  return texts.map((text) => text.trim()).filter(Boolean);
}
