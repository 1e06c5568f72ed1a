//! Whether anybody outside can ever use a key, whatever the context of a request.
//!
//! First every kind of outsider is heard with all doubt in its favour: if none may then do anything, the answer is "no", and
//! it is proved. Otherwise a request is looked for that is really let through: with one the answer is "yes". Where none is
//! found, nothing is proved, and the answer says what is open.

use super::{
    candidates::somebody,
    guessed::Stands,
    scene::{Ground, Scene, Target},
    within::Within,
    witness::Search,
};
use crate::{
    access::Action,
    caller::{Caller, CallerKind},
    names::{AccountId, GrantId, GrantName, Region},
    policy::{Doubt, Effect, PolicyRow, PrincipalEntry, Statement},
    wire::{Members, Value},
};

/// How many outsiders an answer names at most.
const MOST_TOLD: usize = 100;

/// Actions whose requests have few members.
const SIMPLE: [Action; 4] = [Action::Decrypt, Action::DescribeKey, Action::Encrypt, Action::GenerateDataKey];

/// What is asked of a key.
pub(super) struct Exposure<'a> {
    pub(super) ground: Ground<'a>,
    pub(super) target: &'a Target<'a>,
    pub(super) within: &'a Within<'a>,
    pub(super) actions: Vec<Action>,
    /// Whether services count that act on behalf of somebody outside.
    pub(super) services: bool,
}

/// Somebody outside, or many.
pub(super) struct Outsider<'a> {
    pub(super) caller: Caller,
    pub(super) stands: Stands<'a>,
    name: String,
    /// The ARN, where the name says more.
    federated: String,
}

/// What tells the federated users of a user from the user.
const FEDERATED: &str = " (federated)";

impl<'a> Exposure<'a> {
    /// The answer to `exposure`.
    pub(super) fn answer(&self) -> Value {
        let outsiders = self.outsiders();
        let mut open: Vec<(&Outsider<'_>, Vec<Action>, Members)> = Vec::new();
        let mut witness = None;
        let mut search = Search::default();
        let crossing = |action: &&Action| action.is_on_key() && (self.ground.crosses)(**action) && self.can(**action);
        // To retire a grant is not a use of the key.
        let using = self.actions.iter().filter(crossing).copied().filter(|action| *action != Action::RetireGrant);
        // Of requests that are let through, those are told rather that need little.
        let (simple, others): (Vec<Action>, Vec<Action>) = using.partition(|action| SIMPLE.contains(action));
        for action in simple.iter().chain(&others).filter(|action| self.may_be_allowed(**action)) {
            if witness.is_some() && open.len() >= MOST_TOLD {
                break;
            }
            let scene = self.scene(*action);
            for outsider in &outsiders {
                let Some(told) = scene.may(outsider) else { continue };
                match open.iter_mut().find(|(known, ..)| std::ptr::eq(*known, outsider)) {
                    Some((_, actions, _)) => actions.push(*action),
                    None => open.push((outsider, vec![*action], told)),
                }
                witness = witness.or_else(|| search.witness(&scene, outsider));
            }
        }
        let exposed = match (&witness, open.is_empty()) {
            (Some(_), _) => "yes",
            (None, true) => "no",
            (None, false) => "undecided",
        };
        let outside = open.into_iter().take(MOST_TOLD).map(|(outsider, actions, told)| outsider.told(&actions, told));
        let mut members: Members = vec![
            ("version".into(), Value::Int(1)),
            ("resource".into(), Value::from(self.target.arn.to_string())),
            ("exposed".into(), Value::from(exposed)),
            ("within".into(), self.within.told()),
            ("outside".into(), Value::List(outside.collect())),
        ];
        members.extend(witness.map(|witness| ("witness".into(), witness)));
        Value::Map(members)
    }

    /// Whether the key can do an action: whoever is allowed to sign with a key that encrypts does not use it.
    fn can(&self, action: Action) -> bool {
        (self.ground.works_for)(action, &self.target.key)
    }

    /// Whether the key policy or a grant may allow an action to anybody at all.
    fn may_be_allowed(&self, action: Action) -> bool {
        let arn = self.target.arn;
        let by_policy = |policy: &PolicyRow| policy.document().may_allow(action.as_str(), &arn.to_string());
        self.target.policy.is_some_and(by_policy) || self.ground.state.has_grants(&arn)
    }

    fn scene(&self, action: Action) -> Scene<'_> {
        Scene { within: Some(self.within), ..Scene::new(self.ground, action, Some(self.target)) }
    }

