//! One request to a proxy, from its bytes to what the answer says: time, retries, and what is told of it (section 1.11 of
//! custom-key-stores.md).

use std::{cell::RefCell, sync::Arc};

use super::{answers, causes::Cause, exchange::Exchange, request::Proxy};
use crate::{
    call::{Call, ProxyAnswer, ProxyOperation, ProxyRequest, ProxyResponse, Reliability, Stop, Waiting},
    crypto::{CryptoProvider, random::Random},
    error::Error,
    ids::Uuid,
    names::KeyStoreName,
    proxy::ProxyLine,
    state::{Connection, Mark, Meters, ProxyUse, State},
    wire::{self, Value},
};

/// How many milliseconds an attempt takes that gets no answer in time, as the metrics tell it (CKS-153).
const MISSED: u32 = 250;

/// Only a network timeout is repeated, and once (CKS-153).
const ATTEMPTS: u8 = 2;

/// What proxies are told that KMS does when it asks how they are, and no call does (CKS-53).
pub(crate) const HEALTH_CHECK: &str = "KmsHealthCheck";

/// The requests of a call to proxies. They are kept for refused calls, too (CKS-164).
#[derive(Default)]
pub(crate) struct ProxyTraffic {
    /// The requests and what became of them, in their order.
    pub(crate) exchanges: Vec<Exchange>,
    /// What the meters are to know: of simulated proxies, and of their reliability.
    pub(crate) marks: Vec<Mark>,
    /// What the logs of simulated proxies tell.
    pub(crate) lines: Vec<Arc<ProxyLine>>,
}

/// Who asks proxies: what a call gives to every question.
pub(crate) struct Asker<'a> {
    /// The call.
    pub(crate) call: &'a Call,
    /// What proxies are told that KMS does: the operation, or `KmsHealthCheck`.
    pub(crate) kms_operation: &'static str,
    /// The id of the request.
    pub(crate) request_id: Uuid,
    /// The state as the call sees it.
    pub(crate) state: &'a State,
    /// What follows from plain use.
    pub(crate) meters: &'a Meters,
    /// The cryptography in use.
    pub(crate) provider: &'a CryptoProvider,
    /// The generator of the call: simulated proxies draw from streams of their own.
    pub(crate) random: &'a Random,
    /// The requests so far.
    pub(crate) traffic: &'a RefCell<ProxyTraffic>,
}

impl Asker<'_> {
    /// Sends a request, twice where the network lets it run into its limit, and gives the JSON object of the answer. What
    /// the operation expects of it is read by `read`; where that gives nothing, the answer is malformed.
    pub(super) fn exchange<T>(
        &self,
        proxy: &Proxy<'_>,
        operation: ProxyOperation,
        key: Option<&str>,
        body: &Value,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<Result<T, Cause>, Stop> {
        let body = wire::to_json(body).into();
        let request = proxy.request(operation, key, body, self.call.now, self.provider.mac);
        let mut request = request.map_err(|_| Error::internal("a request to a proxy cannot be signed"))?;
        request.time_limit = self.state.proxy_time_limit();
        let (answer, millis) = self.attempts(request)?;
        // KMS has failed before it sent anything: there is no request to tell of (CKS-150).
        if answer == ProxyAnswer::Internal {
            return Ok(Err(Cause::Internal));
        }
        let (certificate, body, said) = match answer {
            ProxyAnswer::Response(response) => {
                let (body, said) = answers::body(&response);
                (response.certificate, body, said)
            }
            ProxyAnswer::Tls { certificate, .. } => (certificate, Err(Cause::Tls), None),
            other => (None, Err(Cause::of(&other)), None),
        };
        let found = body.and_then(|body| read(&body).ok_or(Cause::Malformed));
        let (outcome, retryable) =
            found.as_ref().err().map_or((None, None), |cause| (cause.name(), cause.is_retryable()));
        let mut traffic = self.traffic.borrow_mut();
        let mark = self.mark(proxy.store, retryable);
        let counted = mark.is_some();
        traffic.marks.extend(mark);
        traffic.exchanges.push(Exchange {
            store: proxy.store,
            kms_operation: self.kms_operation,
            proxy_operation: operation,
            outcome,
            retryable,
            millis,
            certificate,
            managers: None,
            said,
            counted,
        });
        Ok(found)
    }

    /// The last answer, and how many milliseconds all attempts took.
    fn attempts(&self, mut request: ProxyRequest) -> Result<(ProxyAnswer, u32), Stop> {
        let limit = request.time_limit;
        let mut waited = 0_u32;
        loop {
            let attempt = request.attempt;
            let answer = super::ask(self, &request)?;
            match within(answer, limit) {
                ProxyAnswer::Timeout(_) if attempt < ATTEMPTS => request.attempt += 1,
                ProxyAnswer::Response(response) => {
                    let millis = waited.saturating_add(response.elapsed);
                    return Ok((ProxyAnswer::Response(response), millis));
                }
                timeout @ ProxyAnswer::Timeout(_) => return Ok((timeout, waited.saturating_add(MISSED))),
                other => return Ok((other, waited)),
            }
            waited = waited.saturating_add(MISSED);
        }
    }

    /// How reliable the proxy of a store has been: as the host says, or as the world is set (CKS-156).
    pub(crate) fn reliability(&self, store: &KeyStoreName) -> Reliability {
        let measured = || self.meters.is_reliable(store, self.call.now);
        self.call.reliability.unwrap_or_else(|| self.state.proxy_reliability(measured))
    }

    /// What the meters are to know of a request. A store that is not connected counts nothing, but for the request that is
    /// to connect it; nor does one that is not there yet (CKS-391).
    fn mark(&self, store: KeyStoreName, retryable: Option<bool>) -> Option<Mark> {
        let row = self.state.key_store(&store)?;
        let connects = self.kms_operation == "ConnectCustomKeyStore";
        let is_counted = connects || row.connection.at(self.call.now) != Connection::Disconnected;
        let (failed, check) = (retryable == Some(true), self.kms_operation == HEALTH_CHECK);
        let row = ProxyUse { at: self.call.now, failed, check };
        is_counted.then_some(Mark::ProxyRequests { key: store, row })
    }
}

/// An answer that came after the limit counts as none (CKS-154).
fn within(answer: ProxyAnswer, limit: Option<u32>) -> ProxyAnswer {
    match answer {
        ProxyAnswer::Response(ProxyResponse { elapsed, .. }) if limit.is_some_and(|limit| elapsed > limit) => {
            ProxyAnswer::Timeout(Waiting::Answer)
        }
        other => other,
    }
}
