//! Health checks of external key stores that no call makes (CKS-167).

use std::{cell::RefCell, sync::Arc};

use super::Kms;
use crate::{
    call::{Call, Question, Stop},
    crypto::random::Random,
    external::{Asker, Exchange, HEALTH_CHECK, Proxy, ProxyTraffic},
    ids::Ids,
    names::KeyStoreName,
    proxy::ProxyLine,
    state::Mark,
    time::Time,
};

/// What a health check has found, what the meters are to know of it, and what the log of a simulated proxy tells.
type Checked = (Exchange, Vec<Mark>, Vec<Arc<ProxyLine>>);

impl Kms {
    /// The external key stores that are connected and have not been checked for five minutes.
    pub(crate) fn due_checks(&self, now: Time) -> Vec<KeyStoreName> {
        self.state.due_checks(|store| self.meters.checked(store), now).collect()
    }

    /// Asks the proxy of a store how it is; `call` has the time and the entropy of it. What comes of it is told, and changes
    /// no connection. Nothing where the store is gone.
    pub(crate) fn check_health(&self, call: &Call, store: KeyStoreName) -> Result<Option<Checked>, Question> {
        let row = self.state.key_store(&store).and_then(|row| row.external());
        let Some(proxy) = row.and_then(|row| Proxy::of(store, row, &self.state)) else { return Ok(None) };
        let (random, traffic) = (Random::from_entropy(&call.entropy), RefCell::<ProxyTraffic>::default());
        let asker = Asker {
            call,
            kms_operation: HEALTH_CHECK,
            request_id: Ids::of(&call.entropy).request,
            state: &self.state,
            meters: &self.meters,
            provider: &self.provider,
            random: &random,
            traffic: &traffic,
        };
        match asker.health(&proxy) {
            Err(Stop::Ask(question)) => Err(question),
            Err(Stop::Refuse(_)) => Ok(None),
            Ok(_) => {
                let ProxyTraffic { mut exchanges, marks, lines } = traffic.into_inner();
                Ok(exchanges.pop().map(|exchange| (exchange, marks, lines)))
            }
        }
    }
}
