// What the import wizard gathers before it calls ImportKeyMaterial.
import { materialOf } from '../../kms/bytes';
import { namesMaterials } from '../../kms/rotation';
import { wrappingAlgorithms, wrappingSpecs } from '../../kms/wrapping-config';
import type { ImportType, Input, KeyMetadata, Output, WrappingAlgorithm, WrappingKeySpec } from '../../world/operations';

export type Source = 'generate' | 'paste' | 'upload';

/** The wrapping key and the token of this import. */
export type Parameters = Output<'GetParametersForImport'>;

export interface Draft {
  /** `undefined` where KMS takes no material for the key. */
  spec: WrappingKeySpec | undefined;
  /** `undefined` where KMS takes no material for the key. */
  algorithm: WrappingAlgorithm | undefined;
  parameters: Parameters | undefined;
  source: Source;
  generated: Uint8Array | undefined;
  pasted: string;
  file: File | undefined;
  /** What is in the file. */
  uploaded: Uint8Array | undefined;
  /** `undefined` for keys that can have one material alone. */
  type: ImportType | undefined;
  description: string;
  expires: boolean;
  /** Days of the world until the material expires. */
  days: string;
}

/** A step's view of the draft. */
export interface StepProps {
  metadata: KeyMetadata;
  draft: Draft;
  onChange(change: Partial<Draft>): void;
}

/** What a source of key material sees: its draft, and what it lacks. */
export type SourceProps = StepProps & { missing: string | undefined };

/** Longest time until key material expires, in days (P4-345). */
export const LONGEST_EXPIRY = 365;

const DAY = 86_400_000;

export function firstDraft(metadata: KeyMetadata, region: string, materialId: string | undefined): Draft {
  const [spec] = wrappingSpecs(metadata.KeySpec, region);
  return {
    spec,
    algorithm: wrappingAlgorithms(metadata.KeySpec, region, spec)[0],
    parameters: undefined,
    source: materialId === undefined ? 'generate' : 'paste',
    generated: undefined,
    pasted: '',
    file: undefined,
    uploaded: undefined,
    type: namesMaterials(metadata) ? firstType(metadata, materialId) : undefined,
    description: '',
    expires: false,
    days: '30',
  };
}

/** New material goes to the primary key first (LIF-142). */
function firstType({ MultiRegionConfiguration }: KeyMetadata, materialId: string | undefined): ImportType {
  const isReplica = MultiRegionConfiguration?.MultiRegionKeyType === 'REPLICA';
  return isReplica || materialId !== undefined ? 'EXISTING_KEY_MATERIAL' : 'NEW_KEY_MATERIAL';
}

export function bytesOf({ source, generated, pasted, uploaded }: Draft): Uint8Array | undefined {
  if (source === 'generate') return generated;
  return source === 'paste' ? materialOf(pasted) : uploaded;
}

export function isExpiry(days: string): boolean {
  return /^\d{1,3}$/.test(days) && Number(days) >= 1 && Number(days) <= LONGEST_EXPIRY;
}

/** What KMS is asked for beside the material itself; `now` is the world's time. */
export function optionsOf(draft: Draft, materialId: string | undefined, now: number): Partial<Input<'ImportKeyMaterial'>> {
  const { type, description, expires, days } = draft;
  return {
    ...(expires
      ? { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: new Date(now + Number(days) * DAY) }
      : { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }),
    ...(type === undefined ? {} : { ImportType: type }),
    ...(type === undefined || description === '' ? {} : { KeyMaterialDescription: description }),
    ...(type === 'EXISTING_KEY_MATERIAL' && materialId !== undefined ? { KeyMaterialId: materialId } : {}),
  };
}
