//! What is known of a request that nobody has made yet: what follows from the key and the caller, and what was said.

use super::within::Within;
use crate::{
    access::{
        Action,
        condition_keys::{ConditionKey, ConditionKind, Source, find},
        context::RequestFacts,
    },
    caller::CallerKind,
    policy::{Context, Facts, Number, Open, Range, Values},
    shapes::{
        DataKeyPairSpec, EncryptionAlgorithmSpec, GrantOperation, KeyAgreementAlgorithmSpec, KeySpec, MacAlgorithmSpec,
        MessageType,
    },
};

/// Whom a caller stands for.
#[derive(Clone, Copy)]
pub(super) enum Stands<'a> {
    /// For itself, in any of its sessions.
    Itself,
    /// For every principal of its account that has no name of its own in the question.
    Account,
    /// For everybody outside.
    Outside(&'a Within<'a>),
}

/// What was said of the request.
#[derive(Clone, Copy, Default)]
pub(super) struct Given<'a> {
    /// Values by the names of condition keys.
    pub(super) context: Option<&'a Context>,
    /// Whether the origin is that of the request.
    pub(super) origin: bool,
    /// Whether the request has nothing else.
    pub(super) all: bool,
}

/// The facts of a request that nobody has made yet.
pub(super) struct Guessed<'a> {
    pub(super) facts: &'a RequestFacts<'a>,
    pub(super) given: Given<'a>,
    pub(super) stands: Stands<'a>,
    /// Who the caller is not, where that limits what condition keys may say.
    pub(super) outside: Option<Bounds<'a>>,
    /// Whether the caller is asked about as somebody outside.
    is_outside: bool,
    /// How the ids of the caller's sessions begin.
    sessions: Option<Begins>,
}

impl<'a> Guessed<'a> {
    pub(super) fn new(
        facts: &'a RequestFacts<'a>,
        given: Given<'a>,
        stands: Stands<'a>,
        within: Option<&'a Within<'a>>,
    ) -> Self {
        let within = if let Stands::Outside(within) = stands { Some(within) } else { within };
        let identity = facts.identity;
        let is_role = matches!(identity.caller.kind, CallerKind::Role { .. });
        let id = identity.user_id().filter(|_| is_role);
        let sessions = id.and_then(|id| Some(Begins(id.split_once(':')?.0.to_owned() + ":")));
        let account = matches!(stands, Stands::Account).then(|| identity.account()).flatten();
        let outside = (within.is_some() || account.is_some()).then_some(Bounds { within, account });
        Self { facts, given, stands, outside, is_outside: within.is_some(), sessions }
    }

    fn is_service(&self) -> bool {
        self.facts.identity.caller.is_service()
    }

    /// Whether nobody knows what a key says before the request is made.
    fn is_open(&self, row: &ConditionKey, key: &str) -> bool {
        match row.source {
            _ if self.given.all => false,
            Source::Key => false,
            Source::Caller => self.is_open_of_caller(row, key),
            Source::Session => !self.is_service(),
            Source::Origin => !self.given.origin,
            Source::Time => true,
            // Operations that make data keys know one algorithm: no request of theirs names it.
            Source::Request if row.name == "kms:EncryptionAlgorithm" => self.names_algorithm(),
            Source::Request => self.is_symmetric() || !is_of_context(row),
        }
    }

    fn names_algorithm(&self) -> bool {
        use Action::{Decrypt, Encrypt, ReEncryptFrom, ReEncryptTo};
        matches!(self.facts.action, Encrypt | Decrypt | ReEncryptFrom | ReEncryptTo)
    }

    fn is_open_of_caller(&self, row: &ConditionKey, key: &str) -> bool {
        let of_service = row.name.starts_with("aws:PrincipalServiceName");
        if self.is_service() || of_service || row.name == "aws:PrincipalIsAWSService" {
            return self.is_service() && of_service && matches!(self.stands, Stands::Account);
        }
        let identity = self.facts.identity;
        let of_account = matches!(row.name, "aws:PrincipalAccount" | "kms:CallerAccount");
        match (self.stands, row.name) {
            (Stands::Outside(_), _) => true,
            (Stands::Account, _) if of_account => false,
            (_, "aws:PrincipalOrgID" | "aws:PrincipalOrgPaths") => {
                identity.standing.trusted && self.facts.own_organization().is_none()
            }
            (Stands::Account, _) => true,
            (Stands::Itself, "aws:PrincipalTag/") => {
                // Sessions bring tags of their own; of users in trusted accounts the host says them.
                let is_user = matches!(identity.caller.kind, CallerKind::User(_) | CallerKind::Root);
                !is_user || identity.standing.trusted || self.facts.told(key).is_some()
            }
            (Stands::Itself, "aws:userid") => self.sessions.is_some(),
            (Stands::Itself, _) => false,
        }
    }

    fn is_symmetric(&self) -> bool {
        self.facts.action == Action::CreateGrant
            || self.facts.key.is_none_or(|key| key.spec == KeySpec::SymmetricDefault)
    }

