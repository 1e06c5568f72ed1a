//! External key stores as KMS uses them: what it asks their proxies, and what it makes of the answers (section 1 of
//! custom-key-stores.md).
//!
//! Nothing is sent here. A request is a [`Question`], signed and whole; a registered proxy of the world answers it, or the
//! host, or nobody.

mod answers;
mod asker;
mod causes;
mod exchange;
mod metadata;
mod operations;
mod request;

pub use exchange::{Exchange, Managers};

pub(crate) use asker::{Asker, HEALTH_CHECK, ProxyTraffic};
pub(crate) use causes::Cause;
pub(crate) use operations::{KeyPair, Sealed};
pub(crate) use request::Proxy;

use std::sync::Arc;

use crate::{
    call::{HostAnswer, ProxyAnswer, ProxyRequest, Question, Stop, Unreachable},
    proxy::{self, Answered, Proxies},
};

/// The order in which a question finds its answer (CKS-179): a registered proxy of the world for this endpoint; the host, if
/// it can answer; where nobody has registered a proxy, one that has everything; else nobody.
fn ask(asker: &Asker<'_>, request: &ProxyRequest) -> Result<ProxyAnswer, Stop> {
    let (state, meters, provider, now) = (asker.state, asker.meters, asker.provider, asker.call.now);
    let simulated = {
        let traffic = asker.traffic.borrow();
        let proxies = Proxies { state, meters, provider, earlier: &traffic.marks, now };
        let label = ["proxy ", request.operation.name(), " ", &request.attempt.to_string()].concat();
        let mut random = asker.random.stream(&label);
        let trusted = || proxy::trusted(proxies, request, &mut asker.random.stream(&label));
        let no_host = !asker.call.answers.can().proxies;
        proxy::answer(proxies, request, &mut random).or_else(|| no_host.then(trusted).flatten())
    };
    if let Some(Answered { answer, marks, line }) = simulated {
        let mut traffic = asker.traffic.borrow_mut();
        traffic.marks.extend(marks);
        traffic.lines.push(Arc::new(line));
        return Ok(answer);
    }
    if !asker.call.answers.can().proxies {
        return Ok(ProxyAnswer::Unreachable(Unreachable::Nobody));
    }
    match asker.call.answers.to(Question::Proxy(Box::new(request.clone())))? {
        Ok(HostAnswer::Proxy(answer)) => Ok(answer.clone()),
        Ok(_) | Err(_) => Ok(ProxyAnswer::Unreachable(Unreachable::Nobody)),
    }
}
