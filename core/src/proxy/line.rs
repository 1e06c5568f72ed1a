//! The log of a proxy: what was asked, by whom, and what became of it; never a plaintext (CKS-177).

use super::{Received, body::METADATA, faults::Acting, responder::Responder};
use crate::{
    call::ProxyAnswer,
    names::ProxyName,
    time::Time,
    wire::{self, Members, Value},
};

/// As much of a text as the log keeps, in bytes: an ARN has at most 2,048 (CKS-24).
const LONGEST: usize = 2048;

/// A request to a proxy.
#[derive(Clone, Debug)]
pub(crate) struct ProxyLine {
    /// When the request came, by the world's clock.
    pub(crate) time: Time,
    /// The logical key store; `None` where the path is that of none.
    pub(crate) proxy: Option<ProxyName>,
    /// The operation of the protocol, or method and path of anything else.
    pub(crate) operation: String,
    /// The id of the external key.
    pub(crate) key: Option<String>,
    /// What the request says of who asks, as far as it could be read.
    pub(crate) metadata: Vec<(&'static str, String)>,
    /// The status of the answer; 0 where there was none.
    pub(crate) status: u16,
    /// `errorName` of the answer, or why there was none.
    pub(crate) error: Option<String>,
    /// How long the answer took, in milliseconds.
    pub(crate) milliseconds: u32,
    /// The kinds of the faults that hit it.
    pub(crate) faults: Vec<&'static str>,
}

impl ProxyLine {
    pub(super) fn nowhere(time: Time, received: &Received<'_>, status: u16) -> Self {
        let operation = kept(&[received.message.method, " ", received.path].concat());
        let error = Some("InvalidUriPathException".to_owned());
        let (proxy, key, metadata, faults) = (None, None, Vec::new(), Vec::new());
        Self { time, proxy, operation, key, metadata, status, error, milliseconds: 0, faults }
    }

    pub(super) fn of(responder: &Responder<'_>, acting: &Acting<'_>, answer: &ProxyAnswer) -> Self {
        let said = |name: &'static str| Some((name, kept(responder.body.metadata(name)?)));
        let (status, error, milliseconds) = match answer {
            ProxyAnswer::Response(response) => (response.status, error_name(&response.body), response.elapsed),
            ProxyAnswer::Unreachable(reason) => (0, Some(["unreachable: ", reason.as_str()].concat()), 0),
            ProxyAnswer::Tls { reason, .. } => (0, Some(["tls: ", reason.as_str()].concat()), 0),
            ProxyAnswer::Timeout(waiting) => (0, Some(["timeout: ", waiting.as_str()].concat()), 0),
            ProxyAnswer::Internal => (0, Some("internal".to_owned()), 0),
        };
        let key = Some(responder.place.key).filter(|key| !key.is_empty()).map(ToOwned::to_owned);
        Self {
            time: responder.proxies.now,
            proxy: Some(responder.name.clone()),
            operation: responder.place.operation.name().to_owned(),
            key,
            metadata: METADATA.iter().filter_map(|name| said(name)).collect(),
            status,
            error,
            milliseconds,
            faults: acting.names(),
        }
    }

    /// The line as a value: `number`, `time`, `operation`, `key`, `metadata`, `status`, `error`, `milliseconds`, `faults`.
    pub(crate) fn value(&self, number: u64) -> Value {
        let maybe = |text: &Option<String>| text.as_deref().map_or(Value::Null, Value::from);
        let metadata: Members =
            self.metadata.iter().map(|(name, text)| ((*name).into(), Value::from(text.as_str()))).collect();
        Value::from([
            ("number", Value::count(number)),
            ("time", Value::Time(self.time)),
            ("operation", Value::from(self.operation.as_str())),
            ("key", maybe(&self.key)),
            ("metadata", Value::Map(metadata)),
            ("status", Value::Int(self.status.into())),
            ("error", maybe(&self.error)),
            ("milliseconds", Value::Int(self.milliseconds.into())),
            ("faults", Value::List(self.faults.iter().map(|name| Value::from(*name)).collect())),
        ])
    }
}

/// The `errorName` of an answer. Only a refusal is read: what succeeds may hold a plaintext.
fn error_name(body: &[u8]) -> Option<String> {
    let is_refusal = body.starts_with(b"{\"error");
    let read = is_refusal.then(|| wire::from_json(body).ok()).flatten()?;
    read.member("errorName").and_then(Value::as_text).map(kept)
}

fn kept(text: &str) -> String {
    let end = (0..=text.len().min(LONGEST)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    text[..end].to_owned()
}
