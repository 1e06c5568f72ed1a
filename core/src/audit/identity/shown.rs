//! Members of records that tell who has acted: `userIdentity`, address, agent, TLS and endpoint.

use super::{AWS_INTERNAL, Identity, KMS, NAMELESS};
use crate::{
    caller::{Caller, CallerKind, unique_id},
    names::AccountId,
    wire::Value,
};

/// The address of a client that says none, or of a host in the same process (AUD-1).
const NO_ADDRESS: &str = "127.0.0.1";

/// How the caller of a program names itself that says nothing of it (AUD-2).
const OWN_AGENT: &str = concat!("pocket-kms/", env!("CARGO_PKG_VERSION"));

impl Identity {
    /// `userIdentity`, as an account sees it. Of callers of other accounts it sees no names, unless it sees everything
    /// (AUD-65, AUD-240).
    pub(in crate::audit) fn to_value(&self, recipient: AccountId, full: bool) -> Value {
        let account = || Value::from(self.account.to_string());
        let Some(kind) = &self.kind else {
            return Value::from([("accountId", account()), ("invokedBy", Value::from(AWS_INTERNAL))]);
        };
        let invoked_by = self.invoked_by().map(Value::from);
        if let CallerKind::Service(name) = kind {
            return Value::from([("type", Value::from("AWSService")), ("invokedBy", Value::from(name.as_str()))]);
        }
        let id = self.principal_id().map(Value::from);
        if recipient != self.account && !full {
            return Value::named(&mut [
                ("type", Some(Value::from("AWSAccount"))),
                ("principalId", id),
                ("accountId", Some(account())),
                ("invokedBy", invoked_by),
            ]);
        }
        let session = self.session.as_deref();
        Value::named(&mut [
            ("type", Some(Value::from(kind_of(kind)))),
            ("principalId", id),
            ("arn", self.arn().map(Value::from)),
            ("accountId", Some(account())),
            ("accessKeyId", self.access_key_id().map(Value::from)),
            ("userName", own_name(kind).map(Value::from)),
            ("sessionContext", session.map(|session| session.context(self.issuer()))),
            ("onBehalfOf", session.and_then(super::SessionFacts::on_behalf_of)),
            ("invokedBy", invoked_by),
            ("inScopeOf", self.on_instance().or_else(|| session?.in_scope_of())),
        ])
    }

    /// `sessionIssuer`: the role of a session, or the user who has made a federated one (AUD-56, AUD-61).
    fn issuer(&self) -> Option<Value> {
        match self.kind.as_ref()? {
            CallerKind::Role { role, .. } => Some(Value::from([
                ("type", Value::from("Role")),
                ("principalId", Value::from(self.role_id(role, self.unique_id.as_deref()))),
                ("arn", Value::from(self.role_arn(role))),
                ("accountId", Value::from(self.account.to_string())),
                ("userName", Value::from(role.rsplit('/').next().unwrap_or_default())),
            ])),
            CallerKind::FederatedUser(_) => Some(self.federator()),
            CallerKind::Root | CallerKind::User(_) | CallerKind::Service(_) => None,
        }
    }

    /// The issuer of a federated user's session: a user, or the root user.
    fn federator(&self) -> Value {
        let (caller, account) = (self.caller(), self.account.to_string());
        let Some(user) = caller.federator() else {
            let arn = Caller { kind: CallerKind::Root, ..caller }.arn(self.region);
            return Value::from([
                ("type", Value::from("Root")),
                ("principalId", Value::from(account.as_str())),
                ("arn", Value::from(arn)),
                ("accountId", Value::from(account)),
            ]);
        };
        let partition = self.partition.as_str();
        let known = self.unique_id.as_deref().map(str::to_owned);
        let id = known.unwrap_or_else(|| unique_id("AIDA", &format!("{partition} {account} user/{user}")));
        let name = user.rsplit('/').next().unwrap_or(user);
        let arn = match self.path.as_deref() {
            Some(path) => format!("arn:{partition}:iam::{account}:user{path}{name}"),
            None => format!("arn:{partition}:iam::{account}:user/{user}"),
        };
        Value::from([
            ("type", Value::from("IAMUser")),
            ("principalId", Value::from(id)),
            ("arn", Value::from(arn)),
            ("accountId", Value::from(account)),
            ("userName", Value::from(name)),
        ])
    }

