/**
 * The requests and replies of every operation, printed from the tables of the core by `cargo xtask types`.
 *
 * Blobs are bytes; where a request takes an instant, a number counts seconds since 1970 as the wire does.
 */

export type AlgorithmSpec =
  | 'RSAES_OAEP_SHA_1'
  | 'RSAES_OAEP_SHA_256'
  | 'RSAES_PKCS1_V1_5'
  | 'RSA_AES_KEY_WRAP_SHA_1'
  | 'RSA_AES_KEY_WRAP_SHA_256'
  | 'SM2PKE';

export type ConnectionErrorCodeType =
  | 'INVALID_CREDENTIALS'
  | 'CLUSTER_NOT_FOUND'
  | 'NETWORK_ERRORS'
  | 'INTERNAL_ERROR'
  | 'INSUFFICIENT_CLOUDHSM_HSMS'
  | 'USER_LOCKED_OUT'
  | 'USER_NOT_FOUND'
  | 'USER_LOGGED_IN'
  | 'SUBNET_NOT_FOUND'
  | 'INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET'
  | 'XKS_PROXY_ACCESS_DENIED'
  | 'XKS_PROXY_NOT_REACHABLE'
  | 'XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND'
  | 'XKS_PROXY_INVALID_RESPONSE'
  | 'XKS_PROXY_INVALID_CONFIGURATION'
  | 'XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION'
  | 'XKS_PROXY_TIMED_OUT'
  | 'XKS_PROXY_INVALID_TLS_CONFIGURATION';

export type ConnectionStateType =
  | 'CONNECTED'
  | 'CONNECTING'
  | 'FAILED'
  | 'DISCONNECTED'
  | 'DISCONNECTING';

export type CustomKeyStoreType =
  | 'AWS_CLOUDHSM'
  | 'EXTERNAL_KEY_STORE';

export type CustomerMasterKeySpec =
  | 'RSA_2048'
  | 'RSA_3072'
  | 'RSA_4096'
  | 'ECC_NIST_P256'
  | 'ECC_NIST_P384'
  | 'ECC_NIST_P521'
  | 'ECC_SECG_P256K1'
  | 'SYMMETRIC_DEFAULT'
  | 'HMAC_224'
  | 'HMAC_256'
  | 'HMAC_384'
  | 'HMAC_512'
  | 'SM2';

export type DataKeyPairSpec =
  | 'RSA_2048'
  | 'RSA_3072'
  | 'RSA_4096'
  | 'ECC_NIST_P256'
  | 'ECC_NIST_P384'
  | 'ECC_NIST_P521'
  | 'ECC_SECG_P256K1'
  | 'SM2'
  | 'ECC_NIST_EDWARDS25519'
  | 'ML_KEM_512'
  | 'ML_KEM_768'
  | 'ML_KEM_1024';

export type DataKeySpec =
  | 'AES_256'
  | 'AES_128';

export type DryRunModifierType =
  | 'IGNORE_CIPHERTEXT';

export type EncapsulationAlgorithmSpec =
  | 'ML_KEM';

export type EncryptionAlgorithmSpec =
  | 'RSAES_OAEP_SHA_1'
  | 'RSAES_OAEP_SHA_256'
  | 'SM2PKE'
  | 'SYMMETRIC_DEFAULT';

export type ExpirationModelType =
  | 'KEY_MATERIAL_DOES_NOT_EXPIRE'
  | 'KEY_MATERIAL_EXPIRES';

export type GrantOperation =
  | 'Decrypt'
  | 'Encrypt'
  | 'GenerateDataKey'
  | 'GenerateDataKeyWithoutPlaintext'
  | 'ReEncryptFrom'
  | 'ReEncryptTo'
  | 'Sign'
  | 'Verify'
  | 'GetPublicKey'
  | 'CreateGrant'
  | 'RetireGrant'
  | 'DescribeKey'
  | 'GenerateDataKeyPair'
  | 'GenerateDataKeyPairWithoutPlaintext'
  | 'GenerateMac'
  | 'VerifyMac'
  | 'DeriveSharedSecret'
  | 'Encapsulate'
  | 'Decapsulate';

export type ImportState =
  | 'IMPORTED'
  | 'PENDING_IMPORT';

export type ImportType =
  | 'NEW_KEY_MATERIAL'
  | 'EXISTING_KEY_MATERIAL';

export type IncludeKeyMaterial =
  | 'ALL_KEY_MATERIAL'
  | 'ROTATIONS_ONLY';

export type KeyAgreementAlgorithmSpec =
  | 'ECDH';

export type KeyEncryptionMechanism =
  | 'RSAES_OAEP_SHA_256';

export type KeyLastUsageTrackingOperation =
  | 'Decrypt'
  | 'DeriveSharedSecret'
  | 'Encrypt'
  | 'GenerateDataKey'
  | 'GenerateDataKeyPair'
  | 'GenerateDataKeyPairWithoutPlaintext'
  | 'GenerateDataKeyWithoutPlaintext'
  | 'GenerateMac'
  | 'ReEncrypt'
  | 'Sign'
  | 'Verify'
  | 'VerifyMac'
  | 'Encapsulate'
  | 'Decapsulate';

export type KeyManagerType =
  | 'AWS'
  | 'CUSTOMER';

export type KeyMaterialState =
  | 'NON_CURRENT'
  | 'CURRENT'
  | 'PENDING_ROTATION'
  | 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION';

