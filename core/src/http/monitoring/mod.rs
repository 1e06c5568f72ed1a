//! CloudWatch, as far as SDKs ask for metrics and alarms: one request in each of the three protocols that they speak, the RPC
//! protocol of Smithy in CBOR, AWS JSON 1.0, and the query protocol of older ones.

mod cbor;
mod form;

use super::{Request, Response, query};
use crate::{
    caller::Caller,
    error::{Error, Exception},
    names::Region,
    sts::Form,
    time::Time,
    wire::{self, Value},
};

/// The name of the service in the protocols.
const TARGET: &str = "GraniteServiceVersion20100801";

/// The name space of its answers in XML.
const XML: &str = "http://monitoring.amazonaws.com/doc/2010-08-01/";

/// The header that names the protocol of Smithy.
const SMITHY: &str = "smithy-protocol";

/// A request for metrics or alarms.
#[derive(Debug)]
pub(crate) struct Monitored {
    /// The operation that it names.
    pub(crate) operation: String,
    /// Its input.
    pub(crate) input: Value,
    /// Who asks: for the metrics of the account.
    pub(crate) caller: Caller,
    /// The Region of the endpoint.
    pub(crate) region: Region,
    protocol: Protocol,
}

/// How a request is written, and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protocol {
    Cbor,
    Json,
    Query,
}

/// Why CloudWatch refuses a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A value cannot be.
    Value,
    /// A member is not there that must be.
    Missing,
    /// Members do not go together.
    Combination,
    /// A token was not given by us.
    Token,
    /// There is no such operation here.
    Unknown,
}

/// What CloudWatch answers.
pub(crate) type Answer = Result<Value, (Fault, Error)>;

impl Fault {
    /// The exception as models name it, its code in the query protocol, and the status.
    const fn row(self) -> (&'static str, &'static str, u16) {
        match self {
            Self::Value => ("InvalidParameterValueException", "InvalidParameterValue", 400),
            Self::Missing => ("MissingRequiredParameterException", "MissingParameter", 400),
            Self::Combination => ("InvalidParameterCombinationException", "InvalidParameterCombination", 400),
            Self::Token => ("InvalidNextToken", "InvalidNextToken", 400),
            Self::Unknown => ("UnknownOperationException", "InvalidAction", 404),
        }
    }
}

impl Request<'_> {
    /// Reads what CloudWatch is asked for. Who asks is known already.
    pub(super) fn monitored(&self, caller: Caller, region: Region) -> Result<Monitored, Error> {
        let (protocol, operation, input) = match self.monitoring_protocol() {
            Protocol::Cbor => {
                let operation = self.path().0.rsplit('/').next().unwrap_or_default().to_owned();
                let input = if self.body.is_empty() { Some(Value::from([])) } else { cbor::read(&self.body) };
                (Protocol::Cbor, operation, input.ok_or_else(|| Error::unreadable("the body is not CBOR"))?)
            }
            Protocol::Json => {
                let target = self.text("X-Amz-Target")?.unwrap_or_default();
                let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
                (Protocol::Json, operation, wire::from_json(&self.body)?)
            }
            Protocol::Query => {
                let form = Form::read(if self.body.is_empty() { self.path().1.as_bytes() } else { &self.body });
                (Protocol::Query, form.get("Action").unwrap_or_default().to_owned(), form::read(&form))
            }
        };
        Ok(Monitored { operation, input, caller, region, protocol })
    }

    /// The protocol of a request for CloudWatch.
    fn monitoring_protocol(&self) -> Protocol {
        if self.speaks_cbor() {
            Protocol::Cbor
        } else if self.first("X-Amz-Target").is_some_and(|target| target.starts_with(TARGET)) {
            Protocol::Json
        } else {
            Protocol::Query
        }
    }

    /// Whether the request is one of Smithy's RPC protocol in CBOR.
    pub(super) fn speaks_cbor(&self) -> bool {
        self.first(SMITHY) == Some("rpc-v2-cbor")
    }
}

impl Monitored {
    /// The response with an answer.
    pub(crate) fn response(&self, answer: &Answer, request_id: &str, host_now: Time) -> Response {
        match answer {
            Ok(value) => match self.protocol {
                Protocol::Cbor => in_cbor(200, value, request_id, host_now),
                Protocol::Json => in_json(200, value, request_id, host_now),
                Protocol::Query => {
                    let mut result = String::new();
                    form::write(&mut result, value);
                    query::answer(&self.operation, XML, &result, request_id, host_now)
                }
            },
            Err((fault, error)) => {
                let (name, code, status) = fault.row();
                let message = error.message.clone().unwrap_or_default();
                let told = Value::from([("__type", name.into()), ("message", message.as_str().into())]);
                let mut response = match self.protocol {
                    Protocol::Cbor => in_cbor(status, &told, request_id, host_now),
                    Protocol::Json => in_json(status, &told, request_id, host_now),
                    Protocol::Query => return query::refused((code, status), XML, &message, request_id, host_now),
                };
                response.headers.push(("x-amzn-query-error", [code, ";Sender"].concat()));
                response.because(error)
            }
        }
    }
}

/// A refusal of what comes before any service: the request cannot be read, or nobody knows who sends it.
pub(super) fn refusal(error: &Error, request_id: &str, host_now: Time) -> Response {
    let message = error.message.as_deref().unwrap_or_default();
    let told = Value::from([("__type", error.exception.name().into()), ("message", message.into())]);
    let status = match error.exception {
        Exception::AccessDeniedException => 403,
        other => other.status(),
    };
    in_cbor(status, &told, request_id, host_now).because(error)
}

fn in_cbor(status: u16, value: &Value, request_id: &str, host_now: Time) -> Response {
    let mut response = Response::of(status, "application/cbor", cbor::write(value), request_id, host_now);
    response.headers.push((SMITHY, "rpc-v2-cbor".to_owned()));
    response
}

fn in_json(status: u16, value: &Value, request_id: &str, host_now: Time) -> Response {
    Response::of(status, "application/x-amz-json-1.0", wire::to_json(value), request_id, host_now)
}
