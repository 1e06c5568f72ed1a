//! Access keys: whom each of them names.

use std::sync::Arc;

use serde::Serialize;

use super::{
    Draft, State,
    keys::LineageId,
    secrets::{Secret, SecretName},
    stored::stored,
    tables::Change,
};
use crate::{
    arguments::AccessKey,
    caller::Caller,
    names::{AccessKeyId, AccountId},
    wire::Value,
};

/// An access key without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AccessKeyRow {
    /// Whose it is, as [`Caller::parse`] reads it: a user, or the root user of an account.
    pub principal: Box<str>,
}

impl AccessKeyRow {
    /// The access key of a user or of a root user.
    pub fn new(principal: impl Into<Box<str>>) -> Self {
        Self { principal: principal.into() }
    }

    /// Whom it names.
    pub fn caller(&self) -> Option<Caller> {
        Caller::parse(&self.principal)
    }

    /// The account of whom it names.
    pub fn account(&self) -> Option<AccountId> {
        self.caller().map(|caller| caller.account)
    }
}

/// What the state knows of access keys.
impl State {
    /// An access key that is registered.
    pub(crate) fn access_key(&self, id: &AccessKeyId) -> Option<&AccessKeyRow> {
        self.access_keys.get(id).map(|row| &**row)
    }

    /// The access keys that are registered and last, in the form in which hosts register them, without their secrets.
    pub(crate) fn access_keys(&self) -> Value {
        let said = |row: &AccessKeyRow| Value::from([("principal", Value::from(&*row.principal))]);
        self.access_keys.iter().map(|(id, row)| (id.to_string(), said(row))).collect()
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
        let row = AccessKeyRow::new(principal);
        let owner = row.account().map(LineageId::of_account);
        self.record(Change::AccessKeys { key: id, row: Some(Arc::new(row)) });
        match (owner, secret) {
            (Some(owner), Some(secret)) => self.put_secret(name, owner, Secret::from_bytes(secret.as_bytes())),
            _ => self.destroy(name),
        }
    }
}

stored! {
    AccessKeyRow { principal }
}
