// The operations of KMS, in the types of the package, which are printed from the tables of the core.
import type {
  AliasListEntry,
  CustomKeyStoresListEntry,
  GrantListEntry,
  KeyMetadata as ModelledMetadata,
  Operations,
  RotationsListEntry,
} from 'pocket-kms';

export type {
  AlgorithmSpec as WrappingAlgorithm,
  ConnectionStateType as ConnectionState,
  CustomKeyStoreType as StoreType,
  EncryptionAlgorithmSpec as EncryptionAlgorithm,
  GrantConstraints,
  GrantOperation,
  ImportType,
  KeyMaterialState,
  KeySpec,
  KeyState,
  KeyUsageType as KeyUsage,
  MacAlgorithmSpec as MacAlgorithm,
  SigningAlgorithmSpec as SigningAlgorithm,
  XksProxyConnectivityType as Connectivity,
  RotationType,
  Tag,
  WrappingKeySpec,
} from 'pocket-kms';

/** Members that a reply may lack. The API's model calls almost all of them optional, but KMS always tells the others. */
type MayLack =
  | 'CloudHsmClusterId'
  | 'ConnectionErrorCode'
  | 'Constraints'
  | 'CurrentKeyMaterialId'
  | 'CustomKeyStoreId'
  | 'DeletionDate'
  | 'EncapsulationAlgorithms'
  | 'EncryptionAlgorithms'
  | 'EncryptionContextEquals'
  | 'EncryptionContextSubset'
  | 'ExpirationModel'
  | 'GranteePrincipal'
  | 'GranteeServicePrincipal'
  | 'ImportState'
  | 'KeyAgreementAlgorithms'
  | 'KeyMaterialDescription'
  | 'MacAlgorithms'
  | 'MultiRegionConfiguration'
  | 'Name'
  | 'NextMarker'
  | 'NextRotationDate'
  | 'OnDemandRotationStartDate'
  | 'PendingDeletionWindowInDays'
  | 'RetiringPrincipal'
  | 'RetiringServicePrincipal'
  | 'RotationDate'
  | 'RotationPeriodInDays'
  | 'RotationType'
  | 'SigningAlgorithms'
  | 'SourceArn'
  | 'TargetKeyId'
  | 'TrustAnchorCertificate'
  | 'ValidTo'
  | 'VpcEndpointServiceName'
  | 'VpcEndpointServiceOwner'
  | 'XksKeyConfiguration'
  | 'XksProxyConfiguration';

type Told<T> = T extends Uint8Array | Date
  ? T
  : T extends (infer Element)[]
    ? Told<Element>[]
    : T extends object
      ? { [Name in keyof T as Name extends MayLack ? Name : never]: Told<T[Name]> } & {
          [Name in keyof T as Name extends MayLack ? never : Name]-?: Told<NonNullable<T[Name]>>;
        }
      : T;

export type KeyMetadata = Told<ModelledMetadata>;
export type Alias = Told<AliasListEntry>;
export type Grant = Told<GrantListEntry>;
/** A key material of a key, with the rotation that made it current. */
export type KeyMaterial = Told<RotationsListEntry>;
/** Keys may be in one; a store always has its id. */
export type KeyStore = Told<CustomKeyStoresListEntry> & { CustomKeyStoreId: string };
/** A key and its relatives in other Regions. */
export type Related = NonNullable<KeyMetadata['MultiRegionConfiguration']>;

export type Operation = keyof Operations;
export type Input<O extends Operation> = Operations[O][0];
export type Output<O extends Operation> = Told<Operations[O][1]>;
