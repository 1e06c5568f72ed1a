//! A compiled policy document: statements ready for requests.

use super::condition::Condition;
use super::malformed::Malformed;
use super::parse;
use super::pattern::Pattern;
use super::principal::PrincipalEntry;
use crate::order::set;

/// What a document is attached to. Each kind has its own rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Attached to a resource: names principals; a statement without actions or resources is inert.
    ResourcePolicy,
    /// Attached to a user, group or role, also as a permissions boundary: does not name principals.
    IdentityPolicy,
    /// Passed when a session is opened: like an identity policy, but ARNs must be complete.
    SessionPolicy,
    /// Limits the principals of an organization: like an identity policy.
    ServiceControlPolicy,
    /// Limits the resources of an organization: `Deny` to everybody, narrowed by conditions.
    ResourceControlPolicy,
    /// Attached to a VPC endpoint: names principals.
    EndpointPolicy,
    /// Attached to a role, and says who may assume it: names principals; the role itself is the resource.
    TrustPolicy,
}

impl Kind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[
        Self::ResourcePolicy,
        Self::IdentityPolicy,
        Self::SessionPolicy,
        Self::ServiceControlPolicy,
        Self::ResourceControlPolicy,
        Self::EndpointPolicy,
        Self::TrustPolicy,
    ];

    /// What AWS calls a policy of this kind.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ResourcePolicy => "resource-based policy",
            Self::IdentityPolicy => "identity-based policy",
            Self::SessionPolicy => "session policy",
            Self::ServiceControlPolicy => "service control policy",
            Self::ResourceControlPolicy => "resource control policy",
            Self::EndpointPolicy => "VPC endpoint policy",
            Self::TrustPolicy => "role trust policy",
        }
    }

    /// The kind of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether statements of this kind name principals.
    pub const fn names_principals(self) -> bool {
        matches!(self, Self::ResourcePolicy | Self::ResourceControlPolicy | Self::EndpointPolicy | Self::TrustPolicy)
    }
}

/// The version of the policy language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Version {
    /// `2008-10-17`, also where `Version` is missing: policy variables are literal text.
    #[default]
    V2008,
    /// `2012-10-17`: policy variables are substituted.
    V2012,
}

/// What a statement does when it applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// `Allow`
    Allow,
    /// `Deny`
    Deny,
}

/// A policy document, compiled.
#[derive(Clone, Debug)]
pub struct Document {
    pub(super) version: Version,
    pub(super) id: Option<Box<str>>,
    pub(super) statements: Box<[Statement]>,
}

/// One statement of a document.
#[derive(Clone, Debug)]
pub struct Statement {
    pub(super) sid: Option<Box<str>>,
    pub(super) effect: Effect,
    pub(super) principals: Principals,
    pub(super) actions: Scope,
    pub(super) resources: Scope,
    pub(super) conditions: Box<[Condition]>,
}

/// The principals that a statement is about.
#[derive(Clone, Debug)]
pub(super) enum Principals {
    /// Those to whom the document is attached.
    Bearer,
    /// `Principal`
    Named(Box<[PrincipalEntry]>),
    /// `NotPrincipal`
    Others(Box<[PrincipalEntry]>),
}

/// The actions or resources that a statement is about.
#[derive(Clone, Debug)]
pub(super) enum Scope {
    /// The element is missing: the statement is inert.
    Nothing,
    /// `Action`, `Resource`
    Of(Box<[Pattern]>),
    /// `NotAction`, `NotResource`
    AllBut(Box<[Pattern]>),
}

impl Document {
    /// Reads a document of the given kind.
    ///
    /// The parser bounds the depth and takes about linear time; the service that receives the text bounds its length.
    /// Members given twice are refused everywhere.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, Malformed> {
        parse::document(text, kind)
    }

    /// Whether [`Document::parse`] would read this text. Nothing is compiled, so that who asks no more needs no engine.
    ///
    /// # Errors
    /// The first mistake, with its place: the one that [`Document::parse`] finds.
    pub fn check(text: &str, kind: Kind) -> Result<(), Malformed> {
        parse::check(text, kind)
    }

    /// Reads a document that [`Document::parse`] accepted once, perhaps in an older version of this library.
    ///
    /// When today's grammar refuses one of its statements, the others keep their meaning, and that one allows nothing
    /// or denies everything.
    ///
    /// # Errors
    /// When the text was never a document: it is not JSON, or has no statements.
    pub fn parse_stored(text: &str, kind: Kind) -> Result<Self, Malformed> {
        parse::stored(text, kind)
    }

    /// The version of the language that it is written in.
    pub fn version(&self) -> Version {
        self.version
    }

    /// Its `Id`.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Its statements, in the order of the text.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// Binds the users and roles that it names to unique ids, so that a successor of the same name does not match.
    ///
    /// `unique_id` returns the id (`AIDA...`, `AROA...`) that belongs to an ARN now; without one, the ARN itself
    /// decides. The text does not contain the ids: who stores a document also stores what [`Document::bound`] returns.
    pub fn bind(&mut self, mut unique_id: impl FnMut(&str) -> Option<String>) {
        for statement in &mut self.statements {
            if let Principals::Named(entries) | Principals::Others(entries) = &mut statement.principals {
                entries.iter_mut().for_each(|entry| entry.bind(&mut unique_id));
            }
        }
    }
}

impl Document {
    /// The users and roles that are bound, each ARN once, in order, with its unique id.
    ///
    /// A document that is read again from its text is bound as before by
    /// `document.bind(|arn| bound.iter().find(|(of, _)| of == arn).map(|(_, id)| id.clone()))`.
    pub fn bound(&self) -> Vec<(&str, &str)> {
        let entries = self.statements.iter().flat_map(Statement::principals);
        let bound = entries.filter_map(|entry| match entry {
            PrincipalEntry::User(entity) | PrincipalEntry::Role(entity) => Some((entity.arn(), entity.unique_id()?)),
            _ => None,
        });
        set(bound).into_iter().collect()
    }
}

impl Statement {
    /// Its `Sid`.
    pub fn sid(&self) -> Option<&str> {
        self.sid.as_deref()
    }

    /// What it does when it applies.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// The principals that it names in `Principal` or `NotPrincipal`.
    pub fn principals(&self) -> &[PrincipalEntry] {
        match &self.principals {
            Principals::Bearer => &[],
            Principals::Named(entries) | Principals::Others(entries) => entries,
        }
    }

    /// Whether it is about all but the principals that it names.
    pub(crate) fn spares_principals(&self) -> bool {
        matches!(self.principals, Principals::Others(_))
    }

    /// Its conditions, one for every operator and key.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}
