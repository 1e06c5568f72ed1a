//! The enumerations of the API model, in the order in which AWS names their values in a refusal where that is known.

use crate::wire::{Checked, IntoMember, Seen, Shape, Table, Value, choice};

choice! {
    AlgorithmSpec { RsaesOaepSha1 = "RSAES_OAEP_SHA_1", RsaesOaepSha256 = "RSAES_OAEP_SHA_256", RsaesPkcs1V15 = "RSAES_PKCS1_V1_5", RsaAesKeyWrapSha1 = "RSA_AES_KEY_WRAP_SHA_1", RsaAesKeyWrapSha256 = "RSA_AES_KEY_WRAP_SHA_256", Sm2pke = "SM2PKE" }
    ConnectionErrorCodeType { InvalidCredentials = "INVALID_CREDENTIALS", ClusterNotFound = "CLUSTER_NOT_FOUND", NetworkErrors = "NETWORK_ERRORS", InternalError = "INTERNAL_ERROR", InsufficientCloudhsmHsms = "INSUFFICIENT_CLOUDHSM_HSMS", UserLockedOut = "USER_LOCKED_OUT", UserNotFound = "USER_NOT_FOUND", UserLoggedIn = "USER_LOGGED_IN", SubnetNotFound = "SUBNET_NOT_FOUND", InsufficientFreeAddressesInSubnet = "INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET", XksProxyAccessDenied = "XKS_PROXY_ACCESS_DENIED", XksProxyNotReachable = "XKS_PROXY_NOT_REACHABLE", XksVpcEndpointServiceNotFound = "XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND", XksProxyInvalidResponse = "XKS_PROXY_INVALID_RESPONSE", XksProxyInvalidConfiguration = "XKS_PROXY_INVALID_CONFIGURATION", XksVpcEndpointServiceInvalidConfiguration = "XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION", XksProxyTimedOut = "XKS_PROXY_TIMED_OUT", XksProxyInvalidTlsConfiguration = "XKS_PROXY_INVALID_TLS_CONFIGURATION" }
    ConnectionStateType { Connected = "CONNECTED", Connecting = "CONNECTING", Failed = "FAILED", Disconnected = "DISCONNECTED", Disconnecting = "DISCONNECTING" }
    CustomKeyStoreType { AwsCloudhsm = "AWS_CLOUDHSM", ExternalKeyStore = "EXTERNAL_KEY_STORE" }
    CustomerMasterKeySpec { Rsa2048 = "RSA_2048", Rsa3072 = "RSA_3072", Rsa4096 = "RSA_4096", EccNistP256 = "ECC_NIST_P256", EccNistP384 = "ECC_NIST_P384", EccNistP521 = "ECC_NIST_P521", EccSecgP256k1 = "ECC_SECG_P256K1", SymmetricDefault = "SYMMETRIC_DEFAULT", Hmac224 = "HMAC_224", Hmac256 = "HMAC_256", Hmac384 = "HMAC_384", Hmac512 = "HMAC_512", Sm2 = "SM2" }
    DataKeyPairSpec { Rsa2048 = "RSA_2048", Rsa3072 = "RSA_3072", Rsa4096 = "RSA_4096", EccNistP256 = "ECC_NIST_P256", EccNistP384 = "ECC_NIST_P384", EccNistP521 = "ECC_NIST_P521", EccSecgP256k1 = "ECC_SECG_P256K1", Sm2 = "SM2", EccNistEdwards25519 = "ECC_NIST_EDWARDS25519", MlKem512 = "ML_KEM_512", MlKem768 = "ML_KEM_768", MlKem1024 = "ML_KEM_1024" }
    /// AWS names its list of KMS key specs when it refuses another value (OBS-3). That list was seen before ML-KEM came;
    /// ours has ML-KEM since (decision).
    DataKeySpec named KeySpec { Aes256 = "AES_256", Aes128 = "AES_128" }
    DryRunModifierType { IgnoreCiphertext = "IGNORE_CIPHERTEXT" }
    EncapsulationAlgorithmSpec { MlKem = "ML_KEM" }
    EncryptionAlgorithmSpec {
        RsaesOaepSha1 = "RSAES_OAEP_SHA_1",
        RsaesOaepSha256 = "RSAES_OAEP_SHA_256",
        Sm2pke = "SM2PKE",
        SymmetricDefault = "SYMMETRIC_DEFAULT",
    }
    ExpirationModelType { KeyMaterialDoesNotExpire = "KEY_MATERIAL_DOES_NOT_EXPIRE", KeyMaterialExpires = "KEY_MATERIAL_EXPIRES" }
    GrantOperation { Decrypt = "Decrypt", Encrypt = "Encrypt", GenerateDataKey = "GenerateDataKey", GenerateDataKeyWithoutPlaintext = "GenerateDataKeyWithoutPlaintext", ReEncryptFrom = "ReEncryptFrom", ReEncryptTo = "ReEncryptTo", Sign = "Sign", Verify = "Verify", GetPublicKey = "GetPublicKey", CreateGrant = "CreateGrant", RetireGrant = "RetireGrant", DescribeKey = "DescribeKey", GenerateDataKeyPair = "GenerateDataKeyPair", GenerateDataKeyPairWithoutPlaintext = "GenerateDataKeyPairWithoutPlaintext", GenerateMac = "GenerateMac", VerifyMac = "VerifyMac", DeriveSharedSecret = "DeriveSharedSecret", Encapsulate = "Encapsulate", Decapsulate = "Decapsulate" }
    ImportState { Imported = "IMPORTED", PendingImport = "PENDING_IMPORT" }
    ImportType { NewKeyMaterial = "NEW_KEY_MATERIAL", ExistingKeyMaterial = "EXISTING_KEY_MATERIAL" }
    IncludeKeyMaterial { AllKeyMaterial = "ALL_KEY_MATERIAL", RotationsOnly = "ROTATIONS_ONLY" }
    KeyAgreementAlgorithmSpec { Ecdh = "ECDH" }
    KeyEncryptionMechanism { RsaesOaepSha256 = "RSAES_OAEP_SHA_256" }
    KeyLastUsageTrackingOperation { Decrypt = "Decrypt", DeriveSharedSecret = "DeriveSharedSecret", Encrypt = "Encrypt", GenerateDataKey = "GenerateDataKey", GenerateDataKeyPair = "GenerateDataKeyPair", GenerateDataKeyPairWithoutPlaintext = "GenerateDataKeyPairWithoutPlaintext", GenerateDataKeyWithoutPlaintext = "GenerateDataKeyWithoutPlaintext", GenerateMac = "GenerateMac", ReEncrypt = "ReEncrypt", Sign = "Sign", Verify = "Verify", VerifyMac = "VerifyMac", Encapsulate = "Encapsulate", Decapsulate = "Decapsulate" }
    KeyManagerType { Aws = "AWS", Customer = "CUSTOMER" }
    KeyMaterialState { NonCurrent = "NON_CURRENT", Current = "CURRENT", PendingRotation = "PENDING_ROTATION", PendingMultiRegionImportAndRotation = "PENDING_MULTI_REGION_IMPORT_AND_ROTATION" }
    KeySpec {
        Rsa2048 = "RSA_2048",
        Rsa3072 = "RSA_3072",
        Rsa4096 = "RSA_4096",
        EccNistP256 = "ECC_NIST_P256",
        EccNistP384 = "ECC_NIST_P384",
        EccNistP521 = "ECC_NIST_P521",
        EccSecgP256k1 = "ECC_SECG_P256K1",
        EccNistEdwards25519 = "ECC_NIST_EDWARDS25519",
        SymmetricDefault = "SYMMETRIC_DEFAULT",
        Hmac224 = "HMAC_224",
        Hmac256 = "HMAC_256",
        Hmac384 = "HMAC_384",
        Hmac512 = "HMAC_512",
        Sm2 = "SM2",
        MlDsa44 = "ML_DSA_44",
        MlDsa65 = "ML_DSA_65",
        MlDsa87 = "ML_DSA_87",
        MlKem512 = "ML_KEM_512",
        MlKem768 = "ML_KEM_768",
        MlKem1024 = "ML_KEM_1024",
    }
    KeyState { Creating = "Creating", Enabled = "Enabled", Disabled = "Disabled", PendingDeletion = "PendingDeletion", PendingImport = "PendingImport", PendingReplicaDeletion = "PendingReplicaDeletion", Unavailable = "Unavailable", Updating = "Updating" }
    KeyUsageType { SignVerify = "SIGN_VERIFY", EncryptDecrypt = "ENCRYPT_DECRYPT", GenerateVerifyMac = "GENERATE_VERIFY_MAC", KeyAgreement = "KEY_AGREEMENT", EncapsulateDecapsulate = "ENCAPSULATE_DECAPSULATE" }
    MacAlgorithmSpec {
        HmacSha384 = "HMAC_SHA_384",
        HmacSha256 = "HMAC_SHA_256",
        HmacSha224 = "HMAC_SHA_224",
        HmacSha512 = "HMAC_SHA_512",
    }
    MessageType { Raw = "RAW", Digest = "DIGEST", ExternalMu = "EXTERNAL_MU" }
    MultiRegionKeyType { Primary = "PRIMARY", Replica = "REPLICA" }
    OriginType { AwsKms = "AWS_KMS", External = "EXTERNAL", AwsCloudhsm = "AWS_CLOUDHSM", ExternalKeyStore = "EXTERNAL_KEY_STORE" }
    ResourceOwnerType { Own = "SELF", OtherAccountsViaRam = "OTHER_ACCOUNTS_VIA_RAM" }
    RotationType { Automatic = "AUTOMATIC", OnDemand = "ON_DEMAND" }
    SigningAlgorithmSpec {
        RsassaPssSha256 = "RSASSA_PSS_SHA_256",
        RsassaPssSha384 = "RSASSA_PSS_SHA_384",
        RsassaPssSha512 = "RSASSA_PSS_SHA_512",
        RsassaPkcs1V15Sha256 = "RSASSA_PKCS1_V1_5_SHA_256",
        RsassaPkcs1V15Sha384 = "RSASSA_PKCS1_V1_5_SHA_384",
        RsassaPkcs1V15Sha512 = "RSASSA_PKCS1_V1_5_SHA_512",
        EcdsaSha256 = "ECDSA_SHA_256",
        EcdsaSha384 = "ECDSA_SHA_384",
        EcdsaSha512 = "ECDSA_SHA_512",
        Ed25519Sha512 = "ED25519_SHA_512",
        Ed25519PhSha512 = "ED25519_PH_SHA_512",
        Sm2dsa = "SM2DSA",
        MlDsaShake256 = "ML_DSA_SHAKE_256",
    }
    WrappingKeySpec { Rsa2048 = "RSA_2048", Rsa3072 = "RSA_3072", Rsa4096 = "RSA_4096", Sm2 = "SM2" }
    XksProxyConnectivityType { PublicEndpoint = "PUBLIC_ENDPOINT", VpcEndpointService = "VPC_ENDPOINT_SERVICE" }
}

