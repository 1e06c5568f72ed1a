//! Who makes a call, and where it comes from.

mod chain;
mod sender;

pub use sender::Sender;

use std::{net::IpAddr, sync::Arc};

use sha2::{Digest, Sha256};

use crate::{
    names::{AccountId, Partition, Region, is_iam_path},
    policy::{Context, PolicyRow},
    text::fields,
    time::{Span, Time},
};

/// The identity that makes a call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Caller {
    /// The account to which the identity belongs; a service belongs to none, whatever stands here.
    pub account: AccountId,
    /// The partition of the identity; `None` for that of the Region in which the call arrives.
    pub partition: Option<Partition>,
    /// What kind of identity it is.
    pub kind: CallerKind,
    /// Its session.
    pub session: Session,
}

/// The kinds of identity that IAM knows (authorization.md section 2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallerKind {
    /// The root user of the account.
    Root,
    /// An IAM user: its path and name, such as `team/Alice`.
    User(String),
    /// A session of a role.
    Role {
        /// The role's path and name.
        role: String,
        /// The name of the session.
        session: String,
    },
    /// A federated user (GetFederationToken).
    FederatedUser(String),
    /// An AWS service in its own name, such as `cloudtrail.amazonaws.com`.
    Service(String),
}

/// The session of a caller (AUD-7). A caller without temporary credentials has no such facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Session {
    /// Whether the credentials are temporary, as those of `GetSessionToken` are; those of roles and federated users always
    /// are.
    pub temporary: bool,
    /// When the session began; by default the hour in which the call arrives.
    pub issued: Option<Time>,
    /// Whether the session began with a second factor.
    pub mfa: bool,
    /// How long ago the second factor was given, at the time of the call; by default as long as the session lasts.
    pub mfa_age: Option<Span>,
    /// The identity provider that opened the session of a role (`aws:FederatedProvider`): the name of a web identity
    /// provider, such as `cognito-identity.amazonaws.com`, or the ARN of one that the account has.
    pub provider: Option<String>,
    /// Who has opened the session of a federated user with GetFederationToken: a user or the root user of its account, by
    /// default the user who has the name of the federated one.
    pub issuer: Option<CallerKind>,
    /// The source identity that the session was given.
    pub source_identity: Option<String>,
    /// The tags of the principal, those of the session among them.
    pub tags: Vec<(String, String)>,
    /// The keys of the tags that go with the session into the roles that it assumes.
    pub transitive: Vec<String>,
    /// The session policies: what the session may do at most. Without any, and without managed ones, nothing limits it.
    pub policies: Vec<Arc<PolicyRow>>,
    /// The ARNs of managed policies that were passed as session policies.
    pub managed_policies: Vec<String>,
    /// Further facts of the session by the names of condition keys, such as `cognito-identity.amazonaws.com:sub`.
    pub facts: Context,
}

/// Where a call comes from: the facts that conditions test and audit records show. The default is a plain call over TLS
/// from an unnamed place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Origin {
    /// The address of the caller (AUD-1).
    pub source_ip: Option<IpAddr>,
    /// The user agent: how the caller's software names itself (AUD-2).
    pub user_agent: Option<String>,
    /// How the connection was secured (AUD-3).
    pub tls: Option<Tls>,
    /// Whether the call came without TLS.
    pub without_tls: bool,
    /// The VPC endpoint through which the call came (AUD-4).
    pub vpc_endpoint: Option<VpcEndpoint>,
    /// The services that forward the caller's session, such as `s3.amazonaws.com`, the first one first (AUD-5).
    pub via: Vec<String>,
    /// The resource on whose behalf a service calls in its own name.
    pub source_arn: Option<String>,
    /// The account of that resource.
    pub source_account: Option<AccountId>,
    /// The access key id that signed the call (AUD-6).
    pub access_key_id: Option<String>,
    /// Whether the session's credentials are those of the console (AUD-8).
    pub from_console: bool,
    /// Further facts of the request by the names of condition keys, such as `aws:referer`. What follows from the request
    /// itself is not taken from here.
    pub facts: Context,
}

impl Origin {
    /// The VPC endpoint of the call; a service that forwards a session does not pass on the endpoint of the first call, and
    /// that of AWS itself is nobody's.
    pub(crate) fn own_endpoint(&self) -> Option<&VpcEndpoint> {
        self.vpc_endpoint.as_ref().filter(|endpoint| self.via.is_empty() && !endpoint.is_of_aws())
    }

    /// The service that forwards the caller's session to KMS, with its Region: the suffix is the same in all partitions.
    pub(crate) fn via_service(&self, region: Region) -> Option<String> {
        let name = self.via.last()?.split('.').next()?;
        Some(format!("{name}.{region}.amazonaws.com"))
    }
}

/// How a connection was secured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tls {
    /// The version, such as `TLSv1.3`.
    pub version: String,
    /// The cipher suite, such as `TLS_AES_128_GCM_SHA256`.
    pub cipher_suite: String,
    /// The name of the host that the client asked for.
    pub host: String,
    /// The key exchange, such as `X25519MLKEM768`.
    pub key_exchange: String,
}