    /// Every kind of outsider, so that each outsider is of one of them: whoever the key policy and the grants name, the others of
    /// their accounts, and everybody else.
    fn outsiders(&self) -> Vec<Outsider<'_>> {
        let mut all = Outsiders { within: self.within, services: self.services, all: Vec::new() };
        let statements = self.target.policy.map(|policy| policy.document().statements()).unwrap_or_default();
        let naming = statements.iter().filter(|one| one.effect() == Effect::Allow || one.spares_principals());
        for entry in naming.flat_map(Statement::principals) {
            match entry {
                PrincipalEntry::Everyone => self.everybody(&mut all),
                PrincipalEntry::Account { account, .. } => all.account(account),
                PrincipalEntry::User(entity) | PrincipalEntry::Role(entity) => all.named(entity.arn()),
                PrincipalEntry::Session(arn) | PrincipalEntry::FederatedUser(arn) => all.named(arn),
                PrincipalEntry::Service(name) => all.named(name),
                PrincipalEntry::UniqueId(id) => self.of_unique_id(id, &mut all),
                PrincipalEntry::Provider(_) => {}
            }
        }
        let first = GrantName { key: self.target.arn, id: GrantId::FIRST };
        for (_, grant) in self.ground.state.grants_behind(first) {
            all.named(&grant.grantee.name);
        }
        // Policies of organizations do not bind roles that are linked to services: they are told from all others.
        for (name, row) in self.ground.state.principals.iter().filter(|(_, row)| row.service_linked) {
            all.named(&name.arn(&row.path, &row.name));
        }
        all.all
    }

    /// Whoever nothing names.
    fn everybody(&self, all: &mut Outsiders<'a>) {
        let account = self.scene(Action::Decrypt).fresh();
        all.add(Caller::new(account, somebody()), Stands::Outside(self.within), "*");
        let service = CallerKind::Service("*.amazonaws.com".to_owned());
        all.add(Caller::new(account, service), Stands::Account, "*.amazonaws.com");
    }

    fn of_unique_id(&self, id: &str, all: &mut Outsiders<'a>) {
        let known = self.ground.state.principals.iter().filter(|(_, row)| *row.unique_id == *id);
        known.for_each(|(name, row)| all.named(&name.arn(&row.path, &row.name)));
    }
}

impl Scene<'_> {
    /// Whether an outsider may do it, with all doubt in its favour, and how.
    fn may(&self, outsider: &Outsider<'_>) -> Option<Members> {
        self.hear(&outsider.caller, outsider.stands, |case| {
            case.allows(Doubt::ForCaller).then(|| {
                vec![("paths".into(), Value::List(case.paths())), ("limits".into(), Value::List(case.limits()))]
            })
        })
    }
}

impl Outsider<'_> {
    /// How a host names the caller.
    pub(super) fn said(&self) -> &str {
        self.name.strip_suffix(FEDERATED).map_or(&self.name, |_| &self.federated)
    }

    fn told(&self, actions: &[Action], told: Members) -> Value {
        let actions = actions.iter().map(|action| Value::from(action.as_str())).collect();
        let first: Members =
            vec![("principal".into(), Value::from(self.name.as_str())), ("actions".into(), Value::List(actions))];
        Value::Map(first.into_iter().chain(told).collect())
    }
}

/// Kinds of outsiders, each once.
struct Outsiders<'a> {
    within: &'a Within<'a>,
    services: bool,
    all: Vec<Outsider<'a>>,
}

impl<'a> Outsiders<'a> {
    /// Somebody by an ARN, an account or the name of a service.
    fn named(&mut self, name: &str) {
        match Caller::parse(name) {
            Some(Caller { kind: CallerKind::Root, account, .. }) => self.account(account.text().as_str()),
            Some(caller) => {
                // The federated users of a user are his, too.
                if let CallerKind::User(user) = &caller.kind {
                    let kind = CallerKind::FederatedUser(user.rsplit('/').next().unwrap_or(user).to_owned());
                    let federated = Caller { kind, ..caller.clone() };
                    self.add(federated, Stands::Itself, &(name.to_owned() + FEDERATED));
                }
                self.add(caller, Stands::Itself, name);
            }
            None => {}
        }
    }

    /// An account: its root user, and everybody else of it.
    fn account(&mut self, account: &str) {
        let Some(id) = AccountId::parse(account) else { return };
        self.add(Caller::root(id), Stands::Itself, &["arn:aws:iam::", account, ":root"].concat());
        self.add(Caller::new(id, somebody()), Stands::Account, account);
    }

    fn add(&mut self, caller: Caller, stands: Stands<'a>, name: &str) {
        let counts = if caller.is_service() { self.services } else { self.within.is_outside(caller.account) };
        if counts && self.all.iter().all(|known| known.name != name) {
            let federated = caller.arn(Region::default());
            self.all.push(Outsider { caller, stands, name: name.to_owned(), federated });
        }
    }
}
