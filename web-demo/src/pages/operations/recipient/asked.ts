// The calls that take a Recipient, and which member of their replies it changes.
import type { Call } from '../../../world/context';
import type { Recipient } from '../../../world/enclaves';
import type { KeyMetadata } from '../../../world/operations';
import { newPeer } from '../agreement/peer';
import { SYMMETRIC, type KeyWish } from '../key-choice';

/** What a person has chosen besides. */
interface More {
  Recipient?: Recipient;
  DryRun?: true;
}

interface Answer {
  /** Absent where the answer is for an enclave. */
  plaintext: Uint8Array | undefined;
  sealed: Uint8Array | undefined;
}

export interface Asking {
  operation: 'Decrypt' | 'GenerateDataKey' | 'GenerateDataKeyPair' | 'DeriveSharedSecret' | 'GenerateRandom';
  /** The member of the reply that is for the enclave alone. */
  member: string;
  /** Which key it takes; `undefined` where it takes none. */
  key: KeyWish | undefined;
  ask(call: Call, key: KeyMetadata | undefined, message: Uint8Array, more: More): Promise<Answer>;
}

interface Reply {
  CiphertextForRecipient?: Uint8Array;
}

const answered = (plaintext: Uint8Array | undefined, { CiphertextForRecipient }: Reply): Answer => ({
  plaintext: plaintext?.length ? plaintext : undefined,
  sealed: CiphertextForRecipient,
});

const AGREEING: KeyWish = { fits: ({ KeyUsage }) => KeyUsage === 'KEY_AGREEMENT', input: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' } };

export const ASKINGS: readonly Asking[] = [
  {
    operation: 'Decrypt',
    member: 'Plaintext',
    key: SYMMETRIC,
    async ask(call, key, Plaintext, more) {
      const { CiphertextBlob } = await call('Encrypt', { KeyId: key?.KeyId ?? '', Plaintext });
      const reply = await call('Decrypt', { CiphertextBlob, ...more });
      return answered(reply.Plaintext, reply);
    },
  },
  {
    operation: 'GenerateDataKey',
    member: 'Plaintext',
    key: SYMMETRIC,
    async ask(call, key, _, more) {
      const reply = await call('GenerateDataKey', { KeyId: key?.KeyId ?? '', KeySpec: 'AES_256', ...more });
      return answered(reply.Plaintext, reply);
    },
  },
  {
    operation: 'GenerateDataKeyPair',
    member: 'PrivateKeyPlaintext',
    key: SYMMETRIC,
    async ask(call, key, _, more) {
      const reply = await call('GenerateDataKeyPair', { KeyId: key?.KeyId ?? '', KeyPairSpec: 'ECC_NIST_P256', ...more });
      return answered(reply.PrivateKeyPlaintext, reply);
    },
  },
  {
    operation: 'DeriveSharedSecret',
    member: 'SharedSecret',
    key: AGREEING,
    async ask(call, key, _, more) {
      const curve = /^ECC_NIST_P(\d+)$/.exec(key?.KeySpec ?? '')?.[1] ?? '256';
      const { publicKey } = await newPeer(`P-${curve}`);
      const reply = await call('DeriveSharedSecret', { KeyId: key?.KeyId ?? '', KeyAgreementAlgorithm: 'ECDH', PublicKey: publicKey, ...more });
      return answered(reply.SharedSecret, reply);
    },
  },
  {
    operation: 'GenerateRandom',
    member: 'Plaintext',
    key: undefined,
    // It has no dry run.
    async ask(call, _key, _message, { Recipient }) {
      const reply = await call('GenerateRandom', { NumberOfBytes: 32, ...(Recipient ? { Recipient } : {}) });
      return answered(reply.Plaintext, reply);
    },
  },
];
