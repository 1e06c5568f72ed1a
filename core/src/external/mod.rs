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

pub(crate) use asker::{Asker, HEALTH_CHECK, Told};
pub(crate) use causes::Cause;
pub(crate) use operations::{KeyPair, Sealed};
pub(crate) use request::Proxy;

use crate::call::{HostAnswer, ProxyAnswer, ProxyRequest, Question, Stop, Unreachable};

/// The order in which a question finds its answer (CKS-179): a registered proxy of the world for this endpoint and prefix;
/// the host, if it can answer; else nobody.
fn ask(asker: &Asker<'_>, request: &ProxyRequest) -> Result<ProxyAnswer, Stop> {
    if !asker.call.answers.can().proxies {
        return Ok(ProxyAnswer::Unreachable(Unreachable::Nobody));
    }
    match asker.call.answers.to(Question::Proxy(Box::new(request.clone())))? {
        Ok(HostAnswer::Proxy(answer)) => Ok(answer.clone()),
        Ok(_) | Err(_) => Ok(ProxyAnswer::Unreachable(Unreachable::Nobody)),
    }
}