export type KeySpec =
  | 'RSA_2048'
  | 'RSA_3072'
  | 'RSA_4096'
  | 'ECC_NIST_P256'
  | 'ECC_NIST_P384'
  | 'ECC_NIST_P521'
  | 'ECC_SECG_P256K1'
  | 'ECC_NIST_EDWARDS25519'
  | 'SYMMETRIC_DEFAULT'
  | 'HMAC_224'
  | 'HMAC_256'
  | 'HMAC_384'
  | 'HMAC_512'
  | 'SM2'
  | 'ML_DSA_44'
  | 'ML_DSA_65'
  | 'ML_DSA_87'
  | 'ML_KEM_512'
  | 'ML_KEM_768'
  | 'ML_KEM_1024';

export type KeyState =
  | 'Creating'
  | 'Enabled'
  | 'Disabled'
  | 'PendingDeletion'
  | 'PendingImport'
  | 'PendingReplicaDeletion'
  | 'Unavailable'
  | 'Updating';

export type KeyUsageType =
  | 'SIGN_VERIFY'
  | 'ENCRYPT_DECRYPT'
  | 'GENERATE_VERIFY_MAC'
  | 'KEY_AGREEMENT'
  | 'ENCAPSULATE_DECAPSULATE';

export type MacAlgorithmSpec =
  | 'HMAC_SHA_384'
  | 'HMAC_SHA_256'
  | 'HMAC_SHA_224'
  | 'HMAC_SHA_512';

export type MessageType =
  | 'RAW'
  | 'DIGEST'
  | 'EXTERNAL_MU';

export type MultiRegionKeyType =
  | 'PRIMARY'
  | 'REPLICA';

export type OriginType =
  | 'AWS_KMS'
  | 'EXTERNAL'
  | 'AWS_CLOUDHSM'
  | 'EXTERNAL_KEY_STORE';

export type ResourceOwnerType =
  | 'SELF'
  | 'OTHER_ACCOUNTS_VIA_RAM';

export type RotationType =
  | 'AUTOMATIC'
  | 'ON_DEMAND';

export type SigningAlgorithmSpec =
  | 'RSASSA_PSS_SHA_256'
  | 'RSASSA_PSS_SHA_384'
  | 'RSASSA_PSS_SHA_512'
  | 'RSASSA_PKCS1_V1_5_SHA_256'
  | 'RSASSA_PKCS1_V1_5_SHA_384'
  | 'RSASSA_PKCS1_V1_5_SHA_512'
  | 'ECDSA_SHA_256'
  | 'ECDSA_SHA_384'
  | 'ECDSA_SHA_512'
  | 'ED25519_SHA_512'
  | 'ED25519_PH_SHA_512'
  | 'SM2DSA'
  | 'ML_DSA_SHAKE_256';

export type WrappingKeySpec =
  | 'RSA_2048'
  | 'RSA_3072'
  | 'RSA_4096'
  | 'SM2';

export type XksProxyConnectivityType =
  | 'PUBLIC_ENDPOINT'
  | 'VPC_ENDPOINT_SERVICE';

export interface AliasListEntry {
  /** 1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`. */
  AliasName?: string;
  /** 20 to 2048 characters. */
  AliasArn?: string;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  TargetKeyId?: string;
  CreationDate?: Date;
  LastUpdatedDate?: Date;
}

export interface CancelKeyDeletionRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
}

export interface CancelKeyDeletionResponse {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
}

export interface ConnectCustomKeyStoreRequest {
  /** 1 to 64 characters. */
  CustomKeyStoreId: string;
}

export interface ConnectCustomKeyStoreResponse {
}

export interface CreateAliasRequest {
  /** 1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`. */
  AliasName: string;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  TargetKeyId: string;
}

export interface CreateCustomKeyStoreRequest {
  /** 1 to 256 characters. */
  CustomKeyStoreName: string;
  /** 19 to 24 characters, matching `cluster-[2-7a-zA-Z]{11,16}`. */
  CloudHsmClusterId?: string | undefined;
  /** 1 to 5000 characters. */
  TrustAnchorCertificate?: string | undefined;
  /** 7 to 32 characters, sensitive. */
  KeyStorePassword?: string | undefined;
  CustomKeyStoreType?: CustomKeyStoreType | undefined;
  /** 10 to 128 characters, matching `^https://[a-zA-Z0-9.-]+$`. */
  XksProxyUriEndpoint?: string | undefined;
  /** 10 to 128 characters, matching `^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$`. */
  XksProxyUriPath?: string | undefined;
  /** 20 to 64 characters, matching `^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$`. */
  XksProxyVpcEndpointServiceName?: string | undefined;
  /** 12 characters, matching `[0-9]{12}`. */
  XksProxyVpcEndpointServiceOwner?: string | undefined;
  XksProxyAuthenticationCredential?: XksProxyAuthenticationCredentialType | undefined;
  XksProxyConnectivity?: XksProxyConnectivityType | undefined;
}

export interface CreateCustomKeyStoreResponse {
  /** 1 to 64 characters. */
  CustomKeyStoreId: string;
}

export interface CreateGrantRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 256 characters, matching `^[\w+=,.@:/-]+$`. */
  GranteePrincipal?: string | undefined;
  /** 1 to 256 characters, matching `^[\w+=,.@:/-]+$`. */
  RetiringPrincipal?: string | undefined;
  Operations: GrantOperation[];
  Constraints?: GrantConstraints | undefined;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
  /** 1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`. */
  Name?: string | undefined;
  DryRun?: boolean | undefined;
  /** 1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`. */
  GranteeServicePrincipal?: string | undefined;
  /** 1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`. */
  RetiringServicePrincipal?: string | undefined;
}

