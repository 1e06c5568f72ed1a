//! The simple types of the API model: texts, blobs, numbers, lists and maps with their constraints.

use super::{choices::*, patterns, rust, structures::*};
use crate::wire::{
    Checked, Length, SecretBytes, Seen, Shape, Table, Value, blob, flag, list, map, number, text, timestamp,
};

text! {
    AWSAccountIdType;
    AccountIdType 12..12 ~ r"[0-9]{12}" by patterns::account_id;
    AliasNameType 1..256 ~ r"^[a-zA-Z0-9:/_-]+$" by patterns::alias_name;
    ArnType 20..2048;
    BackingKeyIdResponseType 0..64 ~ r"^[a-f0-9]+$" by patterns::backing_key_id_response;
    BackingKeyIdType 64..64 ~ r"^[a-f0-9]+$" by patterns::backing_key_id;
    CloudHsmClusterIdType 19..24 ~ r"cluster-[2-7a-zA-Z]{11,16}" by patterns::cloud_hsm_cluster_id;
    CloudTrailEventIdType;
    CustomKeyStoreIdType 1..64;
    CustomKeyStoreNameType 1..256;
    DescriptionType 0..8192;
    EncryptionContextKey;
    GrantConstraintSourceArnType 20..512 ~ r"^arn:aws[a-z0-9-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{12}:.+$" by patterns::grant_constraint_source_arn;
    GrantIdType 1..128;
    GrantNameType 1..256 ~ r"^[a-zA-Z0-9:/_-]+$" by patterns::grant_name;
    GrantTokenType 1..8192;
    KeyIdType 1..2048 ~ r"^\p{ASCII}+$" by patterns::key_id;
    KeyMaterialDescriptionType 0..256 ~ r"^[a-zA-Z0-9:/_\s.-]+$" by patterns::key_material_description;
    KeyStorePasswordType 7..32, sensitive;
    KmsRequestIdType;
    MarkerType 1..1024 ~ r"[\u0020-\u00FF]*" by patterns::marker;
    PolicyNameType 1..128 ~ r"[\w]+" by patterns::policy_name;
    PolicyType 1..131_072 ~ r"[\u0009\u000A\u000D\u0020-\u00FF]+" by patterns::policy;
    PrincipalIdType 1..256 ~ r"^[\w+=,.@:/-]+$" by patterns::principal_id;
    RegionType 1..32 ~ r"^([a-z]+-){2,3}\d+$" by patterns::region;
    ServicePrincipalType 1..128 ~ r"^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$" by patterns::service_principal;
    TagKeyType 1..128;
    TagValueType 0..256;
    TrustAnchorCertificateType 1..5000;
    XksKeyIdType 1..128 ~ r"^[a-zA-Z0-9-_.]+$" by patterns::xks_key_id;
    XksProxyAuthenticationAccessKeyIdType 20..30 ~ r"^[A-Z2-7]+$" by patterns::xks_proxy_authentication_access_key_id, sensitive;
    XksProxyAuthenticationRawSecretAccessKeyType 43..64 ~ r"^[a-zA-Z0-9\/+=]+$" by patterns::xks_proxy_authentication_raw_secret_access_key, sensitive;
    XksProxyUriEndpointType 10..128 ~ r"^https://[a-zA-Z0-9.-]+$" by patterns::xks_proxy_uri_endpoint;
    XksProxyUriPathType 10..128 ~ r"^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$" by patterns::xks_proxy_uri_path;
    XksProxyVpcEndpointServiceNameType 20..64 ~ r"^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$" by patterns::xks_proxy_vpc_endpoint_service_name;
}

blob! {
    AttestationDocumentType 1..262_144 = Vec<u8> as Blob, false;
    CiphertextType 1..6144 = Vec<u8> as Blob, false;
    PlaintextType 1..4096 = SecretBytes as Secret, true;
    PublicKeyType 1..8192 = Vec<u8> as Blob, false;
}

number! {
    LimitType 1..1000;
    NumberOfBytesType 1..1024;
    PendingWindowInDaysType 1..365;
    RotationPeriodInDaysType 90..2560;
}

flag! { BooleanType; NullableBooleanType; }

timestamp! { DateType; }

list! {
    AliasList of AliasListEntry;
    CustomKeyStoresList of CustomKeyStoresListEntry;
    DryRunModifierList of DryRunModifierType;
    EncapsulationAlgorithmSpecList of EncapsulationAlgorithmSpec;
    EncryptionAlgorithmSpecList of EncryptionAlgorithmSpec;
    GrantList of GrantListEntry;
    GrantOperationList of GrantOperation;
    GrantTokenList of GrantTokenType 0..10;
    KeyAgreementAlgorithmSpecList of KeyAgreementAlgorithmSpec;
    KeyList of KeyListEntry;
    MacAlgorithmSpecList of MacAlgorithmSpec;
    MultiRegionKeyList of MultiRegionKey;
    PolicyNameList of PolicyNameType;
    ResourceOwnersList of ResourceOwnerType 1..2;
    RotationsList of RotationsListEntry;
    SigningAlgorithmSpecList of SigningAlgorithmSpec;
    TagKeyList of TagKeyType;
    TagList of Tag;
}

map! {
    EncryptionContextType of EncryptionContextKey to EncryptionContextValue;
}

/// A value in an encryption context: text, or a number or truth value that is taken as text (P1-87).
///
/// The guide names integers and floats, and no form for them. Ours is a decision: the shortest decimal digits that give
/// the number back, without an exponent and without a fraction of zero (`1.0` is `1`, for JavaScript has only one of the
/// two), and `true` and `false`. The reply of a call and its audit record, conditions and ciphertexts see this text.
#[derive(Debug)]
pub(crate) enum EncryptionContextValue {}

impl Shape for EncryptionContextValue {
    type Rust = String;
    const TABLE: &'static Table = &Table::Text {
        name: "EncryptionContextValue",
        length: Length { min: None, max: None },
        pattern: None,
        sensitive: false,
        scalars: true,
    };

    fn take(checked: Checked) -> String {
        checked.text()
    }

    fn see(rust: &String) -> Seen<'_> {
        Seen::Text(rust)
    }

    fn write(rust: String) -> Value {
        Value::Text(rust)
    }
}
