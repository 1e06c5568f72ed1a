//! The condition keys of KMS: one row a key says what it is, on which actions a request has it, and where it is read.
//!
//! A row reads the typed request, the key, the caller or the attestation document, never the input as it came in: what a
//! caller adds to a request beyond the members of its operation satisfies no condition. Sources: section 4 of
//! authorization.md, after the service authorization reference. `kms:ResourceAliases` and `aws:ResourceTag` work in
//! identity policies alone, and are absent from what a key policy sees.

use std::borrow::Cow;

use super::{
    Action,
    Action::*,
    Resource,
    attributes::{id, paths},
    context::RequestFacts,
};
use crate::{
    attestation::Platform,
    caller::Session,
    policy::Values,
    shapes::{KeySpec, KeyUsageType, OriginType},
    time::{Span, Time},
    wire::Seen,
};

/// One row of the table.
#[non_exhaustive]
pub struct ConditionKey {
    /// The name as AWS writes it, such as `kms:KeySpec`; that of a family, such as `kms:EncryptionContext:`, goes on
    /// with a name that the caller or the policy chose.
    pub name: &'static str,
    /// What the name of a family goes on with, such as `context-key`.
    pub family: Option<&'static str>,
    /// What its values are.
    pub kind: ConditionKind,
    /// Whether a request may have several values of it, so that policies need `ForAllValues` or `ForAnyValue`.
    pub multivalued: bool,
    /// The actions whose requests can have it.
    pub actions: Actions,
    /// From what its values follow.
    pub source: Source,
    /// Whether each request for these actions has it.
    pub always: bool,
}

/// Reads the values from a request; the text is what the name of a family goes on with, in lower case.
type Read = for<'a, 'b> fn(&'a RequestFacts<'b>, &str) -> Option<Values<'a>>;

impl std::fmt::Debug for ConditionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("ConditionKey").field(&self.name).finish()
    }
}

/// What the values of a condition key are, which decides the operators that suit it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConditionKind {
    /// Text.
    String,
    /// An ARN.
    Arn,
    /// `true` or `false`.
    Bool,
    /// An address, or a range of them.
    IpAddress,
    /// A number.
    Numeric,
    /// An instant: in ISO 8601, or as seconds since 1970, which suit numeric operators, too (P3-122).
    Date,
}

/// From what the values of a condition key follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source {
    /// From what the action is on.
    Key,
    /// From who the caller is.
    Caller,
    /// From the session of the caller.
    Session,
    /// From where the request comes.
    Origin,
    /// From the time.
    Time,
    /// From the members of the request.
    Request,
}

/// The actions whose requests can have a condition key.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Actions {
    /// Every action.
    All,
    /// The actions on a KMS key, and those named.
    OnKeysAnd(&'static [Action]),
    /// Those named.
    These(&'static [Action]),
}

impl Actions {
    /// Whether a request for this action can have the key.
    pub fn contain(self, action: Action) -> bool {
        match self {
            Self::All => true,
            Self::OnKeysAnd(more) => action.is_on_key() || more.contains(&action),
            Self::These(these) => these.contains(&action),
        }
    }
}

impl ConditionKey {
    /// Values that a host says, as one value or several of this key: a list of one may be either.
    pub(super) fn shaped<'a>(&self, values: Values<'a>) -> Values<'a> {
        match (self.multivalued, values) {
            (true, Values::One(value)) => Values::Many(vec![value]),
            (false, Values::Many(mut values)) if values.len() == 1 => {
                values.pop().map_or(Values::Many(values), Values::One)
            }
            (_, values) => values,
        }
    }

    /// What the name goes on with, if `key`, in lower case, is this key or one of this family.
    fn matches<'k>(&self, key: &'k str) -> Option<&'k str> {
        let (start, rest) = key.split_at_checked(self.name.len())?;
        (start.eq_ignore_ascii_case(self.name) && rest.is_empty() == self.family.is_none()).then_some(rest)
    }
}