export interface CreateGrantResponse {
  /** 1 to 8192 characters. */
  GrantToken: string;
  /** 1 to 128 characters. */
  GrantId: string;
}

export interface CreateKeyRequest {
  /** 1 to 131072 characters, matching `[\u0009\u000A\u000D\u0020-\u00FF]+`. */
  Policy?: string | undefined;
  /** 0 to 8192 characters. */
  Description?: string | undefined;
  KeyUsage?: KeyUsageType | undefined;
  CustomerMasterKeySpec?: CustomerMasterKeySpec | undefined;
  KeySpec?: KeySpec | undefined;
  Origin?: OriginType | undefined;
  /** 1 to 64 characters. */
  CustomKeyStoreId?: string | undefined;
  BypassPolicyLockoutSafetyCheck?: boolean | undefined;
  Tags?: Tag[] | undefined;
  MultiRegion?: boolean | undefined;
  /** 1 to 128 characters, matching `^[a-zA-Z0-9-_.]+$`. */
  XksKeyId?: string | undefined;
}

export interface CreateKeyResponse {
  KeyMetadata: KeyMetadata;
}

export interface CustomKeyStoresListEntry {
  /** 1 to 64 characters. */
  CustomKeyStoreId?: string;
  /** 1 to 256 characters. */
  CustomKeyStoreName?: string;
  /** 19 to 24 characters, matching `cluster-[2-7a-zA-Z]{11,16}`. */
  CloudHsmClusterId?: string;
  /** 1 to 5000 characters. */
  TrustAnchorCertificate?: string;
  ConnectionState?: ConnectionStateType;
  ConnectionErrorCode?: ConnectionErrorCodeType;
  CreationDate?: Date;
  CustomKeyStoreType?: CustomKeyStoreType;
  XksProxyConfiguration?: XksProxyConfigurationType;
}

export interface DecapsulateRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 6144 bytes. */
  SharedSecretCiphertextBlob: Uint8Array;
  EncapsulationAlgorithm: EncapsulationAlgorithmSpec;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
  DryRun?: boolean | undefined;
}

export interface DecapsulateResponse {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 4096 bytes, sensitive. */
  SharedSecret: Uint8Array;
  EncapsulationAlgorithm: EncapsulationAlgorithmSpec;
}

export interface DecryptRequest {
  /** 1 to 6144 bytes. */
  CiphertextBlob?: Uint8Array | undefined;
  EncryptionContext?: Record<string, string> | undefined;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId?: string | undefined;
  EncryptionAlgorithm?: EncryptionAlgorithmSpec | undefined;
  Recipient?: RecipientInfo | undefined;
  DryRun?: boolean | undefined;
  DryRunModifiers?: DryRunModifierType[] | undefined;
}

export interface DecryptResponse {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId?: string;
  /** 1 to 4096 bytes, sensitive. */
  Plaintext?: Uint8Array;
  EncryptionAlgorithm?: EncryptionAlgorithmSpec;
  /** 1 to 6144 bytes. */
  CiphertextForRecipient?: Uint8Array;
  /** 64 characters, matching `^[a-f0-9]+$`. */
  KeyMaterialId?: string;
}

export interface DeleteAliasRequest {
  /** 1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`. */
  AliasName: string;
}

export interface DeleteCustomKeyStoreRequest {
  /** 1 to 64 characters. */
  CustomKeyStoreId: string;
}

export interface DeleteCustomKeyStoreResponse {
}

export interface DeleteImportedKeyMaterialRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 64 characters, matching `^[a-f0-9]+$`. */
  KeyMaterialId?: string | undefined;
}

export interface DeleteImportedKeyMaterialResponse {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId?: string;
  /** 0 to 64 characters, matching `^[a-f0-9]+$`. */
  KeyMaterialId?: string;
}

export interface DeriveSharedSecretRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  KeyAgreementAlgorithm: KeyAgreementAlgorithmSpec;
  /** 1 to 8192 bytes. */
  PublicKey: Uint8Array;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
  DryRun?: boolean | undefined;
  Recipient?: RecipientInfo | undefined;
}

export interface DeriveSharedSecretResponse {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 4096 bytes, sensitive. */
  SharedSecret?: Uint8Array;
  /** 1 to 6144 bytes. */
  CiphertextForRecipient?: Uint8Array;
  KeyAgreementAlgorithm: KeyAgreementAlgorithmSpec;
  KeyOrigin: OriginType;
}

export interface DescribeCustomKeyStoresRequest {
  /** 1 to 64 characters. */
  CustomKeyStoreId?: string | undefined;
  /** 1 to 256 characters. */
  CustomKeyStoreName?: string | undefined;
  /** 1 to 1000. */
  Limit?: number | undefined;
  /** 1 to 1024 characters, matching `[\u0020-\u00FF]*`. */
  Marker?: string | undefined;
}

export interface DescribeCustomKeyStoresResponse {
  CustomKeyStores: CustomKeyStoresListEntry[];
  /** 1 to 1024 characters, matching `[\u0020-\u00FF]*`. */
  NextMarker?: string;
  Truncated: boolean;
}

export interface DescribeKeyRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
}

export interface DescribeKeyResponse {
  KeyMetadata: KeyMetadata;
}

export interface DisableKeyRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
}

export interface DisableKeyRotationRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
}

export interface DisconnectCustomKeyStoreRequest {
  /** 1 to 64 characters. */
  CustomKeyStoreId: string;
}

export interface DisconnectCustomKeyStoreResponse {
}

export interface EnableKeyRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
}

export interface EnableKeyRotationRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 90 to 2560. */
  RotationPeriodInDays?: number | undefined;
}

