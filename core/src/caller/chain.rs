//! Origins, endpoints and sessions as chains of facts: programs elsewhere cannot write the growing structures out.
//!
//! ```
//! use pocket_kms::{Caller, Origin, Session, VpcEndpoint};
//!
//! let origin = Origin::default().via("s3.amazonaws.com").vpc_endpoint(VpcEndpoint::new("vpce-0123456789abcdef0"));
//! let session = Session::default().temporary().mfa().tag("team", "blue");
//! let caller = "arn:aws:iam::111122223333:user/Alice".parse::<Caller>()?.with_session(session);
//! # assert!(origin.via == ["s3.amazonaws.com"] && caller.session.mfa);
//! # Ok::<(), pocket_kms::Error>(())
//! ```

use std::{net::IpAddr, sync::Arc};

use super::{Caller, CallerKind, Origin, Session, VpcEndpoint};
use crate::{
    names::AccountId,
    policy::{PolicyRow, Values},
    time::{Span, Time},
};

impl Caller {
    /// The same caller in this session.
    #[must_use]
    pub fn with_session(mut self, session: Session) -> Self {
        self.session = session;
        self
    }
}

impl Session {
    /// The same session with temporary credentials, as those of `GetSessionToken` are.
    #[must_use]
    pub const fn temporary(mut self) -> Self {
        self.temporary = true;
        self
    }

    /// The same session, begun with a second factor. Conditions see that of temporary credentials alone.
    #[must_use]
    pub const fn mfa(mut self) -> Self {
        self.mfa = true;
        self
    }

    /// The same session, whose second factor was given this long ago.
    #[must_use]
    pub const fn mfa_age(mut self, age: Span) -> Self {
        self.mfa_age = Some(age);
        self
    }

    /// The same session, opened by an identity provider such as `cognito-identity.amazonaws.com`.
    #[must_use]
    pub fn provider(mut self, provider: impl Into<String>) -> Self {
        self.provider = Some(provider.into());
        self
    }

    /// The same session of a federated user, opened by a user or the root user of its account.
    #[must_use]
    pub fn issuer(mut self, issuer: CallerKind) -> Self {
        self.issuer = Some(issuer);
        self
    }

    /// The same session with one more session policy.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<Arc<PolicyRow>>) -> Self {
        self.policies.push(policy.into());
        self
    }

    /// The same session with one more managed policy as its session policy.
    #[must_use]
    pub fn managed_policy(mut self, arn: impl Into<String>) -> Self {
        self.managed_policies.push(arn.into());
        self
    }

    /// The same session with one more fact, such as `cognito-identity.amazonaws.com:sub`.
    #[must_use]
    pub fn fact(mut self, key: &str, values: Values<'static>) -> Self {
        self.facts.insert(key, values);
        self
    }

    /// The same session, begun at this time.
    #[must_use]
    pub const fn issued(mut self, time: Time) -> Self {
        self.issued = Some(time);
        self
    }

    /// The same session with one more tag of the principal.
    #[must_use]
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tags.push((key.into(), value.into()));
        self
    }

    /// The same session with a source identity.
    #[must_use]
    pub fn source_identity(mut self, identity: impl Into<String>) -> Self {
        self.source_identity = Some(identity.into());
        self
    }
}

impl Origin {
    /// The same origin, from this address.
    #[must_use]
    pub const fn source_ip(mut self, address: IpAddr) -> Self {
        self.source_ip = Some(address);
        self
    }

    /// The same origin of software that names itself so.
    #[must_use]
    pub fn user_agent(mut self, agent: impl Into<String>) -> Self {
        self.user_agent = Some(agent.into());
        self
    }

    /// The same origin without TLS.
    #[must_use]
    pub const fn without_tls(mut self) -> Self {
        self.without_tls = true;
        self
    }

    /// The same origin through a VPC endpoint.
    #[must_use]
    pub fn vpc_endpoint(mut self, endpoint: VpcEndpoint) -> Self {
        self.vpc_endpoint = Some(endpoint);
        self
    }

    /// The same origin via one more service that forwards the caller's session, such as `s3.amazonaws.com`.
    #[must_use]
    pub fn via(mut self, service: impl Into<String>) -> Self {
        self.via.push(service.into());
        self
    }

    /// The same origin with one more fact, such as `aws:referer`.
    #[must_use]
    pub fn fact(mut self, key: &str, values: Values<'static>) -> Self {
        self.facts.insert(key, values);
        self
    }

    /// The same origin of a service that calls in its own name on behalf of a resource of this ARN.
    #[must_use]
    pub fn source_arn(mut self, arn: impl Into<String>) -> Self {
        self.source_arn = Some(arn.into());
        self
    }

    /// The same origin of a service that calls in its own name on behalf of a resource of this account.
    #[must_use]
    pub const fn source_account(mut self, account: AccountId) -> Self {
        self.source_account = Some(account);
        self
    }
}

impl VpcEndpoint {
    /// The same endpoint in this VPC, such as `vpc-0123456789abcdef0`.
    #[must_use]
    pub fn vpc(mut self, vpc: impl Into<String>) -> Self {
        self.vpc = Some(vpc.into());
        self
    }

    /// The same endpoint of this account.
    #[must_use]
    pub const fn owner(mut self, account: AccountId) -> Self {
        self.owner = Some(account);
        self
    }
}