/// The row of a condition key, whose name is in lower case, and what its name goes on with. No name hides another, so
/// that it can only be the last of those that do not come behind it.
pub(super) fn find(key: &str) -> Option<(&'static ConditionKey, &str)> {
    located(key).map(|(row, _, rest)| (row, rest))
}

/// The same, with what reads it.
fn located(key: &str) -> Option<(&'static ConditionKey, Read, &str)> {
    let place = FOLDED.partition_point(|name| *name <= key.as_bytes()).checked_sub(1)?;
    let row = CONDITION_KEYS.get(place)?;
    Some((row, *READERS.get(place)?, row.matches(key)?))
}

/// A name in lower case.
const fn folded<const LENGTH: usize>(name: &str) -> [u8; LENGTH] {
    let (name, mut folded, mut place) = (name.as_bytes(), [0; LENGTH], 0);
    while place < LENGTH {
        folded[place] = name[place].to_ascii_lowercase();
        place += 1;
    }
    folded
}

/// The values of a condition key, whose name is in lower case: those that follow from the request, or else those that
/// the host says.
pub(super) fn value<'a>(facts: &'a RequestFacts<'_>, key: &str) -> Option<Values<'a>> {
    match located(key) {
        Some((row, read, rest)) if row.actions.contain(facts.action) => {
            read(facts, rest).or_else(|| facts.told(key).map(|values| row.shaped(values)))
        }
        Some(_) => None,
        None => facts.told(key),
    }
}

const CRYPTOGRAPHY: &[Action] = &[
    Encrypt,
    Decrypt,
    ReEncryptFrom,
    ReEncryptTo,
    GenerateDataKey,
    GenerateDataKeyWithoutPlaintext,
    GenerateDataKeyPair,
    GenerateDataKeyPairWithoutPlaintext,
];
/// A grant has the pairs of its constraint.
const WITH_CONTEXT: &[Action] = &[
    Encrypt,
    Decrypt,
    ReEncryptFrom,
    ReEncryptTo,
    GenerateDataKey,
    GenerateDataKeyWithoutPlaintext,
    GenerateDataKeyPair,
    GenerateDataKeyPairWithoutPlaintext,
    CreateGrant,
    RetireGrant,
];
const ALIASES_NAME_THEM: &[Action] = &[
    Encrypt,
    Decrypt,
    ReEncryptFrom,
    ReEncryptTo,
    GenerateDataKey,
    GenerateDataKeyWithoutPlaintext,
    GenerateDataKeyPair,
    GenerateDataKeyPairWithoutPlaintext,
    Sign,
    Verify,
    GenerateMac,
    VerifyMac,
    DeriveSharedSecret,
    Encapsulate,
    Decapsulate,
    DescribeKey,
    GetPublicKey,
];
const ATTESTED: &[Action] = &[Decrypt, DeriveSharedSecret, GenerateDataKey, GenerateDataKeyPair, GenerateRandom];
const KEY_STORES: &[Action] = &[
    CreateKey,
    ConnectCustomKeyStore,
    CreateCustomKeyStore,
    DeleteCustomKeyStore,
    DescribeCustomKeyStores,
    DisconnectCustomKeyStore,
    UpdateCustomKeyStore,
];

macro_rules! condition_keys {
    ($($name:literal $([$family:literal])? $kind:ident $(($many:ident))? of $source:ident $(($always:ident))? on $actions:expr => $read:expr;)+) => {
        /// All condition keys that a request to KMS can have.
        pub static CONDITION_KEYS: &[ConditionKey] = &[$(ConditionKey {
            name: $name,
            family: optional!($($family)?),
            kind: ConditionKind::$kind,
            multivalued: several!($($many)?),
            source: Source::$source,
            always: several!($($always)?),
            actions: $actions,
        },)+];

        /// The names in lower case, in the order of the table: a policy may ask for a hundred of them in a call.
        static FOLDED: &[&[u8]] = &[$(&folded::<{ $name.len() }>($name),)+];

        /// What reads the keys of the table, in its order. It is not a part of the rows, so that who reads the names alone
        /// need not bring along what reads requests.
        static READERS: &[Read] = &[$($read,)+];
    };
}