/// A VPC endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct VpcEndpoint {
    /// Its id, such as `vpce-0123456789abcdef0`.
    pub id: String,
    /// The VPC that contains it, such as `vpc-0123456789abcdef0`.
    pub vpc: Option<String>,
    /// The account that owns it.
    pub owner: Option<AccountId>,
}

/// AWS's own role that uses the volumes of instances.
const EC2_INFRASTRUCTURE: &str = "aws:ec2-infrastructure";

/// Whether a text is the id of an instance of EC2.
fn is_instance(text: &str) -> bool {
    let digits = text.strip_prefix("i-");
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The session name of a caller whom the host names by the ARN of a role.
const DEFAULT_SESSION: &str = "pocket-kms";

impl Caller {
    /// A caller with the default session.
    pub fn new(account: AccountId, kind: CallerKind) -> Self {
        Self { account, partition: None, kind, session: Session::default() }
    }

    /// The root user of an account.
    pub fn root(account: AccountId) -> Self {
        Self::new(account, CallerKind::Root)
    }

    /// Reads twelve digits, the ARN of a root user, user, role, role session or federated user, or the name of a service;
    /// or who uses the volumes of an instance, as EC2 names it: `111122223333:aws:ec2-infrastructure:i-0123456789abcdef0`
    /// (P2-57).
    ///
    /// The ARN of a role means one of its sessions.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(account) = AccountId::parse(text) {
            return Some(Self::root(account));
        }
        if is_service(text) {
            return Some(Self::new(AccountId::ZERO, CallerKind::Service(text.to_owned())));
        }
        let instance = text.split_at_checked(12).and_then(|(account, rest)| {
            Some((AccountId::parse(account)?, rest.strip_prefix(":aws:ec2-infrastructure:")?))
        });
        if let Some((account, session)) = instance {
            let session = Some(session).filter(|session| is_instance(session))?.to_owned();
            return Some(Self::new(account, CallerKind::Role { role: EC2_INFRASTRUCTURE.to_owned(), session }));
        }
        let ["arn", partition, service, "", account, resource] = fields(text)? else { return None };
        let partition = Some(Partition::parse(partition)?);
        let account = AccountId::parse(account)?;
        let kind = CallerKind::parse(service, resource)?;
        Some(Self { partition, ..Self::new(account, kind) })
    }

    /// Whether a principal of this partition can call a Region at all.
    pub fn reaches(&self, region: Region) -> bool {
        self.partition.is_none_or(|partition| partition == region.partition())
    }

    /// The ARN by which AWS names the caller; a role session is named as `assumed-role/<name>/<session>`, a service by
    /// its name.
    pub fn arn(&self, region: Region) -> String {
        let account = self.account.text();
        let partition = self.partition.unwrap_or(region.partition()).as_str();
        let account = account.as_str();
        match &self.kind {
            CallerKind::Root => ["arn:", partition, ":iam::", account, ":root"].concat(),
            CallerKind::User(user) => ["arn:", partition, ":iam::", account, ":user/", user].concat(),
            CallerKind::Role { role, session } => {
                let name = role.rsplit('/').next().unwrap_or(role);
                ["arn:", partition, ":sts::", account, ":assumed-role/", name, "/", session].concat()
            }
            CallerKind::FederatedUser(user) => {
                ["arn:", partition, ":sts::", account, ":federated-user/", user].concat()
            }
            CallerKind::Service(name) => name.clone(),
        }
    }

    /// Whether something of this account is the caller's own. A service in its own name belongs to no account, and has
    /// nothing.
    pub(crate) fn owns(&self, account: AccountId) -> bool {
        !self.is_service() && self.account == account
    }

    /// Whether the caller is a service in its own name.
    pub(crate) const fn is_service(&self) -> bool {
        matches!(self.kind, CallerKind::Service(_))
    }

    /// The path and name of the user who stands behind a federated one; `None` for one that the root user has opened.
    pub(crate) fn federator(&self) -> Option<&str> {
        match (&self.kind, &self.session.issuer) {
            (CallerKind::FederatedUser(_), Some(CallerKind::User(user))) | (CallerKind::FederatedUser(user), None) => {
                Some(user)
            }
            _ => None,
        }
    }

    /// Whether the caller is the root user of its account, or a federated user that the root user has opened.
    pub(crate) fn is_of_root(&self) -> bool {
        match self.kind {
            CallerKind::Root => true,
            CallerKind::FederatedUser(_) => self.federator().is_none(),
            _ => false,
        }
    }

    /// Whether the caller has temporary credentials.
    pub(crate) const fn is_temporary(&self) -> bool {
        match self.kind {
            CallerKind::Role { .. } | CallerKind::FederatedUser(_) => true,
            CallerKind::Root | CallerKind::User(_) => self.session.temporary,
            CallerKind::Service(_) => false,
        }
    }

    /// The caller as `aws:userid` names it; a service has no such id. The unique ids in it are functions of the full
    /// names (AUD-10).
    pub(crate) fn user_id(&self, partition: Partition) -> Option<String> {
        let account = self.account;
        let id = |prefix: &str, name: &str| unique_id(prefix, &format!("{} {account} {name}", partition.as_str()));
        Some(match &self.kind {
            CallerKind::Root => account.to_string(),
            CallerKind::User(user) => id("AIDA", &format!("user/{user}")),
            CallerKind::Role { role, session } => format!("{}:{session}", id("AROA", &format!("role/{role}"))),
            CallerKind::FederatedUser(user) => format!("{account}:{user}"),
            CallerKind::Service(_) => return None,
        })
    }
}

