//! Who has acted, and from where, as far as records show it.

mod session;
mod shown;

use std::net::IpAddr;

use self::session::SessionFacts;
use crate::{
    call::Call,
    caller::{Caller, CallerKind, Session, Tls, VpcEndpoint, is_service, unique_id},
    names::{AccountId, Partition, Region},
    state::State,
};

/// What stands for a part of AWS that does not name itself.
pub(super) const AWS_INTERNAL: &str = "AWS Internal";

/// How KMS names itself where it forwards a session to another Region (AUD-67).
const KMS: &str = "kms.amazonaws.com";

/// The services that forward sessions without naming themselves (AUD-63), as `kms:ViaService` names them: S3, Parameter
/// Store, and EC2 for the volumes of EBS.
const NAMELESS: [&str; 3] = ["s3.amazonaws.com", "ssm.amazonaws.com", "ec2.amazonaws.com"];

/// The most bytes of a user agent (CloudTrail record contents).
const LONGEST_AGENT: usize = 1024;

/// Who has acted, and from where. It is small, because every record has one; what follows from names is computed when it
/// is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identity {
    /// Who has acted; `None` for KMS itself.
    kind: Option<CallerKind>,
    account: AccountId,
    partition: Partition,
    region: Region,
    /// The unique id of a user or role of whom the directory knows.
    unique_id: Option<Box<str>>,
    /// The path of a role of which the directory knows.
    path: Option<Box<str>>,
    access_key_id: Option<Box<str>>,
    session: Option<Box<SessionFacts>>,
    origin: CalledFrom,
}

/// Where the action came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct CalledFrom {
    address: Option<IpAddr>,
    agent: Option<Box<str>>,
    tls: Option<Box<Tls>>,
    endpoint: Option<Box<Endpoint>>,
    /// The service that forwarded the session.
    via: Option<Box<str>>,
    from_console: bool,
    /// Whether KMS has forwarded the session to another Region.
    by_kms: bool,
}

/// A VPC endpoint, and its owner; one of AWS's own has none that is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Endpoint {
    pub(super) id: Box<str>,
    pub(super) owner: Option<AccountId>,
}

impl Identity {
    /// Who makes a call. The state says which unique ids its principals have.
    pub(super) fn of(call: &Call, state: &State) -> Self {
        let Call { caller, origin, region, .. } = call;
        let is_forwarded = !origin.via.is_empty() && !caller.is_service();
        // A service comes through an endpoint of AWS, or through none: that of its caller is not told, like the address.
        let endpoint = origin.vpc_endpoint.as_ref().filter(|own| origin.via.is_empty() || own.is_of_aws());
        let temporary = caller.is_temporary() || is_forwarded;
        let (unique_id, path) = state.known_as(caller, *region);
        Self {
            kind: Some(caller.kind.clone()),
            account: caller.account,
            partition: caller.partition.unwrap_or(region.partition()),
            region: *region,
            unique_id: unique_id.map(Into::into),
            path: path.map(Into::into),
            // An account or an ARN in the place of an access key id names the caller: it is not one (AUD-10).
            access_key_id: origin.access_key_id.as_deref().filter(|id| !names_caller(id)).map(Into::into),
            session: temporary.then(|| Box::new(SessionFacts::of(caller, origin, call.now))),
            origin: CalledFrom {
                address: origin.source_ip,
                agent: origin.user_agent.as_deref().map(|agent| cut(agent, LONGEST_AGENT).into()),
                tls: origin.tls.clone().map(Box::new),
                endpoint: endpoint.map(|own| Box::new(owned(own, caller, state))),
                via: origin.via.last().map(|service| service.as_str().into()),
                from_console: origin.from_console,
                by_kms: false,
            },
        }
    }

    /// KMS itself, which has done something to what an account has.
    pub(super) fn kms(account: AccountId, region: Region) -> Self {
        Self {
            kind: None,
            account,
            partition: region.partition(),
            region,
            unique_id: None,
            path: None,
            access_key_id: None,
            session: None,
            origin: CalledFrom::default(),
        }
    }

    /// The same session, which KMS has forwarded to another Region (AUD-67).
    pub(super) fn forwarded_by_kms(&self) -> Self {
        let mut forwarded = self.clone();
        forwarded.origin.by_kms = true;
        forwarded
    }

    /// The account of the caller; what belongs to no account has none.
    pub const fn account(&self) -> Option<AccountId> {
        match self.kind {
            None | Some(CallerKind::Service(_)) => None,
            Some(_) => Some(self.account),
        }
    }

