"""The requests and replies of every operation, printed from the tables of the core by `cargo xtask types`."""

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias, get_args, overload

if sys.version_info >= (3, 11):
    from typing import NotRequired, TypedDict
else:
    from typing_extensions import NotRequired, TypedDict

from pocket_kms._caller import Caller
from pocket_kms._origin import Origin

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


class CreateCustomKeyStoreResponse(TypedDict):
    CustomKeyStoreId: str
    r"""1 to 64 characters."""


class CreateGrantResponse(TypedDict):
    GrantToken: str
    r"""1 to 8192 characters."""
    GrantId: str
    r"""1 to 128 characters."""


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


class DescribeKeyRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""


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
    KeyMaterialId: NotRequired[str]
    r"""64 characters, matching `^[a-f0-9]+$`."""


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
    KeyMaterialId: NotRequired[str]
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


class GenerateRandomResponse(TypedDict):
    Plaintext: NotRequired[bytes]
    r"""1 to 4096 bytes, sensitive."""
    CiphertextForRecipient: NotRequired[bytes]
    r"""1 to 6144 bytes."""


class GetKeyLastUsageRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""


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
    KeyRotationEnabled: bool
    KeyId: str
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


class ListAliasesRequest(TypedDict):
    KeyId: NotRequired[str]
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    Limit: NotRequired[int]
    r"""1 to 1000."""
    Marker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""


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


class ListKeysRequest(TypedDict):
    Limit: NotRequired[int]
    r"""1 to 1000."""
    Marker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    ResourceOwners: NotRequired[list[ResourceOwnerType]]
    r"""1 to 2 elements."""


class ListResourceTagsRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    Limit: NotRequired[int]
    r"""1 to 1000."""
    Marker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""


class ListRetirableGrantsRequest(TypedDict):
    Limit: NotRequired[int]
    r"""1 to 1000."""
    Marker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    RetiringPrincipal: NotRequired[str]
    r"""1 to 256 characters, matching `^[\w+=,.@:/-]+$`."""
    RetiringServicePrincipal: NotRequired[str]
    r"""1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`."""


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
    KeyId: str
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
    DeletionDate: NotRequired[datetime]
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


class UntagResourceRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    TagKeys: list[str]


class UpdateAliasRequest(TypedDict):
    AliasName: str
    r"""1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`."""
    TargetKeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""


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


class GenerateDataKeyPairRequest(TypedDict):
    EncryptionContext: NotRequired[dict[str, str]]
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    KeyPairSpec: DataKeyPairSpec
    GrantTokens: NotRequired[list[str]]
    r"""0 to 10 elements."""
    Recipient: NotRequired[RecipientInfo]
    DryRun: NotRequired[bool]


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


class GenerateRandomRequest(TypedDict):
    NumberOfBytes: NotRequired[int]
    r"""1 to 1024."""
    CustomKeyStoreId: NotRequired[str]
    r"""1 to 64 characters."""
    Recipient: NotRequired[RecipientInfo]


