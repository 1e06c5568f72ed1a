//! Which grants of a key reach a caller, by which class, and what kept the others from it (section 2.4 of
//! authorization.md).

use std::borrow::Cow;

use super::{
    Action, Decider, GrantFinding, GrantOutcome, Layer, Resource, Ruling, context::RequestFacts, hearing::Case,
};
use crate::{
    names::{AccountId, GrantId, GrantName, KeyArn},
    policy::{Class, Doubt, Facts, Principal, PrincipalKind, Values, folded},
    shapes::{GrantOperation, KeySpec},
    state::{ContextConstraint, GrantOperations, GrantParty, GrantRow, State},
    wire::{Seen, Typed},
};

/// The grants of a key as they meet one check.
#[derive(Clone, Copy)]
pub(super) struct Grants<'a, 'f> {
    pub(super) state: &'a State,
    pub(super) key: KeyArn,
    pub(super) facts: &'a RequestFacts<'f>,
    pub(super) principal: &'a Principal<'f>,
    /// What a grant must allow; `None` for an action that none can.
    pub(super) operation: Option<GrantOperation>,
    /// The grants whose tokens the request has.
    pub(super) tokens: &'a [GrantName],
    /// For whom what is not known of the request speaks, where nobody has made it yet, and what is known.
    pub(super) guess: Option<(Doubt, &'a dyn Facts)>,
}

impl<'a, 'f> Grants<'a, 'f> {
    /// The grants that apply, with the class by which each of them reaches the caller. One that names the caller by a
    /// longer name comes first.
    fn applied(self) -> impl Iterator<Item = (GrantId, Class)> + use<'a, 'f> {
        self.of_caller().filter_map(|(id, outcome)| match outcome {
            GrantOutcome::Applied(class) => Some((id, class)),
            _ => None,
        })
    }

    /// The grants that reach the caller, where nobody has made a request yet.
    pub(super) fn reaching(self) -> impl Iterator<Item = (GrantName, &'a GrantRow, Class)> {
        let applied = self.applied();
        applied.filter_map(move |(id, class)| {
            let name = GrantName { key: self.key, id };
            let row = self.state.grants.get(&name)?;
            Some((name, &**row, class))
        })
    }

    /// Whether a grant applies at all.
    pub(super) fn reach(self) -> bool {
        self.applied().next().is_some()
    }

    /// The first grant that applies by a class that lacks nothing, and that class.
    ///
    /// # Errors
    /// What the first grant that applies lacks; nothing when none applies.
    pub(super) fn suffice(self, lacks: impl Fn(Class) -> Option<Layer>) -> Result<(GrantId, Class), Option<Layer>> {
        let mut first = None;
        for (id, class) in self.applied() {
            match lacks(class) {
                None => return Ok((id, class)),
                Some(layer) => first = first.or(Some(layer)),
            }
        }
        Err(first)
    }

    /// How the grants of the key met the check: those that applied first, then those of the caller, then others; and how
    /// many are not told, because there are more than `most`.
    pub(super) fn findings(self, most: usize) -> (Vec<GrantFinding>, usize) {
        let applied = self.applied().map(|(id, class)| (id, GrantOutcome::Applied(class)));
        let near = self.of_caller().filter(|(_, outcome)| !matches!(outcome, GrantOutcome::Applied(_)));
        let mut found: Vec<(GrantId, GrantOutcome)> = applied.chain(near).take(most).collect();
        let others = self.state.grants_behind(GrantName { key: self.key, id: GrantId::FIRST });
        for (name, row) in others.take(most) {
            if found.len() < most && found.iter().all(|(id, _)| *id != name.id) {
                found.push((name.id, self.outcome(name, row, None)));
            }
        }
        let more = self.state.grant_count(&self.key).saturating_sub(found.len());
        (found.into_iter().map(|(id, outcome)| GrantFinding { grant: id.to_string(), outcome }).collect(), more)
    }

    /// The grants that name the caller, and what became of them. A key without grants costs one step.
    fn of_caller(self) -> impl Iterator<Item = (GrantId, GrantOutcome)> + use<'a, 'f> {
        let is_open = self.operation.is_some() && self.state.has_grants(&self.key);
        let names = if is_open { names(self.principal) } else { Vec::new() };
        names.into_iter().flat_map(move |(name, class)| {
            let granted = self.state.granted_to(self.key, &name);
            granted.map(move |(name, row)| (name.id, self.outcome(name, row, Some(class))))
        })
    }

    /// What becomes of a grant that reaches the caller by this class, or by none.
    fn outcome(&self, name: GrantName, row: &GrantRow, class: Option<Class>) -> GrantOutcome {
        if !self.operation.is_some_and(|operation| row.operations.contain(operation)) {
            return GrantOutcome::Operation;
        }
        let Some(class) = class.filter(|_| is_same(&row.grantee, self.principal)) else { return GrantOutcome::Grantee };
        if let Some(constraint) = self.violated(row) {
            return GrantOutcome::Constraint(constraint);
        }
        let has_token = || match self.guess {
            None => self.tokens.contains(&name),
            Some((doubt, _)) => doubt == Doubt::ForCaller,
        };
        if self.state.is_unseen_grant(name) && !has_token() {
            return GrantOutcome::NotVisibleYet;
        }
        GrantOutcome::Applied(class)
    }