    /// The ARN of the caller, or the name of a service; KMS itself has none.
    pub fn arn(&self) -> Option<String> {
        self.kind.as_ref().map(|_| self.caller().arn(self.region))
    }

    /// Every name by which a filter finds the caller: its ARN, that of its role, and its account; a service has its name
    /// alone, and KMS itself is `AWS Internal`.
    pub(crate) fn names(&self) -> Vec<String> {
        let Some(arn) = self.arn() else { return vec![AWS_INTERNAL.to_owned()] };
        let mut names = vec![arn];
        if matches!(self.kind, Some(CallerKind::Role { .. })) {
            names.extend(self.principal_arn());
        }
        names.extend(self.account().map(|account| account.to_string()));
        names
    }

    /// The ARN by which policies name the caller: that of the role of a session, otherwise its own.
    pub fn principal_arn(&self) -> Option<String> {
        match &self.kind {
            Some(CallerKind::Role { role, .. }) => Some(self.role_arn(role)),
            _ => self.arn(),
        }
    }

    /// The unique id of the caller, with the name of its session behind it: what `aws:userid` says.
    pub fn principal_id(&self) -> Option<String> {
        match (self.kind.as_ref()?, self.unique_id.as_deref()) {
            (CallerKind::User(_), Some(id)) => Some(id.to_owned()),
            (CallerKind::Role { role, session }, id) => Some([&self.role_id(role, id), session.as_str()].join(":")),
            _ => self.caller().user_id(self.partition),
        }
    }

    /// The access key id that signed the call, or one that follows from the caller's name (AUD-10).
    pub fn access_key_id(&self) -> Option<String> {
        self.account()?;
        if let Some(id) = &self.access_key_id {
            return Some(id.to_string());
        }
        let prefix = if self.session.is_some() { "ASIA" } else { "AKIA" };
        let mut id = unique_id(prefix, &["key of ", &self.arn()?].concat());
        id.truncate(prefix.len() + 16);
        Some(id)
    }

    /// The name under which event history lists the caller: that of a user or of a session, or `root`.
    pub fn user_name(&self) -> Option<&str> {
        match self.kind.as_ref()? {
            CallerKind::Root => Some("root"),
            CallerKind::User(name) => name.rsplit('/').next(),
            CallerKind::Role { session, .. } => Some(session),
            CallerKind::FederatedUser(name) => Some(name),
            CallerKind::Service(_) => None,
        }
    }

    /// The service that forwarded the caller's session, by the name that the host gave it.
    pub fn via(&self) -> Option<&str> {
        self.origin.via.as_deref()
    }

    /// The service that has acted in its own name.
    pub fn service(&self) -> Option<&str> {
        match &self.kind {
            Some(CallerKind::Service(name)) => Some(name),
            _ => None,
        }
    }

    /// The VPC endpoint through which the call came.
    pub(super) fn endpoint(&self) -> Option<&Endpoint> {
        self.origin.endpoint.as_deref()
    }

    fn caller(&self) -> Caller {
        let kind = self.kind.clone().unwrap_or(CallerKind::Root);
        let issuer = self.session.as_ref().and_then(|session| session.issuer.clone());
        let session = Session { issuer, ..Session::default() };
        Caller { account: self.account, partition: Some(self.partition), kind, session }
    }

    /// The ARN of the role of a session, with its path.
    fn role_arn(&self, role: &str) -> String {
        let own = ["arn:", self.partition.as_str(), ":iam::", self.account.text().as_str(), ":role"].concat();
        match &self.path {
            Some(path) => [own.as_str(), path, role.rsplit('/').next().unwrap_or(role)].concat(),
            None => [own.as_str(), "/", role].concat(),
        }
    }

    /// The unique id of a role. One of AWS's own, such as `aws:ec2-infrastructure`, has its name for it (AUD-64).
    fn role_id(&self, role: &str, known: Option<&str>) -> String {
        if role.starts_with("aws:") {
            return [self.account.text().as_str(), ":", role].concat();
        }
        let name = || format!("{} {} role/{role}", self.partition.as_str(), self.account);
        known.map_or_else(|| unique_id("AROA", &name()), str::to_owned)
    }
}

/// Whether what stands for an access key id names a caller.
fn names_caller(id: &str) -> bool {
    id.starts_with("arn:") || AccountId::parse(id).is_some() || is_service(id)
}

/// An endpoint with its owner.
fn owned(own: &VpcEndpoint, caller: &Caller, state: &State) -> Endpoint {
    Endpoint { id: own.id.as_str().into(), owner: state.owner_of(own, caller) }
}

/// The first bytes of a text, as many as there may be.
pub(super) fn cut(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
