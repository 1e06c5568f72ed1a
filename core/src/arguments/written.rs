//! A caller and an origin as a host would say them: what [`super::sender`] reads again.

use std::net::IpAddr;

use super::sender;
use crate::{
    caller::{Caller, CallerKind, Origin, Tls, VpcEndpoint},
    names::{AccountId, Region},
    policy::{Context, Values},
    wire::Value,
};

/// What a host would say; `None` where no host can say it.
pub(crate) fn written(caller: &Caller, origin: &Origin, region: Region) -> Option<(Value, Value)> {
    let arn = Value::from(name(caller, region));
    let session = session_value(caller, region);
    let who = if is_empty(&session) { arn } else { Value::from([("arn", arn), ("session", session)]) };
    let mut whence = origin_value(origin);
    if is_empty(&whence) {
        whence = Value::Null;
    }
    let again = sender(&who, &whence).ok()?;
    let mut same = again.caller?;
    same.session = again.session.unwrap_or_default();
    // One without a partition is of that of the Region, and is written with it.
    same.partition = caller.partition;
    (same == *caller && again.origin == *origin).then_some((who, whence))
}

/// The text of a caller. Unlike the ARN by which AWS names a session, it has the path of the role.
fn name(caller: &Caller, region: Region) -> String {
    match &caller.kind {
        CallerKind::Root if caller.partition.is_none() => caller.account.to_string(),
        CallerKind::Role { role, session } => {
            let partition = caller.partition.unwrap_or(region.partition()).as_str();
            let account = caller.account.to_string();
            ["arn:", partition, ":sts::", &account, ":assumed-role/", role, "/", session].concat()
        }
        _ => caller.arn(region),
    }
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::Map(members) if members.is_empty())
}

fn text(text: Option<&String>) -> Option<Value> {
    text.map(|text| Value::from(text.as_str()))
}

fn account(account: Option<AccountId>) -> Option<Value> {
    account.map(|account| Value::from(account.to_string()))
}

fn flag(flag: bool) -> Option<Value> {
    flag.then_some(Value::Bool(true))
}

/// Texts as a list; nothing where there are none.
fn texts<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Value> {
    let texts: Vec<Value> = texts.map(Value::from).collect();
    (!texts.is_empty()).then_some(Value::List(texts))
}

fn session_value(caller: &Caller, region: Region) -> Value {
    let Caller { session, account, partition, .. } = caller;
    let issuer =
        |kind: &CallerKind| Caller { partition: *partition, ..Caller::new(*account, kind.clone()) }.arn(region);
    let tags: Value = session.tags.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect();
    Value::named(&mut [
        ("temporary", flag(session.temporary)),
        ("tokenIssued", session.issued.map(Value::Time)),
        ("mfa", flag(session.mfa)),
        ("mfaAge", session.mfa_age.map(|age| Value::from(age.millis().to_string() + "ms"))),
        ("issuer", session.issuer.as_ref().map(|kind| Value::from(issuer(kind)))),
        ("provider", text(session.provider.as_ref())),
        ("sourceIdentity", text(session.source_identity.as_ref())),
        ("tags", (!is_empty(&tags)).then_some(tags)),
        ("policies", texts(session.policies.iter().map(|policy| policy.text()))),
        ("managedPolicies", texts(session.managed_policies.iter().map(String::as_str))),
        ("context", facts(&session.facts)),
    ])
}

fn origin_value(origin: &Origin) -> Value {
    Value::named(&mut [
        ("sourceIp", origin.source_ip.map(|ip: IpAddr| Value::from(ip.to_string()))),
        ("userAgent", text(origin.user_agent.as_ref())),
        ("tls", origin.tls.as_ref().map(tls)),
        ("secureTransport", origin.without_tls.then_some(Value::Bool(false))),
        ("vpcEndpoint", origin.vpc_endpoint.as_ref().map(endpoint)),
        ("via", texts(origin.via.iter().map(String::as_str))),
        ("sourceArn", text(origin.source_arn.as_ref())),
        ("sourceAccount", account(origin.source_account)),
        ("accessKeyId", text(origin.access_key_id.as_ref())),
        ("fromConsole", flag(origin.from_console)),
        ("context", facts(&origin.facts)),
    ])
}

fn tls(tls: &Tls) -> Value {
    let said = |text: &String| (!text.is_empty()).then(|| Value::from(text.as_str()));
    Value::named(&mut [
        ("version", said(&tls.version)),
        ("cipherSuite", said(&tls.cipher_suite)),
        ("host", said(&tls.host)),
        ("keyExchange", said(&tls.key_exchange)),
    ])
}