    /// The constraint that does not hold. That of a source counts for services in their own name alone; that of an
    /// encryption context restricts a new grant, and counts for no operation without one.
    fn violated(&self, row: &GrantRow) -> Option<&'static str> {
        if let Some((doubt, known)) = self.guess {
            return self.open_constraints(row, known).into_iter().find_map(|(name, holds)| match holds {
                Some(true) => None,
                None if doubt == Doubt::ForCaller => None,
                _ => Some(name),
            });
        }
        let is_service = matches!(self.principal.kind, PrincipalKind::Service { .. });
        if is_service
            && row.source_arn.is_some()
            && row.source_arn.as_deref() != self.facts.call.origin.source_arn.as_deref()
        {
            return Some(SOURCE_ARN);
        }
        if self.facts.action == Action::CreateGrant {
            return NewGrant::of(self.facts.request).exceeds(row);
        }
        let context = row.context.as_ref().filter(|_| self.facts.action != Action::DescribeKey)?;
        let value = |name: &str| self.facts.context().find(|(key, _)| *key == name).map(|(_, value)| value);
        (!context.holds(value, self.facts.context().count())).then(|| context.kind())
    }
    /// The constraints of a grant, and whether each holds for a request that nobody has made yet; `None` where that depends.
    pub(super) fn open_constraints(&self, row: &GrantRow, known: &dyn Facts) -> Vec<(&'static str, Option<bool>)> {
        if self.facts.action == Action::CreateGrant {
            // A request for the same operations under the same constraints is always possible.
            if known.open("kms:grantoperations").is_some() {
                return vec![("Operations", None)];
            }
            let operations = known.value("kms:grantoperations");
            let operations = operations.as_ref().map_or(&[][..], Values::as_slice);
            let wanted: GrantOperations = operations.iter().filter_map(|name| GrantOperation::parse(name)).collect();
            // What the constraints of a new grant are, condition keys do not say: one without any exceeds a parent with some.
            let is_free = row.source_arn.is_none() && row.context.is_none();
            return vec![("Operations", Some(is_free && wanted.are_within(row.operations)))];
        }
        let mut constraints = Vec::new();
        let is_service = matches!(self.principal.kind, PrincipalKind::Service { .. });
        if let Some(source) = row.source_arn.as_deref().filter(|_| is_service) {
            let is_source = match known.value("aws:sourcearn") {
                Some(values) => Some(values.as_slice() == [source]),
                None => known.open("aws:sourcearn").map_or(Some(false), |open| {
                    open.range
                        .is_none_or(|range| range.reaches(source, true))
                        .then_some(())
                        .map_or(Some(false), |()| None)
                }),
            };
            constraints.push((SOURCE_ARN, is_source));
        }
        if let Some(context) = row.context.as_ref().filter(|_| self.facts.action != Action::DescribeKey) {
            constraints.push((context.kind(), self.open_context(context, known)));
        }
        constraints
    }

    /// Whether an encryption context that nobody has sent yet meets a constraint.
    fn open_context(&self, context: &ContextConstraint, known: &dyn Facts) -> Option<bool> {
        let is_symmetric = self.facts.key.is_none_or(|key| key.spec == KeySpec::SymmetricDefault);
        if !is_symmetric {
            return Some(context.holds(|_| None, 0));
        }
        if known.open("kms:encryptioncontextkeys").is_none() && known.value("kms:encryptioncontextkeys").is_none() {
            return Some(context.holds(|_| None, 0));
        }
        let name = |name: &str| ["kms:encryptioncontext:", &*folded(name)].concat();
        let mut all = match known.value("kms:encryptioncontextkeys") {
            Some(names) if context.exact => Some(names.as_slice().len() == context.pairs.len()),
            None if context.exact => None,
            _ => Some(true),
        };
        for (key, value) in &context.pairs {
            let key = name(key);
            match known.value(&key) {
                Some(values) if values.as_slice() == [&**value] => {}
                Some(_) => return Some(false),
                None if known.open(&key).is_none() => return Some(false),
                None => all = all.filter(|all| !all),
            }
        }
        all
    }
}

const SOURCE_ARN: &str = "SourceArn";

/// How many grants of a key a decision tells at most.
const MOST_TOLD: usize = 20;

