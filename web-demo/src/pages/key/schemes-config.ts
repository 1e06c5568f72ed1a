// Signatures and MACs are made and checked in the same way: by these operations, under these names.
import { words } from '../../words';
import type { Call } from '../../world/context';
import type { KeyMetadata, MacAlgorithm, SigningAlgorithm } from '../../world/operations';

export interface Scheme<Algorithm extends string> {
  words: typeof words.sign;
  /** In the help panel. */
  topic: 'sign' | 'mac';
  algorithms(metadata: KeyMetadata): readonly Algorithm[];
  /** The one that is chosen before a person chooses. */
  first(metadata: KeyMetadata): Algorithm;
  make(call: Call, asked: Asked, algorithm: Algorithm): Promise<Uint8Array>;
  /** Whether it is valid; an invalid one is refused with an exception. */
  check(call: Call, asked: Asked, made: Uint8Array, algorithm: Algorithm): Promise<boolean>;
}

/** What both requests have in common. */
interface Asked {
  KeyId: string;
  Message: Uint8Array;
  DryRun?: true;
}

export const SIGNATURE: Scheme<SigningAlgorithm> = {
  words: words.sign,
  topic: 'sign',
  algorithms: (metadata) => metadata.SigningAlgorithms ?? [],
  first: (metadata) => metadata.SigningAlgorithms?.[0] ?? 'ECDSA_SHA_256',
  make: async (call, asked, SigningAlgorithm) => (await call('Sign', { ...asked, SigningAlgorithm })).Signature,
  check: async (call, asked, Signature, SigningAlgorithm) => (await call('Verify', { ...asked, Signature, SigningAlgorithm })).SignatureValid,
};

export const MAC: Scheme<MacAlgorithm> = {
  words: words.mac,
  topic: 'mac',
  algorithms: (metadata) => metadata.MacAlgorithms ?? [],
  first: (metadata) => metadata.MacAlgorithms?.[0] ?? 'HMAC_SHA_256',
  make: async (call, asked, MacAlgorithm) => (await call('GenerateMac', { ...asked, MacAlgorithm })).Mac,
  check: async (call, asked, Mac, MacAlgorithm) => (await call('VerifyMac', { ...asked, Mac, MacAlgorithm })).MacValid,
};