export interface EncapsulateRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  EncapsulationAlgorithm: EncapsulationAlgorithmSpec;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
  DryRun?: boolean | undefined;
}

export interface EncapsulateResponse {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 4096 bytes, sensitive. */
  SharedSecret: Uint8Array;
  /** 1 to 6144 bytes. */
  SharedSecretCiphertextBlob: Uint8Array;
  EncapsulationAlgorithm: EncapsulationAlgorithmSpec;
}

export interface EncryptRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 4096 bytes, sensitive. */
  Plaintext: Uint8Array;
  EncryptionContext?: Record<string, string> | undefined;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
  EncryptionAlgorithm?: EncryptionAlgorithmSpec | undefined;
  DryRun?: boolean | undefined;
}

export interface EncryptResponse {
  /** 1 to 6144 bytes. */
  CiphertextBlob: Uint8Array;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  EncryptionAlgorithm: EncryptionAlgorithmSpec;
}

export interface GenerateDataKeyPairRequest {
  EncryptionContext?: Record<string, string> | undefined;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  KeyPairSpec: DataKeyPairSpec;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
  Recipient?: RecipientInfo | undefined;
  DryRun?: boolean | undefined;
}

export interface GenerateDataKeyPairResponse {
  /** 1 to 6144 bytes. */
  PrivateKeyCiphertextBlob?: Uint8Array;
  /** 1 to 4096 bytes, sensitive. */
  PrivateKeyPlaintext?: Uint8Array;
  /** 1 to 8192 bytes. */
  PublicKey?: Uint8Array;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId?: string;
  KeyPairSpec?: DataKeyPairSpec;
  /** 1 to 6144 bytes. */
  CiphertextForRecipient?: Uint8Array;
  /** 64 characters, matching `^[a-f0-9]+$`. */
  KeyMaterialId?: string;
}

export interface GenerateDataKeyPairWithoutPlaintextRequest {
  EncryptionContext?: Record<string, string> | undefined;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  KeyPairSpec: DataKeyPairSpec;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
  DryRun?: boolean | undefined;
}

export interface GenerateDataKeyPairWithoutPlaintextResponse {
  /** 1 to 6144 bytes. */
  PrivateKeyCiphertextBlob: Uint8Array;
  /** 1 to 8192 bytes. */
  PublicKey: Uint8Array;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  KeyPairSpec: DataKeyPairSpec;
  /** 64 characters, matching `^[a-f0-9]+$`. */
  KeyMaterialId?: string;
}

export interface GenerateDataKeyRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  EncryptionContext?: Record<string, string> | undefined;
  /** 1 to 1024. */
  NumberOfBytes?: number | undefined;
  KeySpec?: DataKeySpec | undefined;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
  Recipient?: RecipientInfo | undefined;
  DryRun?: boolean | undefined;
}

export interface GenerateDataKeyResponse {
  /** 1 to 6144 bytes. */
  CiphertextBlob?: Uint8Array;
  /** 1 to 4096 bytes, sensitive. */
  Plaintext?: Uint8Array;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId?: string;
  /** 1 to 6144 bytes. */
  CiphertextForRecipient?: Uint8Array;
  /** 64 characters, matching `^[a-f0-9]+$`. */
  KeyMaterialId?: string;
}

export interface GenerateDataKeyWithoutPlaintextRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  EncryptionContext?: Record<string, string> | undefined;
  KeySpec?: DataKeySpec | undefined;
  /** 1 to 1024. */
  NumberOfBytes?: number | undefined;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
  DryRun?: boolean | undefined;
}

export interface GenerateDataKeyWithoutPlaintextResponse {
  /** 1 to 6144 bytes. */
  CiphertextBlob: Uint8Array;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 64 characters, matching `^[a-f0-9]+$`. */
  KeyMaterialId?: string;
}

export interface GenerateMacRequest {
  /** 1 to 4096 bytes, sensitive. */
  Message: Uint8Array;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  MacAlgorithm: MacAlgorithmSpec;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
  DryRun?: boolean | undefined;
}

export interface GenerateMacResponse {
  /** 1 to 6144 bytes. */
  Mac: Uint8Array;
  MacAlgorithm: MacAlgorithmSpec;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
}

export interface GenerateRandomRequest {
  /** 1 to 1024. */
  NumberOfBytes?: number | undefined;
  /** 1 to 64 characters. */
  CustomKeyStoreId?: string | undefined;
  Recipient?: RecipientInfo | undefined;
}

export interface GenerateRandomResponse {
  /** 1 to 4096 bytes, sensitive. */
  Plaintext?: Uint8Array;
  /** 1 to 6144 bytes. */
  CiphertextForRecipient?: Uint8Array;
}

export interface GetKeyLastUsageRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
}

export interface GetKeyLastUsageResponse {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  KeyLastUsage: KeyLastUsageData;
  TrackingStartDate: Date;
  KeyCreationDate: Date;
}

export interface GetKeyPolicyRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 128 characters, matching `[\w]+`. */
  PolicyName?: string | undefined;
}

export interface GetKeyPolicyResponse {
  /** 1 to 131072 characters, matching `[\u0009\u000A\u000D\u0020-\u00FF]+`. */
  Policy: string;
  /** 1 to 128 characters, matching `[\w]+`. */
  PolicyName: string;
}

export interface GetKeyRotationStatusRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
}

export interface GetKeyRotationStatusResponse {
  KeyRotationEnabled: boolean;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 90 to 2560. */
  RotationPeriodInDays?: number;
  NextRotationDate?: Date;
  OnDemandRotationStartDate?: Date;
}

