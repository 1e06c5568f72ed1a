//! The structures that several operations share.

use super::{choices::*, rust, types::*};
use crate::wire::{IntoMember, SecretText, macros, shape};

shape! {
    pub struct AliasListEntry {
        AliasName alias_name: Optional AliasNameType,
        AliasArn alias_arn: Optional ArnType,
        TargetKeyId target_key_id: Optional KeyIdType,
        CreationDate creation_date: Optional DateType,
        LastUpdatedDate last_updated_date: Optional DateType,
    }

    pub struct CustomKeyStoresListEntry {
        CustomKeyStoreId custom_key_store_id: Optional CustomKeyStoreIdType,
        CustomKeyStoreName custom_key_store_name: Optional CustomKeyStoreNameType,
        CloudHsmClusterId cloud_hsm_cluster_id: Optional CloudHsmClusterIdType,
        TrustAnchorCertificate trust_anchor_certificate: Optional TrustAnchorCertificateType,
        ConnectionState connection_state: Optional ConnectionStateType,
        ConnectionErrorCode connection_error_code: Optional ConnectionErrorCodeType,
        CreationDate creation_date: Optional DateType,
        CustomKeyStoreType custom_key_store_type: Optional CustomKeyStoreType,
        XksProxyConfiguration xks_proxy_configuration: Optional XksProxyConfigurationType,
    }

    pub struct GrantConstraints {
        EncryptionContextSubset encryption_context_subset: Optional EncryptionContextType,
        EncryptionContextEquals encryption_context_equals: Optional EncryptionContextType,
        SourceArn source_arn: Optional GrantConstraintSourceArnType,
    }

    pub struct GrantListEntry {
        KeyId key_id: Optional KeyIdType,
        GrantId grant_id: Optional GrantIdType,
        Name name: Optional GrantNameType,
        CreationDate creation_date: Optional DateType,
        GranteePrincipal grantee_principal: Optional PrincipalIdType,
        RetiringPrincipal retiring_principal: Optional PrincipalIdType,
        IssuingAccount issuing_account: Optional PrincipalIdType,
        Operations operations: Optional GrantOperationList,
        Constraints constraints: Optional GrantConstraints,
        GranteeServicePrincipal grantee_service_principal: Optional ServicePrincipalType,
        RetiringServicePrincipal retiring_service_principal: Optional ServicePrincipalType,
    }

    pub struct KeyLastUsageData {
        Operation operation: Optional KeyLastUsageTrackingOperation,
        Timestamp timestamp: Optional DateType,
        CloudTrailEventId cloud_trail_event_id: Optional CloudTrailEventIdType,
        KmsRequestId kms_request_id: Optional KmsRequestIdType,
    }

    pub struct KeyListEntry {
        KeyId key_id: Optional KeyIdType,
        KeyArn key_arn: Optional ArnType,
    }

    pub struct KeyMetadata {
        AWSAccountId aws_account_id: Optional AWSAccountIdType,
        KeyId key_id: Required KeyIdType,
        Arn arn: Optional ArnType,
        CreationDate creation_date: Optional DateType,
        Enabled enabled: Optional BooleanType,
        Description description: Optional DescriptionType,
        KeyUsage key_usage: Optional KeyUsageType,
        KeyState key_state: Optional KeyState,
        DeletionDate deletion_date: Optional DateType,
        ValidTo valid_to: Optional DateType,
        Origin origin: Optional OriginType,
        CustomKeyStoreId custom_key_store_id: Optional CustomKeyStoreIdType,
        CloudHsmClusterId cloud_hsm_cluster_id: Optional CloudHsmClusterIdType,
        ExpirationModel expiration_model: Optional ExpirationModelType,
        KeyManager key_manager: Optional KeyManagerType,
        CustomerMasterKeySpec customer_master_key_spec: Optional CustomerMasterKeySpec,
        KeySpec key_spec: Optional KeySpec,
        EncryptionAlgorithms encryption_algorithms: Optional EncryptionAlgorithmSpecList,
        SigningAlgorithms signing_algorithms: Optional SigningAlgorithmSpecList,
        KeyAgreementAlgorithms key_agreement_algorithms: Optional KeyAgreementAlgorithmSpecList,
        EncapsulationAlgorithms encapsulation_algorithms: Optional EncapsulationAlgorithmSpecList,
        MultiRegion multi_region: Optional NullableBooleanType,
        MultiRegionConfiguration multi_region_configuration: Optional MultiRegionConfiguration,
        PendingDeletionWindowInDays pending_deletion_window_in_days: Optional PendingWindowInDaysType,
        MacAlgorithms mac_algorithms: Optional MacAlgorithmSpecList,
        XksKeyConfiguration xks_key_configuration: Optional XksKeyConfigurationType,
        CurrentKeyMaterialId current_key_material_id: Optional BackingKeyIdType,
    }

    pub struct MultiRegionConfiguration {
        MultiRegionKeyType multi_region_key_type: Optional MultiRegionKeyType,
        PrimaryKey primary_key: Optional MultiRegionKey,
        ReplicaKeys replica_keys: Optional MultiRegionKeyList,
    }

    pub struct MultiRegionKey {
        Arn arn: Optional ArnType,
        Region region: Optional RegionType,
    }

    pub struct RecipientInfo {
        KeyEncryptionAlgorithm key_encryption_algorithm: Optional KeyEncryptionMechanism,
        AttestationDocument attestation_document: Optional AttestationDocumentType,
    }

    pub struct RotationsListEntry {
        KeyId key_id: Optional KeyIdType,
        KeyMaterialId key_material_id: Optional BackingKeyIdType,
        KeyMaterialDescription key_material_description: Optional KeyMaterialDescriptionType,
        ImportState import_state: Optional ImportState,
        KeyMaterialState key_material_state: Optional KeyMaterialState,
        ExpirationModel expiration_model: Optional ExpirationModelType,
        ValidTo valid_to: Optional DateType,
        RotationDate rotation_date: Optional DateType,
        RotationType rotation_type: Optional RotationType,
    }

    pub struct Tag {
        TagKey tag_key: Required TagKeyType,
        TagValue tag_value: Required TagValueType,
    }

    pub struct XksKeyConfigurationType {
        Id id: Optional XksKeyIdType,
    }

    pub struct XksProxyAuthenticationCredentialType {
        AccessKeyId access_key_id: Required XksProxyAuthenticationAccessKeyIdType,
        RawSecretAccessKey raw_secret_access_key: Required XksProxyAuthenticationRawSecretAccessKeyType,
    }

    pub struct XksProxyConfigurationType {
        Connectivity connectivity: Optional XksProxyConnectivityType,
        AccessKeyId access_key_id: Optional XksProxyAuthenticationAccessKeyIdType,
        UriEndpoint uri_endpoint: Optional XksProxyUriEndpointType,
        UriPath uri_path: Optional XksProxyUriPathType,
        VpcEndpointServiceName vpc_endpoint_service_name: Optional XksProxyVpcEndpointServiceNameType,
        VpcEndpointServiceOwner vpc_endpoint_service_owner: Optional AccountIdType,
    }
}

