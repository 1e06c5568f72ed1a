// What the wizard gathers before it creates a key, with its replicas, its rotation and its alias.
import { keyPolicy } from '../../kms/key-policy';
import { accountOf } from '../../kms/places-config';
import { PERIOD, canRotate } from '../../kms/rotation';
import { isImportable, specsOf, usagesOf, type KeyType } from '../../kms/specs-config';
import type { KeySpec, KeyUsage, Tag } from '../../world/operations';
import type { Place } from '../../world/protocol';

export type Origin = 'AWS_KMS' | 'EXTERNAL';

export interface Draft {
  type: KeyType;
  usage: KeyUsage;
  spec: KeySpec;
  origin: Origin;
  multiRegion: boolean;
  /** The Regions that get a replica at once. */
  replicas: string[];
  rotates: boolean;
  /** In days. */
  period: string;
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
  origin: 'AWS_KMS',
  multiRegion: false,
  replicas: [],
  rotates: false,
  period: String(PERIOD.usual),
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

/** Keys whose material cannot be imported have that of KMS, whatever was chosen for another spec. */
export function originOf({ origin, spec }: Draft): Origin {
  return isImportable(spec) ? origin : 'AWS_KMS';
}

/** Imported material never rotates by itself, and a key without any cannot be replicated yet (LIF-41, LIF-185). */
export function mayRotate(draft: Draft): boolean {
  return originOf(draft) === 'AWS_KMS' && canRotate({ KeySpec: draft.spec, Origin: 'AWS_KMS' });
}

export function mayReplicate(draft: Draft): boolean {
  return draft.multiRegion && originOf(draft) === 'AWS_KMS';
}

export function policyOf(draft: Draft, { caller, region }: Place): string {
  if (draft.policy !== null) return draft.policy;
  const named = { administrators: filled(draft.administrators), users: filled(draft.users), accounts: filled(draft.accounts) };
  return keyPolicy({ ...draft, ...named, origin: originOf(draft), account: accountOf(caller), region });
}

/** Fields that were added and left empty name nobody. */
function filled(texts: readonly string[]): string[] {
  return texts.map((text) => text.trim()).filter(Boolean);
}