class GetKeyLastUsageResponse(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    KeyLastUsage: KeyLastUsageData
    TrackingStartDate: datetime
    KeyCreationDate: datetime


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


class ListAliasesResponse(TypedDict):
    Aliases: list[AliasListEntry]
    NextMarker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    Truncated: bool


class ListKeyRotationsResponse(TypedDict):
    Rotations: list[RotationsListEntry]
    NextMarker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    Truncated: bool


class ListKeysResponse(TypedDict):
    Keys: list[KeyListEntry]
    NextMarker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    Truncated: bool


class ListResourceTagsResponse(TypedDict):
    Tags: list[Tag]
    NextMarker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    Truncated: bool


class MultiRegionConfiguration(TypedDict):
    MultiRegionKeyType: NotRequired[MultiRegionKeyType]
    PrimaryKey: NotRequired[MultiRegionKey]
    ReplicaKeys: NotRequired[list[MultiRegionKey]]


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


class TagResourceRequest(TypedDict):
    KeyId: str
    r"""1 to 2048 characters, matching `^\p{ASCII}+$`."""
    Tags: list[Tag]


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


class DescribeCustomKeyStoresResponse(TypedDict):
    CustomKeyStores: list[CustomKeyStoresListEntry]
    NextMarker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    Truncated: bool


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


class ListGrantsResponse(TypedDict):
    Grants: list[GrantListEntry]
    NextMarker: NotRequired[str]
    r"""1 to 1024 characters, matching `[\u0020-\u00FF]*`."""
    Truncated: bool


class CreateKeyResponse(TypedDict):
    KeyMetadata: KeyMetadata


class DescribeKeyResponse(TypedDict):
    KeyMetadata: KeyMetadata


class ReplicateKeyResponse(TypedDict):
    ReplicaKeyMetadata: KeyMetadata
    ReplicaPolicy: str
    r"""1 to 131072 characters, matching `[\u0009\u000A\u000D\u0020-\u00FF]+`."""
    ReplicaTags: NotRequired[list[Tag]]


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

OPERATIONS: tuple[OperationName, ...] = get_args(OperationName)


class Calls:
    """`call`, typed for every operation."""

    @overload
    def call(
        self,
        operation: Literal["CancelKeyDeletion"],
        input: CancelKeyDeletionRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> CancelKeyDeletionResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ConnectCustomKeyStore"],
        input: ConnectCustomKeyStoreRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> ConnectCustomKeyStoreResponse: ...

    @overload
    def call(
        self,
        operation: Literal["CreateAlias"],
        input: CreateAliasRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["CreateCustomKeyStore"],
        input: CreateCustomKeyStoreRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> CreateCustomKeyStoreResponse: ...

    @overload
    def call(
        self,
        operation: Literal["CreateGrant"],
        input: CreateGrantRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> CreateGrantResponse: ...

    @overload
    def call(
        self,
        operation: Literal["CreateKey"],
        input: CreateKeyRequest | None = None,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> CreateKeyResponse: ...

    @overload
    def call(
        self,
        operation: Literal["Decapsulate"],
        input: DecapsulateRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> DecapsulateResponse: ...

    @overload
    def call(
        self,
        operation: Literal["Decrypt"],
        input: DecryptRequest | None = None,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> DecryptResponse: ...

    @overload
    def call(
        self,
        operation: Literal["DeleteAlias"],
        input: DeleteAliasRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["DeleteCustomKeyStore"],
        input: DeleteCustomKeyStoreRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> DeleteCustomKeyStoreResponse: ...

    @overload
    def call(
        self,
        operation: Literal["DeleteImportedKeyMaterial"],
        input: DeleteImportedKeyMaterialRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> DeleteImportedKeyMaterialResponse: ...

    @overload
    def call(
        self,
        operation: Literal["DeriveSharedSecret"],
        input: DeriveSharedSecretRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> DeriveSharedSecretResponse: ...

    @overload
    def call(
        self,
        operation: Literal["DescribeCustomKeyStores"],
        input: DescribeCustomKeyStoresRequest | None = None,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> DescribeCustomKeyStoresResponse: ...

    @overload
    def call(
        self,
        operation: Literal["DescribeKey"],
        input: DescribeKeyRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> DescribeKeyResponse: ...

    @overload
    def call(
        self,
        operation: Literal["DisableKey"],
        input: DisableKeyRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["DisableKeyRotation"],
        input: DisableKeyRotationRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["DisconnectCustomKeyStore"],
        input: DisconnectCustomKeyStoreRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> DisconnectCustomKeyStoreResponse: ...

    @overload
    def call(
        self,
        operation: Literal["EnableKey"],
        input: EnableKeyRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["EnableKeyRotation"],
        input: EnableKeyRotationRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["Encapsulate"],
        input: EncapsulateRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> EncapsulateResponse: ...

    @overload
    def call(
        self,
        operation: Literal["Encrypt"],
        input: EncryptRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> EncryptResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GenerateDataKey"],
        input: GenerateDataKeyRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> GenerateDataKeyResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GenerateDataKeyPair"],
        input: GenerateDataKeyPairRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> GenerateDataKeyPairResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GenerateDataKeyPairWithoutPlaintext"],
        input: GenerateDataKeyPairWithoutPlaintextRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> GenerateDataKeyPairWithoutPlaintextResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GenerateDataKeyWithoutPlaintext"],
        input: GenerateDataKeyWithoutPlaintextRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> GenerateDataKeyWithoutPlaintextResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GenerateMac"],
        input: GenerateMacRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> GenerateMacResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GenerateRandom"],
        input: GenerateRandomRequest | None = None,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> GenerateRandomResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GetKeyLastUsage"],
        input: GetKeyLastUsageRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> GetKeyLastUsageResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GetKeyPolicy"],
        input: GetKeyPolicyRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> GetKeyPolicyResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GetKeyRotationStatus"],
        input: GetKeyRotationStatusRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> GetKeyRotationStatusResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GetParametersForImport"],
        input: GetParametersForImportRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> GetParametersForImportResponse: ...

    @overload
    def call(
        self,
        operation: Literal["GetPublicKey"],
        input: GetPublicKeyRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> GetPublicKeyResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ImportKeyMaterial"],
        input: ImportKeyMaterialRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> ImportKeyMaterialResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ListAliases"],
        input: ListAliasesRequest | None = None,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> ListAliasesResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ListGrants"],
        input: ListGrantsRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> ListGrantsResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ListKeyPolicies"],
        input: ListKeyPoliciesRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> ListKeyPoliciesResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ListKeyRotations"],
        input: ListKeyRotationsRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> ListKeyRotationsResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ListKeys"],
        input: ListKeysRequest | None = None,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> ListKeysResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ListResourceTags"],
        input: ListResourceTagsRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> ListResourceTagsResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ListRetirableGrants"],
        input: ListRetirableGrantsRequest | None = None,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> ListGrantsResponse: ...

    @overload
    def call(
        self,
        operation: Literal["PutKeyPolicy"],
        input: PutKeyPolicyRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["ReEncrypt"],
        input: ReEncryptRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> ReEncryptResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ReplicateKey"],
        input: ReplicateKeyRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> ReplicateKeyResponse: ...

    @overload
    def call(
        self,
        operation: Literal["RetireGrant"],
        input: RetireGrantRequest | None = None,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["RevokeGrant"],
        input: RevokeGrantRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["RotateKeyOnDemand"],
        input: RotateKeyOnDemandRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> RotateKeyOnDemandResponse: ...

    @overload
    def call(
        self,
        operation: Literal["ScheduleKeyDeletion"],
        input: ScheduleKeyDeletionRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> ScheduleKeyDeletionResponse: ...

    @overload
    def call(
        self,
        operation: Literal["Sign"],
        input: SignRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> SignResponse: ...

    @overload
    def call(
        self,
        operation: Literal["TagResource"],
        input: TagResourceRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["UntagResource"],
        input: UntagResourceRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["UpdateAlias"],
        input: UpdateAliasRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["UpdateCustomKeyStore"],
        input: UpdateCustomKeyStoreRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> UpdateCustomKeyStoreResponse: ...

    @overload
    def call(
        self,
        operation: Literal["UpdateKeyDescription"],
        input: UpdateKeyDescriptionRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["UpdatePrimaryRegion"],
        input: UpdatePrimaryRegionRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Nothing: ...

    @overload
    def call(
        self,
        operation: Literal["Verify"],
        input: VerifyRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> VerifyResponse: ...

    @overload
    def call(
        self,
        operation: Literal["VerifyMac"],
        input: VerifyMacRequest,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> VerifyMacResponse: ...

    def call(
        self,
        operation: Any,
        input: Any = None,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Any:
        raise NotImplementedError


class Api:
    """Every operation as a method, named as in boto3; ``kms.api`` is one.

    ``kms.api(region=..., caller=..., origin=...)`` makes calls that arrive elsewhere or come from somebody else. A member that is
    None is absent. Raises :class:`pocket_kms.KmsError`.
    """

    __slots__ = ("_call", "_place")

    def __init__(self, call: Callable[..., Any], **place: Any) -> None:
        self._call = call
        self._place = place

    def __call__(
        self, *, region: str | None = None, caller: Caller | str | None = None, origin: Origin | None = None
    ) -> "Api":
        return Api(self._call, region=region, caller=caller, origin=origin)

    def call(self, operation: str, input: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Makes the call of a name that is known at run time alone, such as one of ``OPERATIONS``."""
        answered: dict[str, Any] = self._call(operation, dict(input or {}), **self._place)
        return answered

    def cancel_key_deletion(
        self,
        *,
        KeyId: str,
    ) -> CancelKeyDeletionResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        """
        members = {
            "KeyId": KeyId,
        }
        answered: CancelKeyDeletionResponse = self._call("CancelKeyDeletion", members, **self._place)
        return answered

    def connect_custom_key_store(
        self,
        *,
        CustomKeyStoreId: str,
    ) -> ConnectCustomKeyStoreResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_ConnectCustomKeyStore.html

        CustomKeyStoreId: 1 to 64 characters.
        """
        members = {
            "CustomKeyStoreId": CustomKeyStoreId,
        }
        answered: ConnectCustomKeyStoreResponse = self._call("ConnectCustomKeyStore", members, **self._place)
        return answered

    def create_alias(
        self,
        *,
        AliasName: str,
        TargetKeyId: str,
    ) -> Nothing:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html

        AliasName: 1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`.
        TargetKeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        """
        members = {
            "AliasName": AliasName,
            "TargetKeyId": TargetKeyId,
        }
        answered: Nothing = self._call("CreateAlias", members, **self._place)
        return answered

    def create_custom_key_store(
        self,
        *,
        CustomKeyStoreName: str,
        CloudHsmClusterId: str | None = None,
        TrustAnchorCertificate: str | None = None,
        KeyStorePassword: str | None = None,
        CustomKeyStoreType: CustomKeyStoreType | None = None,
        XksProxyUriEndpoint: str | None = None,
        XksProxyUriPath: str | None = None,
        XksProxyVpcEndpointServiceName: str | None = None,
        XksProxyVpcEndpointServiceOwner: str | None = None,
        XksProxyAuthenticationCredential: XksProxyAuthenticationCredentialType | None = None,
        XksProxyConnectivity: XksProxyConnectivityType | None = None,
    ) -> CreateCustomKeyStoreResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateCustomKeyStore.html

        CustomKeyStoreName: 1 to 256 characters.
        CloudHsmClusterId: 19 to 24 characters, matching `cluster-[2-7a-zA-Z]{11,16}`.
        TrustAnchorCertificate: 1 to 5000 characters.
        KeyStorePassword: 7 to 32 characters, sensitive.
        XksProxyUriEndpoint: 10 to 128 characters, matching `^https://[a-zA-Z0-9.-]+$`.
        XksProxyUriPath: 10 to 128 characters, matching `^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$`.
        XksProxyVpcEndpointServiceName: 20 to 64 characters, matching `^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$`.
        XksProxyVpcEndpointServiceOwner: 12 characters, matching `[0-9]{12}`.
        """
        members = {
            "CustomKeyStoreName": CustomKeyStoreName,
            "CloudHsmClusterId": CloudHsmClusterId,
            "TrustAnchorCertificate": TrustAnchorCertificate,
            "KeyStorePassword": KeyStorePassword,
            "CustomKeyStoreType": CustomKeyStoreType,
            "XksProxyUriEndpoint": XksProxyUriEndpoint,
            "XksProxyUriPath": XksProxyUriPath,
            "XksProxyVpcEndpointServiceName": XksProxyVpcEndpointServiceName,
            "XksProxyVpcEndpointServiceOwner": XksProxyVpcEndpointServiceOwner,
            "XksProxyAuthenticationCredential": XksProxyAuthenticationCredential,
            "XksProxyConnectivity": XksProxyConnectivity,
        }
        answered: CreateCustomKeyStoreResponse = self._call("CreateCustomKeyStore", members, **self._place)
        return answered

    def create_grant(
        self,
        *,
        KeyId: str,
        GranteePrincipal: str | None = None,
        RetiringPrincipal: str | None = None,
        Operations: list[GrantOperation],
        Constraints: GrantConstraints | None = None,
        GrantTokens: list[str] | None = None,
        Name: str | None = None,
        DryRun: bool | None = None,
        GranteeServicePrincipal: str | None = None,
        RetiringServicePrincipal: str | None = None,
    ) -> CreateGrantResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        GranteePrincipal: 1 to 256 characters, matching `^[\w+=,.@:/-]+$`.
        RetiringPrincipal: 1 to 256 characters, matching `^[\w+=,.@:/-]+$`.
        GrantTokens: 0 to 10 elements.
        Name: 1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`.
        GranteeServicePrincipal: 1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`.
        RetiringServicePrincipal: 1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`.
        """
        members = {
            "KeyId": KeyId,
            "GranteePrincipal": GranteePrincipal,
            "RetiringPrincipal": RetiringPrincipal,
            "Operations": Operations,
            "Constraints": Constraints,
            "GrantTokens": GrantTokens,
            "Name": Name,
            "DryRun": DryRun,
            "GranteeServicePrincipal": GranteeServicePrincipal,
            "RetiringServicePrincipal": RetiringServicePrincipal,
        }
        answered: CreateGrantResponse = self._call("CreateGrant", members, **self._place)
        return answered

    def create_key(
        self,
        *,
        Policy: str | None = None,
        Description: str | None = None,
        KeyUsage: KeyUsageType | None = None,
        CustomerMasterKeySpec: CustomerMasterKeySpec | None = None,
        KeySpec: KeySpec | None = None,
        Origin: OriginType | None = None,
        CustomKeyStoreId: str | None = None,
        BypassPolicyLockoutSafetyCheck: bool | None = None,
        Tags: list[Tag] | None = None,
        MultiRegion: bool | None = None,
        XksKeyId: str | None = None,
    ) -> CreateKeyResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html

        Policy: 1 to 131072 characters, matching `[\u0009\u000A\u000D\u0020-\u00FF]+`.
        Description: 0 to 8192 characters.
        CustomKeyStoreId: 1 to 64 characters.
        XksKeyId: 1 to 128 characters, matching `^[a-zA-Z0-9-_.]+$`.
        """
        members = {
            "Policy": Policy,
            "Description": Description,
            "KeyUsage": KeyUsage,
            "CustomerMasterKeySpec": CustomerMasterKeySpec,
            "KeySpec": KeySpec,
            "Origin": Origin,
            "CustomKeyStoreId": CustomKeyStoreId,
            "BypassPolicyLockoutSafetyCheck": BypassPolicyLockoutSafetyCheck,
            "Tags": Tags,
            "MultiRegion": MultiRegion,
            "XksKeyId": XksKeyId,
        }
        answered: CreateKeyResponse = self._call("CreateKey", members, **self._place)
        return answered

    def decapsulate(
        self,
        *,
        KeyId: str,
        SharedSecretCiphertextBlob: bytes,
        EncapsulationAlgorithm: EncapsulationAlgorithmSpec,
        GrantTokens: list[str] | None = None,
        DryRun: bool | None = None,
    ) -> DecapsulateResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_Decapsulate.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        SharedSecretCiphertextBlob: 1 to 6144 bytes.
        GrantTokens: 0 to 10 elements.
        """
        members = {
            "KeyId": KeyId,
            "SharedSecretCiphertextBlob": SharedSecretCiphertextBlob,
            "EncapsulationAlgorithm": EncapsulationAlgorithm,
            "GrantTokens": GrantTokens,
            "DryRun": DryRun,
        }
        answered: DecapsulateResponse = self._call("Decapsulate", members, **self._place)
        return answered

    def decrypt(
        self,
        *,
        CiphertextBlob: bytes | None = None,
        EncryptionContext: dict[str, str] | None = None,
        GrantTokens: list[str] | None = None,
        KeyId: str | None = None,
        EncryptionAlgorithm: EncryptionAlgorithmSpec | None = None,
        Recipient: RecipientInfo | None = None,
        DryRun: bool | None = None,
        DryRunModifiers: list[DryRunModifierType] | None = None,
    ) -> DecryptResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html

        CiphertextBlob: 1 to 6144 bytes.
        GrantTokens: 0 to 10 elements.
        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        """
        members = {
            "CiphertextBlob": CiphertextBlob,
            "EncryptionContext": EncryptionContext,
            "GrantTokens": GrantTokens,
            "KeyId": KeyId,
            "EncryptionAlgorithm": EncryptionAlgorithm,
            "Recipient": Recipient,
            "DryRun": DryRun,
            "DryRunModifiers": DryRunModifiers,
        }
        answered: DecryptResponse = self._call("Decrypt", members, **self._place)
        return answered

    def delete_alias(
        self,
        *,
        AliasName: str,
    ) -> Nothing:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteAlias.html

        AliasName: 1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`.
        """
        members = {
            "AliasName": AliasName,
        }
        answered: Nothing = self._call("DeleteAlias", members, **self._place)
        return answered

    def delete_custom_key_store(
        self,
        *,
        CustomKeyStoreId: str,
    ) -> DeleteCustomKeyStoreResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteCustomKeyStore.html

        CustomKeyStoreId: 1 to 64 characters.
        """
        members = {
            "CustomKeyStoreId": CustomKeyStoreId,
        }
        answered: DeleteCustomKeyStoreResponse = self._call("DeleteCustomKeyStore", members, **self._place)
        return answered

    def delete_imported_key_material(
        self,
        *,
        KeyId: str,
        KeyMaterialId: str | None = None,
    ) -> DeleteImportedKeyMaterialResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteImportedKeyMaterial.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        KeyMaterialId: 64 characters, matching `^[a-f0-9]+$`.
        """
        members = {
            "KeyId": KeyId,
            "KeyMaterialId": KeyMaterialId,
        }
        answered: DeleteImportedKeyMaterialResponse = self._call("DeleteImportedKeyMaterial", members, **self._place)
        return answered

    def derive_shared_secret(
        self,
        *,
        KeyId: str,
        KeyAgreementAlgorithm: KeyAgreementAlgorithmSpec,
        PublicKey: bytes,
        GrantTokens: list[str] | None = None,
        DryRun: bool | None = None,
        Recipient: RecipientInfo | None = None,
    ) -> DeriveSharedSecretResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_DeriveSharedSecret.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        PublicKey: 1 to 8192 bytes.
        GrantTokens: 0 to 10 elements.
        """
        members = {
            "KeyId": KeyId,
            "KeyAgreementAlgorithm": KeyAgreementAlgorithm,
            "PublicKey": PublicKey,
            "GrantTokens": GrantTokens,
            "DryRun": DryRun,
            "Recipient": Recipient,
        }
        answered: DeriveSharedSecretResponse = self._call("DeriveSharedSecret", members, **self._place)
        return answered

    def describe_custom_key_stores(
        self,
        *,
        CustomKeyStoreId: str | None = None,
        CustomKeyStoreName: str | None = None,
        Limit: int | None = None,
        Marker: str | None = None,
    ) -> DescribeCustomKeyStoresResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeCustomKeyStores.html

        CustomKeyStoreId: 1 to 64 characters.
        CustomKeyStoreName: 1 to 256 characters.
        Limit: 1 to 1000.
        Marker: 1 to 1024 characters, matching `[\u0020-\u00FF]*`.
        """
        members = {
            "CustomKeyStoreId": CustomKeyStoreId,
            "CustomKeyStoreName": CustomKeyStoreName,
            "Limit": Limit,
            "Marker": Marker,
        }
        answered: DescribeCustomKeyStoresResponse = self._call("DescribeCustomKeyStores", members, **self._place)
        return answered

    def describe_key(
        self,
        *,
        KeyId: str,
        GrantTokens: list[str] | None = None,
    ) -> DescribeKeyResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        GrantTokens: 0 to 10 elements.
        """
        members = {
            "KeyId": KeyId,
            "GrantTokens": GrantTokens,
        }
        answered: DescribeKeyResponse = self._call("DescribeKey", members, **self._place)
        return answered

    def disable_key(
        self,
        *,
        KeyId: str,
    ) -> Nothing:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        """
        members = {
            "KeyId": KeyId,
        }
        answered: Nothing = self._call("DisableKey", members, **self._place)
        return answered

    def disable_key_rotation(
        self,
        *,
        KeyId: str,
    ) -> Nothing:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        """
        members = {
            "KeyId": KeyId,
        }
        answered: Nothing = self._call("DisableKeyRotation", members, **self._place)
        return answered

    def disconnect_custom_key_store(
        self,
        *,
        CustomKeyStoreId: str,
    ) -> DisconnectCustomKeyStoreResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_DisconnectCustomKeyStore.html

        CustomKeyStoreId: 1 to 64 characters.
        """
        members = {
            "CustomKeyStoreId": CustomKeyStoreId,
        }
        answered: DisconnectCustomKeyStoreResponse = self._call("DisconnectCustomKeyStore", members, **self._place)
        return answered

    def enable_key(
        self,
        *,
        KeyId: str,
    ) -> Nothing:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        """
        members = {
            "KeyId": KeyId,
        }
        answered: Nothing = self._call("EnableKey", members, **self._place)
        return answered

    def enable_key_rotation(
        self,
        *,
        KeyId: str,
        RotationPeriodInDays: int | None = None,
    ) -> Nothing:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        RotationPeriodInDays: 90 to 2560.
        """
        members = {
            "KeyId": KeyId,
            "RotationPeriodInDays": RotationPeriodInDays,
        }
        answered: Nothing = self._call("EnableKeyRotation", members, **self._place)
        return answered

    def encapsulate(
        self,
        *,
        KeyId: str,
        EncapsulationAlgorithm: EncapsulationAlgorithmSpec,
        GrantTokens: list[str] | None = None,
        DryRun: bool | None = None,
    ) -> EncapsulateResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_Encapsulate.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        GrantTokens: 0 to 10 elements.
        """
        members = {
            "KeyId": KeyId,
            "EncapsulationAlgorithm": EncapsulationAlgorithm,
            "GrantTokens": GrantTokens,
            "DryRun": DryRun,
        }
        answered: EncapsulateResponse = self._call("Encapsulate", members, **self._place)
        return answered

    def encrypt(
        self,
        *,
        KeyId: str,
        Plaintext: bytes,
        EncryptionContext: dict[str, str] | None = None,
        GrantTokens: list[str] | None = None,
        EncryptionAlgorithm: EncryptionAlgorithmSpec | None = None,
        DryRun: bool | None = None,
    ) -> EncryptResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        Plaintext: 1 to 4096 bytes, sensitive.
        GrantTokens: 0 to 10 elements.
        """
        members = {
            "KeyId": KeyId,
            "Plaintext": Plaintext,
            "EncryptionContext": EncryptionContext,
            "GrantTokens": GrantTokens,
            "EncryptionAlgorithm": EncryptionAlgorithm,
            "DryRun": DryRun,
        }
        answered: EncryptResponse = self._call("Encrypt", members, **self._place)
        return answered

    def generate_data_key(
        self,
        *,
        KeyId: str,
        EncryptionContext: dict[str, str] | None = None,
        NumberOfBytes: int | None = None,
        KeySpec: DataKeySpec | None = None,
        GrantTokens: list[str] | None = None,
        Recipient: RecipientInfo | None = None,
        DryRun: bool | None = None,
    ) -> GenerateDataKeyResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        NumberOfBytes: 1 to 1024.
        GrantTokens: 0 to 10 elements.
        """
        members = {
            "KeyId": KeyId,
            "EncryptionContext": EncryptionContext,
            "NumberOfBytes": NumberOfBytes,
            "KeySpec": KeySpec,
            "GrantTokens": GrantTokens,
            "Recipient": Recipient,
            "DryRun": DryRun,
        }
        answered: GenerateDataKeyResponse = self._call("GenerateDataKey", members, **self._place)
        return answered

    def generate_data_key_pair(
        self,
        *,
        EncryptionContext: dict[str, str] | None = None,
        KeyId: str,
        KeyPairSpec: DataKeyPairSpec,
        GrantTokens: list[str] | None = None,
        Recipient: RecipientInfo | None = None,
        DryRun: bool | None = None,
    ) -> GenerateDataKeyPairResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        GrantTokens: 0 to 10 elements.
        """
        members = {
            "EncryptionContext": EncryptionContext,
            "KeyId": KeyId,
            "KeyPairSpec": KeyPairSpec,
            "GrantTokens": GrantTokens,
            "Recipient": Recipient,
            "DryRun": DryRun,
        }
        answered: GenerateDataKeyPairResponse = self._call("GenerateDataKeyPair", members, **self._place)
        return answered

    def generate_data_key_pair_without_plaintext(
        self,
        *,
        EncryptionContext: dict[str, str] | None = None,
        KeyId: str,
        KeyPairSpec: DataKeyPairSpec,
        GrantTokens: list[str] | None = None,
        DryRun: bool | None = None,
    ) -> GenerateDataKeyPairWithoutPlaintextResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPairWithoutPlaintext.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        GrantTokens: 0 to 10 elements.
        """
        members = {
            "EncryptionContext": EncryptionContext,
            "KeyId": KeyId,
            "KeyPairSpec": KeyPairSpec,
            "GrantTokens": GrantTokens,
            "DryRun": DryRun,
        }
        answered: GenerateDataKeyPairWithoutPlaintextResponse = self._call("GenerateDataKeyPairWithoutPlaintext", members, **self._place)
        return answered

    def generate_data_key_without_plaintext(
        self,
        *,
        KeyId: str,
        EncryptionContext: dict[str, str] | None = None,
        KeySpec: DataKeySpec | None = None,
        NumberOfBytes: int | None = None,
        GrantTokens: list[str] | None = None,
        DryRun: bool | None = None,
    ) -> GenerateDataKeyWithoutPlaintextResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        NumberOfBytes: 1 to 1024.
        GrantTokens: 0 to 10 elements.
        """
        members = {
            "KeyId": KeyId,
            "EncryptionContext": EncryptionContext,
            "KeySpec": KeySpec,
            "NumberOfBytes": NumberOfBytes,
            "GrantTokens": GrantTokens,
            "DryRun": DryRun,
        }
        answered: GenerateDataKeyWithoutPlaintextResponse = self._call("GenerateDataKeyWithoutPlaintext", members, **self._place)
        return answered

    def generate_mac(
        self,
        *,
        Message: bytes,
        KeyId: str,
        MacAlgorithm: MacAlgorithmSpec,
        GrantTokens: list[str] | None = None,
        DryRun: bool | None = None,
    ) -> GenerateMacResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html

        Message: 1 to 4096 bytes, sensitive.
        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        GrantTokens: 0 to 10 elements.
        """
        members = {
            "Message": Message,
            "KeyId": KeyId,
            "MacAlgorithm": MacAlgorithm,
            "GrantTokens": GrantTokens,
            "DryRun": DryRun,
        }
        answered: GenerateMacResponse = self._call("GenerateMac", members, **self._place)
        return answered

    def generate_random(
        self,
        *,
        NumberOfBytes: int | None = None,
        CustomKeyStoreId: str | None = None,
        Recipient: RecipientInfo | None = None,
    ) -> GenerateRandomResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html

        NumberOfBytes: 1 to 1024.
        CustomKeyStoreId: 1 to 64 characters.
        """
        members = {
            "NumberOfBytes": NumberOfBytes,
            "CustomKeyStoreId": CustomKeyStoreId,
            "Recipient": Recipient,
        }
        answered: GenerateRandomResponse = self._call("GenerateRandom", members, **self._place)
        return answered

    def get_key_last_usage(
        self,
        *,
        KeyId: str,
    ) -> GetKeyLastUsageResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyLastUsage.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        """
        members = {
            "KeyId": KeyId,
        }
        answered: GetKeyLastUsageResponse = self._call("GetKeyLastUsage", members, **self._place)
        return answered

    def get_key_policy(
        self,
        *,
        KeyId: str,
        PolicyName: str | None = None,
    ) -> GetKeyPolicyResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        PolicyName: 1 to 128 characters, matching `[\w]+`.
        """
        members = {
            "KeyId": KeyId,
            "PolicyName": PolicyName,
        }
        answered: GetKeyPolicyResponse = self._call("GetKeyPolicy", members, **self._place)
        return answered

    def get_key_rotation_status(
        self,
        *,
        KeyId: str,
    ) -> GetKeyRotationStatusResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        """
        members = {
            "KeyId": KeyId,
        }
        answered: GetKeyRotationStatusResponse = self._call("GetKeyRotationStatus", members, **self._place)
        return answered

    def get_parameters_for_import(
        self,
        *,
        KeyId: str,
        WrappingAlgorithm: AlgorithmSpec,
        WrappingKeySpec: WrappingKeySpec,
    ) -> GetParametersForImportResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_GetParametersForImport.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        """
        members = {
            "KeyId": KeyId,
            "WrappingAlgorithm": WrappingAlgorithm,
            "WrappingKeySpec": WrappingKeySpec,
        }
        answered: GetParametersForImportResponse = self._call("GetParametersForImport", members, **self._place)
        return answered

    def get_public_key(
        self,
        *,
        KeyId: str,
        GrantTokens: list[str] | None = None,
    ) -> GetPublicKeyResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        GrantTokens: 0 to 10 elements.
        """
        members = {
            "KeyId": KeyId,
            "GrantTokens": GrantTokens,
        }
        answered: GetPublicKeyResponse = self._call("GetPublicKey", members, **self._place)
        return answered

    def import_key_material(
        self,
        *,
        KeyId: str,
        ImportToken: bytes,
        EncryptedKeyMaterial: bytes,
        ValidTo: datetime | None = None,
        ExpirationModel: ExpirationModelType | None = None,
        ImportType: ImportType | None = None,
        KeyMaterialDescription: str | None = None,
        KeyMaterialId: str | None = None,
    ) -> ImportKeyMaterialResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_ImportKeyMaterial.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        ImportToken: 1 to 6144 bytes.
        EncryptedKeyMaterial: 1 to 6144 bytes.
        KeyMaterialDescription: 0 to 256 characters, matching `^[a-zA-Z0-9:/_\s.-]+$`.
        KeyMaterialId: 64 characters, matching `^[a-f0-9]+$`.
        """
        members = {
            "KeyId": KeyId,
            "ImportToken": ImportToken,
            "EncryptedKeyMaterial": EncryptedKeyMaterial,
            "ValidTo": ValidTo,
            "ExpirationModel": ExpirationModel,
            "ImportType": ImportType,
            "KeyMaterialDescription": KeyMaterialDescription,
            "KeyMaterialId": KeyMaterialId,
        }
        answered: ImportKeyMaterialResponse = self._call("ImportKeyMaterial", members, **self._place)
        return answered

    def list_aliases(
        self,
        *,
        KeyId: str | None = None,
        Limit: int | None = None,
        Marker: str | None = None,
    ) -> ListAliasesResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        Limit: 1 to 1000.
        Marker: 1 to 1024 characters, matching `[\u0020-\u00FF]*`.
        """
        members = {
            "KeyId": KeyId,
            "Limit": Limit,
            "Marker": Marker,
        }
        answered: ListAliasesResponse = self._call("ListAliases", members, **self._place)
        return answered

    def list_grants(
        self,
        *,
        Limit: int | None = None,
        Marker: str | None = None,
        KeyId: str,
        GrantId: str | None = None,
        GranteePrincipal: str | None = None,
        GranteeServicePrincipal: str | None = None,
    ) -> ListGrantsResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html

        Limit: 1 to 1000.
        Marker: 1 to 1024 characters, matching `[\u0020-\u00FF]*`.
        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        GrantId: 1 to 128 characters.
        GranteePrincipal: 1 to 256 characters, matching `^[\w+=,.@:/-]+$`.
        GranteeServicePrincipal: 1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`.
        """
        members = {
            "Limit": Limit,
            "Marker": Marker,
            "KeyId": KeyId,
            "GrantId": GrantId,
            "GranteePrincipal": GranteePrincipal,
            "GranteeServicePrincipal": GranteeServicePrincipal,
        }
        answered: ListGrantsResponse = self._call("ListGrants", members, **self._place)
        return answered

    def list_key_policies(
        self,
        *,
        KeyId: str,
        Limit: int | None = None,
        Marker: str | None = None,
    ) -> ListKeyPoliciesResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyPolicies.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        Limit: 1 to 1000.
        Marker: 1 to 1024 characters, matching `[\u0020-\u00FF]*`.
        """
        members = {
            "KeyId": KeyId,
            "Limit": Limit,
            "Marker": Marker,
        }
        answered: ListKeyPoliciesResponse = self._call("ListKeyPolicies", members, **self._place)
        return answered

    def list_key_rotations(
        self,
        *,
        KeyId: str,
        IncludeKeyMaterial: IncludeKeyMaterial | None = None,
        Limit: int | None = None,
        Marker: str | None = None,
    ) -> ListKeyRotationsResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        Limit: 1 to 1000.
        Marker: 1 to 1024 characters, matching `[\u0020-\u00FF]*`.
        """
        members = {
            "KeyId": KeyId,
            "IncludeKeyMaterial": IncludeKeyMaterial,
            "Limit": Limit,
            "Marker": Marker,
        }
        answered: ListKeyRotationsResponse = self._call("ListKeyRotations", members, **self._place)
        return answered

    def list_keys(
        self,
        *,
        Limit: int | None = None,
        Marker: str | None = None,
        ResourceOwners: list[ResourceOwnerType] | None = None,
    ) -> ListKeysResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html

        Limit: 1 to 1000.
        Marker: 1 to 1024 characters, matching `[\u0020-\u00FF]*`.
        ResourceOwners: 1 to 2 elements.
        """
        members = {
            "Limit": Limit,
            "Marker": Marker,
            "ResourceOwners": ResourceOwners,
        }
        answered: ListKeysResponse = self._call("ListKeys", members, **self._place)
        return answered

    def list_resource_tags(
        self,
        *,
        KeyId: str,
        Limit: int | None = None,
        Marker: str | None = None,
    ) -> ListResourceTagsResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        Limit: 1 to 1000.
        Marker: 1 to 1024 characters, matching `[\u0020-\u00FF]*`.
        """
        members = {
            "KeyId": KeyId,
            "Limit": Limit,
            "Marker": Marker,
        }
        answered: ListResourceTagsResponse = self._call("ListResourceTags", members, **self._place)
        return answered

    def list_retirable_grants(
        self,
        *,
        Limit: int | None = None,
        Marker: str | None = None,
        RetiringPrincipal: str | None = None,
        RetiringServicePrincipal: str | None = None,
    ) -> ListGrantsResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_ListRetirableGrants.html

        Limit: 1 to 1000.
        Marker: 1 to 1024 characters, matching `[\u0020-\u00FF]*`.
        RetiringPrincipal: 1 to 256 characters, matching `^[\w+=,.@:/-]+$`.
        RetiringServicePrincipal: 1 to 128 characters, matching `^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$`.
        """
        members = {
            "Limit": Limit,
            "Marker": Marker,
            "RetiringPrincipal": RetiringPrincipal,
            "RetiringServicePrincipal": RetiringServicePrincipal,
        }
        answered: ListGrantsResponse = self._call("ListRetirableGrants", members, **self._place)
        return answered

    def put_key_policy(
        self,
        *,
        KeyId: str,
        PolicyName: str | None = None,
        Policy: str,
        BypassPolicyLockoutSafetyCheck: bool | None = None,
    ) -> Nothing:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        PolicyName: 1 to 128 characters, matching `[\w]+`.
        Policy: 1 to 131072 characters, matching `[\u0009\u000A\u000D\u0020-\u00FF]+`.
        """
        members = {
            "KeyId": KeyId,
            "PolicyName": PolicyName,
            "Policy": Policy,
            "BypassPolicyLockoutSafetyCheck": BypassPolicyLockoutSafetyCheck,
        }
        answered: Nothing = self._call("PutKeyPolicy", members, **self._place)
        return answered

    def re_encrypt(
        self,
        *,
        CiphertextBlob: bytes | None = None,
        SourceEncryptionContext: dict[str, str] | None = None,
        SourceKeyId: str | None = None,
        DestinationKeyId: str,
        DestinationEncryptionContext: dict[str, str] | None = None,
        SourceEncryptionAlgorithm: EncryptionAlgorithmSpec | None = None,
        DestinationEncryptionAlgorithm: EncryptionAlgorithmSpec | None = None,
        GrantTokens: list[str] | None = None,
        DryRun: bool | None = None,
        DryRunModifiers: list[DryRunModifierType] | None = None,
    ) -> ReEncryptResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html

        CiphertextBlob: 1 to 6144 bytes.
        SourceKeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        DestinationKeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        GrantTokens: 0 to 10 elements.
        """
        members = {
            "CiphertextBlob": CiphertextBlob,
            "SourceEncryptionContext": SourceEncryptionContext,
            "SourceKeyId": SourceKeyId,
            "DestinationKeyId": DestinationKeyId,
            "DestinationEncryptionContext": DestinationEncryptionContext,
            "SourceEncryptionAlgorithm": SourceEncryptionAlgorithm,
            "DestinationEncryptionAlgorithm": DestinationEncryptionAlgorithm,
            "GrantTokens": GrantTokens,
            "DryRun": DryRun,
            "DryRunModifiers": DryRunModifiers,
        }
        answered: ReEncryptResponse = self._call("ReEncrypt", members, **self._place)
        return answered

    def replicate_key(
        self,
        *,
        KeyId: str,
        ReplicaRegion: str,
        Policy: str | None = None,
        BypassPolicyLockoutSafetyCheck: bool | None = None,
        Description: str | None = None,
        Tags: list[Tag] | None = None,
    ) -> ReplicateKeyResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        ReplicaRegion: 1 to 32 characters, matching `^([a-z]+-){2,3}\d+$`.
        Policy: 1 to 131072 characters, matching `[\u0009\u000A\u000D\u0020-\u00FF]+`.
        Description: 0 to 8192 characters.
        """
        members = {
            "KeyId": KeyId,
            "ReplicaRegion": ReplicaRegion,
            "Policy": Policy,
            "BypassPolicyLockoutSafetyCheck": BypassPolicyLockoutSafetyCheck,
            "Description": Description,
            "Tags": Tags,
        }
        answered: ReplicateKeyResponse = self._call("ReplicateKey", members, **self._place)
        return answered

    def retire_grant(
        self,
        *,
        GrantToken: str | None = None,
        KeyId: str | None = None,
        GrantId: str | None = None,
        DryRun: bool | None = None,
    ) -> Nothing:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html

        GrantToken: 1 to 8192 characters.
        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        GrantId: 1 to 128 characters.
        """
        members = {
            "GrantToken": GrantToken,
            "KeyId": KeyId,
            "GrantId": GrantId,
            "DryRun": DryRun,
        }
        answered: Nothing = self._call("RetireGrant", members, **self._place)
        return answered

    def revoke_grant(
        self,
        *,
        KeyId: str,
        GrantId: str,
        DryRun: bool | None = None,
    ) -> Nothing:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        GrantId: 1 to 128 characters.
        """
        members = {
            "KeyId": KeyId,
            "GrantId": GrantId,
            "DryRun": DryRun,
        }
        answered: Nothing = self._call("RevokeGrant", members, **self._place)
        return answered

    def rotate_key_on_demand(
        self,
        *,
        KeyId: str,
    ) -> RotateKeyOnDemandResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        """
        members = {
            "KeyId": KeyId,
        }
        answered: RotateKeyOnDemandResponse = self._call("RotateKeyOnDemand", members, **self._place)
        return answered

    def schedule_key_deletion(
        self,
        *,
        KeyId: str,
        PendingWindowInDays: int | None = None,
    ) -> ScheduleKeyDeletionResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        PendingWindowInDays: 1 to 365.
        """
        members = {
            "KeyId": KeyId,
            "PendingWindowInDays": PendingWindowInDays,
        }
        answered: ScheduleKeyDeletionResponse = self._call("ScheduleKeyDeletion", members, **self._place)
        return answered

    def sign(
        self,
        *,
        KeyId: str,
        Message: bytes,
        MessageType: MessageType | None = None,
        GrantTokens: list[str] | None = None,
        SigningAlgorithm: SigningAlgorithmSpec,
        DryRun: bool | None = None,
    ) -> SignResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        Message: 1 to 4096 bytes, sensitive.
        GrantTokens: 0 to 10 elements.
        """
        members = {
            "KeyId": KeyId,
            "Message": Message,
            "MessageType": MessageType,
            "GrantTokens": GrantTokens,
            "SigningAlgorithm": SigningAlgorithm,
            "DryRun": DryRun,
        }
        answered: SignResponse = self._call("Sign", members, **self._place)
        return answered

    def tag_resource(
        self,
        *,
        KeyId: str,
        Tags: list[Tag],
    ) -> Nothing:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        """
        members = {
            "KeyId": KeyId,
            "Tags": Tags,
        }
        answered: Nothing = self._call("TagResource", members, **self._place)
        return answered

    def untag_resource(
        self,
        *,
        KeyId: str,
        TagKeys: list[str],
    ) -> Nothing:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        """
        members = {
            "KeyId": KeyId,
            "TagKeys": TagKeys,
        }
        answered: Nothing = self._call("UntagResource", members, **self._place)
        return answered

    def update_alias(
        self,
        *,
        AliasName: str,
        TargetKeyId: str,
    ) -> Nothing:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html

        AliasName: 1 to 256 characters, matching `^[a-zA-Z0-9:/_-]+$`.
        TargetKeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        """
        members = {
            "AliasName": AliasName,
            "TargetKeyId": TargetKeyId,
        }
        answered: Nothing = self._call("UpdateAlias", members, **self._place)
        return answered

    def update_custom_key_store(
        self,
        *,
        CustomKeyStoreId: str,
        NewCustomKeyStoreName: str | None = None,
        KeyStorePassword: str | None = None,
        CloudHsmClusterId: str | None = None,
        XksProxyUriEndpoint: str | None = None,
        XksProxyUriPath: str | None = None,
        XksProxyVpcEndpointServiceName: str | None = None,
        XksProxyVpcEndpointServiceOwner: str | None = None,
        XksProxyAuthenticationCredential: XksProxyAuthenticationCredentialType | None = None,
        XksProxyConnectivity: XksProxyConnectivityType | None = None,
    ) -> UpdateCustomKeyStoreResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateCustomKeyStore.html

        CustomKeyStoreId: 1 to 64 characters.
        NewCustomKeyStoreName: 1 to 256 characters.
        KeyStorePassword: 7 to 32 characters, sensitive.
        CloudHsmClusterId: 19 to 24 characters, matching `cluster-[2-7a-zA-Z]{11,16}`.
        XksProxyUriEndpoint: 10 to 128 characters, matching `^https://[a-zA-Z0-9.-]+$`.
        XksProxyUriPath: 10 to 128 characters, matching `^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$`.
        XksProxyVpcEndpointServiceName: 20 to 64 characters, matching `^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$`.
        XksProxyVpcEndpointServiceOwner: 12 characters, matching `[0-9]{12}`.
        """
        members = {
            "CustomKeyStoreId": CustomKeyStoreId,
            "NewCustomKeyStoreName": NewCustomKeyStoreName,
            "KeyStorePassword": KeyStorePassword,
            "CloudHsmClusterId": CloudHsmClusterId,
            "XksProxyUriEndpoint": XksProxyUriEndpoint,
            "XksProxyUriPath": XksProxyUriPath,
            "XksProxyVpcEndpointServiceName": XksProxyVpcEndpointServiceName,
            "XksProxyVpcEndpointServiceOwner": XksProxyVpcEndpointServiceOwner,
            "XksProxyAuthenticationCredential": XksProxyAuthenticationCredential,
            "XksProxyConnectivity": XksProxyConnectivity,
        }
        answered: UpdateCustomKeyStoreResponse = self._call("UpdateCustomKeyStore", members, **self._place)
        return answered

    def update_key_description(
        self,
        *,
        KeyId: str,
        Description: str,
    ) -> Nothing:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateKeyDescription.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        Description: 0 to 8192 characters.
        """
        members = {
            "KeyId": KeyId,
            "Description": Description,
        }
        answered: Nothing = self._call("UpdateKeyDescription", members, **self._place)
        return answered

    def update_primary_region(
        self,
        *,
        KeyId: str,
        PrimaryRegion: str,
    ) -> Nothing:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        PrimaryRegion: 1 to 32 characters, matching `^([a-z]+-){2,3}\d+$`.
        """
        members = {
            "KeyId": KeyId,
            "PrimaryRegion": PrimaryRegion,
        }
        answered: Nothing = self._call("UpdatePrimaryRegion", members, **self._place)
        return answered

    def verify(
        self,
        *,
        KeyId: str,
        Message: bytes,
        MessageType: MessageType | None = None,
        Signature: bytes,
        SigningAlgorithm: SigningAlgorithmSpec,
        GrantTokens: list[str] | None = None,
        DryRun: bool | None = None,
    ) -> VerifyResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_Verify.html

        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        Message: 1 to 4096 bytes, sensitive.
        Signature: 1 to 6144 bytes.
        GrantTokens: 0 to 10 elements.
        """
        members = {
            "KeyId": KeyId,
            "Message": Message,
            "MessageType": MessageType,
            "Signature": Signature,
            "SigningAlgorithm": SigningAlgorithm,
            "GrantTokens": GrantTokens,
            "DryRun": DryRun,
        }
        answered: VerifyResponse = self._call("Verify", members, **self._place)
        return answered

    def verify_mac(
        self,
        *,
        Message: bytes,
        KeyId: str,
        MacAlgorithm: MacAlgorithmSpec,
        Mac: bytes,
        GrantTokens: list[str] | None = None,
        DryRun: bool | None = None,
    ) -> VerifyMacResponse:
        r"""https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html

        Message: 1 to 4096 bytes, sensitive.
        KeyId: 1 to 2048 characters, matching `^\p{ASCII}+$`.
        Mac: 1 to 6144 bytes.
        GrantTokens: 0 to 10 elements.
        """
        members = {
            "Message": Message,
            "KeyId": KeyId,
            "MacAlgorithm": MacAlgorithm,
            "Mac": Mac,
            "GrantTokens": GrantTokens,
            "DryRun": DryRun,
        }
        answered: VerifyMacResponse = self._call("VerifyMac", members, **self._place)
        return answered
