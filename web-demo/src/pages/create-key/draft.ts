// What the wizard gathers before it creates a key, with its replicas, its rotation and its alias.
import { keyPolicy } from '../../kms/key-policy';
import { accountOf } from '../../kms/places-config';
import { PERIOD, canRotate } from '../../kms/rotation';
import { isImportable, specsOf, usagesOf, type KeyType } from '../../kms/specs-config';
import type { KeySpec, KeyUsage, StoreType, Tag } from '../../world/operations';
import type { Place } from '../../world/protocol';

export type Origin = 'AWS_KMS' | 'EXTERNAL' | 'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE';

export interface Draft {
  type: KeyType;
  usage: KeyUsage;
  spec: KeySpec;
  origin: Origin;
  /** The id of the custom key store of a key whose origin is one. */
  store: string;
  /** The id of its key in the external key manager. */
  externalKey: string;
  /** Whether the person knows what imported material, or an external key store, means. */
  understood: boolean;
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
  store: '',
  externalKey: '',
  understood: false,
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

/** Keys that cannot have the chosen origin have the material of KMS: it was chosen for another spec. */
export function originOf({ origin, spec }: Draft): Origin {
  return isOffered(origin, spec) ? origin : 'AWS_KMS';
}

/** Custom key stores have symmetric encryption keys alone. */
export function isOffered(origin: Origin, spec: KeySpec): boolean {
  if (origin === 'EXTERNAL') return isImportable(spec);
  return origin === 'AWS_KMS' || spec === 'SYMMETRIC_DEFAULT';
}

/** The type of custom key store that an origin means. */
export function storeTypeOf(origin: Origin): StoreType | undefined {
  return origin === 'AWS_CLOUDHSM' || origin === 'EXTERNAL_KEY_STORE' ? origin : undefined;
}

/** Whether the key gets a key in a custom key store: such a one is of one Region. */
export function isInStore(draft: Draft): boolean {
  return storeTypeOf(originOf(draft)) !== undefined;
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
  const multiRegion = draft.multiRegion && !isInStore(draft);
  return keyPolicy({ ...draft, ...named, multiRegion, origin: originOf(draft), account: accountOf(caller), region });
}

/** Fields that were added and left empty name nobody. */
function filled(texts: readonly string[]): string[] {
  return texts.map((text) => text.trim()).filter(Boolean);
}
