//! What a host says as `caller` and `origin`: one table of members for all languages.
//!
//! | member | kind | what |
//! | --- | --- | --- |
//! | `source_ip` | text | the address of the caller |
//! | `user_agent` | text | how the caller's software names itself |
//! | `secure_transport` | truth | whether the call came over TLS |
//! | `tls` | structure | `version`, `cipher_suite`, `host`, `key_exchange`: how it was secured |
//! | `vpc_endpoint` | text or structure | the id of the VPC endpoint, or `id`, `vpc`, `owner`; `AWS Internal` is one of AWS's own |
//! | `via` | text or list | the services that forward the caller's session, the first one first |
//! | `source_arn`, `source_account` | text | on whose behalf a service calls in its own name |
//! | `access_key_id` | text | the access key id that signed the call |
//! | `context` | structure | further facts by the names of condition keys, such as `aws:referer` |
//! | `from_console` | truth | whether the credentials are those of the console |
//! | `mfa` | truth | whether the session began with a second factor |
//! | `token_issued` | instant | when the session began |
//! | `source_identity` | text | the source identity that the session was given |
//! | `principal_tags` | structure | the tags of the principal, texts by their keys |
//!
//! JavaScript writes the same names as `sourceIp`.

use std::net::IpAddr;

use super::{
    account,
    members::{Argument, Fact, LONGEST, MOST, listed, read},
    refused, session,
};
use crate::{
    caller::{Origin, Sender, Session, Tls, VpcEndpoint, is_service},
    error::Error,
    names::{AccountId, Region},
    text::is_arn,
    wire::Value,
};

/// The members of an origin.
const FACTS: [(&str, Fact<Sender>); 15] = [
    ("access_key_id", |to, said| said.text().map(|text| to.origin.access_key_id = Some(text))),
    ("context", |to, said| said.facts().map(|facts| to.origin.facts = facts)),
    ("from_console", |to, said| said.flag().map(|flag| to.origin.from_console = flag)),
    ("mfa", |to, said| said.flag().map(|flag| temporary(to).mfa = flag)),
    ("principal_tags", |to, said| said.tags().map(|tags| session_of(to).tags = tags)),
    ("secure_transport", |to, said| said.flag().map(|flag| to.origin.without_tls = !flag)),
    ("source_account", |to, said| said.account().map(|account| to.origin.source_account = Some(account))),
    ("source_arn", |to, said| said.arn().map(|arn| to.origin.source_arn = Some(arn))),
    ("source_identity", |to, said| said.text().map(|text| temporary(to).source_identity = Some(text))),
    ("source_ip", |to, said| said.address().map(|address| to.origin.source_ip = Some(address))),
    ("tls", |to, said| said.tls().map(|tls| to.origin.tls = Some(tls))),
    ("token_issued", |to, said| said.time().map(|time| temporary(to).issued = Some(time))),
    ("user_agent", |to, said| said.text().map(|text| to.origin.user_agent = Some(text))),
    ("via", |to, said| said.services().map(|services| to.origin.via = services)),
    ("vpc_endpoint", |to, said| said.endpoint().map(|endpoint| to.origin.vpc_endpoint = Some(endpoint))),
];

/// Reads what a host says as `caller` (text, or a structure of `arn` and `session`) and `origin` (a structure with members
/// of the table above, each of them optional). `null` says nothing.
///
/// `mfa`, `token_issued` and `source_identity` say that the caller has temporary credentials.
///
/// # Errors
/// A `ValidationException` with a sentence of ours that says what there is.
pub fn sender(caller: &Value, origin: &Value) -> Result<Sender, Error> {
    origin.admit()?;
    caller.admit()?;
    let mut sender = Sender::default();
    session::caller(caller, &mut sender)?;
    match origin {
        Value::Null => {}
        Value::Map(members) => read("origin", members, &FACTS, &mut sender)?,
        _ => return Err(refused(&format!("an origin is a structure: {}", listed(&FACTS)))),
    }
    Ok(sender)
}

/// The session of a sender whose credentials are temporary.
fn temporary(sender: &mut Sender) -> &mut Session {
    let session = session_of(sender);
    session.temporary = true;
    session
}

fn session_of(sender: &mut Sender) -> &mut Session {
    sender.session.get_or_insert_default()
}

