//! The caller, the principals that statements name, and how the two match.
//!
//! Source: IAM User Guide, "AWS JSON policy elements: Principal" and "NotPrincipal".

use crate::text::fields;

/// The caller, as policies see it.
#[derive(Clone, Copy, Debug)]
pub struct Principal<'a> {
    /// What it is.
    pub kind: PrincipalKind<'a>,
    /// Its account, twelve digits; empty for a service and for who shows a token.
    pub account: &'a str,
    /// Its ARN: of the user, the assumed-role session, the federated user, or the root user.
    pub arn: &'a str,
    /// The unique id of the user (`AIDA...`) or of the role behind a session (`AROA...`), if known.
    pub unique_id: Option<&'a str>,
    /// Whether it has a permissions boundary: `NotPrincipal` never spares such a principal.
    pub bounded: bool,
}

/// The kinds of callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PrincipalKind<'a> {
    /// An IAM user.
    User,
    /// A session of a role.
    RoleSession {
        /// The ARN of the role, with its path.
        role: &'a str,
    },
    /// A session that a user opened with GetFederationToken.
    FederatedUser {
        /// The ARN of that user.
        user: &'a str,
    },
    /// The root user of an account.
    Root,
    /// Who shows the token of an identity provider, and is nobody yet.
    Provider {
        /// The provider: its ARN, or the name of one that every account knows, such as `accounts.google.com`.
        name: &'a str,
    },
    /// An AWS service in its own name.
    Service {
        /// All names of it, such as `cloudtrail.amazonaws.com`.
        names: &'a [&'a str],
    },
}

/// How a statement reaches a caller; the stronger class is the greater one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Through its account: an `Allow` lets the account's own policies decide.
    Delegation,
    /// Through the role or user behind the session: boundaries and session policies still limit it.
    Indirect,
    /// By its own name, or as everybody: nothing but an explicit deny limits it.
    Direct,
}

/// One entry of `Principal` or `NotPrincipal`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PrincipalEntry {
    /// `"*"` or `{"AWS": "*"}`
    Everyone,
    /// An account, as twelve digits or as the ARN of its root.
    Account {
        /// The twelve digits.
        account: Box<str>,
        /// The partition, where an ARN names it.
        partition: Option<Box<str>>,
    },
    /// An IAM user.
    User(Entity),
    /// A role, and with it all its sessions.
    Role(Entity),
    /// One assumed-role session.
    Session(Box<str>),
    /// A session that was opened with GetFederationToken.
    FederatedUser(Box<str>),
    /// A user or role by its unique id: what is left of it after its deletion.
    UniqueId(Box<str>),
    /// A service.
    Service(Box<str>),
    /// An identity provider, which has a meaning in trust policies only.
    Provider(Box<str>),
}

/// A user or role by its ARN, and by its unique id once a document is bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    arn: Box<str>,
    unique_id: Option<Box<str>>,
}

impl Entity {
    fn new(arn: &str) -> Self {
        Self { arn: arn.into(), unique_id: None }
    }

    /// The ARN in the document.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// The unique id it is bound to.
    pub fn unique_id(&self) -> Option<&str> {
        self.unique_id.as_deref()
    }

    /// Names pass from one user to the next, unique ids never do.
    fn is(&self, arn: &str, unique_id: Option<&str>) -> bool {
        match (self.unique_id(), unique_id) {
            (Some(bound), Some(actual)) => bound == actual,
            _ => *self.arn == *arn,
        }
    }
}

