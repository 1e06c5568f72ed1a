//! The table of what the record of each operation shows (AUD-117 to AUD-172).

use crate::{
    error::{Error, Exception},
    operations::Operation,
};

/// One row: what the record of an operation shows. What stands in no row is in no record.
#[derive(Debug)]
pub(super) struct Row {
    name: &'static str,
    /// Whether the operation only reads, in the eyes of CloudTrail: what it makes for its caller alone changes nothing.
    pub(super) reads: bool,
    /// The members of the request that are shown, in the order of the API.
    pub(super) parameters: &'static [Parameter],
    /// What is shown of the reply.
    pub(super) elements: &'static [Element],
    /// What the operation reaches.
    pub(super) reaches: Reaches,
    /// What else is told.
    pub(super) tells: Tells,
}

/// A member of a request.
#[derive(Debug)]
pub(super) struct Parameter {
    /// The wire name.
    pub(super) name: &'static str,
    /// What is shown where the request leaves it out (AUD-113).
    pub(super) otherwise: Otherwise,
}

/// What is shown of a member that a request leaves out, as KMS has filled it in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Otherwise {
    /// Nothing (AUD-114).
    Nothing,
    /// This text.
    Text(&'static str),
    /// `false`.
    No,
    /// This number.
    Number(i64),
    /// The spec that the request gives under the other of its two names.
    Spec,
    /// The usage that keys of the requested spec have if nobody chooses.
    Usage,
}

/// A member of `responseElements`.
#[derive(Debug)]
pub(super) enum Element {
    /// `keyId`, the ARN of the key: what KMS notes of operations that change a particular key (AUD-233).
    Key,
    /// A member of the reply.
    Reply(&'static str),
}

/// The keys and aliases that `resources` names, in this order.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reaches {
    /// None.
    Nothing,
    /// The key of the request, if it names one.
    Key,
    /// The key, then the alias.
    KeyAndAlias,
    /// The alias, then the key that it is moved to or that it was of.
    AliasAndKey,
    /// The source, then the destination, even if they are one key.
    Both,
    /// The key that the reply is about.
    Made,
}

/// What `additionalEventData` is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Tells {
    /// Nothing.
    Nothing,
    /// The use of a key (AUD-173 to AUD-175) by whoever attests to what it is (AUD-181, AUD-182).
    Use,
    /// Randomness from a key store.
    Random,
    /// A key that was made in a key store (AUD-176).
    Made,
    /// A key in a key store that will be deleted (AUD-177).
    Deletion,
    /// A key store itself (AUD-179).
    Store,
    /// A grant that retires (AUD-180).
    Grant,
}

impl Row {
    /// The row of an operation; every one has one.
    pub(super) fn of(operation: &Operation) -> Option<&'static Self> {
        let place = ROWS.binary_search_by(|row| row.name.cmp(operation.name)).ok()?;
        ROWS.get(place)
    }
}

/// The longest `errorMessage` in bytes (AUD-32).
const LONGEST_MESSAGE: usize = 1024;

/// What a record shows of a refusal: its code, and AWS's sentence if there is one. CloudTrail names a denial otherwise than
/// the API does (AUD-82, AUD-98).
pub(super) fn refusal(error: &Error) -> (&'static str, Option<Box<str>>) {
    let code = match error.exception {
        Exception::AccessDeniedException => "AccessDenied",
        exception => exception.name(),
    };
    (code, error.message.as_deref().map(|sentence| Box::from(beginning(sentence))))
}

/// As much of a sentence as a record shows.
fn beginning(sentence: &str) -> &str {
    let end = (0..=LONGEST_MESSAGE.min(sentence.len())).rev().find(|end| sentence.is_char_boundary(*end));
    &sentence[..end.unwrap_or(0)]
}

/// Whether a refusal shows nothing of the request, however far it came: a denial by a handler is one like any other, and of
/// a store that is not there, and of a call that was too many, nothing was looked at (AUD-82, AUD-83, AUD-96).
pub(super) const fn shows_nothing(error: &Error) -> bool {
    matches!(
        error.exception,
        Exception::AccessDeniedException | Exception::CustomKeyStoreNotFoundException | Exception::ThrottlingException
    )
}

