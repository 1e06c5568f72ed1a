//! What a host says of a caller's session: `{"arn": ..., "session": {...}}` in place of the caller's text.
//!
//! | member | kind | what |
//! | --- | --- | --- |
//! | `policies` | list | the session policies: documents, or their texts |
//! | `managed_policies` | list | the ARNs of managed policies that limit the session, too |
//! | `tags` | structure | the tags of the principal, those of the session among them, texts by their keys |
//! | `mfa` | truth | whether the session began with a second factor |
//! | `mfa_age` | length of time | how long ago the second factor was given: seconds, or text such as `5m` |
//! | `token_issued` | instant | when the session began |
//! | `source_identity` | text | the source identity that the session was given |
//! | `issuer` | text | the ARN of the user, or of the root user, who opened the session of a federated user |
//! | `provider` | text | the identity provider that opened the session, such as `cognito-identity.amazonaws.com` |
//! | `temporary` | truth | whether the credentials are temporary, where nothing else in the session says so |
//! | `context` | structure | further facts by the names of condition keys, such as `cognito-identity.amazonaws.com:sub` |

use std::sync::Arc;

use super::{
    members::{Argument, Fact, LONGEST, MOST, listed, read},
    refused, span,
};
use crate::{
    caller::{Caller, CallerKind, Sender, Session},
    error::Error,
    policy::{self, Context, Kind, PolicyRow, Values},
    time::Span,
    wire::{Value, to_json},
};

/// The members of a caller.
const CALLER: [(&str, Fact<Sender>); 2] = [
    ("arn", |to, said| said.str()?.parse().map(|caller: Caller| to.caller = Some(caller))),
    ("session", |to, said| said.session().map(|session| to.session = Some(session))),
];

/// The members of a session.
#[expect(clippy::redundant_closure_for_method_calls, reason = "the method itself is not general enough")]
const SESSION: [(&str, Fact<Session>); 11] = [
    ("context", |to, said| said.facts().map(|facts| to.facts = facts)),
    ("issuer", |to, said| said.issuer().map(|issuer| to.issuer = Some(issuer))),
    ("managed_policies", |to, said| said.each(|one| one.arn()).map(|arns| to.managed_policies = arns)),
    ("mfa", |to, said| said.flag().map(|flag| to.mfa = flag)),
    ("mfa_age", |to, said| said.age().map(|age| (to.mfa, to.mfa_age) = (true, Some(age)))),
    ("policies", |to, said| said.each(|one| one.policy(Kind::SessionPolicy)).map(|all| to.policies = all)),
    ("provider", |to, said| said.text().map(|text| to.provider = Some(text))),
    ("source_identity", |to, said| said.text().map(|text| to.source_identity = Some(text))),
    ("tags", |to, said| said.tags().map(|tags| to.tags = tags)),
    ("temporary", |to, said| said.flag().map(|flag| to.temporary = flag)),
    ("token_issued", |to, said| said.time().map(|time| to.issued = Some(time))),
];

/// What follows from a request, or is a member of its own: a host does not say it under the name of its condition key.
const FOLLOWS: [&str; 20] = [
    "aws:calledvia",
    "aws:calledviafirst",
    "aws:calledvialast",
    "aws:currenttime",
    "aws:epochtime",
    "aws:multifactorauthage",
    "aws:multifactorauthpresent",
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalisawsservice",
    "aws:principalservicename",
    "aws:principalservicenameslist",
    "aws:principaltype",
    "aws:requestedregion",
    "aws:securetransport",
    "aws:tagkeys",
    "aws:tokenissuetime",
    "aws:userid",
    "aws:username",
    "aws:viaawsservice",
];

/// Reads a caller: text, or a structure with its session.
pub(super) fn caller(value: &Value, to: &mut Sender) -> Result<(), Error> {
    match value {
        Value::Null => Ok(()),
        Value::Text(text) => text.parse().map(|caller| to.caller = Some(caller)),
        Value::Map(members) => read("caller", members, &CALLER, to),
        _ => Err(refused(
            "a caller is text (an account id, the ARN of a principal, or the name of a service), or a structure of \
             arn and session",
        )),
    }
}