macro_rules! optional {
    () => {
        None
    };
    ($text:literal) => {
        Some($text)
    };
}

/// Whether a word stands in a row.
macro_rules! several {
    () => {
        false
    };
    ($there:ident) => {
        true
    };
}

use self::Actions::{All, OnKeysAnd, These};

condition_keys! {
    "aws:CalledVia" String (several) of Origin on All => |f, _| called(f).next().map(|_| Values::many(called(f)));
    "aws:CalledViaFirst"       String  of Origin on All => |f, _| called(f).next().map(Values::one);
    "aws:CalledViaLast"        String  of Origin on All => |f, _| called(f).last().map(Values::one);
    "aws:CurrentTime"          Date    of Time (always) on All => |f, _| one(f.call.now.to_string());
    "aws:EpochTime"            Date    of Time (always) on All => |f, _| one((f.call.now.millis() / 1000).to_string());
    "aws:FederatedProvider"    String  of Session on All => |f, _| session(f)?.provider.as_deref().map(Values::one);
    "aws:MultiFactorAuthAge"   Numeric of Session on All => |f, _| second_factor(f).map(|seconds| Values::one(seconds.to_string()));
    "aws:MultiFactorAuthPresent" Bool  of Session on All => |f, _| session(f).map(|session| Values::one(truth(session.mfa)));
    "aws:PrincipalAccount"     String  of Caller on All => |f, _| f.identity.account().map(Values::one);
    "aws:PrincipalArn"         Arn     of Caller on All => |f, _| f.identity.principal_arn().map(Values::one);
    "aws:PrincipalIsAWSService" Bool   of Caller (always) on All => |f, _| one(truth(!f.identity.service.is_empty()));
    "aws:PrincipalOrgID"       String  of Caller on All => |f, _| id(f.own_organization());
    "aws:PrincipalOrgPaths"    String (several) of Caller on All => |f, _| paths(f.own_organization());
    "aws:PrincipalServiceName" String  of Caller on All => |f, _| f.identity.service.first().map(|name| Values::one(*name));
    "aws:PrincipalServiceNamesList" String (several) of Caller on All => |f, _| service_names(f);
    "aws:PrincipalTag/" ["tag-key"] String of Caller on All => |f, tag| f.principal_tags().get(tag).map(|value| Values::one(*value));
    "aws:PrincipalType"        String  of Caller on All => |f, _| f.identity.kind().map(Values::one);
    "aws:referer"              String  of Origin on All => |_, _| None;
    "aws:RequestedRegion"      String  of Key on All => |f, _| one(f.region.as_str());
    "aws:RequestTag/" ["tag-key"] String of Request on These(&[CreateKey, ReplicateKey, TagResource]) => |f, tag| f.tags().get(tag).map(|value| Values::one(*value));
    "aws:ResourceAccount"      String  of Key on All => |f, _| one(f.resource_account().to_string());
    "aws:ResourceOrgID"        String  of Key on All => |f, _| id(f.resource_organization());
    "aws:ResourceOrgPaths"     String (several) of Key on All => |f, _| paths(f.resource_organization());
    "aws:ResourceTag/" ["tag-key"] String of Key on OnKeysAnd(&[CreateKey]) => |f, tag| f.resource_tag(tag);
    "aws:SecureTransport"      Bool    of Origin (always) on All => |f, _| one(truth(!f.call.origin.without_tls));
    "aws:SourceAccount"        String  of Origin on All => |f, _| f.call.origin.source_account.map(|account| Values::one(account.to_string()));
    "aws:SourceArn"            Arn     of Origin on All => |f, _| f.call.origin.source_arn.as_deref().map(Values::one);
    "aws:SourceIdentity"       String  of Session on All => |f, _| session(f)?.source_identity.as_deref().map(Values::one);
    "aws:SourceIp"             IpAddress of Origin on All => |f, _| if f.call.origin.vpc_endpoint.is_none() { address(f) } else { None };
    "aws:SourceOrgID"          String  of Origin on All => |f, _| id(f.source_organization());
    "aws:SourceOrgPaths"       String (several) of Origin on All => |f, _| paths(f.source_organization());
    "aws:SourceVpc"            String  of Origin on All => |f, _| f.vpc().map(Values::one);
    "aws:SourceVpcArn"         Arn     of Origin on All => |f, _| vpc_arn(f).map(Values::one);
    "aws:SourceVpce"           String  of Origin on All => |f, _| f.endpoint().map(|endpoint| Values::one(endpoint.id.as_str()));
    "aws:TagKeys" String (several) of Request on These(&[CreateKey, ReplicateKey, TagResource, UntagResource]) => |f, _| f.tag_keys();
    "aws:TokenIssueTime"       Date    of Session on All => |f, _| session(f).map(|session| Values::one(issued(session, f.call.now).to_string()));
    "aws:UserAgent"            String  of Origin (always) on All => |f, _| one(f.call.origin.user_agent.as_deref().unwrap_or(USER_AGENT));
    "aws:userid"               String  of Caller on All => |f, _| f.identity.user_id().map(Values::one);
    "aws:username"             String  of Caller on All => |f, _| f.identity.user_name().map(Values::one);
    "aws:ViaAWSService"        Bool    of Origin (always) on All => |f, _| one(truth(called(f).next().is_some()));
    "aws:VpceAccount"          String  of Origin on All => |f, _| f.endpoint_owner().map(|owner| Values::one(owner.to_string()));
    "aws:VpceOrgID"            String  of Origin on All => |f, _| id(f.endpoint_organization());
    "aws:VpceOrgPaths"         String (several) of Origin on All => |f, _| paths(f.endpoint_organization());
    "aws:VpcSourceIp"          IpAddress of Origin on All => |f, _| f.endpoint().and_then(|_| address(f));
    "iam:AWSServiceName"       String  of Request (always) on These(&[CreateServiceLinkedRole]) => |f, _| linked(f).map(Values::one);
    "kms:BypassPolicyLockoutSafetyCheck" Bool of Request on These(&[CreateKey, PutKeyPolicy]) => |f, _| f.member("BypassPolicyLockoutSafetyCheck");
    "kms:CallerAccount"        String  of Caller on OnKeysAnd(KEY_STORES) => |f, _| f.identity.account().map(Values::one);
    "kms:CustomerMasterKeySpec" String of Key on OnKeysAnd(&[CreateKey]) => |f, _| spec(f);
    "kms:CustomerMasterKeyUsage" String of Key on OnKeysAnd(&[CreateKey]) => |f, _| usage(f);
    "kms:DataKeyPairSpec"      String  of Request (always) on These(&[GenerateDataKeyPair, GenerateDataKeyPairWithoutPlaintext]) => |f, _| f.member("KeyPairSpec");
    "kms:EncryptionAlgorithm"  String  of Request (always) on These(CRYPTOGRAPHY) => |f, _| f.member_or(f.action.member("EncryptionAlgorithm"), "SYMMETRIC_DEFAULT");
    "kms:EncryptionContext:" ["context-key"] String of Request on These(WITH_CONTEXT) => |f, name| f.context_pair(name);
    "kms:EncryptionContextKeys" String (several) of Request on These(WITH_CONTEXT) => |f, _| f.context_keys();
    "kms:ExpirationModel"      String  of Request on These(&[ImportKeyMaterial]) => |f, _| f.member("ExpirationModel");
    "kms:GrantConstraintSourceArn" Arn of Request on These(&[CreateGrant]) => |f, _| f.constraints()?.member("SourceArn")?.text().map(Values::one);
    "kms:GrantConstraintType"  String  of Request on These(&[CreateGrant, RetireGrant]) => |f, _| f.constraint_type().map(Values::one);
    "kms:GranteePrincipal"     String  of Request on These(&[CreateGrant]) => |f, _| f.member("GranteePrincipal");
    "kms:GranteeServicePrincipal" String of Request on These(&[CreateGrant]) => |f, _| f.member("GranteeServicePrincipal");
    "kms:GrantIsForAWSResource" Bool   of Origin (always) on These(&[CreateGrant, ListGrants, RevokeGrant]) => |f, _| one(truth(is_for_service(f)));
    "kms:GrantOperations" String (several) of Request (always) on These(&[CreateGrant]) => |f, _| f.list("Operations");
    "kms:KeyAgreementAlgorithm" String of Request (always) on These(&[DeriveSharedSecret]) => |f, _| f.member("KeyAgreementAlgorithm");
    "kms:KeyOrigin"            String  of Key on OnKeysAnd(&[CreateKey]) => |f, _| origin(f);
    "kms:KeySpec"              String  of Key on OnKeysAnd(&[CreateKey]) => |f, _| spec(f);
    "kms:KeyUsage"             String  of Key on OnKeysAnd(&[CreateKey]) => |f, _| usage(f);
    "kms:MacAlgorithm"         String  of Request (always) on These(&[GenerateMac, VerifyMac]) => |f, _| f.member("MacAlgorithm");
    "kms:MessageType"          String  of Request (always) on These(&[Sign, Verify]) => |f, _| f.member_or("MessageType", "RAW");
    "kms:MultiRegion"          Bool    of Key on OnKeysAnd(&[CreateKey]) => |f, _| multi_region(f).map(|flag| Values::one(truth(flag)));
    "kms:MultiRegionKeyType"   String  of Key on OnKeysAnd(&[CreateKey]) => |f, _| multi_region_key_type(f).map(Values::one);
    "kms:PrimaryRegion"        String  of Request (always) on These(&[UpdatePrimaryRegion]) => |f, _| f.member("PrimaryRegion");
    "kms:RecipientAttestation:ImageSha384" String of Request on These(ATTESTED) => |f, _| f.attestation?.image_digest().map(Values::one);
    "kms:RecipientAttestation:NitroTPMPCR" ["index"] String of Request on These(ATTESTED) => |f, index| measurement(f, Platform::NitroTpm, index);
    "kms:RecipientAttestation:PCR" ["index"] String of Request on These(ATTESTED) => |f, index| measurement(f, Platform::NitroEnclave, index);
    "kms:ReEncryptOnSameKey"   Bool    of Request (always) on These(&[ReEncryptFrom, ReEncryptTo]) => |f, _| f.on_same_key.map(|flag| Values::one(truth(flag)));
    "kms:ReplicaRegion"        String  of Request (always) on These(&[ReplicateKey]) => |f, _| f.member("ReplicaRegion");
    "kms:RequestAlias"         String  of Request on These(ALIASES_NAME_THEM) => |f, _| f.alias.map(|alias| Values::one(alias.as_str()));
    "kms:ResourceAliases"      String (several) of Key on OnKeysAnd(&[]) => |f, _| f.resource_aliases();
    "kms:RetiringPrincipal"    String  of Request on These(&[CreateGrant]) => |f, _| f.member("RetiringPrincipal");
    "kms:RetiringServicePrincipal" String of Request on These(&[CreateGrant]) => |f, _| f.member("RetiringServicePrincipal");
    "kms:RotationPeriodInDays" Numeric of Request (always) on These(&[EnableKeyRotation]) => |f, _| f.member_or("RotationPeriodInDays", "365");
    "kms:ScheduleKeyDeletionPendingWindowInDays" Numeric of Request (always) on These(&[ScheduleKeyDeletion]) => |f, _| f.member_or("PendingWindowInDays", "30");
    "kms:SigningAlgorithm"     String  of Request (always) on These(&[Sign, Verify]) => |f, _| f.member("SigningAlgorithm");
    "kms:TrailingDaysWithoutKeyUsage" Numeric of Time on These(&[DisableKey, ScheduleKeyDeletion]) => |f, _| f.idle_days.map(|days| Values::one(days.to_string()));
    "kms:ValidTo"              Date    of Request on These(&[ImportKeyMaterial]) => |f, _| f.member("ValidTo");
    "kms:ViaService"           String  of Origin on OnKeysAnd(&[CreateKey]) => |f, _| via_service(f).map(Values::one);
    "kms:WrappingAlgorithm"    String  of Request (always) on These(&[GetParametersForImport]) => |f, _| f.member("WrappingAlgorithm");
    "kms:WrappingKeySpec"      String  of Request (always) on These(&[GetParametersForImport]) => |f, _| f.member("WrappingKeySpec");
}

