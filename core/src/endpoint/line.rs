//! One line for each request, as a log shows it.

use std::fmt::{self, Write as _};

use crate::{
    call::Call,
    http::{Request, Response},
    names::Region,
    time::Time,
    world::Reply,
};

/// The longest line, in characters.
const LONGEST: usize = 2000;

/// What a request was, and what came of it. It holds nothing of the input.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Line {
    /// When it was answered, by the host's clock.
    pub time: Time,
    /// The ARN of the caller; `None` when nobody is named.
    pub caller: Option<String>,
    /// The Region that was called.
    pub region: Option<Region>,
    /// The operation of KMS, or method and path of anything else; empty for what is not a request.
    pub operation: String,
    /// The status of the response; 0 where the connection broke instead.
    pub status: u16,
    /// Why it was refused: the exception, and why the caller was denied.
    pub why: Option<String>,
}

/// How clients break off that do not believe a certificate: some say so, some hang up. In the words of several libraries,
/// without what joins them.
const UNBELIEVED: [&str; 6] =
    ["unknownca", "badcertificate", "certificateunknown", "hangup", "eofwhilereading", "connectionreset"];

impl Line {
    /// The line of a client with which the handshake of TLS has failed: `why` is what the host's TLS says of that.
    pub fn broken_handshake(why: &str, time: Time) -> Self {
        let word: String = why.chars().filter(char::is_ascii_alphabetic).collect();
        let unbelieved = UNBELIEVED.iter().any(|told| word.to_ascii_lowercase().contains(told));
        let advice = if unbelieved { ". Does the client believe the certificate? See AWS_CA_BUNDLE" } else { "" };
        Self::without_request(0, Some(["the handshake of TLS has failed: ", why, advice].concat()), time)
    }

    pub(super) fn of_call(call: &Call, reply: &Reply, response: &Response, time: Time) -> Self {
        let denials = reply.trail.decisions.iter().filter(|decision| !decision.allowed()).map(ToString::to_string);
        let why = reply.reply.as_ref().err().map(|error| {
            let denials: Vec<String> = denials.collect();
            if denials.is_empty() {
                error.to_string()
            } else {
                error.exception.name().to_owned() + ": " + &denials.join("; ")
            }
        });
        let caller = Some(call.caller.arn(call.region));
        let operation = call.operation.clone();
        Self { time, caller, region: Some(call.region), operation, status: response.status, why }
    }

    pub(super) fn of_refusal(response: &Response, time: Time) -> Self {
        Self::without_request(response.status, response.why.clone(), time)
    }

    /// The line of what has not become a request.
    const fn without_request(status: u16, why: Option<String>, time: Time) -> Self {
        Self { time, caller: None, region: None, operation: String::new(), status, why }
    }

    pub(super) fn of_request(request: &Request, response: &Response, time: Time) -> Self {
        let operation = [&*request.method, " ", request.path().0].concat();
        Self { time, caller: None, region: None, operation, status: response.status, why: response.why.clone() }
    }
}

impl fmt::Display for Line {
    /// The facts in their order, with `-` for what nobody said. Whatever a peer has sent stays within one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { time, caller, region, operation, status, why } = self;
        let (caller, region) = (caller.as_deref().unwrap_or("-"), region.as_ref().map_or("-", Region::as_str));
        let operation = if operation.is_empty() { "-" } else { operation };
        let why = why.as_deref().map(|why| [" ", why].concat()).unwrap_or_default();
        let status = if *status == 0 { "-".to_owned() } else { status.to_string() };
        let line = format!("{time} {caller} {region} {operation} {status}{why}");
        for character in line.chars().take(LONGEST) {
            if character.is_control() {
                write!(f, "{}", character.escape_default())?;
            } else {
                f.write_char(character)?;
            }
        }
        Ok(())
    }
}
