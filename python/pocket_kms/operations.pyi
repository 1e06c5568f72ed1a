"""The requests and replies of every operation, printed from the tables of the core by `cargo xtask types`."""

from datetime import datetime
from typing import Literal, Protocol, overload

from typing_extensions import NotRequired, TypeAlias, TypedDict

AlgorithmSpec: TypeAlias = Literal[
    "RSAES_OAEP_SHA_1",
    "RSAES_OAEP_SHA_256",
    "RSAES_PKCS1_V1_5",
    "RSA_AES_KEY_WRAP_SHA_1",
    "RSA_AES_KEY_WRAP_SHA_256",
    "SM2PKE",
]

ConnectionErrorCodeType: TypeAlias = Literal[
    "INVALID_CREDENTIALS",
    "CLUSTER_NOT_FOUND",
    "NETWORK_ERRORS",
    "INTERNAL_ERROR",
    "INSUFFICIENT_CLOUDHSM_HSMS",
    "USER_LOCKED_OUT",
    "USER_NOT_FOUND",
    "USER_LOGGED_IN",
    "SUBNET_NOT_FOUND",
    "INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET",
    "XKS_PROXY_ACCESS_DENIED",
    "XKS_PROXY_NOT_REACHABLE",
    "XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND",
    "XKS_PROXY_INVALID_RESPONSE",
    "XKS_PROXY_INVALID_CONFIGURATION",
    "XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION",
    "XKS_PROXY_TIMED_OUT",
    "XKS_PROXY_INVALID_TLS_CONFIGURATION",
]

ConnectionStateType: TypeAlias = Literal[
    "CONNECTED",
    "CONNECTING",
    "FAILED",
    "DISCONNECTED",
    "DISCONNECTING",
]

CustomKeyStoreType: TypeAlias = Literal[
    "AWS_CLOUDHSM",
    "EXTERNAL_KEY_STORE",
]

CustomerMasterKeySpec: TypeAlias = Literal[
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "ECC_NIST_P256",
    "ECC_NIST_P384",
    "ECC_NIST_P521",
    "ECC_SECG_P256K1",
    "SYMMETRIC_DEFAULT",
    "HMAC_224",
    "HMAC_256",
    "HMAC_384",
    "HMAC_512",
    "SM2",
]

DataKeyPairSpec: TypeAlias = Literal[
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "ECC_NIST_P256",
    "ECC_NIST_P384",
    "ECC_NIST_P521",
    "ECC_SECG_P256K1",
    "SM2",
    "ECC_NIST_EDWARDS25519",
    "ML_KEM_512",
    "ML_KEM_768",
    "ML_KEM_1024",
]

DataKeySpec: TypeAlias = Literal[
    "AES_256",
    "AES_128",
]

DryRunModifierType: TypeAlias = Literal[
    "IGNORE_CIPHERTEXT",
]

EncapsulationAlgorithmSpec: TypeAlias = Literal[
    "ML_KEM",
]

EncryptionAlgorithmSpec: TypeAlias = Literal[
    "RSAES_OAEP_SHA_1",
    "RSAES_OAEP_SHA_256",
    "SM2PKE",
    "SYMMETRIC_DEFAULT",
]

ExpirationModelType: TypeAlias = Literal[
    "KEY_MATERIAL_DOES_NOT_EXPIRE",
    "KEY_MATERIAL_EXPIRES",
]

GrantOperation: TypeAlias = Literal[
    "Decrypt",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncryptFrom",
    "ReEncryptTo",
    "Sign",
    "Verify",
    "GetPublicKey",
    "CreateGrant",
    "RetireGrant",
    "DescribeKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateMac",
    "VerifyMac",
    "DeriveSharedSecret",
    "Encapsulate",
    "Decapsulate",
]

ImportState: TypeAlias = Literal[
    "IMPORTED",
    "PENDING_IMPORT",
]

ImportType: TypeAlias = Literal[
    "NEW_KEY_MATERIAL",
    "EXISTING_KEY_MATERIAL",
]

IncludeKeyMaterial: TypeAlias = Literal[
    "ALL_KEY_MATERIAL",
    "ROTATIONS_ONLY",
]

KeyAgreementAlgorithmSpec: TypeAlias = Literal[
    "ECDH",
]

KeyEncryptionMechanism: TypeAlias = Literal[
    "RSAES_OAEP_SHA_256",
]

KeyLastUsageTrackingOperation: TypeAlias = Literal[
    "Decrypt",
    "DeriveSharedSecret",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateMac",
    "ReEncrypt",
    "Sign",
    "Verify",
    "VerifyMac",
    "Encapsulate",
    "Decapsulate",
]

KeyManagerType: TypeAlias = Literal[
    "AWS",
    "CUSTOMER",
]

KeyMaterialState: TypeAlias = Literal[
    "NON_CURRENT",
    "CURRENT",
    "PENDING_ROTATION",
    "PENDING_MULTI_REGION_IMPORT_AND_ROTATION",
]

KeySpec: TypeAlias = Literal[
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "ECC_NIST_P256",
    "ECC_NIST_P384",
    "ECC_NIST_P521",
    "ECC_SECG_P256K1",
    "ECC_NIST_EDWARDS25519",
    "SYMMETRIC_DEFAULT",
    "HMAC_224",
    "HMAC_256",
    "HMAC_384",
    "HMAC_512",
    "SM2",
    "ML_DSA_44",
    "ML_DSA_65",
    "ML_DSA_87",
    "ML_KEM_512",
    "ML_KEM_768",
    "ML_KEM_1024",
]

KeyState: TypeAlias = Literal[
    "Creating",
    "Enabled",
    "Disabled",
    "PendingDeletion",
    "PendingImport",
    "PendingReplicaDeletion",
    "Unavailable",
    "Updating",
]