#[expect(clippy::unnecessary_wraps, reason = "a row of the table may have nothing to say; these always have")]
fn one<'a>(value: impl Into<Cow<'a, str>>) -> Option<Values<'a>> {
    Some(Values::one(value))
}

const fn truth(flag: bool) -> &'static str {
    if flag { "true" } else { "false" }
}

/// What a caller's software calls itself when its host does not say (AUD-2).
const USER_AGENT: &str = concat!("pocket-kms/", env!("CARGO_PKG_VERSION"));

/// Whether an AWS service asks, in its own name or for somebody (P2-404).
fn is_for_service(facts: &RequestFacts<'_>) -> bool {
    via(facts).is_some() || !facts.identity.service.is_empty()
}

/// The service to which the role is linked that the request makes.
fn linked(facts: &RequestFacts<'_>) -> Option<&'static str> {
    match facts.resource? {
        Resource::LinkedRole(role, ..) => Some(role.service()),
        _ => None,
    }
}

/// The service that asks other services for its caller.
const KMS: &str = "kms.amazonaws.com";

/// The services that have forwarded the caller's session, one after the other: KMS itself is the last where it asks another
/// service (IAM User Guide, "Forward access sessions").
fn called<'a>(facts: &'a RequestFacts<'_>) -> impl Iterator<Item = &'a str> {
    let last = (!facts.action.is_of_kms()).then_some(KMS);
    facts.call.origin.via.iter().map(String::as_str).chain(last)
}

/// The services that forward the caller's session.
fn via<'a>(facts: &'a RequestFacts<'_>) -> Option<&'a [String]> {
    let services = &facts.call.origin.via;
    if services.is_empty() { None } else { Some(services) }
}

/// The service that forwards the caller's session to KMS.
fn via_service(facts: &RequestFacts<'_>) -> Option<String> {
    facts.call.origin.via_service(facts.call.region)
}

fn address<'a>(facts: &RequestFacts<'_>) -> Option<Values<'a>> {
    facts.call.origin.source_ip.map(|address| Values::one(address.to_string()))
}