fn endpoint(endpoint: &VpcEndpoint) -> Value {
    Value::named(&mut [
        ("id", Some(Value::from(endpoint.id.as_str()))),
        ("vpc", text(endpoint.vpc.as_ref())),
        ("owner", account(endpoint.owner)),
    ])
}

fn facts(facts: &Context) -> Option<Value> {
    let value = |values: &Values<'static>| match values {
        Values::One(value) => Value::from(&**value),
        Values::Many(values) => Value::List(values.iter().map(|value| Value::from(&**value)).collect()),
    };
    let written: Value = facts.iter().map(|(key, values)| (key.to_owned(), value(values))).collect();
    (!is_empty(&written)).then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Time;

    /// What is read of a sender, written, and whether what is read of that is the same.
    fn again(caller: Value, origin: Value) -> Option<(Value, Value)> {
        let read = sender(&caller, &origin).expect("a sender");
        let caller = read.caller_or(|| Err(())).expect("a caller");
        written(&caller, &read.origin, Region::default())
    }

    #[test]
    fn callers_are_written_as_they_are_read() {
        for text in [
            "111122223333",
            "arn:aws:iam::111122223333:root",
            "arn:aws:iam::111122223333:user/team/Alice",
            "arn:aws:sts::111122223333:assumed-role/path/to/App/one",
            "arn:aws:sts::111122223333:federated-user/bob",
            "arn:aws-cn:iam::111122223333:user/Alice",
            "cloudtrail.amazonaws.com",
        ] {
            assert_eq!(again(text.into(), Value::Null), Some((text.into(), Value::Null)), "{text}");
        }
        let (role, session) =
            ("arn:aws:iam::111122223333:role/a/App", "arn:aws:sts::111122223333:assumed-role/a/App/pocket-kms");
        assert_eq!(again(role.into(), Value::Null), Some((session.into(), Value::Null)));
    }

    #[test]
    fn sessions_and_origins_are_written_with_all_that_is_known_of_them() {
        let text = |text: &str| Value::from(text);
        let session = Value::from([
            ("temporary", Value::Bool(true)),
            ("tokenIssued", Value::Time(Time::from_millis(7))),
            ("mfa", Value::Bool(true)),
            ("mfaAge", text("30000ms")),
            ("provider", text("cognito-identity.amazonaws.com")),
            ("sourceIdentity", text("alice")),
            ("tags", Value::from([("team", text("blue"))])),
            ("policies", Value::List(vec![text(r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#)])),
            ("managedPolicies", Value::List(vec![text("arn:aws:iam::111122223333:policy/p")])),
            ("context", Value::from([("cognito-identity.amazonaws.com:sub", text("1"))])),
        ]);
        let origin = Value::from([
            ("sourceIp", text("203.0.113.7")),
            ("userAgent", text("a program")),
            ("tls", Value::from([("version", text("TLSv1.3")), ("host", text("kms.us-east-1.amazonaws.com"))])),
            ("secureTransport", Value::Bool(false)),
            ("vpcEndpoint", Value::from([("id", text("vpce-0123456789abcdef0")), ("owner", text("111122223333"))])),
            ("via", Value::List(vec![text("s3.amazonaws.com")])),
            ("sourceArn", text("arn:aws:s3:::bucket")),
            ("sourceAccount", text("444455556666")),
            ("accessKeyId", text("AKIAIOSFODNN7EXAMPLE")),
            ("fromConsole", Value::Bool(true)),
            ("context", Value::from([("aws:referer", Value::List(vec![text("a"), text("b")]))])),
        ]);
        let caller =
            Value::from([("arn", text("arn:aws:sts::111122223333:assumed-role/App/one")), ("session", session)]);
        assert_eq!(again(caller.clone(), origin.clone()), Some((caller, origin)));
    }

    #[test]
    fn what_no_host_can_say_is_not_written() {
        let mut caller = Caller::root(AccountId::ZERO);
        caller.session.transitive = vec!["team".to_owned()];
        assert_eq!(written(&caller, &Origin::default(), Region::default()), None);
        let nobody = Origin { user_agent: Some(String::new()), ..Origin::default() };
        assert_eq!(written(&Caller::root(AccountId::ZERO), &nobody, Region::default()), None);
    }
}
