//! What records show of temporary credentials.

use crate::{
    caller::{Caller, CallerKind, Origin},
    policy::{Facts, Values},
    time::Time,
    wire::Value,
};

/// An hour, in milliseconds.
const HOUR: i64 = 3_600_000;

/// The facts of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SessionFacts {
    created: Time,
    mfa: bool,
    source_identity: Option<Box<str>>,
    /// The web identity provider that opened it.
    web_provider: Option<Box<str>>,
    /// How an instance got its credentials: `1.0` or `2.0`.
    delivery: Option<Box<str>>,
    assumed_root: bool,
    /// Who has opened the session of a federated user, where that is said.
    pub(super) issuer: Option<CallerKind>,
    /// The user of IAM Identity Center on whose behalf the session acts, and the user's store.
    on_behalf_of: Option<[Box<str>; 2]>,
    /// The ARN of the resource that had KMS called, and its account.
    source: Option<[Box<str>; 2]>,
    /// The type and the ARN of what the credentials were issued to.
    issued_to: Option<[Box<str>; 2]>,
}

/// To what credentials are issued, by the condition key that names it.
const ISSUED_TO: [(&str, &str); 3] = [
    ("lambda:sourcefunctionarn", "AWS::Lambda::Function"),
    ("ec2:sourceinstancearn", "AWS::EC2::Instance"),
    ("ecs:sourcetaskarn", "AWS::ECS::Task"),
];

impl SessionFacts {
    /// The session in which a call is made; where the host does not say so, it began in the hour of the call (AUD-7).
    pub(super) fn of(caller: &Caller, origin: &Origin, now: Time) -> Self {
        let session = &caller.session;
        let fact = |name: &str| -> Option<Box<str>> {
            match session.facts.value(name).or_else(|| origin.facts.value(name))? {
                Values::One(value) => Some((*value).into()),
                Values::Many(_) => None,
            }
        };
        let hour = || Time::from_millis(now.millis() - now.millis().rem_euclid(HOUR));
        let issued_to = ISSUED_TO.iter().find_map(|(key, kind)| Some([(*kind).into(), fact(key)?]));
        Self {
            created: session.issued.unwrap_or_else(hour),
            mfa: session.mfa,
            source_identity: session.source_identity.as_deref().map(Into::into),
            // Nothing tells sessions of SAML apart (AUD-59).
            web_provider: session.provider.as_deref().filter(|name| !name.contains(":saml-provider/")).map(Into::into),
            delivery: fact("ec2:roledelivery"),
            assumed_root: caller.kind == CallerKind::Root && fact("aws:assumedroot").as_deref() == Some("true"),
            issuer: session.issuer.clone(),
            on_behalf_of: fact("identitystore:userid").zip(fact("identitystore:identitystorearn")).map(Into::into),
            source: source(origin),
            issued_to,
        }
    }

    /// `sessionContext`. The issuer is the role, or the user behind a federated one.
    pub(super) fn context(&self, issuer: Option<Value>) -> Value {
        let text = |text: &Option<Box<str>>| text.as_deref().map(Value::from);
        let provider = self.web_provider.as_deref().map(|provider| {
            Value::from([("federatedProvider", Value::from(provider)), ("attributes", Value::Map(Vec::new()))])
        });
        let attributes = Value::from([
            ("creationDate", Value::from(self.created.whole_seconds())),
            ("mfaAuthenticated", Value::from(if self.mfa { "true" } else { "false" })),
        ]);
        Value::named(&mut [
            ("sessionIssuer", issuer),
            ("webIdFederationData", provider),
            ("attributes", Some(attributes)),
            ("sourceIdentity", text(&self.source_identity)),
            ("ec2RoleDelivery", text(&self.delivery)),
            ("assumedRoot", self.assumed_root.then(|| Value::from("true"))),
        ])
    }

    /// `onBehalfOf`.
    pub(super) fn on_behalf_of(&self) -> Option<Value> {
        self.on_behalf_of.as_ref().map(|values| pair(["userId", "identityStoreArn"], values))
    }

    /// `inScopeOf`.
    pub(super) fn in_scope_of(&self) -> Option<Value> {
        let named = |values: &Option<[Box<str>; 2]>, place: usize| {
            values.as_ref().and_then(|values| values.get(place)).map(|value| Value::from(&**value))
        };
        if self.source.is_none() && self.issued_to.is_none() {
            return None;
        }
        Some(Value::named(&mut [
            ("sourceArn", named(&self.source, 0)),
            ("sourceAccount", named(&self.source, 1)),
            ("issuerType", named(&self.issued_to, 0)),
            ("credentialsIssuedTo", named(&self.issued_to, 1)),
        ]))
    }
}

/// The resource on whose behalf a service uses somebody's session, and its account: as the host says, or as the ARN does.
fn source(origin: &Origin) -> Option<[Box<str>; 2]> {
    let arn = origin.source_arn.as_deref()?;
    let account = match origin.source_account {
        Some(account) => account.text().as_str().into(),
        None => arn.split(':').nth(4).unwrap_or_default().into(),
    };
    Some([arn.into(), account])
}

fn pair(names: [&'static str; 2], values: &[Box<str>; 2]) -> Value {
    names.into_iter().zip(values.iter().map(|value| Value::from(&**value))).collect()
}