/// The session of a caller with temporary credentials.
fn session<'a>(facts: &'a RequestFacts<'_>) -> Option<&'a Session> {
    let caller = facts.identity.caller;
    caller.is_temporary().then_some(&caller.session)
}

/// When a session began: at the latest in the hour of the call (AUD-7).
fn issued(session: &Session, now: Time) -> Time {
    const HOUR: i64 = 3_600_000;
    session.issued.unwrap_or_else(|| Time::from_millis(now.millis() - now.millis().rem_euclid(HOUR)))
}

/// How many seconds ago the second factor was given; without one there is no such key.
fn second_factor(facts: &RequestFacts<'_>) -> Option<i64> {
    let session = session(facts).filter(|session| session.mfa)?;
    let lasted = facts.call.now.millis() - issued(session, facts.call.now).millis();
    Some(session.mfa_age.map_or(lasted, Span::millis).max(0) / 1000)
}

/// The ARN of the endpoint's VPC, as far as the host says whose it is.
fn vpc_arn(facts: &RequestFacts<'_>) -> Option<String> {
    let (vpc, owner, region) = (facts.vpc()?, facts.endpoint_owner()?, facts.call.region);
    Some(format!("arn:{}:ec2:{region}:{owner}:vpc/{vpc}", region.partition().as_str()))
}

