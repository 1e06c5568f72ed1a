//! Who can do something with a key: everybody who can, by which paths, and under which conditions.

use std::collections::BTreeSet;

use super::{
    candidates::{Candidate, Kind},
    guessed::Stands,
    scene::Scene,
    within::Within,
};
use crate::{
    caller::CallerKind,
    order::sorted,
    policy::Doubt,
    wire::{Members, Value},
};

impl Scene<'_> {
    /// The answer to `who_can`.
    pub(super) fn who_can(&self) -> Value {
        let people = self.people();
        let within = Within::new(people.accounts, BTreeSet::new(), self.ground.state);
        let can = people.all.into_iter().filter_map(|asked| {
            let stands = if asked.kind == Kind::Everyone { Stands::Outside(&within) } else { asked.stands };
            Some((self.can(&asked, stands)?, asked))
        });
        let can = sorted(can.collect(), |(_, one), (_, other)| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
        let (mut principals, mut accounts, mut services, mut everyone) = (vec![], vec![], vec![], Value::Null);
        for (members, asked) in can {
            let entry = |name: &'static str| {
                let first: Members = vec![(name.into(), Value::from(asked.name.as_str()))];
                Value::Map(first.into_iter().chain(members).collect())
            };
            match asked.kind {
                Kind::Principal => principals.push(entry("principal")),
                Kind::Account => accounts.push(entry("account")),
                Kind::Service => services.push(entry("service")),
                Kind::Everyone => everyone = entry("principal"),
            }
        }
        Value::from([
            ("version", Value::Int(1)),
            ("action", Value::from(self.action.as_str())),
            ("resource", Value::from(self.resource.to_string())),
            ("principals", Value::List(principals)),
            ("accounts", Value::List(accounts)),
            ("services", Value::List(services)),
            ("everyone", everyone),
        ])
    }

    /// How somebody can do it; `None` where he cannot, whatever the request is.
    pub(super) fn can(&self, asked: &Candidate, stands: Stands<'_>) -> Option<Members> {
        self.hear(&asked.caller, stands, |case| {
            if !case.allows(Doubt::ForCaller) {
                return None;
            }
            let paths = case.paths();
            let limits = case.limits();
            let is_certain = case.allows(Doubt::AgainstCaller);
            Some(vec![
                ("kind".into(), Value::from(asked.kind_name())),
                ("conditional".into(), Value::Bool(!is_certain)),
                ("paths".into(), Value::List(paths)),
                ("limits".into(), Value::List(limits)),
            ])
        })
    }
}

impl Candidate {
    /// What somebody is.
    const fn kind_name(&self) -> &'static str {
        match (self.kind, &self.caller.kind) {
            (Kind::Account, _) => "account",
            (Kind::Everyone, _) => "everyone",
            (_, CallerKind::Root) => "root user",
            (_, CallerKind::User(_)) => "user",
            (_, CallerKind::Role { .. }) => "role",
            (_, CallerKind::FederatedUser(_)) => "federated user",
            (_, CallerKind::Service(_)) => "service",
        }
    }
}
