//! The actions of KMS, as policies name them, and those of other services that its operations need of their callers.

use std::fmt;

macro_rules! actions {
    (kms { $($name:ident)+ } others { $($other:ident: $service:literal;)+ }) => {
        /// An action that a policy can allow or deny: the operations, of which ReEncrypt has two, one that AWS itself
        /// performs for related multi-Region keys, and what other services do for a caller of KMS.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Action {
            $(#[doc = concat!("`kms:", stringify!($name), "`")] $name,)+
            $(#[doc = concat!("`", $service, ":", stringify!($other), "`")] $other,)+
        }

        impl Action {
            /// All actions of KMS, sorted by name.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The action without its prefix, such as `Encrypt`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                    $(Self::$other => stringify!($other),)+
                }
            }

            /// The action as policies name it, such as `kms:Encrypt`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => concat!("kms:", stringify!($name)),)+
                    $(Self::$other => concat!($service, ":", stringify!($other)),)+
                }
            }

            /// Whether the action is one of KMS itself.
            pub const fn is_of_kms(self) -> bool {
                match self {
                    $(Self::$name => true,)+
                    $(Self::$other => false,)+
                }
            }
        }
    };
}

actions! {
    kms {
        CancelKeyDeletion ConnectCustomKeyStore CreateAlias CreateCustomKeyStore CreateGrant CreateKey Decapsulate
        Decrypt DeleteAlias DeleteCustomKeyStore DeleteImportedKeyMaterial DeriveSharedSecret DescribeCustomKeyStores
        DescribeKey DisableKey DisableKeyRotation DisconnectCustomKeyStore EnableKey EnableKeyRotation Encapsulate
        Encrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext
        GenerateDataKeyWithoutPlaintext GenerateMac GenerateRandom GetKeyLastUsage GetKeyPolicy GetKeyRotationStatus
        GetParametersForImport GetPublicKey ImportKeyMaterial ListAliases ListGrants ListKeyPolicies ListKeyRotations
        ListKeys ListResourceTags ListRetirableGrants PutKeyPolicy ReEncryptFrom ReEncryptTo ReplicateKey RetireGrant
        RevokeGrant RotateKeyOnDemand ScheduleKeyDeletion Sign SynchronizeMultiRegionKey TagResource UntagResource
        UpdateAlias UpdateCustomKeyStore UpdateKeyDescription UpdatePrimaryRegion Verify VerifyMac
    }
    others {
        CreateServiceLinkedRole: "iam";
        DescribeClusters: "cloudhsm";
        DescribeVpcEndpointServices: "ec2";
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Action {
    /// The name of a member in a request: ReEncrypt has it once for each of its two keys.
    pub(super) const fn member(self, member: &'static str) -> &'static str {
        match (self, member.as_bytes()) {
            (Self::ReEncryptFrom, b"KeyId") => "SourceKeyId",
            (Self::ReEncryptTo, b"KeyId") => "DestinationKeyId",
            (Self::ReEncryptFrom, b"EncryptionAlgorithm") => "SourceEncryptionAlgorithm",
            (Self::ReEncryptTo, b"EncryptionAlgorithm") => "DestinationEncryptionAlgorithm",
            (Self::ReEncryptFrom, b"EncryptionContext") => "SourceEncryptionContext",
            (Self::ReEncryptTo, b"EncryptionContext") => "DestinationEncryptionContext",
            _ => member,
        }
    }

    /// Whether the action is on a KMS key; the others are on an account, an alias, a custom key store, or on something of
    /// another service.
    pub const fn is_on_key(self) -> bool {
        self.is_of_kms()
            && !matches!(
                self,
                Self::ConnectCustomKeyStore
                    | Self::CreateCustomKeyStore
                    | Self::CreateKey
                    | Self::DeleteCustomKeyStore
                    | Self::DescribeCustomKeyStores
                    | Self::DisconnectCustomKeyStore
                    | Self::GenerateRandom
                    | Self::ListAliases
                    | Self::ListKeys
                    | Self::ListRetirableGrants
                    | Self::SynchronizeMultiRegionKey
                    | Self::UpdateCustomKeyStore
            )
    }
}