KeyUsageType: TypeAlias = Literal[
    "SIGN_VERIFY",
    "ENCRYPT_DECRYPT",
    "GENERATE_VERIFY_MAC",
    "KEY_AGREEMENT",
    "ENCAPSULATE_DECAPSULATE",
]

MacAlgorithmSpec: TypeAlias = Literal[
    "HMAC_SHA_384",
    "HMAC_SHA_256",
    "HMAC_SHA_224",
    "HMAC_SHA_512",
]

MessageType: TypeAlias = Literal[
    "RAW",
    "DIGEST",
    "EXTERNAL_MU",
]

MultiRegionKeyType: TypeAlias = Literal[
    "PRIMARY",
    "REPLICA",
]

OriginType: TypeAlias = Literal[
    "AWS_KMS",
    "EXTERNAL",
    "AWS_CLOUDHSM",
    "EXTERNAL_KEY_STORE",
]

ResourceOwnerType: TypeAlias = Literal[
    "SELF",
    "OTHER_ACCOUNTS_VIA_RAM",
]

RotationType: TypeAlias = Literal[
    "AUTOMATIC",
    "ON_DEMAND",
]

SigningAlgorithmSpec: TypeAlias = Literal[
    "RSASSA_PSS_SHA_256",
    "RSASSA_PSS_SHA_384",
    "RSASSA_PSS_SHA_512",
    "RSASSA_PKCS1_V1_5_SHA_256",
    "RSASSA_PKCS1_V1_5_SHA_384",
    "RSASSA_PKCS1_V1_5_SHA_512",
    "ECDSA_SHA_256",
    "ECDSA_SHA_384",
    "ECDSA_SHA_512",
    "ED25519_SHA_512",
    "ED25519_PH_SHA_512",
    "SM2DSA",
    "ML_DSA_SHAKE_256",
]

WrappingKeySpec: TypeAlias = Literal[
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "SM2",
]

XksProxyConnectivityType: TypeAlias = Literal[
    "PUBLIC_ENDPOINT",
    "VPC_ENDPOINT_SERVICE",
]

class AliasListEntry(TypedDict):
    AliasName: NotRequired[str]
    r"""1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`."""
    AliasArn: NotRequired[str]
    r"""20 to 2048 characters."""
    TargetKeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    CreationDate: NotRequired[datetime]
    LastUpdatedDate: NotRequired[datetime]

class CancelKeyDeletionRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""

