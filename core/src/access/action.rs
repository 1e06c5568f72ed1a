//! The actions of KMS, as policies name them.

use std::fmt;

macro_rules! actions {
    ($($name:ident)+) => {
        /// An action that a policy can allow or deny: the operations, of which ReEncrypt has two, and one that AWS
        /// itself performs for related multi-Region keys.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Action { $(#[doc = concat!("`kms:", stringify!($name), "`")] $name,)+ }

        impl Action {
            /// All actions, sorted by name.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The action without its prefix, such as `Encrypt`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)+ }
            }

            /// The action as policies name it, such as `kms:Encrypt`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => concat!("kms:", stringify!($name)),)+ }
            }
        }
    };
}

actions! {
    CancelKeyDeletion ConnectCustomKeyStore CreateAlias CreateCustomKeyStore CreateGrant CreateKey Decapsulate Decrypt
    DeleteAlias DeleteCustomKeyStore DeleteImportedKeyMaterial DeriveSharedSecret DescribeCustomKeyStores DescribeKey
    DisableKey DisableKeyRotation DisconnectCustomKeyStore EnableKey EnableKeyRotation Encapsulate Encrypt
    GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext GenerateMac
    GenerateRandom GetKeyLastUsage GetKeyPolicy GetKeyRotationStatus GetParametersForImport GetPublicKey
    ImportKeyMaterial ListAliases ListGrants ListKeyPolicies ListKeyRotations ListKeys ListResourceTags
    ListRetirableGrants PutKeyPolicy ReEncryptFrom ReEncryptTo ReplicateKey RetireGrant RevokeGrant RotateKeyOnDemand
    ScheduleKeyDeletion Sign SynchronizeMultiRegionKey TagResource UntagResource UpdateAlias UpdateCustomKeyStore
    UpdateKeyDescription UpdatePrimaryRegion Verify VerifyMac
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Action {
    /// Whether the action is on a KMS key; the others are on an account, an alias or a custom key store.
    pub const fn is_on_key(self) -> bool {
        !matches!(
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