fn service_names<'a>(facts: &'a RequestFacts<'_>) -> Option<Values<'a>> {
    let names = &facts.identity.service;
    if names.is_empty() { None } else { Some(Values::many(names.iter().copied())) }
}

/// The spec of the key, or the one that CreateKey asks for.
fn spec<'a>(facts: &'a RequestFacts<'_>) -> Option<Values<'a>> {
    if let Some(key) = facts.key {
        return one(key.spec.as_str());
    }
    let given = facts.member("KeySpec").or_else(|| facts.member("CustomerMasterKeySpec"));
    given.or_else(|| one(KeySpec::SymmetricDefault.as_str())).filter(|_| facts.action == CreateKey)
}

/// The usage of the key, or the one that CreateKey asks for.
fn usage<'a>(facts: &'a RequestFacts<'_>) -> Option<Values<'a>> {
    match facts.key {
        Some(key) => one(key.usage.as_str()),
        None if facts.action == CreateKey => facts.member_or("KeyUsage", KeyUsageType::EncryptDecrypt.as_str()),
        None => None,
    }
}

/// The origin of the key's material, or the one that CreateKey asks for.
fn origin<'a>(facts: &'a RequestFacts<'_>) -> Option<Values<'a>> {
    match facts.key {
        Some(key) => one(key.origin.as_str()),
        None if facts.action == CreateKey => facts.member_or("Origin", OriginType::AwsKms.as_str()),
        None => None,
    }
}