impl Argument<'_> {
    fn session(&self) -> Result<Session, Error> {
        let Value::Map(members) = self.value else {
            return Err(self.wrong(&format!("a structure: {}", listed(&SESSION))));
        };
        let mut session = Session::default();
        read(self.name, members, &SESSION, &mut session)?;
        let Session { mfa, issued, issuer, source_identity, policies, managed_policies, provider, .. } = &session;
        let limited = !policies.is_empty() || !managed_policies.is_empty();
        let temporary =
            *mfa || issued.is_some() || issuer.is_some() || source_identity.is_some() || provider.is_some() || limited;
        session.temporary |= temporary;
        Ok(session)
    }

    /// Who has opened the session of a federated user.
    fn issuer(&self) -> Result<CallerKind, Error> {
        let issuer = self.str()?.parse::<Caller>()?.kind;
        let opens = matches!(issuer, CallerKind::Root | CallerKind::User(_));
        if opens { Ok(issuer) } else { Err(self.wrong("the ARN of a user or of a root user")) }
    }

    /// One value or a list of them.
    fn each<T>(&self, one: impl Fn(&Argument<'_>) -> Result<T, Error>) -> Result<Vec<T>, Error> {
        let said = |value| one(&Argument { name: self.name, value });
        match self.value {
            Value::List(values) if values.len() <= MOST => values.iter().map(said).collect(),
            Value::List(_) => Err(self.wrong("a list of at most 50")),
            _ => Ok(vec![said(self.value)?]),
        }
    }

    /// A policy: a structure, or its text.
    pub(super) fn policy(&self, kind: Kind) -> Result<Arc<PolicyRow>, Error> {
        let text = match self.value {
            Value::Text(text) => text.clone(),
            Value::Map(_) => String::from_utf8(to_json(self.value)).unwrap_or_default(),
            _ => return Err(self.wrong("a policy: a structure, or its JSON text")),
        };
        let read = PolicyRow::parse(text, kind).map(Arc::new);
        read.map_err(|malformed| {
            refused(&format!("{} has a {} that is malformed: {}", self.name, kind.name(), malformed.refusal(kind)))
        })
    }

    /// A length of time: seconds, or text.
    fn age(&self) -> Result<Span, Error> {
        match self.value {
            Value::Int(seconds) if (0..=u32::MAX.into()).contains(seconds) => Ok(Span::from_millis(1000 * seconds)),
            Value::Text(text) => span(text),
            _ => Err(self.wrong("a length of time: seconds, or text such as 5m")),
        }
    }

    /// Facts by the names of condition keys.
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method itself is not general enough")]
    pub(super) fn facts(&self) -> Result<Context, Error> {
        let Value::Map(members) = self.value else {
            return Err(self.wrong("a structure: values by the names of condition keys"));
        };
        if members.len() > MOST {
            return Err(self.wrong("a structure of at most 50 condition keys"));
        }
        let mut facts = Context::new();
        for (key, value) in members {
            self.is_for_hosts(key)?;
            let said = Argument { name: key, value };
            match value {
                Value::Null => {}
                Value::List(_) => facts.insert(key, Values::many(said.each(|one| one.fact())?)),
                _ => facts.insert(key, Values::one(said.fact()?)),
            }
        }
        Ok(facts)
    }

    /// Refuses what is not the name of a condition key, and what follows from the request.
    fn is_for_hosts(&self, key: &str) -> Result<(), Error> {
        let folded = policy::folded(key);
        let prefix = folded.split_once(':').map_or("", |(prefix, _)| prefix);
        if prefix.is_empty() || key.len() > LONGEST {
            return Err(refused(&format!("{} has '{key}': names of condition keys are like aws:referer", self.name)));
        }
        let of_tags = ["aws:requesttag/", "aws:resourcetag/"].iter().any(|family| folded.starts_with(family));
        if prefix == "kms" || of_tags || FOLLOWS.contains(&&*folded) {
            return Err(refused(&format!("{} has '{key}', which follows from the request", self.name)));
        }
        Ok(())
    }

    /// One value of a condition key, as text.
    fn fact(&self) -> Result<String, Error> {
        match self.value {
            Value::Text(text) if text.len() <= LONGEST => Ok(text.clone()),
            Value::Bool(flag) => Ok(flag.to_string()),
            Value::Int(number) => Ok(number.to_string()),
            Value::Float(number) => Ok(number.to_string()),
            Value::Time(time) => Ok(time.to_string()),
            _ => Err(self.wrong("text of at most 2048 bytes, a number, a truth value or an instant")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::sender, *};

    fn said<const N: usize>(session: [(&'static str, Value); N]) -> Result<Sender, Error> {
        let arn = Value::from("arn:aws:iam::111122223333:role/App");
        sender(&Value::from([("arn", arn), ("session", Value::from(session))]), &Value::Null)
    }

    fn document() -> Value {
        let statement = [("Effect", "Allow"), ("Action", "kms:*"), ("Resource", "*")].map(|(k, v)| (k, Value::from(v)));
        Value::from([("Statement", Value::from(statement))])
    }

    #[test]
    fn a_session_has_policies_a_provider_and_facts() {
        let text = Value::from(r#"{"Statement":{"Effect":"Allow","Action":"kms:*","Resource":"*"}}"#);
        let managed = "arn:aws:iam::aws:policy/ReadOnlyAccess";
        let sender = said([
            ("policies", Value::List(vec![document(), text])),
            ("managedPolicies", Value::from(managed)),
            ("mfa_age", Value::Int(30)),
            ("provider", Value::from("cognito-identity.amazonaws.com")),
            ("tags", Value::from([("team", Value::from("blue"))])),
            ("context", Value::from([("cognito-identity.amazonaws.com:sub", Value::from("eu-west-1:1"))])),
        ]);
        let Sender { caller, session, .. } = sender.expect("a sender");
        let session = session.expect("a session");
        assert!(caller.is_some() && session.temporary && session.mfa);
        assert_eq!(session.mfa_age, Some(Span::from_millis(30_000)));
        assert_eq!(session.policies.len(), 2);
        assert_eq!(session.policies[0], session.policies[1]);
        assert_eq!(session.policies[0].kind(), Kind::SessionPolicy);
        assert_eq!(session.managed_policies, [managed]);
        assert_eq!(session.provider.as_deref(), Some("cognito-identity.amazonaws.com"));
        let facts = Context::new().with("cognito-identity.amazonaws.com:sub", "eu-west-1:1");
        assert_eq!(session.facts, facts);
    }

    #[test]
    fn an_origin_adds_to_the_session_of_a_caller() {
        let tags = Value::from([("tags", Value::from([("team", Value::from("blue"))]))]);
        let origin = [
            ("mfa", Value::Bool(true)),
            ("context", Value::from([("aws:SourceOrgPaths", Value::List(vec![Value::from("o-1/r-1/")]))])),
        ];
        let both = sender(&Value::from([("session", tags)]), &Value::from(origin)).expect("a sender");
        let session = both.session.expect("a session");
        assert!(session.mfa && session.tags.len() == 1 && both.caller.is_none());
        assert_eq!(both.origin.facts, Context::new().with_many("aws:SourceOrgPaths", ["o-1/r-1/"]));
    }

    #[test]
    fn what_follows_from_a_request_has_a_row_among_the_condition_keys() {
        let rows = || crate::access::CONDITION_KEYS.iter().map(|row| row.name.to_lowercase());
        for name in FOLLOWS {
            assert!(rows().any(|row| row == name), "{name}");
        }
    }

    #[test]
    fn what_is_not_of_a_session_is_refused_with_a_sentence() {
        let context = |key: &'static str| said([("context", Value::from([(key, Value::from("x"))]))]);
        for (refusal, shown) in [
            (said([("policy", document())]), "its members are context, issuer, managed_policies"),
            (said([("policies", Value::Int(1))]), "a policy: a structure, or its JSON text"),
            (
                said([("policies", Value::from("{}"))]),
                "session policy that is malformed: Statement is missing. Syntax errors",
            ),
            (said([("managed_policies", Value::from("ReadOnly"))]), "an ARN"),
            (said([("mfa_age", Value::Int(-1))]), "seconds"),
            (said([("mfa_age", Value::from("soon"))]), "'soon'"),
            (context("kms:KeySpec"), "follows from the request"),
            (context("AWS:PrincipalArn"), "follows from the request"),
            (context("aws:ResourceTag/team"), "follows from the request"),
            (context("referer"), "aws:referer"),
            (said([("context", Value::from([("aws:referer", Value::Blob(vec![1]))]))]), "aws:referer must be text"),
            (said([("context", Value::from([("a:b", Value::List(vec![Value::from("x"); MOST + 1]))]))]), "50"),
            (sender(&Value::from([("name", Value::from("x"))]), &Value::Null), "its members are arn, session"),
        ] {
            let sentence = refusal.expect_err(shown).message.unwrap_or_default();
            assert!(sentence.contains(shown), "{shown}: {sentence}");
        }
    }
}
