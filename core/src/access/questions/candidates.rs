//! Whom a question is asked about: everybody who can have to do with a key, each once.

use std::collections::BTreeSet;

use super::{guessed::Stands, scene::Scene};
use crate::{
    access::Action,
    caller::{Caller, CallerKind},
    names::{AccountId, GrantId, GrantName, Partition},
    order::set,
    policy::{Effect, PrincipalEntry, Statement},
    state::PrincipalType,
};

/// Somebody, and what an answer calls him.
pub(super) struct Candidate {
    pub(super) caller: Caller,
    pub(super) stands: Stands<'static>,
    /// The ARN of a principal, an account, the name of a service.
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// The lists of an answer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Principal,
    /// All principals of an account in trust mode.
    Account,
    Service,
    /// Everybody whom nothing else names.
    Everyone,
}

/// Those about whom a question is asked.
#[derive(Default)]
pub(super) struct People {
    seen: BTreeSet<String>,
    /// The accounts that have names of their own.
    pub(super) accounts: BTreeSet<AccountId>,
    pub(super) all: Vec<Candidate>,
}

impl Scene<'_> {
    /// Everybody who can have to do with the resource: who is registered, the root users, whom the key policy and the grants
    /// name.
    pub(super) fn people(&self) -> People {
        let (account, region) = self.resource.place();
        let partition = region.partition();
        let mut people = People::default();
        let mut accounts = set([account]);
        for (name, row) in self.ground.state.principals.iter().filter(|(name, _)| name.partition() == partition) {
            let prefix = match name.kind() {
                PrincipalType::User | PrincipalType::Role => name.arn(&row.path, &row.name),
                PrincipalType::Group => continue,
            };
            accounts.insert(name.account());
            people.principal(&prefix);
        }
        self.named(&mut people, &mut accounts);
        for account in &accounts {
            people.account(*account, partition, self.ground.state.trusts(*account, partition));
        }
        people.accounts = accounts;
        people
    }

    /// Whom the key policy and the grants name.
    fn named(&self, people: &mut People, accounts: &mut BTreeSet<AccountId>) {
        let Some(target) = self.target else { return };
        let statements = target.policy.map(|policy| policy.document().statements()).unwrap_or_default();
        let allows = |statement: &Statement| statement.effect() == Effect::Allow;
        let all =
            statements.iter().flat_map(|statement| statement.principals().iter().map(move |entry| (statement, entry)));
        // Whom a statement denies something is told from the others, too.
        for (statement, entry) in all {
            match entry {
                PrincipalEntry::Everyone if allows(statement) => people.everyone(self.fresh()),
                PrincipalEntry::Account { account, .. } => accounts.extend(AccountId::parse(account)),
                PrincipalEntry::User(entity) | PrincipalEntry::Role(entity) => people.principal(entity.arn()),
                PrincipalEntry::Session(arn) | PrincipalEntry::FederatedUser(arn) => people.principal(arn),
                PrincipalEntry::Service(name) => people.principal(name),
                // Whoever has this id is registered, or is nobody any more.
                PrincipalEntry::Everyone | PrincipalEntry::UniqueId(_) | PrincipalEntry::Provider(_) => {}
            }
        }
        let first = GrantName { key: target.arn, id: GrantId::FIRST };
        for (_, grant) in self.ground.state.grants_behind(first) {
            let parties =
                [Some(&grant.grantee), grant.retiring.as_ref().filter(|_| self.action == Action::RetireGrant)];
            for party in parties.into_iter().flatten() {
                match Caller::parse(&party.name) {
                    Some(Caller { kind: CallerKind::Root, account, .. }) => _ = accounts.insert(account),
                    _ => people.principal(&party.name),
                }
            }
        }
    }

    /// An account of which nobody has heard.
    pub(super) fn fresh(&self) -> AccountId {
        let text = |number: u64| AccountId::parse(&format!("{number:012}"));
        let mut accounts = (0..).map_while(|less| text(999_999_999_999 - less));
        accounts.find(|account| self.is_unheard(*account)).unwrap_or(AccountId::ZERO)
    }

    fn is_unheard(&self, account: AccountId) -> bool {
        let text = account.to_string();
        let is_named = self.target.and_then(|target| target.policy).is_some_and(|policy| policy.text().contains(&text));
        !is_named && self.resource.place().0 != account && !self.ground.state.accounts.contains_key(&account)
    }
}

impl People {
    /// A principal by its ARN, or a service by its name.
    pub(super) fn principal(&mut self, name: &str) {
        let Some(caller) = Caller::parse(name) else { return };
        let kind = if caller.is_service() { Kind::Service } else { Kind::Principal };
        self.add(Candidate { caller, stands: Stands::Itself, name: name.to_owned(), kind });
    }

    /// The root user of an account, and, in trust mode, everybody else of it.
    fn account(&mut self, account: AccountId, partition: Partition, trusted: bool) {
        self.principal(&["arn:", partition.as_str(), ":iam::", account.text().as_str(), ":root"].concat());
        if trusted {
            let caller = Caller { partition: Some(partition), ..Caller::new(account, somebody()) };
            let name = account.to_string();
            self.add(Candidate { caller, stands: Stands::Account, name, kind: Kind::Account });
        } else {
            // Federated users have names that their makers choose; by those of their users they are named with these.
            let name = ["arn:", partition.as_str(), ":sts::", account.text().as_str(), ":federated-user/*"].concat();
            let kind = CallerKind::FederatedUser("*".to_owned());
            let caller = Caller { partition: Some(partition), ..Caller::new(account, kind) };
            self.add(Candidate { caller, stands: Stands::Account, name, kind: Kind::Principal });
        }
    }

    /// Everybody whom nothing names, as a principal of an account of which nobody has heard, and as a service.
    fn everyone(&mut self, account: AccountId) {
        let (caller, name) = (Caller::new(account, CallerKind::Service("*".to_owned())), "*.amazonaws.com".to_owned());
        self.add(Candidate { caller, stands: Stands::Account, name, kind: Kind::Service });
        let (caller, name) = (Caller::new(account, somebody()), "*".to_owned());
        self.add(Candidate { caller, stands: Stands::Account, name, kind: Kind::Everyone });
    }

    fn add(&mut self, asked: Candidate) {
        if self.seen.insert(asked.name.clone()) {
            self.all.push(asked);
        }
    }
}

/// A principal whose name nobody can have: it stands for all that have one.
pub(super) fn somebody() -> CallerKind {
    CallerKind::User("*".to_owned())
}