/// A unique id of IAM's form: a prefix that says what it names, and 17 characters of base32.
pub(crate) fn unique_id(prefix: &str, name: &str) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let digest = Sha256::digest(name);
    let letters = digest.iter().take(17).map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
    prefix.chars().chain(letters).collect()
}

/// Whether a text is the name of an AWS service, such as `cloudtrail.amazonaws.com`.
pub(crate) fn is_service(text: &str) -> bool {
    let name = text.strip_suffix(".amazonaws.com").or_else(|| text.strip_suffix(".amazonaws.com.cn"));
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(is_name))
}

impl CallerKind {
    fn parse(service: &str, resource: &str) -> Option<Self> {
        let (kind, name) = resource.split_once('/').unwrap_or((resource, ""));
        let named = is_iam_path(name);
        // AWS's own roles, such as aws:ec2-infrastructure: no other name has a colon.
        let is_role = |name: &str| is_iam_path(name.strip_prefix("aws:").unwrap_or(name));
        match (service, kind) {
            ("iam", "root") if name.is_empty() => Some(Self::Root),
            ("iam", "user") if named => Some(Self::User(name.to_owned())),
            ("iam", "role") if is_role(name) => {
                Some(Self::Role { role: name.to_owned(), session: DEFAULT_SESSION.to_owned() })
            }
            ("sts", "federated-user") if named => Some(Self::FederatedUser(name.to_owned())),
            ("sts", "assumed-role") => {
                // AWS leaves the path of the role out; a host may say it.
                let is_session = |(role, session): &(&str, &str)| is_role(role) && is_iam_path(session);
                let (role, session) = name.rsplit_once('/').filter(is_session)?;
                Some(Self::Role { role: role.to_owned(), session: session.to_owned() })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callers_are_read_from_arns_account_ids_and_names_of_services() {
        let region = Region::parse("us-west-2").expect("a Region");
        for (text, arn) in [
            ("111122223333", "arn:aws:iam::111122223333:root"),
            ("arn:aws:iam::111122223333:user/a/Alice", "arn:aws:iam::111122223333:user/a/Alice"),
            ("arn:aws:iam::111122223333:role/x/R", "arn:aws:sts::111122223333:assumed-role/R/pocket-kms"),
            ("arn:aws:sts::111122223333:assumed-role/R/S", "arn:aws:sts::111122223333:assumed-role/R/S"),
            ("arn:aws:sts::111122223333:federated-user/F", "arn:aws:sts::111122223333:federated-user/F"),
            ("arn:aws-cn:iam::111122223333:user/Alice", "arn:aws-cn:iam::111122223333:user/Alice"),
            ("cloudtrail.amazonaws.com", "cloudtrail.amazonaws.com"),
            (
                "arn:aws:sts::111122223333:assumed-role/aws:ec2-infrastructure/i-5d476fab",
                "arn:aws:sts::111122223333:assumed-role/aws:ec2-infrastructure/i-5d476fab",
            ),
            (
                "111122223333:aws:ec2-infrastructure:i-5d476fab",
                "arn:aws:sts::111122223333:assumed-role/aws:ec2-infrastructure/i-5d476fab",
            ),
        ] {
            assert_eq!(Caller::parse(text).map(|caller| caller.arn(region)).as_deref(), Some(arn));
        }
    }

    #[test]
    fn what_names_no_caller_is_refused() {
        for text in [
            "",
            "12",
            "arn:aws:iam::1:root",
            "arn:aws:iam::111122223333:group/g",
            "arn:aws:iam::111122223333:user/",
            "arn:awsome:iam::111122223333:user/Alice",
            ".amazonaws.com",
            "Alice",
            "1:aws:ec2-infrastructure:i-5d476fab",
            "111122223333:aws:ec2-infrastructure:Alice",
            "arn:aws:iam::111122223333:user/Alice ",
            "arn:aws:iam::111122223333:user/*",
            "arn:aws:iam::111122223333:user/a b/Alice",
            "arn:aws:iam::111122223333:role/a:b",
            "arn:aws:sts::111122223333:assumed-role/R/a:b",
            "arn:aws:sts::111122223333:federated-user/\u{e9}",
        ] {
            assert_eq!(Caller::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_caller_reaches_the_regions_of_its_partition() {
        let regions = ["us-west-2", "cn-north-1"].map(|region| Region::parse(region).expect("a Region"));
        let reaches = |text: &str| regions.map(|region| Caller::parse(text).expect("a caller").reaches(region));
        assert_eq!(reaches("111122223333"), [true, true]);
        assert_eq!(reaches("arn:aws:iam::111122223333:root"), [true, false]);
        assert_eq!(reaches("arn:aws-cn:iam::111122223333:root"), [false, true]);
    }
}