/// The signing algorithm of a request: one that the model publishes, or the one that the service knows besides.
///
/// The service reads `SYMMETRIC_DEFAULT` as a signing algorithm that no key spec has; the encryption algorithms of RSA and
/// all else it refuses with the published list (OBS-6). That other enumerations have no such value is a decision:
/// none was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestedSigningAlgorithm {
    /// A published signing algorithm.
    Published(SigningAlgorithmSpec),
    /// `SYMMETRIC_DEFAULT`.
    SymmetricDefault,
}

impl RequestedSigningAlgorithm {
    /// The algorithm, if it is one that keys can have.
    pub(crate) const fn published(self) -> Option<SigningAlgorithmSpec> {
        match self {
            Self::Published(algorithm) => Some(algorithm),
            Self::SymmetricDefault => None,
        }
    }

    /// The name on the wire.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Published(algorithm) => algorithm.as_str(),
            Self::SymmetricDefault => EncryptionAlgorithmSpec::SymmetricDefault.as_str(),
        }
    }
}

impl From<SigningAlgorithmSpec> for RequestedSigningAlgorithm {
    fn from(algorithm: SigningAlgorithmSpec) -> Self {
        Self::Published(algorithm)
    }
}

impl<A: Into<RequestedSigningAlgorithm>> IntoMember<RequestedSigningAlgorithm> for A {
    fn into_member(self) -> RequestedSigningAlgorithm {
        self.into()
    }
}

impl Shape for RequestedSigningAlgorithm {
    type Rust = Self;
    const TABLE: &'static Table = &Table::Choice {
        name: SigningAlgorithmSpec::TABLE.name(),
        values: SigningAlgorithmSpec::NAMES,
        unpublished: &[Self::SymmetricDefault.as_str()],
        named: SigningAlgorithmSpec::NAMES,
    };

    fn take(checked: Checked) -> Self {
        checked.choice(SigningAlgorithmSpec::ALL).map_or(Self::SymmetricDefault, Self::Published)
    }

    fn see(rust: &Self) -> Seen<'_> {
        Seen::Text(rust.as_str())
    }

    fn write(rust: Self) -> Value {
        Value::Text(rust.as_str().to_owned())
    }
}
