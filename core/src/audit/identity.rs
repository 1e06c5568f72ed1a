//! Who has acted, and from where, as records show it.

use crate::{
    call::Call,
    caller::{Caller, CallerKind, Origin},
    names::{AccountId, Region},
    wire::Value,
};

/// Who has acted, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identity {
    /// Who has acted; `None` for KMS itself.
    caller: Option<Caller>,
    /// Where from.
    origin: Origin,
    region: Region,
}

/// The address of a client that says none, or of a host in the same process (AUD-1).
const NO_ADDRESS: &str = "127.0.0.1";

impl Identity {
    /// Who makes a call.
    pub(super) fn of(call: &Call) -> Self {
        Self { caller: Some(call.caller.clone()), origin: call.origin.clone(), region: call.region }
    }

    /// KMS itself.
    pub(super) fn kms(region: Region) -> Self {
        Self { caller: None, origin: Origin::default(), region }
    }

    /// The account of the caller; what belongs to no account has none.
    pub fn account(&self) -> Option<AccountId> {
        self.caller.as_ref().filter(|caller| !caller.is_service()).map(|caller| caller.account)
    }

    /// The ARN of the caller, or the name of a service.
    pub fn arn(&self) -> Option<String> {
        self.caller.as_ref().map(|caller| caller.arn(self.region))
    }

    /// The service that forwarded the caller's session.
    pub fn via(&self) -> Option<&str> {
        self.origin.via.last().map(String::as_str)
    }

    /// `userIdentity`, as an account sees it.
    pub(super) fn to_value(&self, recipient: AccountId) -> Value {
        let invoked_by = self.via().map(Value::from);
        let Some(caller) = &self.caller else {
            let account = Value::from(recipient.to_string());
            return Value::from([("accountId", account), ("invokedBy", Value::from("AWS Internal"))]);
        };
        let id = caller.user_id(caller.partition.unwrap_or(self.region.partition()));
        let named = match &caller.kind {
            CallerKind::Root => ("Root", None),
            CallerKind::User(name) => ("IAMUser", name.rsplit('/').next()),
            CallerKind::Role { .. } => ("AssumedRole", None),
            CallerKind::FederatedUser(_) => ("FederatedUser", None),
            CallerKind::Service(name) => {
                return Value::from([("type", Value::from("AWSService")), ("invokedBy", Value::from(name.as_str()))]);
            }
        };
        Value::named(&mut [
            ("type", Some(Value::from(named.0))),
            ("principalId", id.map(Value::from)),
            ("arn", self.arn().map(Value::from)),
            ("accountId", Some(Value::from(caller.account.to_string()))),
            ("accessKeyId", self.origin.access_key_id.as_deref().map(Value::from)),
            ("userName", named.1.map(Value::from)),
            ("invokedBy", invoked_by),
        ])
    }

    /// `sourceIPAddress`.
    pub(super) fn address(&self) -> String {
        match (&self.caller, self.via()) {
            (None, _) => "AWS Internal".to_owned(),
            (_, Some(via)) => via.to_owned(),
            _ => self.origin.source_ip.map_or_else(|| NO_ADDRESS.to_owned(), |address| address.to_string()),
        }
    }

    /// `userAgent`.
    pub(super) fn agent(&self) -> String {
        match (&self.caller, self.via()) {
            (None, _) => "AWS Internal".to_owned(),
            (_, Some(via)) => via.to_owned(),
            _ => match &self.origin.user_agent {
                Some(agent) => agent.clone(),
                None => concat!("pocket-kms/", env!("CARGO_PKG_VERSION")).to_owned(),
            },
        }
    }
}
