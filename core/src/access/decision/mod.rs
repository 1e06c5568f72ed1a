//! Decisions: what a check came to, and everything that was heard on the way.
//!
//! [`Decision::to_value`] gives one as data, its `Display` as a short text.

mod prose;
mod value;

pub use value::DECISION_VERSION;
pub(crate) use value::Detail;

use std::fmt;

use super::{Action, Checked};
use crate::{
    names::{AccountId, AliasArn, GrantId, KeyArn, Region},
    policy::{Class, Effect, Finding, Outcome},
};

/// Why a check was answered as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// The action.
    pub action: Action,
    /// What it is to be done to.
    pub resource: Resource,
    /// What it comes to.
    pub ruling: Ruling,
    /// Who has decided.
    pub decided_by: Decider,
    /// What every layer says, in the order in which they are asked. None was asked where [`Decider`] is not a layer.
    pub layers: Vec<LayerFinding>,
    /// The grants that were considered: those that applied first. Of a key with many, the first are told.
    pub grants: Vec<GrantFinding>,
    /// How many grants of the key are not told.
    pub more_grants: usize,
}

/// What an action is on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Resource {
    /// A KMS key.
    Key(KeyArn),
    /// An alias.
    Alias(AliasArn),
    /// An account in a Region, where the operation is on no key and no alias.
    Account(AccountId, Region),
    /// A key that is yet to be made: whatever policies say of every key of the account in the Region holds for it
    /// (P1-243). That this is so for a replica as well, whose id is known, is a decision.
    NewKey(AccountId, Region),
    /// A role in an account that is linked to KMS.
    LinkedRole(LinkedRole, AccountId, Region),
    /// Whatever another service has in an account, for its actions that are on nothing narrower.
    Anything(AccountId, Region),
}

impl Resource {
    /// The resource as policies name it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Key(arn) => arn.text(),
            Self::Alias(arn) => arn.to_string(),
            Self::Account(account, region) => within(*account, *region, "*"),
            Self::NewKey(account, region) => within(*account, *region, "key/*"),
            Self::LinkedRole(role, account, region) => {
                let (partition, service, name) = (region.partition().as_str(), role.service(), role.name());
                format!("arn:{partition}:iam::{account}:role/aws-service-role/{service}/{name}")
            }
            Self::Anything(..) => "*".to_owned(),
        }
    }
}

/// What KMS has in an account and a Region, as policies name it.
fn within(account: AccountId, region: Region, what: &str) -> String {
    let (partition, account) = (region.partition().as_str(), account.text());
    ["arn:", partition, ":kms:", region.as_str(), ":", account.as_str(), ":", what].concat()
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// The roles that AWS makes in an account for KMS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkedRole {
    /// That of custom key stores in AWS CloudHSM clusters (Developer Guide, "Authorizing AWS KMS to manage AWS CloudHSM and
    /// Amazon EC2 resources").
    KeyStores,
    /// That of multi-Region keys (Developer Guide, "Authorizing AWS KMS to synchronize multi-Region keys").
    MultiRegionKeys,
}

impl LinkedRole {
    /// The service to which the role is linked.
    pub const fn service(self) -> &'static str {
        match self {
            Self::KeyStores => "cks.kms.amazonaws.com",
            Self::MultiRegionKeys => "mrk.kms.amazonaws.com",
        }
    }

    /// The name of the role, without its path.
    pub const fn name(self) -> &'static str {
        match self {
            Self::KeyStores => "AWSServiceRoleForKeyManagementServiceCustomKeyStores",
            Self::MultiRegionKeys => "AWSServiceRoleForKeyManagementServiceMultiRegionKeys",
        }
    }
}

/// What a check comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ruling {
    /// The caller may do it.
    Allowed,
    /// Nothing allows it.
    NotAllowed,
    /// A statement denies it.
    Denied,
}

/// A kind of policy that has a say, in the order in which AWS names those that deny.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Layer {
    /// The service control policies of the caller's account.
    ServiceControl,
    /// The resource control policies of the resource's account.
    ResourceControl,
    /// The policy of the VPC endpoint through which the call came.
    Endpoint,
    /// The key policy.
    KeyPolicy,
    /// The identity policies of the caller: its own, those of its groups, and managed ones.
    Identity,
    /// The permissions boundary of the caller.
    Boundary,
    /// The session policies of the caller's session.
    Session,
    /// The grants of the key.
    Grants,
}

/// Who has decided a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decider {
    /// One layer: by what it says, or because it does not allow.
    Layer(Layer),
    /// The key policy of one account and the identity policies of another, which must both allow.
    BothAccounts,
    /// The account that created a grant, which may retire it.
    GrantAccount,
    /// There is no such key.
    NoSuchKey,
    /// The key is another account's, and the operation does not work on keys of other accounts, whatever policies say.
    OwnAccountOnly,
    /// A service in its own name belongs to no account: no identity policies speak for it.
    NoAccount,
    /// The account of the caller has not enabled the Region of the key: no key policy there reaches it (S2-21).
    RegionNotEnabled,
}

/// What a layer says about a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Says {
    /// It allows.
    Allows,
    /// A statement in it denies.
    Denies,
    /// It has no statement that applies.
    IsSilent,
    /// It has no say.
    DoesNotApply,
}

/// What a layer says, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LayerFinding {
    /// The layer.
    pub layer: Layer,
    /// What it says.
    pub says: Says,
    /// Why it has no say, or says what no policy in it does.
    pub because: Option<&'static str>,
    /// Its policies.
    pub policies: Vec<PolicyFinding>,
}

