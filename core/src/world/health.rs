//! Health checks of external key stores, which a host makes every few minutes if it wants to (CKS-167).

use std::sync::Arc;

use super::{World, lock, recipe::Done};
use crate::{
    audit::metrics,
    call::{Call, HostAnswer, Question, Unanswered},
    caller::Caller,
    external::{Exchange, HEALTH_CHECK},
    names::KeyStoreName,
    time::Time,
    wire::Value,
};

/// A health check that is due.
#[derive(Clone, Debug)]
pub struct HealthCheck {
    store: KeyStoreName,
    call: Call,
}

/// How far a health check has come.
#[derive(Debug)]
pub enum HealthStep {
    /// The check is made; nothing where the store is gone.
    Done(Option<Box<Exchange>>),
    /// The host must answer first.
    Ask(Question),
}

impl HealthCheck {
    /// The store that is checked.
    pub const fn store(&self) -> KeyStoreName {
        self.store
    }

    /// Adds the host's answer to a question of this check.
    pub fn add(&mut self, question: Question, answer: Result<HostAnswer, Unanswered>) {
        self.call.answers.add(question, answer);
    }
}

impl World {
    /// The health checks that are due: one for each external key store that is connected and has not been checked for five
    /// minutes. If the host makes none, none happen.
    pub fn due_health_checks(&self, host_now: Time) -> Vec<HealthCheck> {
        let now = self.now(host_now);
        let stores = self.settled(now).due_checks(now);
        let check = |store: KeyStoreName| {
            let (caller, entropy) = (Caller::root(store.account), lock(&self.host).entropy.look());
            let call = Call::new(HEALTH_CHECK, Value::Null, caller, store.region, now, *entropy);
            HealthCheck { store, call: call.with_answers(self.answers()) }
        };
        stores.into_iter().map(check).collect()
    }

    /// Makes a health check as far as it goes. What comes of it is told, and counts for how reliable the proxy is; it never
    /// changes the connection of the store.
    pub fn check_health(&self, check: &HealthCheck) -> HealthStep {
        let seen = self.seen();
        match seen.check_health(&check.call, check.store) {
            Err(question) => HealthStep::Ask(question),
            Ok(None) => HealthStep::Done(None),
            Ok(Some((exchange, marks, lines))) => {
                let mut points = Vec::new();
                metrics::of_exchange(&mut points, &exchange, seen.state(), check.call.now);
                drop(seen);
                if check.call.answers.has_any() {
                    self.keep_no_more("a proxy outside of it answered a health check");
                }
                let mut kms = self.write();
                Arc::make_mut(&mut kms).mark(&marks);
                self.keep(check.call.now, &Done(None, &[("health", &Value::Bool(true))]));
                drop(kms);
                let mut journal = lock(&self.journal);
                journal.enter_marks(&marks);
                journal.enter_proxied(&lines);
                journal.enter_points(points, &[], check.call.now);
                drop(journal);
                HealthStep::Done(Some(Box::new(exchange)))
            }
        }
    }
}