export interface GetParametersForImportRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  WrappingAlgorithm: AlgorithmSpec;
  WrappingKeySpec: WrappingKeySpec;
}

export interface GetParametersForImportResponse {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId?: string;
  /** 1 to 6144 bytes. */
  ImportToken?: Uint8Array;
  /** 1 to 4096 bytes, sensitive. */
  PublicKey?: Uint8Array;
  ParametersValidTo?: Date;
}

export interface GetPublicKeyRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
}

export interface GetPublicKeyResponse {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId?: string;
  /** 1 to 8192 bytes. */
  PublicKey?: Uint8Array;
  CustomerMasterKeySpec?: CustomerMasterKeySpec;
  KeySpec?: KeySpec;
  KeyUsage?: KeyUsageType;
  EncryptionAlgorithms?: EncryptionAlgorithmSpec[];
  SigningAlgorithms?: SigningAlgorithmSpec[];
  KeyAgreementAlgorithms?: KeyAgreementAlgorithmSpec[];
  EncapsulationAlgorithms?: EncapsulationAlgorithmSpec[];
}

export interface GrantConstraints {
  EncryptionContextSubset?: Record<string, string> | undefined;
  EncryptionContextEquals?: Record<string, string> | undefined;
  /** 20 to 512 characters, matching `^arn:aws[a-z0-9-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{12}:.+$`. */
  SourceArn?: string | undefined;
}

export interface GrantListEntry {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId?: string;
  /** 1 to 128 characters. */
  GrantId?: string;
  /** 1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`. */
  Name?: string;
  CreationDate?: Date;
  /** 1 to 256 characters, matching `^[\w+=,.@:/-]+$`. */
  GranteePrincipal?: string;
  /** 1 to 256 characters, matching `^[\w+=,.@:/-]+$`. */
  RetiringPrincipal?: string;
  /** 1 to 256 characters, matching `^[\w+=,.@:/-]+$`. */
  IssuingAccount?: string;
  Operations?: GrantOperation[];
  Constraints?: GrantConstraints;
  /** 1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`. */
  GranteeServicePrincipal?: string;
  /** 1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`. */
  RetiringServicePrincipal?: string;
}

export interface ImportKeyMaterialRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 6144 bytes. */
  ImportToken: Uint8Array;
  /** 1 to 6144 bytes. */
  EncryptedKeyMaterial: Uint8Array;
  ValidTo?: Date | number | undefined;
  ExpirationModel?: ExpirationModelType | undefined;
  ImportType?: ImportType | undefined;
  /** 0 to 256 characters, matching `^[a-zA-Z0-9:/_\s.-]+$`. */
  KeyMaterialDescription?: string | undefined;
  /** 64 characters, matching `^[a-f0-9]+$`. */
  KeyMaterialId?: string | undefined;
}

export interface ImportKeyMaterialResponse {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId?: string;
  /** 64 characters, matching `^[a-f0-9]+$`. */
  KeyMaterialId?: string;
}

export interface KeyLastUsageData {
  Operation?: KeyLastUsageTrackingOperation;
  Timestamp?: Date;
  CloudTrailEventId?: string;
  KmsRequestId?: string;
}

export interface KeyListEntry {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId?: string;
  /** 20 to 2048 characters. */
  KeyArn?: string;
}

export interface KeyMetadata {
  AWSAccountId?: string;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 20 to 2048 characters. */
  Arn?: string;
  CreationDate?: Date;
  Enabled?: boolean;
  /** 0 to 8192 characters. */
  Description?: string;
  KeyUsage?: KeyUsageType;
  KeyState?: KeyState;
  DeletionDate?: Date;
  ValidTo?: Date;
  Origin?: OriginType;
  /** 1 to 64 characters. */
  CustomKeyStoreId?: string;
  /** 19 to 24 characters, matching `cluster-[2-7a-zA-Z]{11,16}`. */
  CloudHsmClusterId?: string;
  ExpirationModel?: ExpirationModelType;
  KeyManager?: KeyManagerType;
  CustomerMasterKeySpec?: CustomerMasterKeySpec;
  KeySpec?: KeySpec;
  EncryptionAlgorithms?: EncryptionAlgorithmSpec[];
  SigningAlgorithms?: SigningAlgorithmSpec[];
  KeyAgreementAlgorithms?: KeyAgreementAlgorithmSpec[];
  EncapsulationAlgorithms?: EncapsulationAlgorithmSpec[];
  MultiRegion?: boolean;
  MultiRegionConfiguration?: MultiRegionConfiguration;
  /** 1 to 365. */
  PendingDeletionWindowInDays?: number;
  MacAlgorithms?: MacAlgorithmSpec[];
  XksKeyConfiguration?: XksKeyConfigurationType;
  /** 64 characters, matching `^[a-f0-9]+$`. */
  CurrentKeyMaterialId?: string;
}

export interface ListAliasesRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId?: string | undefined;
  /** 1 to 1000. */
  Limit?: number | undefined;
  /** 1 to 1024 characters, matching `[\u0020-\u00FF]*`. */
  Marker?: string | undefined;
}

export interface ListAliasesResponse {
  Aliases: AliasListEntry[];
  /** 1 to 1024 characters, matching `[\u0020-\u00FF]*`. */
  NextMarker?: string;
  Truncated: boolean;
}

export interface ListGrantsRequest {
  /** 1 to 1000. */
  Limit?: number | undefined;
  /** 1 to 1024 characters, matching `[\u0020-\u00FF]*`. */
  Marker?: string | undefined;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 128 characters. */
  GrantId?: string | undefined;
  /** 1 to 256 characters, matching `^[\w+=,.@:/-]+$`. */
  GranteePrincipal?: string | undefined;
  /** 1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`. */
  GranteeServicePrincipal?: string | undefined;
}