impl PrincipalEntry {
    /// Reads an entry of `{"AWS": ...}`: `*`, an account, an ARN or a unique id.
    ///
    /// No wildcards but the whole `*`, and no groups.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "*" => Some(Self::Everyone),
            _ if is_account(text) => Some(Self::Account { account: text.into(), partition: None }),
            _ if is_unique_id(text) => Some(Self::UniqueId(text.into())),
            _ => Self::parse_arn(text),
        }
    }

    fn parse_arn(text: &str) -> Option<Self> {
        let ["arn", partition, service, "", account, resource] = fields(text)? else { return None };
        if !is_partition(partition) || !is_account(account) || text.contains(['*', '?']) {
            return None;
        }
        let (kind, name) = resource.split_once('/').unwrap_or((resource, ""));
        match (service, kind, name) {
            ("iam", "root", "") if resource == "root" => {
                Some(Self::Account { account: account.into(), partition: Some(partition.into()) })
            }
            (_, _, "") => None,
            ("iam", "user", _) => Some(Self::User(Entity::new(text))),
            ("iam", "role", _) => Some(Self::Role(Entity::new(text))),
            ("sts", "assumed-role", _) if is_session(name) => Some(Self::Session(text.into())),
            ("sts", "federated-user", _) => Some(Self::FederatedUser(text.into())),
            _ => None,
        }
    }

    /// Reads an entry of `{"Service": ...}`.
    pub fn parse_service(text: &str) -> Option<Self> {
        let name = text.contains('.') && !text.contains(['*', '?', ':', '/', ' ']);
        name.then(|| Self::Service(text.into()))
    }

    /// The partition, where an ARN names it.
    pub fn partition(&self) -> Option<&str> {
        match self {
            Self::Account { partition, .. } => partition.as_deref(),
            Self::User(entity) | Self::Role(entity) => partition_of(&entity.arn),
            Self::Session(arn) | Self::FederatedUser(arn) => partition_of(arn),
            Self::Everyone | Self::UniqueId(_) | Self::Service(_) | Self::Provider(_) => None,
        }
    }

    /// How this entry reaches a caller.
    pub fn reaches(&self, caller: &Principal<'_>) -> Option<Class> {
        use PrincipalKind::{FederatedUser, Provider, RoleSession, Service, User};
        let (own, unique_id) = (caller.arn, caller.unique_id);
        let (holds, class) = match (self, caller.kind) {
            (Self::Everyone, _) => (true, Class::Direct),
            (Self::Service(name), Service { names }) => (names.contains(&&**name), Class::Direct),
            (Self::Provider(own), Provider { name }) => (**own == *name, Class::Direct),
            (_, Service { .. } | Provider { .. }) | (Self::Service(_) | Self::Provider(_), _) => return None,
            (Self::Account { account, partition }, _) => {
                let is_here = || partition.as_deref().is_none_or(|name| in_partition(own, name));
                (**account == *caller.account && is_here(), Class::Delegation)
            }
            (Self::User(entity), User) => (entity.is(own, unique_id), Class::Direct),
            (Self::User(entity), FederatedUser { user }) => (entity.is(user, unique_id), Class::Indirect),
            (Self::Role(entity), RoleSession { role }) => (entity.is(role, unique_id), Class::Indirect),
            (Self::Session(arn), RoleSession { .. }) | (Self::FederatedUser(arn), FederatedUser { .. }) => {
                (**arn == *own, Class::Direct)
            }
            (Self::UniqueId(id), User) => (unique_id == Some(&**id), Class::Direct),
            (Self::UniqueId(id), _) => (unique_id == Some(&**id), Class::Indirect),
            _ => return None,
        };
        holds.then_some(class)
    }

    /// Whether this is a user, role or session of an account.
    fn belongs_to(&self, account: &str) -> bool {
        let arn = match self {
            Self::User(entity) | Self::Role(entity) => &entity.arn,
            Self::Session(arn) | Self::FederatedUser(arn) => arn,
            _ => return false,
        };
        arn.split(':').nth(4) == Some(account)
    }

    pub(super) fn bind(&mut self, unique_id: &mut impl FnMut(&str) -> Option<String>) {
        if let Self::User(entity) | Self::Role(entity) = self {
            entity.unique_id = unique_id(&entity.arn).map(Into::into);
        }
    }
}

/// The strongest class by which `Principal` reaches a caller.
pub(super) fn strongest(entries: &[PrincipalEntry], caller: &Principal<'_>) -> Option<Class> {
    entries.iter().filter_map(|entry| entry.reaches(caller)).max()
}

