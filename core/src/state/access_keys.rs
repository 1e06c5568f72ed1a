//! Access keys: whom each of them names, and the sessions that STS has opened.

use std::sync::Arc;

use serde::Serialize;

use super::{
    Draft, Existence, State,
    keys::LineageId,
    secrets::{Secret, SecretName},
    stored::stored,
    tables::Change,
};
use crate::{
    arguments::AccessKey,
    caller::{Caller, CallerKind, Session},
    names::{AccessKeyId, AccountId},
    policy::{Context, PolicyRow, Values},
    time::Time,
    wire::Value,
};

/// From this many access keys on, temporary ones that have expired are forgotten when their number is a multiple of this.
const SWEPT: usize = 8192;

/// An access key without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AccessKeyRow {
    /// Whose it is, as [`Caller::parse`] reads it: a user or the root user of an account; of a session, the role, with its
    /// path.
    pub principal: Box<str>,
    /// The unique id that its user or role had when it was given: keys and sessions of somebody who was removed are
    /// nobody's, also when somebody else has the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unique_id: Option<Box<str>>,
    /// The session of temporary credentials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionRow>,
}

/// A session that STS has opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SessionRow {
    /// The name of the session of a role.
    pub name: Option<String>,
    /// When it was opened.
    pub issued: Time,
    /// When its credentials expire.
    pub expires: Time,
    /// Whether it began with a second factor.
    pub mfa: bool,
    /// The source identity that it was given.
    pub source_identity: Option<String>,
    /// Its tags.
    pub tags: Vec<(String, String)>,
    /// The keys of the tags that go with it into the roles that it assumes.
    pub transitive: Vec<String>,
    /// The session policies that it was given, and the ARNs of those that the directory keeps.
    pub policies: Vec<Arc<PolicyRow>>,
    /// The ARNs of managed policies among its session policies.
    pub managed: Vec<String>,
    /// The ARN of the user, or of the root user, who has opened the session of a federated user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Box<str>>,
    /// The identity provider whose token has opened it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<Box<str>>,
    /// What the token of the provider says, by the names of condition keys.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<(String, Vec<String>)>,
}

impl AccessKeyRow {
    /// The access key of a user or of a root user.
    pub fn new(principal: impl Into<Box<str>>) -> Self {
        Self { principal: principal.into(), unique_id: None, session: None }
    }

    /// Whom it names.
    pub fn caller(&self) -> Option<Caller> {
        let mut caller = Caller::parse(&self.principal)?;
        if let Some(row) = &self.session {
            if let (CallerKind::Role { session, .. }, Some(name)) = (&mut caller.kind, &row.name) {
                session.clone_from(name);
            }
            caller.session = row.session();
        }
        Some(caller)
    }

    /// The account of whom it names.
    pub fn account(&self) -> Option<AccountId> {
        Caller::parse(&self.principal).map(|caller| caller.account)
    }

    /// When it expires; one that lasts never does.
    pub fn expires(&self) -> Option<Time> {
        self.session.as_ref().map(|session| session.expires)
    }
}

/// What a condition key of an identity provider has: one value, or several of a list; methods of authentication always are
/// one (IAM User Guide, "Available keys for AWS OIDC federation").
pub(crate) fn claim(key: &str, values: &[String]) -> Values<'static> {
    match values {
        [value] if !key.ends_with(":amr") => Values::one(value.clone()),
        values => Values::many(values.to_vec()),
    }
}

impl SessionRow {
    /// The claims as condition keys.
    fn facts(&self) -> Context {
        let mut facts = Context::new();
        for (key, values) in &self.claims {
            facts.insert(key, claim(key, values));
        }
        facts
    }

    fn session(&self) -> Session {
        Session {
            temporary: true,
            issued: Some(self.issued),
            mfa: self.mfa,
            source_identity: self.source_identity.clone(),
            tags: self.tags.clone(),
            transitive: self.transitive.clone(),
            policies: self.policies.clone(),
            managed_policies: self.managed.clone(),
            issuer: self.issuer.as_deref().and_then(Caller::parse).map(|issuer| issuer.kind),
            provider: self.provider.as_deref().map(str::to_owned),
            facts: self.facts(),
            mfa_age: None,
        }
    }
}

/// What the state knows of access keys.
impl State {
    /// An access key that is registered.
    pub(crate) fn access_key(&self, id: &AccessKeyId) -> Option<&AccessKeyRow> {
        self.access_keys.get(id).map(|row| &**row)
    }

    /// The access keys that last, in the form in which hosts register them, without their secrets.
    pub(crate) fn access_keys(&self) -> Value {
        let said = |row: &AccessKeyRow| Value::from([("principal", Value::from(&*row.principal))]);
        let lasting = self.access_keys.iter().filter(|(_, row)| row.session.is_none() && self.has_holder(row));
        lasting.map(|(id, row)| (id.to_string(), said(row))).collect()
    }