    fn always(&self, row: &ConditionKey) -> bool {
        let of_caller =
            ["aws:PrincipalAccount", "kms:CallerAccount", "aws:PrincipalArn", "aws:PrincipalType", "aws:userid"];
        let of_service = row.name.starts_with("aws:PrincipalServiceName");
        // A service that counts as somebody outside acts on behalf of an account outside.
        let for_somebody = row.name == "aws:SourceAccount" && self.is_service() && self.is_outside;
        row.always || of_service || of_caller.contains(&row.name) || for_somebody
    }

    fn range(&self, row: &ConditionKey) -> Option<&dyn Range> {
        match row.name {
            "aws:userid" => self.sessions.as_ref().map(|begins| begins as &dyn Range),
            name => choice_of(name).or_else(|| self.outside.as_ref()?.of(name)),
        }
    }
}

impl Facts for Guessed<'_> {
    fn value(&self, key: &str) -> Option<Values<'_>> {
        if let Some(values) = self.given.context.and_then(|context| context.value(key)) {
            return Some(find(key).map_or_else(|| values.clone(), |(row, _)| row.shaped(values.clone())));
        }
        match find(key) {
            Some((row, _)) if !row.actions.contain(self.facts.action) || self.is_open(row, key) => None,
            Some(_) => self.facts.value(key),
            None => self.facts.told(key),
        }
    }

    fn open(&self, key: &str) -> Option<Open<'_>> {
        if self.given.context.is_some_and(|context| context.value(key).is_some()) {
            return None;
        }
        match find(key) {
            Some((row, _)) if row.actions.contain(self.facts.action) && self.is_open(row, key) => Some(Open {
                always: self.always(row),
                number: if row.multivalued { Number::Many } else { Number::One },
                truth: row.kind == ConditionKind::Bool,
                range: self.range(row),
            }),
            Some(_) => None,
            // Nobody knows what a key of another service says.
            None if self.given.origin || self.given.all => None,
            None => Some(Open { always: false, number: Number::Any, truth: false, range: None }),
        }
    }
}

fn is_of_context(row: &ConditionKey) -> bool {
    row.name.starts_with("kms:EncryptionContext")
}

/// The values of a member that is one of a choice.
struct Choice(&'static [&'static str]);

/// The condition keys whose values are those of a choice: others are refused before anybody is asked.
static CHOICES: [(&str, Choice); 6] = [
    ("kms:DataKeyPairSpec", Choice(DataKeyPairSpec::NAMES)),
    ("kms:EncryptionAlgorithm", Choice(EncryptionAlgorithmSpec::NAMES)),
    ("kms:GrantOperations", Choice(GrantOperation::NAMES)),
    ("kms:KeyAgreementAlgorithm", Choice(KeyAgreementAlgorithmSpec::NAMES)),
    ("kms:MacAlgorithm", Choice(MacAlgorithmSpec::NAMES)),
    ("kms:MessageType", Choice(MessageType::NAMES)),
];

fn choice_of(name: &str) -> Option<&'static dyn Range> {
    CHOICES.iter().find(|(known, _)| *known == name).map(|(_, choice)| choice as &dyn Range)
}

impl Range for Choice {
    fn reaches(&self, start: &str, whole: bool) -> bool {
        self.0.iter().any(|value| if whole { value.eq_ignore_ascii_case(start) } else { value.starts_with(start) })
    }

    fn values(&self) -> &[&'static str] {
        self.0
    }
}

/// Texts that begin so.
struct Begins(String);

impl Range for Begins {
    fn reaches(&self, start: &str, whole: bool) -> bool {
        start.starts_with(&self.0) || (!whole && self.0.starts_with(start))
    }
}

/// What condition keys can say of somebody outside, or of some principal of an account.
pub(super) struct Bounds<'a> {
    within: Option<&'a Within<'a>>,
    account: Option<&'a str>,
}

impl Bounds<'_> {
    fn of(&self, name: &str) -> Option<&dyn Range> {
        match name {
            "aws:PrincipalArn" => Some(self),
            "aws:PrincipalAccount" | "kms:CallerAccount" | "aws:SourceAccount" => {
                self.within.map(|within| &within.accounts as &dyn Range)
            }
            "aws:SourceArn" => self.within.map(|within| &within.sources as &dyn Range),
            "aws:PrincipalOrgID" | "aws:SourceOrgID" => self.within.map(|within| &within.organizations as &dyn Range),
            "aws:PrincipalOrgPaths" | "aws:SourceOrgPaths" => self.within.map(|within| &within.paths as &dyn Range),
            _ => None,
        }
    }
}

/// The ARN of a principal.
impl Range for Bounds<'_> {
    fn reaches(&self, start: &str, whole: bool) -> bool {
        let fields: Vec<&str> = start.splitn(6, ':').collect();
        let has = |place: usize| fields.len() > place + 1;
        let is_arn = !has(0) || fields[0] == "arn";
        let is_service = !has(2) || matches!(fields[2], "iam" | "sts");
        let is_account = match fields.get(4).filter(|_| has(4)) {
            Some(account) => {
                self.account.is_none_or(|own| own == *account)
                    && self.within.is_none_or(|within| within.accounts.reaches(account, true))
            }
            None => !whole,
        };
        is_arn && is_service && is_account
    }
}