macro_rules! rows {
    ($($name:ident $reads:ident $reaches:ident $tells:ident [$($parameter:ident $(= $otherwise:expr)?),*] => [$($element:expr),*];)+) => {
        /// All operations, sorted by name.
        static ROWS: &[Row] = &[$(Row {
            name: stringify!($name),
            reads: reads!($reads),
            parameters: &[$(Parameter { name: stringify!($parameter), otherwise: otherwise!($($otherwise)?) }),*],
            elements: &[$($element),*],
            reaches: Reaches::$reaches,
            tells: Tells::$tells,
        },)+];
    };
}

macro_rules! reads {
    (reads) => {
        true
    };
    (writes) => {
        false
    };
}

macro_rules! otherwise {
    () => {
        Otherwise::Nothing
    };
    ($otherwise:expr) => {
        $otherwise
    };
}

use Element::{Key, Reply};
use Otherwise::{No, Number, Spec, Text, Usage};

/// The encryption algorithm of who names none.
const SYMMETRIC: Otherwise = Text("SYMMETRIC_DEFAULT");

rows! {
//  operation                                  reaches     tells     requestParameters, and what stands for those that are left out => responseElements
    CancelKeyDeletion                   writes Key         Nothing   [KeyId] => [Key];
    ConnectCustomKeyStore               writes Nothing     Store     [CustomKeyStoreId] => [];
    CreateAlias                         writes KeyAndAlias Nothing   [AliasName, TargetKeyId] => [Key];
    CreateCustomKeyStore                writes Nothing     Nothing   [CustomKeyStoreName, CloudHsmClusterId, CustomKeyStoreType, XksProxyUriEndpoint, XksProxyUriPath,
                                                                      XksProxyVpcEndpointServiceName, XksProxyVpcEndpointServiceOwner, XksProxyConnectivity]
                                                                     => [Reply("CustomKeyStoreId")];
    CreateGrant                         writes Key         Nothing   [KeyId, GranteePrincipal, RetiringPrincipal, Operations, Constraints, Name, DryRun,
                                                                      GranteeServicePrincipal, RetiringServicePrincipal]
                                                                     => [Reply("GrantId"), Key];
    CreateKey                           writes Made        Made      [Policy, Description = Text(""), KeyUsage = Usage, CustomerMasterKeySpec = Spec, KeySpec = Spec,
                                                                      Origin = Text("AWS_KMS"), CustomKeyStoreId, BypassPolicyLockoutSafetyCheck = No, Tags, MultiRegion,
                                                                      XksKeyId]
                                                                     => [Reply("KeyMetadata")];
    Decapsulate                         reads  Key         Use       [KeyId, EncapsulationAlgorithm, DryRun] => [];
    Decrypt                             reads  Key         Use       [EncryptionContext, KeyId, EncryptionAlgorithm = SYMMETRIC, DryRun, DryRunModifiers] => [];
    DeleteAlias                         writes AliasAndKey Nothing   [AliasName] => [Key];
    DeleteCustomKeyStore                writes Nothing     Store     [CustomKeyStoreId] => [];
    DeleteImportedKeyMaterial           writes Key         Nothing   [KeyId, KeyMaterialId] => [Key, Reply("KeyMaterialId")];
    DeriveSharedSecret                  reads  Key         Use       [KeyId, KeyAgreementAlgorithm, DryRun] => [];
    DescribeCustomKeyStores             reads  Nothing     Nothing   [CustomKeyStoreId, CustomKeyStoreName, Limit, Marker] => [];
    DescribeKey                         reads  Key         Nothing   [KeyId] => [];
    DisableKey                          writes Key         Nothing   [KeyId] => [Key];
    DisableKeyRotation                  writes Key         Nothing   [KeyId] => [Key];
    DisconnectCustomKeyStore            writes Nothing     Store     [CustomKeyStoreId] => [];
    EnableKey                           writes Key         Nothing   [KeyId] => [Key];
    EnableKeyRotation                   writes Key         Nothing   [KeyId, RotationPeriodInDays] => [Key];
    Encapsulate                         reads  Key         Use       [KeyId, EncapsulationAlgorithm, DryRun] => [];
    Encrypt                             reads  Key         Use       [KeyId, EncryptionContext, EncryptionAlgorithm = SYMMETRIC, DryRun] => [];
    GenerateDataKey                     reads  Key         Use       [KeyId, EncryptionContext, NumberOfBytes, KeySpec, DryRun] => [];
    GenerateDataKeyPair                 reads  Key         Use       [EncryptionContext, KeyId, KeyPairSpec, DryRun] => [];
    GenerateDataKeyPairWithoutPlaintext reads  Key         Use       [EncryptionContext, KeyId, KeyPairSpec, DryRun] => [];
    GenerateDataKeyWithoutPlaintext     reads  Key         Use       [KeyId, EncryptionContext, KeySpec, NumberOfBytes, DryRun] => [];
    GenerateMac                         reads  Key         Use       [KeyId, MacAlgorithm, DryRun] => [];
    GenerateRandom                      reads  Nothing     Random    [] => [];
    GetKeyLastUsage                     reads  Key         Nothing   [KeyId] => [];
    GetKeyPolicy                        reads  Key         Nothing   [KeyId, PolicyName = Text("default")] => [];
    GetKeyRotationStatus                reads  Key         Nothing   [KeyId] => [];
    GetParametersForImport              reads  Key         Nothing   [KeyId, WrappingAlgorithm, WrappingKeySpec] => [];
    GetPublicKey                        reads  Key         Nothing   [KeyId] => [];
    ImportKeyMaterial                   writes Key         Nothing   [KeyId, ValidTo, ExpirationModel = Text("KEY_MATERIAL_EXPIRES"), ImportType, KeyMaterialDescription,
                                                                      KeyMaterialId]
                                                                     => [Key, Reply("KeyMaterialId")];
    ListAliases                         reads  Key         Nothing   [KeyId, Limit, Marker] => [];
    ListGrants                          reads  Key         Nothing   [Limit, Marker, KeyId, GrantId, GranteePrincipal, GranteeServicePrincipal] => [];
    ListKeyPolicies                     reads  Key         Nothing   [KeyId, Limit, Marker] => [];
    ListKeyRotations                    reads  Key         Nothing   [KeyId, IncludeKeyMaterial, Limit, Marker] => [];
    ListKeys                            reads  Nothing     Nothing   [Limit, Marker, ResourceOwners] => [];
    ListResourceTags                    reads  Key         Nothing   [KeyId, Limit, Marker] => [];
    ListRetirableGrants                 reads  Nothing     Nothing   [Limit, Marker, RetiringPrincipal, RetiringServicePrincipal] => [];
    PutKeyPolicy                        writes Key         Nothing   [KeyId, PolicyName = Text("default"), Policy, BypassPolicyLockoutSafetyCheck = No] => [Key];
    ReEncrypt                           reads  Both        Use       [SourceEncryptionContext, SourceKeyId, DestinationKeyId, DestinationEncryptionContext,
                                                                      SourceEncryptionAlgorithm = SYMMETRIC, DestinationEncryptionAlgorithm = SYMMETRIC, DryRun,
                                                                      DryRunModifiers]
                                                                     => [];
    ReplicateKey                        writes Key         Nothing   [KeyId, ReplicaRegion, Policy, BypassPolicyLockoutSafetyCheck = No, Description = Text(""), Tags]
                                                                     => [Reply("ReplicaKeyMetadata"), Reply("ReplicaPolicy"), Reply("ReplicaTags")];
    RetireGrant                         writes Key         Grant     [] => [Key];
    RevokeGrant                         writes Key         Nothing   [KeyId, GrantId, DryRun] => [Key];
    RotateKeyOnDemand                   writes Key         Nothing   [KeyId] => [Reply("KeyId")];
    ScheduleKeyDeletion                 writes Key         Deletion  [KeyId, PendingWindowInDays = Number(30)]
                                                                     => [Key, Reply("DeletionDate"), Reply("KeyState"), Reply("PendingWindowInDays")];
    Sign                                reads  Key         Use       [KeyId, MessageType = Text("RAW"), SigningAlgorithm, DryRun] => [];
    TagResource                         writes Key         Nothing   [KeyId, Tags] => [Key];
    UntagResource                       writes Key         Nothing   [KeyId, TagKeys] => [Key];
    UpdateAlias                         writes AliasAndKey Nothing   [AliasName, TargetKeyId] => [Key];
    UpdateCustomKeyStore                writes Nothing     Store     [CustomKeyStoreId, NewCustomKeyStoreName, CloudHsmClusterId, XksProxyUriEndpoint, XksProxyUriPath,
                                                                      XksProxyVpcEndpointServiceName, XksProxyVpcEndpointServiceOwner, XksProxyConnectivity]
                                                                     => [];
    UpdateKeyDescription                writes Key         Nothing   [KeyId, Description] => [Key];
    UpdatePrimaryRegion                 writes Key         Nothing   [KeyId, PrimaryRegion] => [Key];
    Verify                              reads  Key         Use       [KeyId, MessageType = Text("RAW"), SigningAlgorithm, DryRun] => [];
    VerifyMac                           reads  Key         Use       [KeyId, MacAlgorithm, DryRun] => [];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{operations::TABLE, wire::Table};

    /// What no record shows of a request (AUD-112).
    const HIDDEN: &[&str] = &[
        "AttestationDocument",
        "GrantToken",
        "GrantTokens",
        "KeyStorePassword",
        "Recipient",
        "TrustAnchorCertificate",
        "XksProxyAuthenticationCredential",
    ];

    fn members(table: &'static Table) -> &'static [crate::wire::Member] {
        match table {
            Table::Structure { members, .. } => members,
            _ => &[],
        }
    }

    #[test]
    fn every_operation_has_a_row_and_every_row_an_operation() {
        let rows: Vec<&str> = ROWS.iter().map(|row| row.name).collect();
        let operations: Vec<&str> = TABLE.iter().map(|operation| operation.name).collect();
        assert_eq!(rows, operations);
    }

    #[test]
    fn a_row_shows_all_members_in_their_order_but_blobs_and_secrets() {
        for (row, operation) in ROWS.iter().zip(TABLE) {
            let is_shown = |member: &&crate::wire::Member| {
                !matches!(member.table, Table::Blob { .. }) && !HIDDEN.contains(&member.name)
            };
            let all: Vec<&str> = members(operation.input).iter().filter(is_shown).map(|member| member.name).collect();
            let shown: Vec<&str> = row.parameters.iter().map(|parameter| parameter.name).collect();
            // Both show nothing at all in the records that AWS writes (AUD-143, AUD-160).
            if !["GenerateRandom", "RetireGrant"].contains(&row.name) {
                assert_eq!(shown, all, "{}", row.name);
            }
        }
    }

    #[test]
    fn no_row_shows_bytes_or_what_is_sensitive_however_deep() {
        fn is_open(table: &'static Table) -> bool {
            match table {
                Table::Text { sensitive, .. } => !sensitive,
                Table::Blob { .. } => false,
                Table::List { of, .. } => is_open(of),
                Table::Structure { .. } => members(table).iter().all(|member| is_open(member.table)),
                _ => true,
            }
        }
        for (row, operation) in ROWS.iter().zip(TABLE) {
            let input = members(operation.input);
            for parameter in row.parameters {
                let member = input.iter().find(|member| member.name == parameter.name).expect("a member");
                assert!(is_open(member.table), "{} {}", row.name, parameter.name);
            }
            for element in row.elements {
                let Reply(name) = element else { continue };
                let output = operation.output.map(members).unwrap_or_default();
                let member = output.iter().find(|member| member.name == *name).expect("a member");
                assert!(is_open(member.table), "{} {name}", row.name);
            }
        }
    }

    #[test]
    fn what_only_reads_shows_nothing_of_its_reply() {
        for row in ROWS {
            assert!(!row.reads || row.elements.is_empty(), "{}", row.name);
        }
    }

    #[test]
    fn a_long_sentence_is_cut_between_characters() {
        let error = Error::invalid_key_id(&"ä".repeat(2000));
        let (code, sentence) = refusal(&error);
        let sentence = sentence.expect("a sentence");
        assert_eq!(code, error.exception.name());
        assert!((1023..=1024).contains(&sentence.len()) && error.message.expect("a sentence").starts_with(&*sentence));
    }
}
