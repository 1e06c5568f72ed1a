//! AWS's query protocol, as far as STS needs it: parameters in a form, answers in XML.

use super::Response;
use crate::{
    caller::Caller,
    error::{Error, Exception},
    names::Region,
    time::Time,
};

/// The name space of STS's answers.
const STS: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// Who calls, as GetCallerIdentity of STS tells it.
pub(crate) struct Identity {
    account: String,
    arn: String,
    user_id: String,
}

impl Identity {
    /// The identity of a caller; a service has none.
    pub(super) fn of(caller: &Caller, region: Region) -> Result<Self, Error> {
        let user_id = caller.user_id(caller.partition.unwrap_or(region.partition()));
        let user_id = user_id.ok_or_else(|| Error::no_identity(&caller.arn(region)))?;
        Ok(Self { account: caller.account.to_string(), arn: caller.arn(region), user_id })
    }

    /// The answer of GetCallerIdentity.
    pub(crate) fn response(&self, request_id: &str, host_now: Time) -> Response {
        let Self { account, arn, user_id } = self;
        let result = [element("Arn", arn), element("UserId", user_id), element("Account", account)].concat();
        let id = element("RequestId", request_id);
        let body = format!(
            "<GetCallerIdentityResponse xmlns=\"{STS}\"><GetCallerIdentityResult>{result}</GetCallerIdentityResult>\
             <ResponseMetadata>{id}</ResponseMetadata></GetCallerIdentityResponse>"
        );
        Response::xml(200, body, request_id, host_now)
    }
}

/// The parameter `Action` of a form. Names of actions are letters, which a form never encodes.
pub(super) fn action(form: &[u8]) -> Option<&str> {
    std::str::from_utf8(form).ok()?.split('&').find_map(|pair| pair.trim().strip_prefix("Action="))
}

/// An exception in this protocol.
pub(super) fn refusal(error: &Error, request_id: &str, host_now: Time) -> Response {
    let (code, status) = code(error.exception);
    let fault = if status < 500 { "Sender" } else { "Receiver" };
    let message = error.message.as_deref().unwrap_or_default();
    let told = [element("Type", fault), element("Code", code), element("Message", message)].concat();
    let id = element("RequestId", request_id);
    let body = format!("<ErrorResponse xmlns=\"{STS}\"><Error>{told}</Error>{id}</ErrorResponse>");
    Response::xml(status, body, request_id, host_now).because(error)
}

/// The code and the status of an exception in this protocol (common errors of STS).
fn code(exception: Exception) -> (&'static str, u16) {
    match exception {
        Exception::InvalidSignatureException => ("SignatureDoesNotMatch", 403),
        Exception::MissingAuthenticationTokenException => ("MissingAuthenticationToken", 403),
        Exception::UnknownOperationException => ("InvalidAction", 400),
        Exception::UnrecognizedClientException => ("InvalidClientTokenId", 403),
        Exception::ValidationException => ("ValidationError", 400),
        other => (other.name().strip_suffix("Exception").unwrap_or(other.name()), other.status()),
    }
}

fn element(name: &str, text: &str) -> String {
    // XML has no way to write control characters.
    let text: String = text.chars().filter(|character| !character.is_control()).collect();
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<{name}>{text}</{name}>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_action_is_found_wherever_it_stands() {
        assert_eq!(action(b"Version=2011-06-15&Action=GetCallerIdentity"), Some("GetCallerIdentity"));
        assert_eq!(action(b"Action=AssumeRole&RoleArn=x"), Some("AssumeRole"));
        assert_eq!(action(b"XAction=a&Action"), None);
        assert_eq!(action(b"\xff"), None);
    }

    #[test]
    fn what_a_name_holds_does_not_become_an_element() {
        assert_eq!(element("A", "<b>&"), "<A>&lt;b&gt;&amp;</A>");
    }
}