impl<K: Into<String>, V: Into<String>> IntoMember<Tag> for (K, V) {
    fn into_member(self) -> Tag {
        Tag { tag_key: self.0.into(), tag_value: self.1.into() }
    }
}

// Constraints are made like requests: `GrantConstraints::default().encryption_context_equals([("dept", "it")])`.
macros::constructor!(GrantConstraints [] []
    encryption_context_subset Optional EncryptionContextType,
    encryption_context_equals Optional EncryptionContextType,
    source_arn Optional GrantConstraintSourceArnType,
);

impl GrantConstraints {
    macros::setter!(EncryptionContextSubset encryption_context_subset Optional EncryptionContextType);
    macros::setter!(EncryptionContextEquals encryption_context_equals Optional EncryptionContextType);
    macros::setter!(SourceArn source_arn Optional GrantConstraintSourceArnType);
}

impl<K: Into<SecretText>, S: Into<SecretText>> IntoMember<XksProxyAuthenticationCredentialType> for (K, S) {
    /// The access key id, and the secret access key.
    fn into_member(self) -> XksProxyAuthenticationCredentialType {
        let (access_key_id, raw_secret_access_key) = (self.0.into(), self.1.into());
        XksProxyAuthenticationCredentialType { access_key_id, raw_secret_access_key }
    }
}

impl<D: Into<Vec<u8>>> IntoMember<RecipientInfo> for D {
    /// The attestation document says who is to read the reply; there is one algorithm to encrypt it.
    fn into_member(self) -> RecipientInfo {
        let algorithm = KeyEncryptionMechanism::RsaesOaepSha256;
        RecipientInfo { key_encryption_algorithm: Some(algorithm), attestation_document: Some(self.into()) }
    }
}