impl Case<'_> {
    /// How the grants of the key met the check, and how many are not told.
    pub(super) fn grant_findings(&self) -> (Vec<GrantFinding>, usize) {
        match (&self.check.resource, self.retirement()) {
            (_, Some(retirement)) => (retirement.finding.into_iter().collect(), 0),
            (Resource::Key(key), None) => self.grants(*key).findings(MOST_TOLD),
            _ => (Vec::new(), 0),
        }
    }

    /// Who may retire a grant, and by which class the right reaches the caller: its retiring principal, its grantee with
    /// that operation, and the account that created it or owns the key (grant-delete.md). `None` for every other action.
    pub(super) fn retirement(&self) -> Option<Retirement> {
        if self.check.action != Action::RetireGrant {
            return None;
        }
        let Some((name, row)) = self.check.retired else { return Some(Retirement::default()) };
        let reached = |party: &GrantParty| {
            let mut names = names(&self.hearing.principal).into_iter();
            names
                .find(|(name, _)| **name == *party.name && is_same(party, &self.hearing.principal))
                .map(|(_, class)| class)
        };
        let retires = row.operations.contain(GrantOperation::RetireGrant);
        let (retiring, grantee) = (row.retiring.as_ref().and_then(reached), reached(&row.grantee));
        let by_grant = retiring.max(grantee.filter(|_| retires));
        let is_of = |account: AccountId| account.text().as_str() == self.hearing.principal.account;
        let by_account = (is_of(row.issuer) || is_of(name.key.account)).then_some(Class::Delegation);
        let outcome = match (by_grant, grantee) {
            (Some(class), _) => GrantOutcome::Applied(class),
            (None, Some(_)) => GrantOutcome::Operation,
            (None, None) => GrantOutcome::Grantee,
        };
        let finding = Some(GrantFinding { grant: name.id.to_string(), outcome });
        Some(Retirement { by_grant, by_account, finding })
    }
}

/// By what somebody may retire a grant.
#[derive(Default)]
pub(super) struct Retirement {
    /// The grant names the caller, its role or its account.
    by_grant: Option<Class>,
    /// The caller's account has created the grant, or owns the key: its identity policies decide.
    by_account: Option<Class>,
    /// The grant, as decisions tell it.
    finding: Option<GrantFinding>,
}

impl Retirement {
    /// What it comes to, where a class may lack something.
    pub(super) fn rule(&self, lacks: impl Fn(Class) -> Option<Layer>) -> (Ruling, Decider) {
        let suffices = |class: Option<Class>| class.is_some_and(|class| lacks(class).is_none());
        match (suffices(self.by_grant), suffices(self.by_account)) {
            (true, _) => (Ruling::Allowed, Decider::Layer(Layer::Grants)),
            (false, true) => (Ruling::Allowed, Decider::GrantAccount),
            (false, false) => (Ruling::NotAllowed, Decider::Layer(Layer::Grants)),
        }
    }
}

/// The names by which a grant can name a caller.
fn names<'a>(principal: &Principal<'a>) -> Vec<(Cow<'a, str>, Class)> {
    let own = (Cow::Borrowed(principal.arn), Class::Direct);
    let account = || {
        let partition = principal.arn.split(':').nth(1).unwrap_or_default();
        (Cow::Owned(format!("arn:{partition}:iam::{}:root", principal.account)), Class::Delegation)
    };
    match principal.kind {
        PrincipalKind::User => vec![own, account()],
        PrincipalKind::RoleSession { role: behind } | PrincipalKind::FederatedUser { user: behind } => {
            vec![own, (Cow::Borrowed(behind), Class::Indirect), account()]
        }
        PrincipalKind::Root => vec![account()],
        // Nobody calls KMS with the token of a provider.
        PrincipalKind::Provider { .. } => Vec::new(),
        PrincipalKind::Service { names } => names.iter().map(|name| (Cow::Borrowed(*name), Class::Direct)).collect(),
    }
}

/// Whether a party is the principal and not one that had its name before.
fn is_same(party: &GrantParty, principal: &Principal<'_>) -> bool {
    party.unique_id.as_deref().is_none_or(|id| principal.unique_id == Some(id))
}

/// What a request would grant.
struct NewGrant<'a> {
    operations: GrantOperations,
    constraints: Option<&'a dyn Typed>,
}

impl<'a> NewGrant<'a> {
    fn of(request: &'a dyn Typed) -> Self {
        let operations = match request.member("Operations") {
            Some(Seen::List(names)) => names.iter().filter_map(|name| GrantOperation::parse(name.text()?)).collect(),
            _ => GrantOperations::default(),
        };
        let constraints = match request.member("Constraints") {
            Some(Seen::Structure(constraints)) => Some(constraints),
            _ => None,
        };
        Self { operations, constraints }
    }

    /// In what it allows more than its parent: the operations must be among the parent's, and the constraints as strict or
    /// stricter (create-grant-overview.md). That a source must stay is a decision.
    fn exceeds(&self, parent: &GrantRow) -> Option<&'static str> {
        let member = |name| self.constraints.and_then(|constraints| constraints.member(name));
        if !self.operations.are_within(parent.operations) {
            return Some("Operations");
        }
        if parent.source_arn.is_some()
            && member(SOURCE_ARN).as_ref().and_then(Seen::text) != parent.source_arn.as_deref()
        {
            return Some(SOURCE_ARN);
        }
        let context = parent.context.as_ref()?;
        let keeps = |child| match member(child) {
            Some(Seen::Pairs(pairs)) => context.holds(|name| pairs.get(name).map(String::as_str), pairs.len()),
            _ => false,
        };
        let is_kept = keeps(ContextConstraint::EQUALS) || (!context.exact && keeps(ContextConstraint::SUBSET));
        (!is_kept).then(|| context.kind())
    }
}