export interface ListGrantsResponse {
  Grants: GrantListEntry[];
  /** 1 to 1024 characters, matching `[\u0020-\u00FF]*`. */
  NextMarker?: string;
  Truncated: boolean;
}

export interface ListKeyPoliciesRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 1000. */
  Limit?: number | undefined;
  /** 1 to 1024 characters, matching `[\u0020-\u00FF]*`. */
  Marker?: string | undefined;
}

export interface ListKeyPoliciesResponse {
  PolicyNames: string[];
  /** 1 to 1024 characters, matching `[\u0020-\u00FF]*`. */
  NextMarker?: string;
  Truncated: boolean;
}

export interface ListKeyRotationsRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  IncludeKeyMaterial?: IncludeKeyMaterial | undefined;
  /** 1 to 1000. */
  Limit?: number | undefined;
  /** 1 to 1024 characters, matching `[\u0020-\u00FF]*`. */
  Marker?: string | undefined;
}

export interface ListKeyRotationsResponse {
  Rotations: RotationsListEntry[];
  /** 1 to 1024 characters, matching `[\u0020-\u00FF]*`. */
  NextMarker?: string;
  Truncated: boolean;
}

export interface ListKeysRequest {
  /** 1 to 1000. */
  Limit?: number | undefined;
  /** 1 to 1024 characters, matching `[\u0020-\u00FF]*`. */
  Marker?: string | undefined;
  /** 1 to 2 elements. */
  ResourceOwners?: ResourceOwnerType[] | undefined;
}

export interface ListKeysResponse {
  Keys: KeyListEntry[];
  /** 1 to 1024 characters, matching `[\u0020-\u00FF]*`. */
  NextMarker?: string;
  Truncated: boolean;
}

export interface ListResourceTagsRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 1000. */
  Limit?: number | undefined;
  /** 1 to 1024 characters, matching `[\u0020-\u00FF]*`. */
  Marker?: string | undefined;
}

export interface ListResourceTagsResponse {
  Tags: Tag[];
  /** 1 to 1024 characters, matching `[\u0020-\u00FF]*`. */
  NextMarker?: string;
  Truncated: boolean;
}

export interface ListRetirableGrantsRequest {
  /** 1 to 1000. */
  Limit?: number | undefined;
  /** 1 to 1024 characters, matching `[\u0020-\u00FF]*`. */
  Marker?: string | undefined;
  /** 1 to 256 characters, matching `^[\w+=,.@:/-]+$`. */
  RetiringPrincipal?: string | undefined;
  /** 1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`. */
  RetiringServicePrincipal?: string | undefined;
}

export interface MultiRegionConfiguration {
  MultiRegionKeyType?: MultiRegionKeyType;
  PrimaryKey?: MultiRegionKey;
  ReplicaKeys?: MultiRegionKey[];
}

export interface MultiRegionKey {
  /** 20 to 2048 characters. */
  Arn?: string;
  /** 1 to 32 characters, matching `^([a-z]+-){2,3}\d+$`. */
  Region?: string;
}

export interface PutKeyPolicyRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 128 characters, matching `[\w]+`. */
  PolicyName?: string | undefined;
  /** 1 to 131072 characters, matching `[\u0009\u000A\u000D\u0020-\u00FF]+`. */
  Policy: string;
  BypassPolicyLockoutSafetyCheck?: boolean | undefined;
}

export interface ReEncryptRequest {
  /** 1 to 6144 bytes. */
  CiphertextBlob?: Uint8Array | undefined;
  SourceEncryptionContext?: Record<string, string> | undefined;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  SourceKeyId?: string | undefined;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  DestinationKeyId: string;
  DestinationEncryptionContext?: Record<string, string> | undefined;
  SourceEncryptionAlgorithm?: EncryptionAlgorithmSpec | undefined;
  DestinationEncryptionAlgorithm?: EncryptionAlgorithmSpec | undefined;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
  DryRun?: boolean | undefined;
  DryRunModifiers?: DryRunModifierType[] | undefined;
}

export interface ReEncryptResponse {
  /** 1 to 6144 bytes. */
  CiphertextBlob: Uint8Array;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  SourceKeyId: string;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  SourceEncryptionAlgorithm: EncryptionAlgorithmSpec;
  DestinationEncryptionAlgorithm: EncryptionAlgorithmSpec;
  /** 64 characters, matching `^[a-f0-9]+$`. */
  SourceKeyMaterialId?: string;
  /** 64 characters, matching `^[a-f0-9]+$`. */
  DestinationKeyMaterialId?: string;
}

export interface RecipientInfo {
  KeyEncryptionAlgorithm?: KeyEncryptionMechanism | undefined;
  /** 1 to 262144 bytes. */
  AttestationDocument?: Uint8Array | undefined;
}

export interface ReplicateKeyRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 32 characters, matching `^([a-z]+-){2,3}\d+$`. */
  ReplicaRegion: string;
  /** 1 to 131072 characters, matching `[\u0009\u000A\u000D\u0020-\u00FF]+`. */
  Policy?: string | undefined;
  BypassPolicyLockoutSafetyCheck?: boolean | undefined;
  /** 0 to 8192 characters. */
  Description?: string | undefined;
  Tags?: Tag[] | undefined;
}