class CancelKeyDeletionResponse(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""

class ConnectCustomKeyStoreRequest(TypedDict):
    CustomKeyStoreId: str
    r"""1 to 64 characters."""

class ConnectCustomKeyStoreResponse(TypedDict):
    pass

class CreateAliasRequest(TypedDict):
    AliasName: str
    r"""1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`."""
    TargetKeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""

class CreateCustomKeyStoreRequest(TypedDict):
    CustomKeyStoreName: str
    r"""1 to 256 characters."""
    CloudHsmClusterId: NotRequired[str]
    r"""19 to 24 characters, matching `cluster-[2-7a-zA-Z]{11,16}`."""
    TrustAnchorCertificate: NotRequired[str]
    r"""1 to 5000 characters."""
    KeyStorePassword: NotRequired[str]
    r"""7 to 32 characters, sensitive."""
    CustomKeyStoreType: NotRequired[CustomKeyStoreType]
    XksProxyUriEndpoint: NotRequired[str]
    r"""10 to 128 characters, matching `^https://[a-zA-Z0-9.-]+$`."""
    XksProxyUriPath: NotRequired[str]
    r"""10 to 128 characters, matching `^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$`."""
    XksProxyVpcEndpointServiceName: NotRequired[str]
    r"""20 to 64 characters, matching `^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$`."""
    XksProxyVpcEndpointServiceOwner: NotRequired[str]
    r"""12 characters, matching `[0-9]{12}`."""
    XksProxyAuthenticationCredential: NotRequired[XksProxyAuthenticationCredentialType]
    XksProxyConnectivity: NotRequired[XksProxyConnectivityType]

class CreateCustomKeyStoreResponse(TypedDict):
    CustomKeyStoreId: NotRequired[str]
    r"""1 to 64 characters."""

class CreateGrantRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    GranteePrincipal: NotRequired[str]
    r"""1 to 256 characters, matching `^[\w+=,.@:/-]+$`."""
    RetiringPrincipal: NotRequired[str]
    r"""1 to 256 characters, matching `^[\w+=,.@:/-]+$`."""
    Operations: list[GrantOperation]
    Constraints: NotRequired[GrantConstraints]
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""
    Name: NotRequired[str]
    r"""1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`."""
    DryRun: NotRequired[bool]
    GranteeServicePrincipal: NotRequired[str]
    r"""1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`."""
    RetiringServicePrincipal: NotRequired[str]
    r"""1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`."""

class CreateGrantResponse(TypedDict):
    GrantToken: NotRequired[str]
    r"""1 to 8192 characters."""
    GrantId: NotRequired[str]
    r"""1 to 128 characters."""

class CreateKeyRequest(TypedDict):
    Policy: NotRequired[str]
    r"""1 to 131072 characters, matching `[\u0009\u000A\u000D\u0020-\u00FF]+`."""
    Description: NotRequired[str]
    r"""0 to 8192 characters."""
    KeyUsage: NotRequired[KeyUsageType]
    CustomerMasterKeySpec: NotRequired[CustomerMasterKeySpec]
    KeySpec: NotRequired[KeySpec]
    Origin: NotRequired[OriginType]
    CustomKeyStoreId: NotRequired[str]
    r"""1 to 64 characters."""
    BypassPolicyLockoutSafetyCheck: NotRequired[bool]
    Tags: NotRequired[list[Tag]]
    MultiRegion: NotRequired[bool]
    XksKeyId: NotRequired[str]
    r"""1 to 128 characters, matching `^[a-zA-Z0-9-_.]+$`."""

class CreateKeyResponse(TypedDict):
    KeyMetadata: KeyMetadata

class CustomKeyStoresListEntry(TypedDict):
    CustomKeyStoreId: NotRequired[str]
    r"""1 to 64 characters."""
    CustomKeyStoreName: NotRequired[str]
    r"""1 to 256 characters."""
    CloudHsmClusterId: NotRequired[str]
    r"""19 to 24 characters, matching `cluster-[2-7a-zA-Z]{11,16}`."""
    TrustAnchorCertificate: NotRequired[str]
    r"""1 to 5000 characters."""
    ConnectionState: NotRequired[ConnectionStateType]
    ConnectionErrorCode: NotRequired[ConnectionErrorCodeType]
    CreationDate: NotRequired[datetime]
    CustomKeyStoreType: NotRequired[CustomKeyStoreType]
    XksProxyConfiguration: NotRequired[XksProxyConfigurationType]

class DecapsulateRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    SharedSecretCiphertextBlob: bytes
    r"""1 to 6144 bytes."""
    EncapsulationAlgorithm: EncapsulationAlgorithmSpec
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""
    DryRun: NotRequired[bool]

class DecapsulateResponse(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    SharedSecret: bytes
    r"""1 to 4096 bytes, sensitive."""
    EncapsulationAlgorithm: EncapsulationAlgorithmSpec

class DecryptRequest(TypedDict):
    CiphertextBlob: NotRequired[bytes]
    r"""1 to 6144 bytes."""
    EncryptionContext: NotRequired[dict[str, str]]
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    EncryptionAlgorithm: NotRequired[EncryptionAlgorithmSpec]
    Recipient: NotRequired[RecipientInfo]
    DryRun: NotRequired[bool]
    DryRunModifiers: NotRequired[list[DryRunModifierType]]

class DecryptResponse(TypedDict):
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    Plaintext: NotRequired[bytes]
    r"""1 to 4096 bytes, sensitive."""
    EncryptionAlgorithm: NotRequired[EncryptionAlgorithmSpec]
    CiphertextForRecipient: NotRequired[bytes]
    r"""1 to 6144 bytes."""
    KeyMaterialId: NotRequired[str]
    r"""64 characters, matching `^[a-f0-9]+$`."""

class DeleteAliasRequest(TypedDict):
    AliasName: str
    r"""1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`."""

class DeleteCustomKeyStoreRequest(TypedDict):
    CustomKeyStoreId: str
    r"""1 to 64 characters."""

class DeleteCustomKeyStoreResponse(TypedDict):
    pass

class DeleteImportedKeyMaterialRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    KeyMaterialId: NotRequired[str]
    r"""64 characters, matching `^[a-f0-9]+$`."""

class DeleteImportedKeyMaterialResponse(TypedDict):
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    KeyMaterialId: NotRequired[str]
    r"""0 to 64 characters, matching `^[a-f0-9]+$`."""

class DeriveSharedSecretRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    KeyAgreementAlgorithm: KeyAgreementAlgorithmSpec
    PublicKey: bytes
    r"""1 to 8192 bytes."""
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""
    DryRun: NotRequired[bool]
    Recipient: NotRequired[RecipientInfo]

class DeriveSharedSecretResponse(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    SharedSecret: NotRequired[bytes]
    r"""1 to 4096 bytes, sensitive."""
    CiphertextForRecipient: NotRequired[bytes]
    r"""1 to 6144 bytes."""
    KeyAgreementAlgorithm: KeyAgreementAlgorithmSpec
    KeyOrigin: OriginType

class DescribeCustomKeyStoresRequest(TypedDict):
    CustomKeyStoreId: NotRequired[str]
    r"""1 to 64 characters."""
    CustomKeyStoreName: NotRequired[str]
    r"""1 to 256 characters."""
    Limit: NotRequired[int]
    r"""1 to 1000."""
    Marker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""

class DescribeCustomKeyStoresResponse(TypedDict):
    CustomKeyStores: NotRequired[list[CustomKeyStoresListEntry]]
    NextMarker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    Truncated: NotRequired[bool]

class DescribeKeyRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""

class DescribeKeyResponse(TypedDict):
    KeyMetadata: KeyMetadata

class DisableKeyRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""

class DisableKeyRotationRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""

class DisconnectCustomKeyStoreRequest(TypedDict):
    CustomKeyStoreId: str
    r"""1 to 64 characters."""

class DisconnectCustomKeyStoreResponse(TypedDict):
    pass

class EnableKeyRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""

class EnableKeyRotationRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    RotationPeriodInDays: NotRequired[int]
    r"""90 to 2560."""

class EncapsulateRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    EncapsulationAlgorithm: EncapsulationAlgorithmSpec
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""
    DryRun: NotRequired[bool]

class EncapsulateResponse(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    SharedSecret: bytes
    r"""1 to 4096 bytes, sensitive."""
    SharedSecretCiphertextBlob: bytes
    r"""1 to 6144 bytes."""
    EncapsulationAlgorithm: EncapsulationAlgorithmSpec

class EncryptRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    Plaintext: bytes
    r"""1 to 4096 bytes, sensitive."""
    EncryptionContext: NotRequired[dict[str, str]]
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""
    EncryptionAlgorithm: NotRequired[EncryptionAlgorithmSpec]
    DryRun: NotRequired[bool]

class EncryptResponse(TypedDict):
    CiphertextBlob: bytes
    r"""1 to 6144 bytes."""
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    EncryptionAlgorithm: EncryptionAlgorithmSpec

class GenerateDataKeyPairRequest(TypedDict):
    EncryptionContext: NotRequired[dict[str, str]]
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    KeyPairSpec: DataKeyPairSpec
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""
    Recipient: NotRequired[RecipientInfo]
    DryRun: NotRequired[bool]

class GenerateDataKeyPairResponse(TypedDict):
    PrivateKeyCiphertextBlob: NotRequired[bytes]
    r"""1 to 6144 bytes."""
    PrivateKeyPlaintext: NotRequired[bytes]
    r"""1 to 4096 bytes, sensitive."""
    PublicKey: NotRequired[bytes]
    r"""1 to 8192 bytes."""
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    KeyPairSpec: NotRequired[DataKeyPairSpec]
    CiphertextForRecipient: NotRequired[bytes]
    r"""1 to 6144 bytes."""
    KeyMaterialId: NotRequired[str]
    r"""64 characters, matching `^[a-f0-9]+$`."""

class GenerateDataKeyPairWithoutPlaintextRequest(TypedDict):
    EncryptionContext: NotRequired[dict[str, str]]
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    KeyPairSpec: DataKeyPairSpec
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""
    DryRun: NotRequired[bool]

class GenerateDataKeyPairWithoutPlaintextResponse(TypedDict):
    PrivateKeyCiphertextBlob: bytes
    r"""1 to 6144 bytes."""
    PublicKey: bytes
    r"""1 to 8192 bytes."""
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    KeyPairSpec: DataKeyPairSpec
    KeyMaterialId: str
    r"""64 characters, matching `^[a-f0-9]+$`."""

class GenerateDataKeyRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    EncryptionContext: NotRequired[dict[str, str]]
    NumberOfBytes: NotRequired[int]
    r"""1 to 1024."""
    KeySpec: NotRequired[DataKeySpec]
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""
    Recipient: NotRequired[RecipientInfo]
    DryRun: NotRequired[bool]

class GenerateDataKeyResponse(TypedDict):
    CiphertextBlob: NotRequired[bytes]
    r"""1 to 6144 bytes."""
    Plaintext: NotRequired[bytes]
    r"""1 to 4096 bytes, sensitive."""
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    CiphertextForRecipient: NotRequired[bytes]
    r"""1 to 6144 bytes."""
    KeyMaterialId: NotRequired[str]
    r"""64 characters, matching `^[a-f0-9]+$`."""

class GenerateDataKeyWithoutPlaintextRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    EncryptionContext: NotRequired[dict[str, str]]
    KeySpec: NotRequired[DataKeySpec]
    NumberOfBytes: NotRequired[int]
    r"""1 to 1024."""
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""
    DryRun: NotRequired[bool]

class GenerateDataKeyWithoutPlaintextResponse(TypedDict):
    CiphertextBlob: bytes
    r"""1 to 6144 bytes."""
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    KeyMaterialId: str
    r"""64 characters, matching `^[a-f0-9]+$`."""

class GenerateMacRequest(TypedDict):
    Message: bytes
    r"""1 to 4096 bytes, sensitive."""
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    MacAlgorithm: MacAlgorithmSpec
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""
    DryRun: NotRequired[bool]

class GenerateMacResponse(TypedDict):
    Mac: bytes
    r"""1 to 6144 bytes."""
    MacAlgorithm: MacAlgorithmSpec
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""

class GenerateRandomRequest(TypedDict):
    NumberOfBytes: NotRequired[int]
    r"""1 to 1024."""
    CustomKeyStoreId: NotRequired[str]
    r"""1 to 64 characters."""
    Recipient: NotRequired[RecipientInfo]

class GenerateRandomResponse(TypedDict):
    Plaintext: NotRequired[bytes]
    r"""1 to 4096 bytes, sensitive."""
    CiphertextForRecipient: NotRequired[bytes]
    r"""1 to 6144 bytes."""

class GetKeyLastUsageRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""

class GetKeyLastUsageResponse(TypedDict):
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    KeyLastUsage: NotRequired[KeyLastUsageData]
    TrackingStartDate: NotRequired[datetime]
    KeyCreationDate: NotRequired[datetime]

class GetKeyPolicyRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    PolicyName: NotRequired[str]
    r"""1 to 128 characters, matching `[\w]+`."""

class GetKeyPolicyResponse(TypedDict):
    Policy: str
    r"""1 to 131072 characters, matching `[\u0009\u000A\u000D\u0020-\u00FF]+`."""
    PolicyName: str
    r"""1 to 128 characters, matching `[\w]+`."""

class GetKeyRotationStatusRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""

class GetKeyRotationStatusResponse(TypedDict):
    KeyRotationEnabled: NotRequired[bool]
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    RotationPeriodInDays: NotRequired[int]
    r"""90 to 2560."""
    NextRotationDate: NotRequired[datetime]
    OnDemandRotationStartDate: NotRequired[datetime]

class GetParametersForImportRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    WrappingAlgorithm: AlgorithmSpec
    WrappingKeySpec: WrappingKeySpec

class GetParametersForImportResponse(TypedDict):
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    ImportToken: NotRequired[bytes]
    r"""1 to 6144 bytes."""
    PublicKey: NotRequired[bytes]
    r"""1 to 4096 bytes, sensitive."""
    ParametersValidTo: NotRequired[datetime]

class GetPublicKeyRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""

class GetPublicKeyResponse(TypedDict):
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    PublicKey: NotRequired[bytes]
    r"""1 to 8192 bytes."""
    CustomerMasterKeySpec: NotRequired[CustomerMasterKeySpec]
    KeySpec: NotRequired[KeySpec]
    KeyUsage: NotRequired[KeyUsageType]
    EncryptionAlgorithms: NotRequired[list[EncryptionAlgorithmSpec]]
    SigningAlgorithms: NotRequired[list[SigningAlgorithmSpec]]
    KeyAgreementAlgorithms: NotRequired[list[KeyAgreementAlgorithmSpec]]
    EncapsulationAlgorithms: NotRequired[list[EncapsulationAlgorithmSpec]]

class GrantConstraints(TypedDict):
    EncryptionContextSubset: NotRequired[dict[str, str]]
    EncryptionContextEquals: NotRequired[dict[str, str]]
    SourceArn: NotRequired[str]
    r"""20 to 512 characters, matching `^arn:aws[a-z0-9-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{12}:.+$`."""

class GrantListEntry(TypedDict):
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    GrantId: NotRequired[str]
    r"""1 to 128 characters."""
    Name: NotRequired[str]
    r"""1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`."""
    CreationDate: NotRequired[datetime]
    GranteePrincipal: NotRequired[str]
    r"""1 to 256 characters, matching `^[\w+=,.@:/-]+$`."""
    RetiringPrincipal: NotRequired[str]
    r"""1 to 256 characters, matching `^[\w+=,.@:/-]+$`."""
    IssuingAccount: NotRequired[str]
    r"""1 to 256 characters, matching `^[\w+=,.@:/-]+$`."""
    Operations: NotRequired[list[GrantOperation]]
    Constraints: NotRequired[GrantConstraints]
    GranteeServicePrincipal: NotRequired[str]
    r"""1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`."""
    RetiringServicePrincipal: NotRequired[str]
    r"""1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`."""

class ImportKeyMaterialRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    ImportToken: bytes
    r"""1 to 6144 bytes."""
    EncryptedKeyMaterial: bytes
    r"""1 to 6144 bytes."""
    ValidTo: NotRequired[datetime]
    ExpirationModel: NotRequired[ExpirationModelType]
    ImportType: NotRequired[ImportType]
    KeyMaterialDescription: NotRequired[str]
    r"""0 to 256 characters, matching `^[a-zA-Z0-9:/_\s.-]+$`."""
    KeyMaterialId: NotRequired[str]
    r"""64 characters, matching `^[a-f0-9]+$`."""

class ImportKeyMaterialResponse(TypedDict):
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    KeyMaterialId: NotRequired[str]
    r"""64 characters, matching `^[a-f0-9]+$`."""

class KeyLastUsageData(TypedDict):
    Operation: NotRequired[KeyLastUsageTrackingOperation]
    Timestamp: NotRequired[datetime]
    CloudTrailEventId: NotRequired[str]
    KmsRequestId: NotRequired[str]

class KeyListEntry(TypedDict):
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    KeyArn: NotRequired[str]
    r"""20 to 2048 characters."""

class KeyMetadata(TypedDict):
    AWSAccountId: NotRequired[str]
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    Arn: NotRequired[str]
    r"""20 to 2048 characters."""
    CreationDate: NotRequired[datetime]
    Enabled: NotRequired[bool]
    Description: NotRequired[str]
    r"""0 to 8192 characters."""
    KeyUsage: NotRequired[KeyUsageType]
    KeyState: NotRequired[KeyState]
    DeletionDate: NotRequired[datetime]
    ValidTo: NotRequired[datetime]
    Origin: NotRequired[OriginType]
    CustomKeyStoreId: NotRequired[str]
    r"""1 to 64 characters."""
    CloudHsmClusterId: NotRequired[str]
    r"""19 to 24 characters, matching `cluster-[2-7a-zA-Z]{11,16}`."""
    ExpirationModel: NotRequired[ExpirationModelType]
    KeyManager: NotRequired[KeyManagerType]
    CustomerMasterKeySpec: NotRequired[CustomerMasterKeySpec]
    KeySpec: NotRequired[KeySpec]
    EncryptionAlgorithms: NotRequired[list[EncryptionAlgorithmSpec]]
    SigningAlgorithms: NotRequired[list[SigningAlgorithmSpec]]
    KeyAgreementAlgorithms: NotRequired[list[KeyAgreementAlgorithmSpec]]
    EncapsulationAlgorithms: NotRequired[list[EncapsulationAlgorithmSpec]]
    MultiRegion: NotRequired[bool]
    MultiRegionConfiguration: NotRequired[MultiRegionConfiguration]
    PendingDeletionWindowInDays: NotRequired[int]
    r"""1 to 365."""
    MacAlgorithms: NotRequired[list[MacAlgorithmSpec]]
    XksKeyConfiguration: NotRequired[XksKeyConfigurationType]
    CurrentKeyMaterialId: NotRequired[str]
    r"""64 characters, matching `^[a-f0-9]+$`."""

class ListAliasesRequest(TypedDict):
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    Limit: NotRequired[int]
    r"""1 to 1000."""
    Marker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""

class ListAliasesResponse(TypedDict):
    Aliases: list[AliasListEntry]
    NextMarker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    Truncated: bool

class ListGrantsRequest(TypedDict):
    Limit: NotRequired[int]
    r"""1 to 1000."""
    Marker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    GrantId: NotRequired[str]
    r"""1 to 128 characters."""
    GranteePrincipal: NotRequired[str]
    r"""1 to 256 characters, matching `^[\w+=,.@:/-]+$`."""
    GranteeServicePrincipal: NotRequired[str]
    r"""1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`."""

class ListGrantsResponse(TypedDict):
    Grants: NotRequired[list[GrantListEntry]]
    NextMarker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    Truncated: NotRequired[bool]

class ListKeyPoliciesRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    Limit: NotRequired[int]
    r"""1 to 1000."""
    Marker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""

class ListKeyPoliciesResponse(TypedDict):
    PolicyNames: list[str]
    NextMarker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    Truncated: bool

class ListKeyRotationsRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    IncludeKeyMaterial: NotRequired[IncludeKeyMaterial]
    Limit: NotRequired[int]
    r"""1 to 1000."""
    Marker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""

class ListKeyRotationsResponse(TypedDict):
    Rotations: NotRequired[list[RotationsListEntry]]
    NextMarker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    Truncated: NotRequired[bool]

class ListKeysRequest(TypedDict):
    Limit: NotRequired[int]
    r"""1 to 1000."""
    Marker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    ResourceOwners: NotRequired[list[ResourceOwnerType]]
    r"""1 to 2 elements."""

class ListKeysResponse(TypedDict):
    Keys: list[KeyListEntry]
    NextMarker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    Truncated: bool

class ListResourceTagsRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    Limit: NotRequired[int]
    r"""1 to 1000."""
    Marker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""

class ListResourceTagsResponse(TypedDict):
    Tags: list[Tag]
    NextMarker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    Truncated: bool

class ListRetirableGrantsRequest(TypedDict):
    Limit: NotRequired[int]
    r"""1 to 1000."""
    Marker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    RetiringPrincipal: NotRequired[str]
    r"""1 to 256 characters, matching `^[\w+=,.@:/-]+$`."""
    RetiringServicePrincipal: NotRequired[str]
    r"""1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`."""

class MultiRegionConfiguration(TypedDict):
    MultiRegionKeyType: NotRequired[MultiRegionKeyType]
    PrimaryKey: NotRequired[MultiRegionKey]
    ReplicaKeys: NotRequired[list[MultiRegionKey]]

class MultiRegionKey(TypedDict):
    Arn: NotRequired[str]
    r"""20 to 2048 characters."""
    Region: NotRequired[str]
    r"""1 to 32 characters, matching `^([a-z]+-){2,3}\d+$`."""

class PutKeyPolicyRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    PolicyName: NotRequired[str]
    r"""1 to 128 characters, matching `[\w]+`."""
    Policy: str
    r"""1 to 131072 characters, matching `[\u0009\u000A\u000D\u0020-\u00FF]+`."""
    BypassPolicyLockoutSafetyCheck: NotRequired[bool]

class ReEncryptRequest(TypedDict):
    CiphertextBlob: NotRequired[bytes]
    r"""1 to 6144 bytes."""
    SourceEncryptionContext: NotRequired[dict[str, str]]
    SourceKeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    DestinationKeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    DestinationEncryptionContext: NotRequired[dict[str, str]]
    SourceEncryptionAlgorithm: NotRequired[EncryptionAlgorithmSpec]
    DestinationEncryptionAlgorithm: NotRequired[EncryptionAlgorithmSpec]
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""
    DryRun: NotRequired[bool]
    DryRunModifiers: NotRequired[list[DryRunModifierType]]

class ReEncryptResponse(TypedDict):
    CiphertextBlob: bytes
    r"""1 to 6144 bytes."""
    SourceKeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    SourceEncryptionAlgorithm: EncryptionAlgorithmSpec
    DestinationEncryptionAlgorithm: EncryptionAlgorithmSpec
    SourceKeyMaterialId: NotRequired[str]
    r"""64 characters, matching `^[a-f0-9]+$`."""
    DestinationKeyMaterialId: NotRequired[str]
    r"""64 characters, matching `^[a-f0-9]+$`."""

class RecipientInfo(TypedDict):
    KeyEncryptionAlgorithm: NotRequired[KeyEncryptionMechanism]
    AttestationDocument: NotRequired[bytes]
    r"""1 to 262144 bytes."""

class ReplicateKeyRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    ReplicaRegion: str
    r"""1 to 32 characters, matching `^([a-z]+-){2,3}\d+$`."""
    Policy: NotRequired[str]
    r"""1 to 131072 characters, matching `[\u0009\u000A\u000D\u0020-\u00FF]+`."""
    BypassPolicyLockoutSafetyCheck: NotRequired[bool]
    Description: NotRequired[str]
    r"""0 to 8192 characters."""
    Tags: NotRequired[list[Tag]]

class ReplicateKeyResponse(TypedDict):
    ReplicaKeyMetadata: NotRequired[KeyMetadata]
    ReplicaPolicy: NotRequired[str]
    r"""1 to 131072 characters, matching `[\u0009\u000A\u000D\u0020-\u00FF]+`."""
    ReplicaTags: NotRequired[list[Tag]]

class RetireGrantRequest(TypedDict):
    GrantToken: NotRequired[str]
    r"""1 to 8192 characters."""
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    GrantId: NotRequired[str]
    r"""1 to 128 characters."""
    DryRun: NotRequired[bool]

class RevokeGrantRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    GrantId: str
    r"""1 to 128 characters."""
    DryRun: NotRequired[bool]

class RotateKeyOnDemandRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""

class RotateKeyOnDemandResponse(TypedDict):
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""

class RotationsListEntry(TypedDict):
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    KeyMaterialId: NotRequired[str]
    r"""64 characters, matching `^[a-f0-9]+$`."""
    KeyMaterialDescription: NotRequired[str]
    r"""0 to 256 characters, matching `^[a-zA-Z0-9:/_\s.-]+$`."""
    ImportState: NotRequired[ImportState]
    KeyMaterialState: NotRequired[KeyMaterialState]
    ExpirationModel: NotRequired[ExpirationModelType]
    ValidTo: NotRequired[datetime]
    RotationDate: NotRequired[datetime]
    RotationType: NotRequired[RotationType]

class ScheduleKeyDeletionRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    PendingWindowInDays: NotRequired[int]
    r"""1 to 365."""

class ScheduleKeyDeletionResponse(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    DeletionDate: datetime
    KeyState: KeyState
    PendingWindowInDays: int
    r"""1 to 365."""

class SignRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    Message: bytes
    r"""1 to 4096 bytes, sensitive."""
    MessageType: NotRequired[MessageType]
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""
    SigningAlgorithm: SigningAlgorithmSpec
    DryRun: NotRequired[bool]

class SignResponse(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    Signature: bytes
    r"""1 to 6144 bytes."""
    SigningAlgorithm: SigningAlgorithmSpec

class Tag(TypedDict):
    TagKey: str
    r"""1 to 128 characters."""
    TagValue: str
    r"""0 to 256 characters."""

class TagResourceRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    Tags: list[Tag]

class UntagResourceRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    TagKeys: list[str]

class UpdateAliasRequest(TypedDict):
    AliasName: str
    r"""1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`."""
    TargetKeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""

class UpdateCustomKeyStoreRequest(TypedDict):
    CustomKeyStoreId: str
    r"""1 to 64 characters."""
    NewCustomKeyStoreName: NotRequired[str]
    r"""1 to 256 characters."""
    KeyStorePassword: NotRequired[str]
    r"""7 to 32 characters, sensitive."""
    CloudHsmClusterId: NotRequired[str]
    r"""19 to 24 characters, matching `cluster-[2-7a-zA-Z]{11,16}`."""
    XksProxyUriEndpoint: NotRequired[str]
    r"""10 to 128 characters, matching `^https://[a-zA-Z0-9.-]+$`."""
    XksProxyUriPath: NotRequired[str]
    r"""10 to 128 characters, matching `^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$`."""
    XksProxyVpcEndpointServiceName: NotRequired[str]
    r"""20 to 64 characters, matching `^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$`."""
    XksProxyVpcEndpointServiceOwner: NotRequired[str]
    r"""12 characters, matching `[0-9]{12}`."""
    XksProxyAuthenticationCredential: NotRequired[XksProxyAuthenticationCredentialType]
    XksProxyConnectivity: NotRequired[XksProxyConnectivityType]

class UpdateCustomKeyStoreResponse(TypedDict):
    pass

class UpdateKeyDescriptionRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    Description: str
    r"""0 to 8192 characters."""

class UpdatePrimaryRegionRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    PrimaryRegion: str
    r"""1 to 32 characters, matching `^([a-z]+-){2,3}\d+$`."""

class VerifyMacRequest(TypedDict):
    Message: bytes
    r"""1 to 4096 bytes, sensitive."""
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    MacAlgorithm: MacAlgorithmSpec
    Mac: bytes
    r"""1 to 6144 bytes."""
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""
    DryRun: NotRequired[bool]

class VerifyMacResponse(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    MacValid: bool
    MacAlgorithm: MacAlgorithmSpec

class VerifyRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    Message: bytes
    r"""1 to 4096 bytes, sensitive."""
    MessageType: NotRequired[MessageType]
    Signature: bytes
    r"""1 to 6144 bytes."""
    SigningAlgorithm: SigningAlgorithmSpec
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""
    DryRun: NotRequired[bool]

class VerifyResponse(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    SignatureValid: bool
    SigningAlgorithm: SigningAlgorithmSpec

class XksKeyConfigurationType(TypedDict):
    Id: NotRequired[str]
    r"""1 to 128 characters, matching `^[a-zA-Z0-9-_.]+$`."""

class XksProxyAuthenticationCredentialType(TypedDict):
    AccessKeyId: str
    r"""20 to 30 characters, matching `^[A-Z2-7]+$`, sensitive."""
    RawSecretAccessKey: str
    r"""43 to 64 characters, matching `^[a-zA-Z0-9\/+=]+$`, sensitive."""

class XksProxyConfigurationType(TypedDict):
    Connectivity: NotRequired[XksProxyConnectivityType]
    AccessKeyId: NotRequired[str]
    r"""20 to 30 characters, matching `^[A-Z2-7]+$`, sensitive."""
    UriEndpoint: NotRequired[str]
    r"""10 to 128 characters, matching `^https://[a-zA-Z0-9.-]+$`."""
    UriPath: NotRequired[str]
    r"""10 to 128 characters, matching `^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$`."""
    VpcEndpointServiceName: NotRequired[str]
    r"""20 to 64 characters, matching `^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$`."""
    VpcEndpointServiceOwner: NotRequired[str]
    r"""12 characters, matching `[0-9]{12}`."""

class Nothing(TypedDict):
    """The reply of an operation that replies nothing."""

OperationName: TypeAlias = Literal[
    "CancelKeyDeletion",
    "ConnectCustomKeyStore",
    "CreateAlias",
    "CreateCustomKeyStore",
    "CreateGrant",
    "CreateKey",
    "Decapsulate",
    "Decrypt",
    "DeleteAlias",
    "DeleteCustomKeyStore",
    "DeleteImportedKeyMaterial",
    "DeriveSharedSecret",
    "DescribeCustomKeyStores",
    "DescribeKey",
    "DisableKey",
    "DisableKeyRotation",
    "DisconnectCustomKeyStore",
    "EnableKey",
    "EnableKeyRotation",
    "Encapsulate",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateMac",
    "GenerateRandom",
    "GetKeyLastUsage",
    "GetKeyPolicy",
    "GetKeyRotationStatus",
    "GetParametersForImport",
    "GetPublicKey",
    "ImportKeyMaterial",
    "ListAliases",
    "ListGrants",
    "ListKeyPolicies",
    "ListKeyRotations",
    "ListKeys",
    "ListResourceTags",
    "ListRetirableGrants",
    "PutKeyPolicy",
    "ReEncrypt",
    "ReplicateKey",
    "RetireGrant",
    "RevokeGrant",
    "RotateKeyOnDemand",
    "ScheduleKeyDeletion",
    "Sign",
    "TagResource",
    "UntagResource",
    "UpdateAlias",
    "UpdateCustomKeyStore",
    "UpdateKeyDescription",
    "UpdatePrimaryRegion",
    "Verify",
    "VerifyMac",
]

class Calls(Protocol):
    """`call`, typed for every operation."""

    @overload
    def call(
        self,
        operation: Literal["CancelKeyDeletion"],
        input: CancelKeyDeletionRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> CancelKeyDeletionResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ConnectCustomKeyStore"],
        input: ConnectCustomKeyStoreRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> ConnectCustomKeyStoreResponse: ...

    @overload
    def call(
        self,
        operation: Literal["CreateAlias"],
        input: CreateAliasRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["CreateCustomKeyStore"],
        input: CreateCustomKeyStoreRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> CreateCustomKeyStoreResponse: ...

    @overload
    def call(
        self,
        operation: Literal["CreateGrant"],
        input: CreateGrantRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> CreateGrantResponse: ...

    @overload
    def call(
        self,
        operation: Literal["CreateKey"],
        input: CreateKeyRequest | None = ...,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> CreateKeyResponse: ...

    @overload
    def call(
        self,
        operation: Literal["Decapsulate"],
        input: DecapsulateRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> DecapsulateResponse: ...

    @overload
    def call(
        self,
        operation: Literal["Decrypt"],
        input: DecryptRequest | None = ...,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> DecryptResponse: ...

    @overload
    def call(
        self,
        operation: Literal["DeleteAlias"],
        input: DeleteAliasRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["DeleteCustomKeyStore"],
        input: DeleteCustomKeyStoreRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> DeleteCustomKeyStoreResponse: ...

    @overload
    def call(
        self,
        operation: Literal["DeleteImportedKeyMaterial"],
        input: DeleteImportedKeyMaterialRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> DeleteImportedKeyMaterialResponse: ...

    @overload
    def call(
        self,
        operation: Literal["DeriveSharedSecret"],
        input: DeriveSharedSecretRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> DeriveSharedSecretResponse: ...

    @overload
    def call(
        self,
        operation: Literal["DescribeCustomKeyStores"],
        input: DescribeCustomKeyStoresRequest | None = ...,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> DescribeCustomKeyStoresResponse: ...

    @overload
    def call(
        self,
        operation: Literal["DescribeKey"],
        input: DescribeKeyRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> DescribeKeyResponse: ...

    @overload
    def call(
        self,
        operation: Literal["DisableKey"],
        input: DisableKeyRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["DisableKeyRotation"],
        input: DisableKeyRotationRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["DisconnectCustomKeyStore"],
        input: DisconnectCustomKeyStoreRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> DisconnectCustomKeyStoreResponse: ...

    @overload
    def call(
        self,
        operation: Literal["EnableKey"],
        input: EnableKeyRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["EnableKeyRotation"],
        input: EnableKeyRotationRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["Encapsulate"],
        input: EncapsulateRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> EncapsulateResponse: ...

    @overload
    def call(
        self,
        operation: Literal["Encrypt"],
        input: EncryptRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> EncryptResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GenerateDataKey"],
        input: GenerateDataKeyRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> GenerateDataKeyResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GenerateDataKeyPair"],
        input: GenerateDataKeyPairRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> GenerateDataKeyPairResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GenerateDataKeyPairWithoutPlaintext"],
        input: GenerateDataKeyPairWithoutPlaintextRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> GenerateDataKeyPairWithoutPlaintextResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GenerateDataKeyWithoutPlaintext"],
        input: GenerateDataKeyWithoutPlaintextRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> GenerateDataKeyWithoutPlaintextResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GenerateMac"],
        input: GenerateMacRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> GenerateMacResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GenerateRandom"],
        input: GenerateRandomRequest | None = ...,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> GenerateRandomResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GetKeyLastUsage"],
        input: GetKeyLastUsageRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> GetKeyLastUsageResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GetKeyPolicy"],
        input: GetKeyPolicyRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> GetKeyPolicyResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GetKeyRotationStatus"],
        input: GetKeyRotationStatusRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> GetKeyRotationStatusResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GetParametersForImport"],
        input: GetParametersForImportRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> GetParametersForImportResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GetPublicKey"],
        input: GetPublicKeyRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> GetPublicKeyResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ImportKeyMaterial"],
        input: ImportKeyMaterialRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> ImportKeyMaterialResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ListAliases"],
        input: ListAliasesRequest | None = ...,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> ListAliasesResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ListGrants"],
        input: ListGrantsRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> ListGrantsResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ListKeyPolicies"],
        input: ListKeyPoliciesRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> ListKeyPoliciesResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ListKeyRotations"],
        input: ListKeyRotationsRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> ListKeyRotationsResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ListKeys"],
        input: ListKeysRequest | None = ...,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> ListKeysResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ListResourceTags"],
        input: ListResourceTagsRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> ListResourceTagsResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ListRetirableGrants"],
        input: ListRetirableGrantsRequest | None = ...,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> ListGrantsResponse: ...

    @overload
    def call(
        self,
        operation: Literal["PutKeyPolicy"],
        input: PutKeyPolicyRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["ReEncrypt"],
        input: ReEncryptRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> ReEncryptResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ReplicateKey"],
        input: ReplicateKeyRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> ReplicateKeyResponse: ...

    @overload
    def call(
        self,
        operation: Literal["RetireGrant"],
        input: RetireGrantRequest | None = ...,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["RevokeGrant"],
        input: RevokeGrantRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["RotateKeyOnDemand"],
        input: RotateKeyOnDemandRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> RotateKeyOnDemandResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ScheduleKeyDeletion"],
        input: ScheduleKeyDeletionRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> ScheduleKeyDeletionResponse: ...

    @overload
    def call(
        self,
        operation: Literal["Sign"],
        input: SignRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> SignResponse: ...

    @overload
    def call(
        self,
        operation: Literal["TagResource"],
        input: TagResourceRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["UntagResource"],
        input: UntagResourceRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["UpdateAlias"],
        input: UpdateAliasRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["UpdateCustomKeyStore"],
        input: UpdateCustomKeyStoreRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> UpdateCustomKeyStoreResponse: ...

    @overload
    def call(
        self,
        operation: Literal["UpdateKeyDescription"],
        input: UpdateKeyDescriptionRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["UpdatePrimaryRegion"],
        input: UpdatePrimaryRegionRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["Verify"],
        input: VerifyRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> VerifyResponse: ...

    @overload
    def call(
        self,
        operation: Literal["VerifyMac"],
        input: VerifyMacRequest,
        *,
        region: str | None = ...,
        caller: str | None = ...,
    ) -> VerifyMacResponse: ...
