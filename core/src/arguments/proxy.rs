//! What a host says has become of a request to a proxy.

use super::refused;
use crate::{
    call::{ProxyAnswer, ProxyCertificate, ProxyResponse, TlsFault, Unreachable, Waiting},
    error::Error,
    wire::{SecretBytes, Value},
};

/// The answer of a proxy, as hosts say it, in one of four forms:
///
/// - `{"status": 200, "body": ..., "elapsed": 12}`, with the milliseconds that it took, and perhaps `headers`, a list of
///   pairs, and `certificate`, a map of `subject` and `notAfter`;
/// - `{"unreachable": "refused"}`, or another name of [`Unreachable`];
/// - `{"tls": "expired"}`, or another name of [`TlsFault`], and perhaps `certificate`;
/// - `{"timeout": "connecting"}`, or `"answer"`.
///
/// A name that is not one of those is something else: it is `other` (CKS-159).
///
/// # Errors
/// A `ValidationException` with a sentence of ours, for anything else.
pub fn proxy_answer(said: &Value) -> Result<ProxyAnswer, Error> {
    let name = |member: &str| said.member(member).and_then(Value::as_text);
    if let Some(kind) = name("unreachable") {
        return Ok(ProxyAnswer::Unreachable(Unreachable::parse(kind).unwrap_or(Unreachable::Other)));
    }
    if let Some(reason) = name("tls") {
        let reason = TlsFault::parse(reason).unwrap_or(TlsFault::Other);
        return Ok(ProxyAnswer::Tls { reason, certificate: certificate(said) });
    }
    if let Some(waiting) = name("timeout") {
        return Ok(ProxyAnswer::Timeout(Waiting::parse(waiting).unwrap_or(Waiting::Answer)));
    }
    response(said).map(ProxyAnswer::Response).ok_or_else(|| {
        refused(
            "the answer of a proxy has 'status', 'body' and 'elapsed', or it says 'unreachable', 'tls' or 'timeout'",
        )
    })
}

fn response(said: &Value) -> Option<ProxyResponse> {
    let Some(Value::Int(status)) = said.member("status") else { return None };
    let body = SecretBytes::from(said.member("body")?.as_bytes()?);
    let elapsed = match said.member("elapsed")? {
        Value::Int(millis) => u32::try_from(*millis).unwrap_or(u32::MAX),
        _ => return None,
    };
    let mut response = ProxyResponse::new(u16::try_from(*status).unwrap_or_default(), body).after(elapsed);
    response.certificate = certificate(said);
    if let Some(Value::List(headers)) = said.member("headers") {
        response.headers = headers.iter().filter_map(pair).collect();
    }
    Some(response)
}

fn pair(header: &Value) -> Option<(String, String)> {
    let Value::List(pair) = header else { return None };
    let [name, value] = &pair[..] else { return None };
    Some((name.as_text()?.to_owned(), value.as_text()?.to_owned()))
}

fn certificate(said: &Value) -> Option<ProxyCertificate> {
    let certificate = said.member("certificate")?;
    let subject = certificate.member("subject")?.as_text()?.to_owned();
    Some(ProxyCertificate { subject, not_after: certificate.member("notAfter")?.as_time()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Time;

    #[test]
    fn an_answer_is_one_of_four() {
        let certificate = Value::from([("subject", "xks.example.com".into()), ("notAfter", Value::Int(7))]);
        let known = ProxyCertificate { subject: "xks.example.com".to_owned(), not_after: Time::from_millis(7000) };
        let header = Value::List(vec!["Content-Type".into(), "application/json".into()]);
        let said = Value::from([
            ("status", Value::Int(200)),
            ("headers", Value::List(vec![header])),
            ("body", Value::Blob(b"{}".to_vec())),
            ("elapsed", Value::Int(12)),
            ("certificate", certificate.clone()),
        ]);
        let response = ProxyResponse::new(200, b"{}").after(12).header("Content-Type", "application/json");
        assert_eq!(proxy_answer(&said), Ok(ProxyAnswer::Response(response.certificate(known.clone()))));
        for (member, name, answer) in [
            ("unreachable", "no-route", ProxyAnswer::Unreachable(Unreachable::NoRoute)),
            ("unreachable", "on fire", ProxyAnswer::Unreachable(Unreachable::Other)),
            ("tls", "expired", ProxyAnswer::Tls { reason: TlsFault::Expired, certificate: None }),
            ("timeout", "connecting", ProxyAnswer::Timeout(Waiting::Connecting)),
        ] {
            assert_eq!(proxy_answer(&Value::from([(member, name.into())])), Ok(answer));
        }
        let tls = Value::from([("tls", "expired".into()), ("certificate", certificate)]);
        let answer = ProxyAnswer::Tls { reason: TlsFault::Expired, certificate: Some(known) };
        assert_eq!(proxy_answer(&tls), Ok(answer));
    }

    #[test]
    fn what_is_not_an_answer_is_refused() {
        for said in [
            Value::Null,
            Value::from([("status", Value::Int(200))]),
            Value::from([("status", "200".into()), ("body", Value::Blob(Vec::new())), ("elapsed", Value::Int(1))]),
            Value::from([("unreachable", Value::Int(1))]),
        ] {
            let refusal = proxy_answer(&said).expect_err("not an answer").message.unwrap_or_default();
            assert!(refusal.contains("'elapsed'"), "{refusal}");
        }
    }
}