export interface ReplicateKeyResponse {
  ReplicaKeyMetadata: KeyMetadata;
  /** 1 to 131072 characters, matching `[\u0009\u000A\u000D\u0020-\u00FF]+`. */
  ReplicaPolicy: string;
  ReplicaTags?: Tag[];
}

export interface RetireGrantRequest {
  /** 1 to 8192 characters. */
  GrantToken?: string | undefined;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId?: string | undefined;
  /** 1 to 128 characters. */
  GrantId?: string | undefined;
  DryRun?: boolean | undefined;
}

export interface RevokeGrantRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 128 characters. */
  GrantId: string;
  DryRun?: boolean | undefined;
}

export interface RotateKeyOnDemandRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
}

export interface RotateKeyOnDemandResponse {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
}

export interface RotationsListEntry {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId?: string;
  /** 64 characters, matching `^[a-f0-9]+$`. */
  KeyMaterialId?: string;
  /** 0 to 256 characters, matching `^[a-zA-Z0-9:/_\s.-]+$`. */
  KeyMaterialDescription?: string;
  ImportState?: ImportState;
  KeyMaterialState?: KeyMaterialState;
  ExpirationModel?: ExpirationModelType;
  ValidTo?: Date;
  RotationDate?: Date;
  RotationType?: RotationType;
}

export interface ScheduleKeyDeletionRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 365. */
  PendingWindowInDays?: number | undefined;
}

export interface ScheduleKeyDeletionResponse {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  DeletionDate?: Date;
  KeyState: KeyState;
  /** 1 to 365. */
  PendingWindowInDays: number;
}

export interface SignRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 4096 bytes, sensitive. */
  Message: Uint8Array;
  MessageType?: MessageType | undefined;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
  SigningAlgorithm: SigningAlgorithmSpec;
  DryRun?: boolean | undefined;
}

export interface SignResponse {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 6144 bytes. */
  Signature: Uint8Array;
  SigningAlgorithm: SigningAlgorithmSpec;
}

export interface Tag {
  /** 1 to 128 characters. */
  TagKey: string;
  /** 0 to 256 characters. */
  TagValue: string;
}

export interface TagResourceRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  Tags: Tag[];
}

export interface UntagResourceRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  TagKeys: string[];
}

export interface UpdateAliasRequest {
  /** 1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`. */
  AliasName: string;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  TargetKeyId: string;
}

export interface UpdateCustomKeyStoreRequest {
  /** 1 to 64 characters. */
  CustomKeyStoreId: string;
  /** 1 to 256 characters. */
  NewCustomKeyStoreName?: string | undefined;
  /** 7 to 32 characters, sensitive. */
  KeyStorePassword?: string | undefined;
  /** 19 to 24 characters, matching `cluster-[2-7a-zA-Z]{11,16}`. */
  CloudHsmClusterId?: string | undefined;
  /** 10 to 128 characters, matching `^https://[a-zA-Z0-9.-]+$`. */
  XksProxyUriEndpoint?: string | undefined;
  /** 10 to 128 characters, matching `^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$`. */
  XksProxyUriPath?: string | undefined;
  /** 20 to 64 characters, matching `^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$`. */
  XksProxyVpcEndpointServiceName?: string | undefined;
  /** 12 characters, matching `[0-9]{12}`. */
  XksProxyVpcEndpointServiceOwner?: string | undefined;
  XksProxyAuthenticationCredential?: XksProxyAuthenticationCredentialType | undefined;
  XksProxyConnectivity?: XksProxyConnectivityType | undefined;
}

export interface UpdateCustomKeyStoreResponse {
}

export interface UpdateKeyDescriptionRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 0 to 8192 characters. */
  Description: string;
}

export interface UpdatePrimaryRegionRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 32 characters, matching `^([a-z]+-){2,3}\d+$`. */
  PrimaryRegion: string;
}

export interface VerifyMacRequest {
  /** 1 to 4096 bytes, sensitive. */
  Message: Uint8Array;
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  MacAlgorithm: MacAlgorithmSpec;
  /** 1 to 6144 bytes. */
  Mac: Uint8Array;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
  DryRun?: boolean | undefined;
}

export interface VerifyMacResponse {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  MacValid: boolean;
  MacAlgorithm: MacAlgorithmSpec;
}

export interface VerifyRequest {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  /** 1 to 4096 bytes, sensitive. */
  Message: Uint8Array;
  MessageType?: MessageType | undefined;
  /** 1 to 6144 bytes. */
  Signature: Uint8Array;
  SigningAlgorithm: SigningAlgorithmSpec;
  /** 0 to 10 elements. */
  GrantTokens?: string[] | undefined;
  DryRun?: boolean | undefined;
}

export interface VerifyResponse {
  /** 1 to 2048 characters, matching `^\p{ASCII}+$`. */
  KeyId: string;
  SignatureValid: boolean;
  SigningAlgorithm: SigningAlgorithmSpec;
}

export interface XksKeyConfigurationType {
  /** 1 to 128 characters, matching `^[a-zA-Z0-9-_.]+$`. */
  Id?: string;
}

export interface XksProxyAuthenticationCredentialType {
  /** 20 to 30 characters, matching `^[A-Z2-7]+$`, sensitive. */
  AccessKeyId: string;
  /** 43 to 64 characters, matching `^[a-zA-Z0-9\/+=]+$`, sensitive. */
  RawSecretAccessKey: string;
}