    /// Whether an access key still has its holder. One without stays, so that its id never stands for somebody else.
    pub(crate) fn has_holder(&self, row: &AccessKeyRow) -> bool {
        // The name of a federated user is nobody's: behind it is who has opened the session.
        let issuer = row.session.as_ref().and_then(|session| session.issuer.as_deref());
        match (self.exists(issuer.unwrap_or(&row.principal)), &row.unique_id) {
            (Existence::Missing, _) => false,
            (Existence::Registered(id), Some(had)) => *id == **had,
            _ => true,
        }
    }

    /// How many access keys there are, temporary ones among them.
    pub(crate) fn count_access_keys(&self) -> usize {
        self.access_keys.size()
    }
}

/// What is recorded of access keys.
impl Draft<'_> {
    /// Records an access key in place of the one of this id; `None` removes it.
    pub(crate) fn put_access_key(&mut self, id: AccessKeyId, key: Option<AccessKey>) {
        let name = SecretName::AccessKey(id);
        let Some(AccessKey { principal, secret }) = key else {
            self.destroy(name);
            return self.record(Change::AccessKeys { key: id, row: None });
        };
        let unique_id = self.state().unique_id(&principal).map(Into::into);
        let row = AccessKeyRow { unique_id, ..AccessKeyRow::new(principal) };
        let owner = row.account().map(LineageId::of_account);
        self.record(Change::AccessKeys { key: id, row: Some(Arc::new(row)) });
        match (owner, secret) {
            (Some(owner), Some(secret)) => self.put_secret(name, owner, Secret::from_bytes(secret.as_bytes())),
            _ => self.destroy(name),
        }
    }

    /// Records the temporary credentials of a session of a caller's.
    pub(crate) fn put_session(&mut self, id: AccessKeyId, account: AccountId, row: AccessKeyRow, secret: &[u8]) {
        let (name, owner) = (SecretName::AccessKey(id), LineageId::of_account(account));
        self.record(Change::AccessKeys { key: id, row: Some(Arc::new(row)) });
        self.put_secret(name, owner, Secret::from_bytes(secret));
    }

    /// Forgets temporary credentials that have expired, now and then, so that they do not pile up: with their names, which
    /// nothing else was made from. Until then they are told that they have expired.
    pub(crate) fn sweep_sessions(&mut self, now: Time) {
        let count = self.state().access_keys.size();
        if count < SWEPT || !count.is_multiple_of(SWEPT) {
            return;
        }
        let rows = self.state().access_keys.iter();
        let expired = rows.filter(|(_, row)| row.expires().is_some_and(|expires| expires <= now));
        let expired: Vec<AccessKeyId> = expired.map(|(id, _)| *id).collect();
        for id in expired {
            self.record(Change::AccessKeys { key: id, row: None });
            self.record(Change::Secrets { key: SecretName::AccessKey(id), row: None });
        }
    }
}

stored! {
    AccessKeyRow { principal; later unique_id, session }
    SessionRow {
        name, issued, expires, mfa, source_identity, tags, transitive, policies, managed;
        later issuer, provider, claims
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{policy::Kind, state::stored::from_json};

    #[test]
    fn a_session_is_read_as_it_is_written_and_names_its_caller() {
        let policy = r#"{"Statement":{"Effect":"Allow","Action":"kms:*","Resource":"*"}}"#.to_owned();
        let session = SessionRow {
            name: Some("work".to_owned()),
            issued: Time::from_millis(1000),
            expires: Time::from_millis(2000),
            mfa: true,
            source_identity: Some("ann".to_owned()),
            tags: vec![("team".to_owned(), "blue".to_owned())],
            transitive: vec!["team".to_owned()],
            policies: vec![Arc::new(PolicyRow::parse(policy, Kind::SessionPolicy).unwrap())],
            managed: vec!["arn:aws:iam::111122223333:policy/P".to_owned()],
            issuer: Some("arn:aws:iam::111122223333:user/team/Ann".into()),
            provider: Some("cognito-identity.amazonaws.com".into()),
            claims: vec![("cognito-identity.amazonaws.com:sub".to_owned(), vec!["s".to_owned()])],
        };
        let principal = "arn:aws:iam::111122223333:role/team/App".into();
        let row = AccessKeyRow { principal, unique_id: Some("AROAEXAMPLE".into()), session: Some(session) };
        assert_eq!(from_json::<AccessKeyRow>(&serde_json::to_vec(&row).unwrap()).as_ref(), Some(&row));
        let caller = row.caller().unwrap();
        let kind = CallerKind::Role { role: "team/App".to_owned(), session: "work".to_owned() };
        assert_eq!((caller.kind, caller.session.issued), (kind, Some(Time::from_millis(1000))));
        assert!(caller.session.temporary && caller.session.mfa && caller.session.policies.len() == 1);
        let lasting = AccessKeyRow::new("111122223333");
        assert_eq!(from_json::<AccessKeyRow>(br#"{"principal":"111122223333"}"#), Some(lasting));
    }
}
