//! AWS's query protocol, as far as STS needs it: parameters in a form, answers in XML.

use zeroize::Zeroizing;

use super::Response;
use crate::{
    access,
    caller::Caller,
    error::{Error, Exception},
    names::Region,
    state::State,
    sts::{Issued, Subject},
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
    pub(super) fn of(caller: &Caller, region: Region, state: &State) -> Result<Self, Error> {
        let user_id = access::Identity::of(caller, region, state).user_id();
        let user_id = user_id.ok_or_else(|| Error::no_identity(&caller.arn(region)))?;
        Ok(Self { account: caller.account.to_string(), arn: caller.arn(region), user_id })
    }

    /// The answer of GetCallerIdentity.
    pub(crate) fn response(&self, request_id: &str, host_now: Time) -> Response {
        let mut result = String::new();
        for (name, text) in [("Arn", &self.arn), ("UserId", &self.user_id), ("Account", &self.account)] {
            element(&mut result, name, text);
        }
        answer("GetCallerIdentity", STS, &result, request_id, host_now)
    }
}

impl Issued {
    /// The answer of an action that gives credentials.
    pub(crate) fn response(&self, request_id: &str, host_now: Time) -> Response {
        // With room from the start: growing leaves copies of secrets behind.
        let mut result = Zeroizing::new(String::with_capacity(2048));
        if let Some(identity) = &self.source_identity {
            element(&mut result, "SourceIdentity", identity);
        }
        if let Some(identity) = &self.identity {
            for (name, text) in ["SubjectFromWebIdentityToken", "Audience", "Provider"].iter().zip(identity) {
                element(&mut result, name, text);
            }
        }
        if let Some(subject) = &self.subject {
            let (name, id_name, arn, id) = match subject {
                Subject::Role(arn, id) => ("AssumedRoleUser", "AssumedRoleId", arn, id),
                Subject::Federated(arn, id) => ("FederatedUser", "FederatedUserId", arn, id),
            };
            for part in ["<", name, ">"] {
                result.push_str(part);
            }
            element(&mut result, "Arn", arn);
            element(&mut result, id_name, id);
            for part in ["</", name, ">"] {
                result.push_str(part);
            }
        }
        let expires = self.expires.to_string();
        let expires = [expires.split('.').next().unwrap_or_default(), "Z"].concat();
        result.push_str("<Credentials>");
        element(&mut result, "AccessKeyId", self.access_key_id.as_str());
        element(&mut result, "SecretAccessKey", &self.secret);
        element(&mut result, "SessionToken", &self.token);
        element(&mut result, "Expiration", &expires);
        result.push_str("</Credentials>");
        if let Some(percent) = self.packed {
            element(&mut result, "PackedPolicySize", &percent.to_string());
        }
        answer(self.action, STS, &result, request_id, host_now)
    }
}

/// What an action answers, in the name space of its service.
pub(super) fn answer(action: &str, space: &str, result: &str, request_id: &str, host_now: Time) -> Response {
    let mut body = String::with_capacity(result.len() + 512);
    for part in ["<", action, "Response xmlns=\"", space, "\"><", action, "Result>", result, "</", action, "Result>"] {
        body.push_str(part);
    }
    body.push_str("<ResponseMetadata>");
    element(&mut body, "RequestId", request_id);
    for part in ["</ResponseMetadata></", action, "Response>"] {
        body.push_str(part);
    }
    Response::xml(200, body, request_id, host_now)
}

/// An exception as the SDKs of a service read it: most by this protocol; S3 and EC2 have forms of their own, and whoever
/// reads those finds no sentence in another one.
pub(super) fn refusal(error: &Error, service: &str, request_id: &str, host_now: Time) -> Response {
    let message = error.message.as_deref().unwrap_or_default();
    let (code, status) = code(error.exception);
    let (before, id, behind) = match service {
        "s3" | "s3express" => ("<Error>", "RequestId", ["", "</Error>"]),
        "ec2" => ("<Response><Errors><Error>", "RequestID", ["</Error></Errors>", "</Response>"]),
        _ => return refused((code, status), STS, message, request_id, host_now).because(error),
    };
    let mut body = before.to_owned();
    element(&mut body, "Code", code);
    element(&mut body, "Message", message);
    body.push_str(behind[0]);
    element(&mut body, id, request_id);
    body.push_str(behind[1]);
    Response::xml(status, body, request_id, host_now).because(error)
}

/// A code and a status with a sentence.
pub(super) fn refused(
    (code, status): (&str, u16),
    space: &str,
    message: &str,
    request_id: &str,
    host_now: Time,
) -> Response {
    let fault = if status < 500 { "Sender" } else { "Receiver" };
    let mut body = ["<ErrorResponse xmlns=\"", space, "\"><Error>"].concat();
    for (name, text) in [("Type", fault), ("Code", code), ("Message", message)] {
        element(&mut body, name, text);
    }
    body.push_str("</Error>");
    element(&mut body, "RequestId", request_id);
    body.push_str("</ErrorResponse>");
    Response::xml(status, body, request_id, host_now)
}

/// The code and the status of an exception in this protocol (common errors of STS).
fn code(exception: Exception) -> (&'static str, u16) {
    match exception {
        Exception::AccessDeniedException => ("AccessDenied", 403),
        Exception::ExpiredTokenException => ("ExpiredToken", 403),
        Exception::ExpiredIdentityTokenException => ("ExpiredTokenException", 400),
        Exception::InvalidSignatureException => ("SignatureDoesNotMatch", 403),
        Exception::MissingAuthenticationTokenException => ("MissingAuthenticationToken", 403),
        Exception::UnknownOperationException => ("InvalidAction", 400),
        Exception::UnrecognizedClientException => ("InvalidClientTokenId", 403),
        Exception::ValidationException => ("ValidationError", 400),
        other => (other.name().strip_suffix("Exception").unwrap_or(other.name()), other.status()),
    }
}

/// Writes an element with a text. XML has no way to write control characters but those of lines.
pub(super) fn element(to: &mut String, name: &str, text: &str) {
    for part in ["<", name, ">"] {
        to.push_str(part);
    }
    for character in text.chars().filter(|character| !character.is_control() || *character == '\n') {
        match character {
            '&' => to.push_str("&amp;"),
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            other => to.push(other),
        }
    }
    for part in ["</", name, ">"] {
        to.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_name_holds_does_not_become_an_element() {
        let mut text = String::new();
        element(&mut text, "A", "<b>&\n\0");
        assert_eq!(text, "<A>&lt;b&gt;&amp;\n</A>");
    }
}