export interface XksProxyConfigurationType {
  Connectivity?: XksProxyConnectivityType;
  /** 20 to 30 characters, matching `^[A-Z2-7]+$`, sensitive. */
  AccessKeyId?: string;
  /** 10 to 128 characters, matching `^https://[a-zA-Z0-9.-]+$`. */
  UriEndpoint?: string;
  /** 10 to 128 characters, matching `^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$`. */
  UriPath?: string;
  /** 20 to 64 characters, matching `^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$`. */
  VpcEndpointServiceName?: string;
  /** 12 characters, matching `[0-9]{12}`. */
  VpcEndpointServiceOwner?: string;
}

/** The reply of an operation that replies nothing. */
export type Nothing = Record<string, never>;

/** Each operation's name, its request and its reply. */
export interface Operations {
  CancelKeyDeletion: [CancelKeyDeletionRequest, CancelKeyDeletionResponse];
  ConnectCustomKeyStore: [ConnectCustomKeyStoreRequest, ConnectCustomKeyStoreResponse];
  CreateAlias: [CreateAliasRequest, Nothing];
  CreateCustomKeyStore: [CreateCustomKeyStoreRequest, CreateCustomKeyStoreResponse];
  CreateGrant: [CreateGrantRequest, CreateGrantResponse];
  CreateKey: [CreateKeyRequest, CreateKeyResponse];
  Decapsulate: [DecapsulateRequest, DecapsulateResponse];
  Decrypt: [DecryptRequest, DecryptResponse];
  DeleteAlias: [DeleteAliasRequest, Nothing];
  DeleteCustomKeyStore: [DeleteCustomKeyStoreRequest, DeleteCustomKeyStoreResponse];
  DeleteImportedKeyMaterial: [DeleteImportedKeyMaterialRequest, DeleteImportedKeyMaterialResponse];
  DeriveSharedSecret: [DeriveSharedSecretRequest, DeriveSharedSecretResponse];
  DescribeCustomKeyStores: [DescribeCustomKeyStoresRequest, DescribeCustomKeyStoresResponse];
  DescribeKey: [DescribeKeyRequest, DescribeKeyResponse];
  DisableKey: [DisableKeyRequest, Nothing];
  DisableKeyRotation: [DisableKeyRotationRequest, Nothing];
  DisconnectCustomKeyStore: [DisconnectCustomKeyStoreRequest, DisconnectCustomKeyStoreResponse];
  EnableKey: [EnableKeyRequest, Nothing];
  EnableKeyRotation: [EnableKeyRotationRequest, Nothing];
  Encapsulate: [EncapsulateRequest, EncapsulateResponse];
  Encrypt: [EncryptRequest, EncryptResponse];
  GenerateDataKey: [GenerateDataKeyRequest, GenerateDataKeyResponse];
  GenerateDataKeyPair: [GenerateDataKeyPairRequest, GenerateDataKeyPairResponse];
  GenerateDataKeyPairWithoutPlaintext: [GenerateDataKeyPairWithoutPlaintextRequest, GenerateDataKeyPairWithoutPlaintextResponse];
  GenerateDataKeyWithoutPlaintext: [GenerateDataKeyWithoutPlaintextRequest, GenerateDataKeyWithoutPlaintextResponse];
  GenerateMac: [GenerateMacRequest, GenerateMacResponse];
  GenerateRandom: [GenerateRandomRequest, GenerateRandomResponse];
  GetKeyLastUsage: [GetKeyLastUsageRequest, GetKeyLastUsageResponse];
  GetKeyPolicy: [GetKeyPolicyRequest, GetKeyPolicyResponse];
  GetKeyRotationStatus: [GetKeyRotationStatusRequest, GetKeyRotationStatusResponse];
  GetParametersForImport: [GetParametersForImportRequest, GetParametersForImportResponse];
  GetPublicKey: [GetPublicKeyRequest, GetPublicKeyResponse];
  ImportKeyMaterial: [ImportKeyMaterialRequest, ImportKeyMaterialResponse];
  ListAliases: [ListAliasesRequest, ListAliasesResponse];
  ListGrants: [ListGrantsRequest, ListGrantsResponse];
  ListKeyPolicies: [ListKeyPoliciesRequest, ListKeyPoliciesResponse];
  ListKeyRotations: [ListKeyRotationsRequest, ListKeyRotationsResponse];
  ListKeys: [ListKeysRequest, ListKeysResponse];
  ListResourceTags: [ListResourceTagsRequest, ListResourceTagsResponse];
  ListRetirableGrants: [ListRetirableGrantsRequest, ListGrantsResponse];
  PutKeyPolicy: [PutKeyPolicyRequest, Nothing];
  ReEncrypt: [ReEncryptRequest, ReEncryptResponse];
  ReplicateKey: [ReplicateKeyRequest, ReplicateKeyResponse];
  RetireGrant: [RetireGrantRequest, Nothing];
  RevokeGrant: [RevokeGrantRequest, Nothing];
  RotateKeyOnDemand: [RotateKeyOnDemandRequest, RotateKeyOnDemandResponse];
  ScheduleKeyDeletion: [ScheduleKeyDeletionRequest, ScheduleKeyDeletionResponse];
  Sign: [SignRequest, SignResponse];
  TagResource: [TagResourceRequest, Nothing];
  UntagResource: [UntagResourceRequest, Nothing];
  UpdateAlias: [UpdateAliasRequest, Nothing];
  UpdateCustomKeyStore: [UpdateCustomKeyStoreRequest, UpdateCustomKeyStoreResponse];
  UpdateKeyDescription: [UpdateKeyDescriptionRequest, Nothing];
  UpdatePrimaryRegion: [UpdatePrimaryRegionRequest, Nothing];
  Verify: [VerifyRequest, VerifyResponse];
  VerifyMac: [VerifyMacRequest, VerifyMacResponse];
}
