// The operations that the playground calls, by AWS's names. Times are dates, blobs are bytes.

export type KeyState = 'Creating' | 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport' | 'PendingReplicaDeletion' | 'Unavailable' | 'Updating';
export type KeyUsage = 'ENCRYPT_DECRYPT' | 'SIGN_VERIFY' | 'GENERATE_VERIFY_MAC' | 'KEY_AGREEMENT' | 'ENCAPSULATE_DECAPSULATE';

export interface KeyMetadata {
  KeyId: string;
  Arn: string;
  AWSAccountId: string;
  CreationDate: Date;
  DeletionDate?: Date;
  Description: string;
  Enabled: boolean;
  KeyManager: 'AWS' | 'CUSTOMER';
  KeySpec: string;
  KeyState: KeyState;
  KeyUsage: KeyUsage;
  MultiRegion: boolean;
  Origin: string;
  EncryptionAlgorithms?: string[];
  SigningAlgorithms?: string[];
  MacAlgorithms?: string[];
  KeyAgreementAlgorithms?: string[];
  EncapsulationAlgorithms?: string[];
}

export interface Alias {
  AliasName: string;
  AliasArn: string;
  TargetKeyId?: string;
  CreationDate?: Date;
}

export interface Tag {
  TagKey: string;
  TagValue: string;
}

interface Pages {
  Limit?: number;
  Marker?: string;
}

interface Paged {
  Truncated: boolean;
  NextMarker?: string;
}

type Key = { KeyId: string };
type Context = { EncryptionContext?: Record<string, string> };

interface Operations {
  CreateKey: {
    input: { KeySpec: string; KeyUsage: KeyUsage; Description: string; Tags: Tag[]; Policy?: string };
    output: { KeyMetadata: KeyMetadata };
  };
  DescribeKey: { input: Key; output: { KeyMetadata: KeyMetadata } };
  ListKeys: { input: Pages; output: Paged & { Keys: { KeyId: string; KeyArn: string }[] } };
  EnableKey: { input: Key; output: object };
  DisableKey: { input: Key; output: object };
  ScheduleKeyDeletion: { input: Key & { PendingWindowInDays: number }; output: { DeletionDate: Date } };
  CancelKeyDeletion: { input: Key; output: object };
  UpdateKeyDescription: { input: Key & { Description: string }; output: object };
  ListAliases: { input: Pages & { KeyId?: string }; output: Paged & { Aliases: Alias[] } };
  CreateAlias: { input: { AliasName: string; TargetKeyId: string }; output: object };
  DeleteAlias: { input: { AliasName: string }; output: object };
  ListResourceTags: { input: Pages & Key; output: Paged & { Tags: Tag[] } };
  TagResource: { input: Key & { Tags: Tag[] }; output: object };
  UntagResource: { input: Key & { TagKeys: string[] }; output: object };
  GetKeyPolicy: { input: Key; output: { Policy: string } };
  PutKeyPolicy: { input: Key & { Policy: string }; output: object };
  Encrypt: {
    input: Key & Context & { Plaintext: Uint8Array; EncryptionAlgorithm: string };
    output: { CiphertextBlob: Uint8Array; KeyId: string };
  };
  Decrypt: {
    input: Key & Context & { CiphertextBlob: Uint8Array; EncryptionAlgorithm: string };
    output: { Plaintext: Uint8Array; KeyId: string };
  };
  GetPublicKey: { input: Key; output: { PublicKey: Uint8Array } };
  Sign: { input: Key & { Message: Uint8Array; SigningAlgorithm: string }; output: { Signature: Uint8Array } };
  Verify: {
    input: Key & { Message: Uint8Array; Signature: Uint8Array; SigningAlgorithm: string };
    output: { SignatureValid: boolean };
  };
  GenerateMac: { input: Key & { Message: Uint8Array; MacAlgorithm: string }; output: { Mac: Uint8Array } };
  VerifyMac: { input: Key & { Message: Uint8Array; Mac: Uint8Array; MacAlgorithm: string }; output: { MacValid: boolean } };
}

export type Operation = keyof Operations;
export type Input<O extends Operation> = Operations[O]['input'];
export type Output<O extends Operation> = Operations[O]['output'];