impl Argument<'_> {
    fn address(&self) -> Result<IpAddr, Error> {
        self.str()?.parse().map_err(|_| self.wrong("an IP address, such as 203.0.113.7"))
    }

    fn account(&self) -> Result<AccountId, Error> {
        account(self.str()?)
    }

    pub(super) fn arn(&self) -> Result<String, Error> {
        let arn = self.text()?;
        if is_arn(&arn) { Ok(arn) } else { Err(self.wrong("an ARN, such as arn:aws:s3:::a-bucket")) }
    }

    fn tls(&self) -> Result<Tls, Error> {
        let mut tls = Tls::default();
        let Value::Map(members) = self.value else { return Err(self.wrong("a structure")) };
        read(
            self.name,
            members,
            &[
                ("cipher_suite", |tls: &mut Tls, said: &Argument<'_>| said.text().map(|text| tls.cipher_suite = text)),
                ("host", |tls, said| said.text().map(|text| tls.host = text)),
                ("key_exchange", |tls, said| said.text().map(|text| tls.key_exchange = text)),
                ("version", |tls, said| said.text().map(|text| tls.version = text)),
            ],
            &mut tls,
        )?;
        Ok(tls)
    }

    fn endpoint(&self) -> Result<VpcEndpoint, Error> {
        let mut endpoint = VpcEndpoint::default();
        match self.value {
            Value::Map(members) => read(
                self.name,
                members,
                &[
                    ("id", |endpoint: &mut VpcEndpoint, said: &Argument<'_>| said.endpoint_id(endpoint)),
                    ("owner", |endpoint, said| said.account().map(|account| endpoint.owner = Some(account))),
                    ("vpc", |endpoint, said| said.text().map(|text| endpoint.vpc = Some(text))),
                ],
                &mut endpoint,
            )?,
            _ => self.endpoint_id(&mut endpoint)?,
        }
        if endpoint.id.is_empty() { Err(refused(&format!("{} has no id", self.name))) } else { Ok(endpoint) }
    }

    fn endpoint_id(&self, endpoint: &mut VpcEndpoint) -> Result<(), Error> {
        let id = self.text()?;
        if !VpcEndpoint::is_id(&id) && id != VpcEndpoint::OF_AWS {
            return Err(self.wrong("the id of a VPC endpoint, such as vpce-0123456789abcdef0"));
        }
        endpoint.id = id;
        Ok(())
    }

    fn services(&self) -> Result<Vec<String>, Error> {
        let service = |value: &Value| Argument { name: self.name, value }.service();
        match self.value {
            Value::List(services) if services.len() <= MOST => services.iter().map(service).collect(),
            Value::List(_) => Err(self.wrong("at most 50 services")),
            one => Ok(vec![service(one)?]),
        }
    }

    /// The name of a service. That of `kms:ViaService` has a Region in it, which follows from the call.
    fn service(&self) -> Result<String, Error> {
        let wrong = || self.wrong("the name of a service, such as s3.amazonaws.com");
        let Some(text) = self.value.as_text().filter(|text| text.len() <= LONGEST && is_service(text)) else {
            return Err(wrong());
        };
        let mut labels: Vec<&str> = text.split('.').collect();
        labels.retain(|label| Region::parse(label).is_none());
        let name = labels.join(".");
        if is_service(&name) { Ok(name) } else { Err(wrong()) }
    }

    pub(super) fn tags(&self) -> Result<Vec<(String, String)>, Error> {
        let wrong = || self.wrong("a structure of at most 50 tags: texts by their keys");
        let Value::Map(tags) = self.value else { return Err(wrong()) };
        let tag = |value: &Value| value.as_text().filter(|text| text.len() <= LONGEST).map(ToOwned::to_owned);
        let tags = tags.iter().map(|(key, value)| Some((key.clone().into_owned(), tag(value)?)));
        tags.collect::<Option<Vec<_>>>().filter(|tags| tags.len() <= MOST).ok_or_else(wrong)
    }
}

impl Origin {
    /// The names of all facts that a host can say, as Python writes them.
    pub fn facts() -> impl Iterator<Item = &'static str> {
        FACTS.iter().map(|(name, _)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::members::camel, *};
    use crate::time::Time;

    fn origin<const N: usize>(members: [(&'static str, Value); N]) -> Result<Sender, Error> {
        sender(&Value::Null, &Value::from(members))
    }

    /// One value for every fact.
    fn all() -> Vec<(&'static str, Value)> {
        let text = |text: &str| Value::from(text);
        let tls = [("version", text("TLSv1.3")), ("cipher_suite", text("TLS_AES_128_GCM_SHA256"))];
        let endpoint =
            [("id", text("vpce-0123456789abcdef0")), ("vpc", text("vpc-1")), ("owner", text("111122223333"))];
        vec![
            ("access_key_id", text("AKIAIOSFODNN7EXAMPLE")),
            ("context", Value::from([("aws:referer", text("a"))])),
            ("from_console", Value::Bool(true)),
            ("mfa", Value::Bool(true)),
            ("principal_tags", Value::from([("team", text("a"))])),
            ("secure_transport", Value::Bool(false)),
            ("source_account", text("444455556666")),
            ("source_arn", text("arn:aws:s3:::bucket")),
            ("source_identity", text("alice")),
            ("source_ip", text("203.0.113.7")),
            ("tls", Value::from(tls)),
            ("token_issued", Value::Time(Time::from_millis(7))),
            ("user_agent", text("a program")),
            ("via", Value::List(vec![text("ec2.amazonaws.com"), text("s3.us-west-2.amazonaws.com")])),
            ("vpc_endpoint", Value::from(endpoint)),
        ]
    }

    #[test]
    fn every_fact_can_be_said_in_the_words_of_both_languages() {
        let words: Vec<_> = all().into_iter().map(|(name, _)| name).collect();
        assert_eq!(words, Origin::facts().collect::<Vec<_>>());
        let snake: Value = all().into_iter().collect();
        let camels: Value = all().into_iter().map(|(name, value)| (camel(name), value)).collect();
        let said = sender(&Value::from("111122223333"), &snake).expect("a sender");
        assert_eq!(format!("{said:?}"), format!("{:?}", sender(&Value::from("111122223333"), &camels).expect("one")));
        let Sender { caller, origin, session } = said;
        assert_eq!(caller.map(|caller| caller.account.to_string()).as_deref(), Some("111122223333"));
        assert_eq!(origin.via, ["ec2.amazonaws.com", "s3.amazonaws.com"]);
        assert!(origin.without_tls && origin.from_console && origin.source_account.is_some());
        let endpoint = origin.vpc_endpoint.expect("an endpoint");
        assert_eq!((endpoint.id.as_str(), endpoint.vpc.as_deref()), ("vpce-0123456789abcdef0", Some("vpc-1")));
        let session = session.expect("a session");
        assert!(session.mfa && session.temporary && session.issued == Some(Time::from_millis(7)), "{session:?}");
        assert_eq!(session.tags, [("team".to_owned(), "a".to_owned())]);
    }

    #[test]
    fn nothing_said_is_nothing_known() {
        let nothing = sender(&Value::Null, &Value::Null).expect("a sender");
        assert!(nothing.caller.is_none() && nothing.session.is_none() && nothing.origin == Origin::default());
        let nulls: Value = all().into_iter().map(|(name, _)| (name, Value::Null)).collect();
        assert_eq!(sender(&Value::Null, &nulls).expect("a sender").origin, Origin::default());
    }

    #[test]
    fn what_is_not_a_fact_is_refused_with_a_list_of_those_that_are() {
        let refusals = [
            (origin([("ip", Value::from("::1"))]), "origin has no 'ip': its members are access_key_id, "),
            (origin([("mfa", Value::Bool(true)), ("mfa", Value::Bool(true))]), "twice"),
            (origin([("sourceIp", Value::from("::1")), ("source_ip", Value::from("::1"))]), "source_ip twice"),
            (origin([("tls", Value::from([("sni", Value::from("a"))]))]), "cipher_suite, host, key_exchange, version"),
            (sender(&Value::Null, &Value::from("s3")), "an origin is a structure: its members are"),
            (sender(&Value::from("Alice"), &Value::Null), "'Alice'"),
            (sender(&Value::Bool(true), &Value::Null), "a caller is text"),
            (origin([("via", Value::from("s3"))]), "s3.amazonaws.com"),
            (origin([("via", Value::List(vec![Value::from("s3.amazonaws.com"); MOST + 1]))]), "at most 50"),
            (origin([("vpc_endpoint", Value::from("vpc-1"))]), "vpce-0123456789abcdef0"),
            (origin([("vpc_endpoint", Value::from([("vpc", Value::from("vpc-1"))]))]), "no id"),
            (origin([("source_ip", Value::from("localhost"))]), "an IP address"),
            (origin([("source_arn", Value::from("bucket"))]), "an ARN"),
            (origin([("user_agent", Value::from("a".repeat(LONGEST + 1)))]), "2048"),
        ];
        for (refusal, shown) in refusals {
            let sentence = refusal.expect_err(shown).message.unwrap_or_default();
            assert!(sentence.contains(shown), "{shown}: {sentence}");
        }
        for (name, _) in all() {
            let sentence = origin([(name, Value::Blob(vec![1]))]).expect_err(name).message.unwrap_or_default();
            assert!(sentence.starts_with(name), "{name}: {sentence}");
        }
    }
}
