// What can be tried with a key by a dry run: the operations of its usage, with the least that they take.
import type { KeyMetadata, Operation } from '../../../world/operations';
import { newPeer } from '../agreement/peer';

export interface Try {
  operation: Operation;
  input: object;
}

const SOME = Uint8Array.of(1);
/** A dry run of these needs no ciphertext. */
const DryRunModifiers = ['IGNORE_CIPHERTEXT'];

export async function triesOf(metadata: KeyMetadata, caller: string): Promise<Try[]> {
  const { KeyId, KeySpec } = metadata;
  const use = await usesOf(metadata);
  // Who may give which use away: a grant needs an operation that goes with the key.
  const granted = use[0]?.operation;
  const grant: Try[] = granted ? [{ operation: 'CreateGrant', input: { GranteePrincipal: caller, Operations: [granted] } }] : [];
  const dataKeys = KeySpec === 'SYMMETRIC_DEFAULT' ? DATA_KEYS : [];
  // ReEncrypt names its two keys in its own way.
  const named = ({ operation, input }: Try) => ({ operation, input: operation === 'ReEncrypt' ? input : { KeyId, ...input } });
  return [...use, ...dataKeys, ...grant].map(named);
}

const DATA_KEYS: readonly Try[] = [
  { operation: 'GenerateDataKey', input: { KeySpec: 'AES_256' } },
  { operation: 'GenerateDataKeyWithoutPlaintext', input: { KeySpec: 'AES_256' } },
  { operation: 'GenerateDataKeyPair', input: { KeyPairSpec: 'ECC_NIST_P256' } },
  { operation: 'GenerateDataKeyPairWithoutPlaintext', input: { KeyPairSpec: 'ECC_NIST_P256' } },
];

async function usesOf(metadata: KeyMetadata): Promise<Try[]> {
  const { KeyUsage, KeySpec, EncryptionAlgorithms, SigningAlgorithms, MacAlgorithms, KeyAgreementAlgorithms, EncapsulationAlgorithms } = metadata;
  switch (KeyUsage) {
    case 'ENCRYPT_DECRYPT':
      return encryption(metadata.KeyId, EncryptionAlgorithms?.[0] ?? 'SYMMETRIC_DEFAULT');
    case 'SIGN_VERIFY': {
      const input = { Message: SOME, SigningAlgorithm: SigningAlgorithms?.[0] };
      return [{ operation: 'Sign', input }, { operation: 'Verify', input: { ...input, Signature: SOME } }];
    }
    case 'GENERATE_VERIFY_MAC': {
      const input = { Message: SOME, MacAlgorithm: MacAlgorithms?.[0] };
      return [{ operation: 'GenerateMac', input }, { operation: 'VerifyMac', input: { ...input, Mac: SOME } }];
    }
    case 'KEY_AGREEMENT': {
      const curve = /^ECC_NIST_P(\d+)$/.exec(KeySpec)?.[1];
      const PublicKey = curve ? (await newPeer(`P-${curve}`)).publicKey : SOME;
      return [{ operation: 'DeriveSharedSecret', input: { PublicKey, KeyAgreementAlgorithm: KeyAgreementAlgorithms?.[0] } }];
    }
    case 'ENCAPSULATE_DECAPSULATE': {
      const input = { EncapsulationAlgorithm: EncapsulationAlgorithms?.[0] };
      return [{ operation: 'Encapsulate', input }, { operation: 'Decapsulate', input: { ...input, SharedSecretCiphertextBlob: SOME } }];
    }
  }
}

function encryption(KeyId: string, EncryptionAlgorithm: string): Try[] {
  const move = { SourceKeyId: KeyId, DestinationKeyId: KeyId, SourceEncryptionAlgorithm: EncryptionAlgorithm, DestinationEncryptionAlgorithm: EncryptionAlgorithm };
  return [
    { operation: 'Encrypt', input: { Plaintext: SOME, EncryptionAlgorithm } },
    { operation: 'Decrypt', input: { EncryptionAlgorithm, DryRunModifiers } },
    { operation: 'ReEncrypt', input: { ...move, DryRunModifiers } },
  ];
}
