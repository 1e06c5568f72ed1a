// What the wizard offers: key types, their usages and specs, by the names of the console and of the API.
import { isInChina } from './places-config';
import type { KeySpec, KeyUsage } from '../world/operations';

export type KeyType = 'symmetric' | 'asymmetric';

/** China Regions have specs of their own, and do without some others. */
type Where = 'everywhere' | 'china' | 'outside-china';

interface SpecOffer {
  spec: KeySpec;
  where: Where;
}

export interface UsageOffer {
  usage: KeyUsage;
  label: string;
  description: string;
  specs: readonly SpecOffer[];
}

const offers = (where: Where, ...specs: KeySpec[]): SpecOffer[] => specs.map((spec) => ({ spec, where }));

const RSA = offers('everywhere', 'RSA_2048', 'RSA_3072', 'RSA_4096');
const NIST = offers('everywhere', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521');
const SM2 = offers('china', 'SM2');

export const KEY_TYPES: readonly { type: KeyType; label: string; description: string; usages: readonly UsageOffer[] }[] = [
  {
    type: 'symmetric',
    label: 'Symmetric',
    description: 'A single secret key that encrypts and decrypts data, or generates and verifies MACs.',
    usages: [
      {
        usage: 'ENCRYPT_DECRYPT',
        label: 'Encrypt and decrypt',
        description: 'Use the key only to encrypt and decrypt data.',
        specs: offers('everywhere', 'SYMMETRIC_DEFAULT'),
      },
      {
        usage: 'GENERATE_VERIFY_MAC',
        label: 'Generate and verify MAC',
        description: 'Use the key only to generate and verify hash-based message authentication codes (HMAC).',
        specs: offers('everywhere', 'HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512'),
      },
    ],
  },
  {
    type: 'asymmetric',
    label: 'Asymmetric',
    description: 'A pair of a public and a private key that encrypts, signs, or agrees on secrets with others.',
    usages: [
      {
        usage: 'ENCRYPT_DECRYPT',
        label: 'Encrypt and decrypt',
        description: 'Anyone encrypts with the public key; only KMS decrypts.',
        specs: [...RSA, ...SM2],
      },
      {
        usage: 'SIGN_VERIFY',
        label: 'Sign and verify',
        description: 'Only KMS signs; anyone verifies with the public key.',
        specs: [
          ...RSA,
          ...NIST,
          ...offers('everywhere', 'ECC_SECG_P256K1', 'ECC_NIST_EDWARDS25519', 'ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87'),
          ...SM2,
        ],
      },
      {
        usage: 'KEY_AGREEMENT',
        label: 'Key agreement',
        description: 'Derive shared secrets from the private key and public keys of others.',
        specs: [...NIST, ...SM2],
      },
      {
        usage: 'ENCAPSULATE_DECAPSULATE',
        label: 'Encapsulate and decapsulate',
        description: 'Anyone encapsulates a shared secret with the public key; only KMS decapsulates it.',
        specs: offers('outside-china', 'ML_KEM_512', 'ML_KEM_768', 'ML_KEM_1024'),
      },
    ],
  },
];

/** The usages of a key type that have a spec in the Region. */
export function usagesOf(type: KeyType, region: string): readonly UsageOffer[] {
  const usages = KEY_TYPES.find((offer) => offer.type === type)?.usages ?? [];
  return usages.filter(({ specs }) => specs.some(({ where }) => isOffered(where, region)));
}

export function specsOf(type: KeyType, usage: KeyUsage, region: string): KeySpec[] {
  const specs = usagesOf(type, region).find((offer) => offer.usage === usage)?.specs ?? [];
  return specs.filter(({ where }) => isOffered(where, region)).map(({ spec }) => spec);
}

function isOffered(where: Where, region: string): boolean {
  return where === 'everywhere' || (where === 'china') === isInChina(region);
}

/** The label of a usage as the console writes it. */
export const USAGE_LABELS: Record<KeyUsage, string> = {
  ENCRYPT_DECRYPT: 'Encrypt and decrypt',
  SIGN_VERIFY: 'Sign and verify',
  GENERATE_VERIFY_MAC: 'Generate and verify MAC',
  KEY_AGREEMENT: 'Key agreement',
  ENCAPSULATE_DECAPSULATE: 'Encapsulate and decapsulate',
};

/** Whether key material can be imported; ML-DSA and ML-KEM keys have their own only (LIF-27). */
export function isImportable(spec: string): boolean {
  return !spec.startsWith('ML_');
}

/** Symmetric secrets, or a key pair. */
export function keyTypeOf(spec: string): KeyType {
  return spec === 'SYMMETRIC_DEFAULT' || spec.startsWith('HMAC') ? 'symmetric' : 'asymmetric';
}