/// Whether `NotPrincipal` spares a caller.
///
/// It never spares one with a permissions boundary. Otherwise the entries must list its account, and with it the caller
/// itself or the role or user behind it; an account listed without names means everybody in it. The guide asks for the
/// account and the names; it is silent about one without the other.
pub(super) fn spares(entries: &[PrincipalEntry], caller: &Principal<'_>) -> bool {
    if caller.bounded {
        return false;
    }
    let reached = |class| entries.iter().any(|entry| entry.reaches(caller) == Some(class));
    match caller.kind {
        PrincipalKind::Service { .. } | PrincipalKind::Provider { .. } => reached(Class::Direct),
        _ if entries.contains(&PrincipalEntry::Everyone) => true,
        _ if !reached(Class::Delegation) => false,
        PrincipalKind::Root => true,
        _ => {
            let named = entries.iter().any(|entry| entry.belongs_to(caller.account));
            !named || reached(Class::Direct) || reached(Class::Indirect)
        }
    }
}

/// The partitions that AWS has.
pub(super) fn is_partition(text: &str) -> bool {
    text == "aws" || text.strip_prefix("aws-").is_some_and(|rest| !rest.is_empty() && is_partition_name(rest))
}

fn is_partition_name(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

fn in_partition(arn: &str, partition: &str) -> bool {
    let behind = arn.strip_prefix("arn:").and_then(|rest| rest.strip_prefix(partition));
    behind.is_some_and(|rest| rest.starts_with(':'))
}

fn partition_of(arn: &str) -> Option<&str> {
    arn.split(':').nth(1)
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Users and roles only: groups (`AGPA`) are not principals.
fn is_unique_id(text: &str) -> bool {
    let prefixed = text.starts_with("AIDA") || text.starts_with("AROA");
    let characters = text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    prefixed && characters && (16..=128).contains(&text.len())
}

/// `Role/Session`
fn is_session(name: &str) -> bool {
    let parts = name.split_once('/');
    parts.is_some_and(|(role, session)| !role.is_empty() && !session.is_empty() && !session.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str = "111122223333";
    const BOB: &str = "arn:aws:iam::111122223333:user/bob";
    const APP: &str = "arn:aws:iam::111122223333:role/team/App";
    const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/App/one";
    const FEDERATED: &str = "arn:aws:sts::111122223333:federated-user/bob";
    const ROOT: &str = "arn:aws:iam::111122223333:root";

    fn caller<'a>(kind: PrincipalKind<'a>, arn: &'a str, unique_id: Option<&'a str>) -> Principal<'a> {
        Principal { kind, account: ACCOUNT, arn, unique_id, bounded: false }
    }

    /// One caller of every kind, in the order of the specification's table.
    fn callers() -> [Principal<'static>; 5] {
        [
            caller(PrincipalKind::User, BOB, Some("AIDABBBBBBBBBBEXAMPLE")),
            caller(PrincipalKind::RoleSession { role: APP }, SESSION, Some("AROAAAAAAAAAAAEXAMPLE")),
            caller(PrincipalKind::FederatedUser { user: BOB }, FEDERATED, Some("AIDABBBBBBBBBBEXAMPLE")),
            caller(PrincipalKind::Root, ROOT, None),
            Principal {
                account: "",
                ..caller(PrincipalKind::Service { names: &["s3.amazonaws.com"] }, "s3.amazonaws.com", None)
            },
        ]
    }

    fn entry(text: &str) -> PrincipalEntry {
        PrincipalEntry::parse(text).expect(text)
    }

    fn entries(texts: &[&str]) -> Vec<PrincipalEntry> {
        texts.iter().map(|text| entry(text)).collect()
    }

    #[test]
    fn entries_reach_callers_by_the_classes_of_the_table() {
        use Class::{Delegation, Direct, Indirect};
        let (direct, indirect, delegation) = (Some(Direct), Some(Indirect), Some(Delegation));
        for (text, classes) in [
            ("*", [direct; 5]),
            (ACCOUNT, [delegation, delegation, delegation, delegation, None]),
            (ROOT, [delegation, delegation, delegation, delegation, None]),
            ("arn:aws-cn:iam::111122223333:root", [None; 5]),
            ("444455556666", [None; 5]),
            (BOB, [direct, None, indirect, None, None]),
            ("arn:aws:iam::111122223333:user/Bob", [None; 5]),
            (APP, [None, indirect, None, None, None]),
            ("arn:aws:iam::111122223333:role/App", [None; 5]),
            (SESSION, [None, direct, None, None, None]),
            ("arn:aws:sts::111122223333:assumed-role/App/two", [None; 5]),
            (FEDERATED, [None, None, direct, None, None]),
            ("AIDABBBBBBBBBBEXAMPLE", [direct, None, indirect, None, None]),
            ("AROAAAAAAAAAAAEXAMPLE", [None, indirect, None, None, None]),
        ] {
            assert_eq!(callers().map(|caller| entry(text).reaches(&caller)), classes, "{text}");
        }
        let service = PrincipalEntry::parse_service("s3.amazonaws.com").expect("a service");
        assert_eq!(callers().map(|caller| service.reaches(&caller)), [None, None, None, None, direct]);
        let provider = PrincipalEntry::Provider("arn:aws:iam::111122223333:saml-provider/p".into());
        assert_eq!(callers().map(|caller| provider.reaches(&caller)), [None; 5]);
    }

    #[test]
    fn the_strongest_class_counts() {
        let [_, session, ..] = callers();
        assert_eq!(strongest(&entries(&[ROOT, APP, SESSION]), &session), Some(Class::Direct));
        assert_eq!(strongest(&entries(&[APP, ROOT]), &session), Some(Class::Indirect));
        assert_eq!(strongest(&[], &session), None);
    }

    #[test]
    fn a_successor_of_the_same_name_is_somebody_else() {
        let mut bound = entry(BOB);
        bound.bind(&mut |arn| (arn == BOB).then(|| "AIDAOOOOOOOOOOEXAMPLE".into()));
        let [successor, ..] = callers();
        assert_eq!(bound.reaches(&successor), None);
        let original = Principal { unique_id: Some("AIDAOOOOOOOOOOEXAMPLE"), ..successor };
        assert_eq!(bound.reaches(&original), Some(Class::Direct));
        let unknown = Principal { unique_id: None, ..successor };
        assert_eq!(bound.reaches(&unknown), Some(Class::Direct), "where no ids are known, names count");
    }

    #[test]
    fn not_principal_spares_the_names_whose_account_is_listed_too() {
        let [bob, session, _, root, service] = callers();
        let alice = Principal { arn: "arn:aws:iam::111122223333:user/alice", ..bob };
        let both = entries(&[BOB, APP, ROOT]);
        assert!(spares(&both, &bob) && spares(&both, &session) && spares(&both, &root));
        assert!(!spares(&both, &alice) && !spares(&both, &service));
        assert!(!spares(&entries(&[BOB]), &bob), "the account is not listed");
        assert!(spares(&entries(&[ACCOUNT]), &alice), "the account alone means all its principals");
        assert!(spares(&entries(&["*"]), &alice));
    }

    #[test]
    fn not_principal_never_spares_a_principal_with_a_boundary() {
        let [bob, ..] = callers();
        let bounded = Principal { bounded: true, ..bob };
        assert!(!spares(&entries(&[BOB, ROOT]), &bounded));
    }

    #[test]
    fn what_is_no_principal_is_none() {
        for text in [
            "",
            "bob",
            "11112222333",
            "arn:aws:iam::111122223333:user/*",
            "arn:aws:iam::111122223333:group/admins",
            "arn:aws:iam::111122223333:user/",
            "arn:aws:iam::111122223333:root/x",
            "arn:aws:iam:us-west-2:111122223333:user/bob",
            "arn:aws:iam::*:root",
            "arn:aws:sts::111122223333:assumed-role/App",
            "arn:aws:sts::111122223333:assumed-role/App/one/two",
            "arn:AWS:iam::111122223333:root",
            "arn:aws:s3:::bucket",
            "AGPAGGGGGGGGGGEXAMPLE",
            "AIDA",
            "AIDAbbbbbbbbbbexample",
        ] {
            assert_eq!(PrincipalEntry::parse(text), None, "{text}");
        }
        for text in ["s3", "*.amazonaws.com", "arn:aws:iam::1:root", ""] {
            assert_eq!(PrincipalEntry::parse_service(text), None, "{text}");
        }
    }
}
