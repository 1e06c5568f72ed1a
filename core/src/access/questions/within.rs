//! Who counts as inside: accounts, and the accounts of organizations.

use std::collections::BTreeSet;

use crate::{names::AccountId, policy::Range, state::State, wire::Value};

/// The accounts and organizations that are inside.
pub(super) struct Within<'a> {
    pub(super) accounts: Accounts<'a>,
    pub(super) organizations: Organizations,
    pub(super) paths: Paths,
    pub(super) sources: Sources<'a>,
}

/// The accounts outside.
#[derive(Clone)]
pub(super) struct Accounts<'a> {
    own: BTreeSet<AccountId>,
    organizations: BTreeSet<String>,
    state: &'a State,
}

/// The ids of organizations outside.
pub(super) struct Organizations(BTreeSet<String>);

/// The paths of organizations outside.
pub(super) struct Paths(BTreeSet<String>);

/// Resources that are of an account outside, or do not tell of which they are.
pub(super) struct Sources<'a>(Accounts<'a>);

impl<'a> Within<'a> {
    pub(super) fn new(own: BTreeSet<AccountId>, organizations: BTreeSet<String>, state: &'a State) -> Self {
        let accounts = Accounts { own, organizations: organizations.clone(), state };
        let (paths, sources) = (Paths(organizations.clone()), Sources(accounts.clone()));
        Self { accounts, organizations: Organizations(organizations), paths, sources }
    }

    /// Whether an account is outside.
    pub(super) fn is_outside(&self, account: AccountId) -> bool {
        self.accounts.is_outside(account)
    }

    /// Who is inside.
    pub(super) fn told(&self) -> Value {
        let list = |texts: Vec<Value>| Value::List(texts);
        let accounts = self.accounts.own.iter().map(|account| Value::from(account.to_string())).collect();
        let organizations = self.accounts.organizations.iter().map(|id| Value::from(id.as_str())).collect();
        Value::from([("accounts", list(accounts)), ("organizations", list(organizations))])
    }
}

impl Accounts<'_> {
    fn is_outside(&self, account: AccountId) -> bool {
        let of = self.state.membership(account);
        !self.own.contains(&account) && !of.is_some_and(|of| self.organizations.contains(of.id))
    }
}

impl Range for Accounts<'_> {
    fn reaches(&self, start: &str, whole: bool) -> bool {
        match AccountId::parse(start) {
            Some(account) => self.is_outside(account),
            None => !whole && start.len() < 12 && start.bytes().all(|byte| byte.is_ascii_digit()),
        }
    }
}

impl Range for Organizations {
    fn reaches(&self, start: &str, whole: bool) -> bool {
        !(whole && self.0.contains(start))
    }
}

impl Range for Paths {
    fn reaches(&self, start: &str, _whole: bool) -> bool {
        start.split_once('/').is_none_or(|(id, _)| !self.0.contains(id))
    }
}

impl Range for Sources<'_> {
    fn reaches(&self, start: &str, whole: bool) -> bool {
        let fields: Vec<&str> = start.splitn(6, ':').collect();
        match fields.get(4).filter(|_| fields.len() == 6) {
            Some(account) => account.is_empty() || self.0.reaches(account, true),
            None => !whole || fields.len() < 5,
        }
    }
}
