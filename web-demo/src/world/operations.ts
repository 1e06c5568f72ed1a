// The operations of KMS, in the types of the package, which are printed from the tables of the core.
import type { AliasListEntry, KeyMetadata as ModelledMetadata, Operations } from 'pocket-kms';

export type {
  EncryptionAlgorithmSpec as EncryptionAlgorithm,
  KeySpec,
  KeyState,
  KeyUsageType as KeyUsage,
  MacAlgorithmSpec as MacAlgorithm,
  SigningAlgorithmSpec as SigningAlgorithm,
  Tag,
} from 'pocket-kms';

/** Members that a reply may lack. The API's model calls almost all of them optional, but KMS always tells the others. */
type MayLack =
  | 'DeletionDate'
  | 'EncapsulationAlgorithms'
  | 'EncryptionAlgorithms'
  | 'KeyAgreementAlgorithms'
  | 'MacAlgorithms'
  | 'NextMarker'
  | 'SigningAlgorithms'
  | 'TargetKeyId';

type Told<T> = T extends Uint8Array | Date
  ? T
  : T extends (infer Element)[]
    ? Told<Element>[]
    : T extends object
      ? { [Name in keyof T as Name extends MayLack ? Name : never]: T[Name] } & {
          [Name in keyof T as Name extends MayLack ? never : Name]-?: Told<NonNullable<T[Name]>>;
        }
      : T;

export type KeyMetadata = Told<ModelledMetadata>;
export type Alias = Told<AliasListEntry>;

export type Operation = keyof Operations;
export type Input<O extends Operation> = Operations[O][0];
export type Output<O extends Operation> = Told<Operations[O][1]>;