/// Whether the key is a multi-Region key, or CreateKey asks for one.
fn multi_region(facts: &RequestFacts<'_>) -> Option<bool> {
    match facts.key {
        Some(key) => Some(key.is_multi_region()),
        None if facts.action != CreateKey => None,
        None => Some(matches!(facts.request.member("MultiRegion"), Some(Seen::Flag(true)))),
    }
}

/// Whether a multi-Region key is the primary key of its kind; CreateKey makes no replica.
fn multi_region_key_type(facts: &RequestFacts<'_>) -> Option<&'static str> {
    let is_replica = facts.key.is_some_and(|key| key.primary != Some(facts.region));
    multi_region(facts)?.then_some(if is_replica { "REPLICA" } else { "PRIMARY" })
}

/// A measurement of the attested caller (P6-102 to P6-108); without a valid document there is none (P6-105).
fn measurement<'a>(facts: &'a RequestFacts<'_>, platform: Platform, index: &str) -> Option<Values<'a>> {
    let number: u8 = index.parse().ok()?;
    // The names have no leading zeros and no signs.
    let is_name = number.to_string() == index;
    if is_name { facts.attestation?.measurement(platform, number).map(Values::one) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_are_sorted_and_no_name_hides_another() {
        let names: Vec<_> = CONDITION_KEYS.iter().map(|row| row.name.to_lowercase()).collect();
        assert!(names.is_sorted_by(|one, other| one < other), "{names:?}");
        for row in CONDITION_KEYS {
            let name = row.name.to_lowercase() + row.family.unwrap_or_default();
            let matching: Vec<_> = CONDITION_KEYS.iter().filter(|other| other.matches(&name).is_some()).collect();
            assert_eq!(matching.len(), 1, "{matching:?}");
            assert!(find(&name).is_some_and(|(found, _)| std::ptr::eq(found, row)), "{name}");
        }
    }
}