    /// `inScopeOf` of the session of AWS's own role for the volumes of an instance (AUD-64).
    fn on_instance(&self) -> Option<Value> {
        let Some(CallerKind::Role { role, session }) = &self.kind else { return None };
        if role != "aws:ec2-infrastructure" {
            return None;
        }
        let (partition, region, account) = (self.partition.as_str(), self.region, self.account);
        let instance = format!("arn:{partition}:ec2:{region}:{account}:instance/{session}");
        Some(Value::from([
            ("issuerType", Value::from("AWS::EC2::Instance")),
            ("credentialsIssuedTo", Value::from(instance)),
        ]))
    }

    /// Who stands between the caller and KMS: KMS itself in another Region, or a service.
    fn invoked_by(&self) -> Option<&str> {
        if self.origin.by_kms { Some(KMS) } else { self.forwarder() }
    }

    /// The service that forwarded the session, as records name it.
    fn forwarder(&self) -> Option<&str> {
        self.via().map(|via| if NAMELESS.contains(&via) { AWS_INTERNAL } else { via })
    }

    /// What takes the place of the caller's own address and agent: the service that has called (AUD-72, AUD-73).
    fn in_place_of_client(&self) -> Option<&str> {
        match &self.kind {
            None => Some(AWS_INTERNAL),
            Some(CallerKind::Service(name)) => Some(name),
            Some(_) => self.forwarder(),
        }
    }

    /// `sourceIPAddress`.
    pub(in crate::audit) fn address(&self) -> String {
        match (self.in_place_of_client(), self.origin.address) {
            (Some(service), _) => service.to_owned(),
            (None, Some(address)) => address.to_string(),
            (None, None) => NO_ADDRESS.to_owned(),
        }
    }

    /// `userAgent`.
    pub(in crate::audit) fn agent(&self) -> String {
        self.in_place_of_client().or(self.origin.agent.as_deref()).unwrap_or(OWN_AGENT).to_owned()
    }

    /// `tlsDetails`: of clients outside of AWS alone, as far as the host says how they came (AUD-48).
    pub(in crate::audit) fn tls(&self) -> Option<Value> {
        let tls = self.origin.tls.as_deref().filter(|_| self.in_place_of_client().is_none())?;
        let text = |text: &str| Some(text).filter(|text| !text.is_empty()).map(Value::from);
        Some(Value::named(&mut [
            ("tlsVersion", text(&tls.version)),
            ("cipherSuite", text(&tls.cipher_suite)),
            ("clientProvidedHostHeader", text(&tls.host)),
            ("keyExchange", text(&tls.key_exchange)),
        ]))
    }

    /// `vpcEndpointId` and `vpcEndpointAccountId`.
    pub(in crate::audit) fn endpoint_members(&self) -> [Option<Value>; 2] {
        let Some(endpoint) = self.endpoint() else { return [None, None] };
        let owner = endpoint.owner.map_or_else(|| Value::from(AWS_INTERNAL), |owner| Value::from(owner.to_string()));
        [Some(Value::from(&*endpoint.id)), Some(owner)]
    }

    /// `sessionCredentialFromConsole`, which is a text and never says no (AUD-49).
    pub(in crate::audit) fn console_member(&self) -> Option<Value> {
        self.origin.from_console.then(|| Value::from("true"))
    }
}

/// The type of a caller, as records name it.
const fn kind_of(kind: &CallerKind) -> &'static str {
    match kind {
        CallerKind::Root => "Root",
        CallerKind::User(_) => "IAMUser",
        CallerKind::Role { .. } => "AssumedRole",
        CallerKind::FederatedUser(_) => "FederatedUser",
        CallerKind::Service(_) => "AWSService",
    }
}

/// The name of a user without its path; nobody else has one here.
fn own_name(kind: &CallerKind) -> Option<&str> {
    match kind {
        CallerKind::User(name) => name.rsplit('/').next(),
        _ => None,
    }
}
