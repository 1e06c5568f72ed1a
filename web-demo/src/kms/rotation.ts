// The rotations and key materials of a key, as KMS lists them.
import type { Call } from '../world/context';
import type { KeyMaterial, KeyMetadata } from '../world/operations';
import type { Page } from '../world/pages';
import { pages } from './keys';

/** Shortest, usual and longest period of automatic rotation, in days (LIF-11). */
export const PERIOD = { least: 90, usual: 365, most: 2560 } as const;

export function isPeriod(days: string): boolean {
  return /^\d{1,4}$/.test(days) && Number(days) >= PERIOD.least && Number(days) <= PERIOD.most;
}

/** Symmetric encryption keys alone rotate, and not those of key stores (LIF-39 to LIF-43). */
export function canRotate({ KeySpec, Origin }: Pick<KeyMetadata, 'KeySpec' | 'Origin'>): boolean {
  return KeySpec === 'SYMMETRIC_DEFAULT' && (Origin === 'AWS_KMS' || Origin === 'EXTERNAL');
}

/** Several key materials, each with an id, have symmetric encryption keys alone (LIF-137). */
export function namesMaterials({ KeySpec }: Pick<KeyMetadata, 'KeySpec'>): boolean {
  return KeySpec === 'SYMMETRIC_DEFAULT';
}

/** A page of the completed rotations, oldest first. */
export async function rotationsPage(call: Call, KeyId: string, from: { Marker?: string }, Limit: number): Promise<Page<KeyMaterial>> {
  const { Rotations, NextMarker } = await call('ListKeyRotations', { KeyId, Limit, ...from });
  return { items: Rotations, next: NextMarker };
}

/** All key materials of an imported key: the first one, those of rotations, and the one that waits. */
export function listMaterials(call: Call, KeyId: string): Promise<KeyMaterial[]> {
  return pages(
    (from) => call('ListKeyRotations', { KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL', Limit: 1000, ...from }),
    (page) => page.Rotations,
  );
}