/// How the statements of a policy met a check.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyFinding {
    /// The name of an inline policy, or the ARN of a managed policy or of one of an organization.
    pub policy: String,
    /// Of a service control policy or resource control policy, the level to which it is attached: 0 for the root of the
    /// organization, the account itself comes last.
    pub level: Option<usize>,
    /// How each statement met the request, in the order of the text.
    pub findings: Vec<Finding>,
}

/// How a grant met a check.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GrantFinding {
    /// The id of the grant.
    pub grant: String,
    /// Whether it applied, or the first thing that kept it from applying.
    pub outcome: GrantOutcome,
}

/// Whether a grant applied. What stands here is tried in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GrantOutcome {
    /// It is for other operations.
    Operation,
    /// It is for another grantee.
    Grantee,
    /// A constraint does not hold: its name, such as `EncryptionContextSubset`; `Operations` where a new grant would allow
    /// more than this one.
    Constraint(&'static str),
    /// It is not visible yet, and the request does not have its token.
    NotVisibleYet,
    /// It applied, and by this class.
    Applied(Class),
}

/// What decided among policies and grants.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Deciding<'a> {
    /// A statement of a policy.
    Statement(&'a PolicyFinding, &'a Finding),
    /// A grant.
    Grant(&'a GrantFinding),
}

impl Layer {
    /// The layer as explanations name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ServiceControl => "service control policies",
            Self::ResourceControl => "resource control policies",
            Self::Endpoint => "VPC endpoint policy",
            Self::KeyPolicy => "key policy",
            Self::Identity => "identity policies",
            Self::Boundary => "permissions boundary",
            Self::Session => "session policies",
            Self::Grants => "grants",
        }
    }
}

impl Decider {
    /// The decider as explanations name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Layer(layer) => layer.name(),
            Self::BothAccounts => "key policy and identity policies",
            Self::GrantAccount => "account that created the grant",
            Self::NoSuchKey => "no such key",
            Self::OwnAccountOnly => "operation of one account",
            Self::NoAccount => "no account",
            Self::RegionNotEnabled => "Region not enabled",
        }
    }

    /// The layer whose statement decided.
    const fn layer(self) -> Option<Layer> {
        match self {
            Self::Layer(layer) => Some(layer),
            Self::BothAccounts => Some(Layer::KeyPolicy),
            Self::GrantAccount => Some(Layer::Identity),
            Self::NoSuchKey | Self::OwnAccountOnly | Self::NoAccount | Self::RegionNotEnabled => None,
        }
    }
}

impl Says {
    /// What is said, as explanations write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allows => "allows",
            Self::Denies => "denies",
            Self::IsSilent => "is silent",
            Self::DoesNotApply => "does not apply",
        }
    }
}

impl Ruling {
    /// The ruling as explanations write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::NotAllowed => "not allowed",
            Self::Denied => "denied",
        }
    }
}

impl Decision {
    /// Whether the caller may do it.
    pub const fn allowed(&self) -> bool {
        matches!(self.ruling, Ruling::Allowed)
    }

    /// What the check came to, in short.
    pub(crate) fn in_short(&self) -> Checked {
        let grant = self.allowed().then(|| self.grants.iter().find(|grant| grant.applied().is_some())).flatten();
        Checked {
            action: self.action,
            resource: self.resource.clone(),
            ruling: self.ruling,
            by: self.decided_by,
            grant: grant.and_then(|grant| GrantId::parse(&grant.grant)),
            delegated: grant.is_some_and(|grant| grant.applied() == Some(Class::Delegation)),
        }
    }

    /// What a layer says.
    pub fn layer(&self, layer: Layer) -> Option<&LayerFinding> {
        self.layers.iter().find(|found| found.layer == layer)
    }

    /// The statement or grant that decided; `None` where none did, as where nothing allows.
    pub fn deciding(&self) -> Option<Deciding<'_>> {
        let effect = self.effect()?;
        let layer = self.decided_by.layer()?;
        if layer == Layer::Grants {
            return self.grants.iter().find(|grant| grant.applied().is_some()).map(Deciding::Grant);
        }
        let statements = || self.layer(layer).into_iter().flat_map(LayerFinding::applied);
        let found = statements().filter(|(_, finding, _)| finding.effect == effect);
        // Of several, the first that reaches the caller by the strongest class.
        let strongest = found.clone().map(|(_, _, class)| class).max().filter(|_| effect == Effect::Allow);
        let mut found = found.filter(|(_, _, class)| strongest.is_none_or(|strongest| *class == strongest));
        found.next().map(|(policy, finding, _)| Deciding::Statement(policy, finding))
    }

    /// The effect of the statements that decided; `None` where none did.
    const fn effect(&self) -> Option<Effect> {
        match self.ruling {
            Ruling::Allowed => Some(Effect::Allow),
            Ruling::Denied => Some(Effect::Deny),
            Ruling::NotAllowed => None,
        }
    }
}

impl LayerFinding {
    /// The statements that applied, with their classes.
    fn applied(&self) -> impl Iterator<Item = (&PolicyFinding, &Finding, Class)> + Clone {
        let all = self.policies.iter().flat_map(|policy| policy.findings.iter().map(move |finding| (policy, finding)));
        all.filter_map(|(policy, finding)| match finding.outcome {
            Outcome::Applied(class) => Some((policy, finding, class)),
            _ => None,
        })
    }
}

impl GrantFinding {
    /// The class by which it applied.
    pub const fn applied(&self) -> Option<Class> {
        match self.outcome {
            GrantOutcome::Applied(class) => Some(class),
            _ => None,
        }
    }
}
