//! What a call is made of: who calls, where, when, with what input, entropy and answers.

use std::fmt;

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::{
    error::Error,
    names::{AccountId, Partition, Region},
    shapes::KeySpec,
    time::Time,
    wire::Value,
};

/// One call of one operation. The same call decided on the same state gives the same step.
///
/// It holds plaintexts, and the entropy from which keys are made: both are wiped when it is dropped, and neither is
/// ever printed.
#[derive(Clone)]
pub struct Call {
    /// The operation's wire name, such as `Encrypt`.
    pub operation: String,
    /// The request.
    pub input: Value,
    /// Who calls.
    pub caller: Caller,
    /// The Region in which the call arrives.
    pub region: Region,
    /// When the call arrives.
    pub now: Time,
    /// 32 random bytes from which everything random in the decision is drawn.
    pub entropy: [u8; 32],
    /// What the host can be asked, and what it has answered so far.
    pub answers: Answers,
}

impl Drop for Call {
    fn drop(&mut self) {
        self.entropy.zeroize();
        self.input.zeroize();
    }
}

impl fmt::Debug for Call {
    /// Of the request it says only the names of the members: in JSON, a plaintext is a text like any other.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, input, caller, region, now, answers, entropy: _ } = self;
        let members: Vec<&str> = match input {
            Value::Map(members) => members.iter().map(|(name, _)| name.as_str()).collect(),
            _ => Vec::new(),
        };
        let mut shown = f.debug_struct("Call");
        shown.field("operation", operation).field("members", &members).field("caller", caller);
        shown.field("region", region).field("now", now).field("answers", answers).finish_non_exhaustive()
    }
}

/// What a host has been asked to call, before the call has a time and entropy.
pub(crate) struct Incoming {
    pub(crate) operation: String,
    /// Wiped when it is dropped: a call that is refused leaves nothing of it behind.
    pub(crate) input: Zeroizing<Value>,
    pub(crate) caller: Caller,
    pub(crate) region: Region,
}

/// What the host can be asked, and what it has answered so far.
#[derive(Clone, Debug, Default)]
pub enum Answers {
    /// The host is not to be asked: the core generates every key itself.
    #[default]
    NeverAsk,
    /// The host may be asked; these are its answers so far.
    Given(Vec<Answer>),
}

/// Something that the host can do better than the core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Question {
    /// Generate a private key of this spec; the host may know a faster way than the core.
    GenerateKey(KeySpec),
}

/// The host's answer to a [`Question`].
#[derive(Clone)]
#[non_exhaustive]
pub enum Answer {
    /// A private key as PKCS #8 in DER.
    GeneratedKey(Zeroizing<Vec<u8>>),
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::GeneratedKey(_) => f.write_str("GeneratedKey(..)"),
        }
    }
}

/// Why a decision stops before its reply.
#[derive(Clone, Debug)]
pub enum Stop {
    /// The call is refused.
    Refuse(Error),
    /// The host must answer first; then the same call is decided again from its start.
    Ask(Question),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Refuse(error)
    }
}

/// The identity that makes a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The account to which the identity belongs.
    pub account: AccountId,
    /// What kind of identity it is.
    pub kind: CallerKind,
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
}

/// The session name of a caller that is given as the ARN of a role.
const DEFAULT_SESSION: &str = "pocket-kms";

impl Caller {
    /// The root user of an account.
    pub const fn root(account: AccountId) -> Self {
        Self { account, kind: CallerKind::Root }
    }

    /// Reads twelve digits or the ARN of a root user, user, role, role session or federated user.
    ///
    /// The ARN of a role stands for one of its sessions.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(account) = AccountId::parse(text) {
            return Some(Self::root(account));
        }
        let mut fields = text.splitn(6, ':');
        let ("arn", Some(partition), service, Some("")) =
            (fields.next()?, fields.next(), fields.next()?, fields.next())
        else {
            return None;
        };
        let account = AccountId::parse(fields.next()?)?;
        let kind = CallerKind::parse(service, fields.next()?)?;
        partition.starts_with("aws").then_some(Self { account, kind })
    }

    /// The ARN by which AWS names the caller; a role session is named as `assumed-role/<name>/<session>`.
    pub fn arn(&self, region: Region) -> String {
        let (partition, account) = (region.partition().as_str(), self.account);
        match &self.kind {
            CallerKind::Root => format!("arn:{partition}:iam::{account}:root"),
            CallerKind::User(user) => format!("arn:{partition}:iam::{account}:user/{user}"),
            CallerKind::Role { role, session } => {
                let name = role.rsplit('/').next().unwrap_or(role);
                format!("arn:{partition}:sts::{account}:assumed-role/{name}/{session}")
            }
            CallerKind::FederatedUser(user) => format!("arn:{partition}:sts::{account}:federated-user/{user}"),
        }
    }
}

impl Caller {
    /// The caller as `aws:userid` names it. The unique ids in it are functions of the full names (AUD-10).
    pub(crate) fn user_id(&self, partition: Partition) -> String {
        let account = self.account;
        let id = |prefix: &str, name: &str| unique_id(prefix, &format!("{} {account} {name}", partition.as_str()));
        match &self.kind {
            CallerKind::Root => account.to_string(),
            CallerKind::User(user) => id("AIDA", &format!("user/{user}")),
            CallerKind::Role { role, session } => format!("{}:{session}", id("AROA", &format!("role/{role}"))),
            CallerKind::FederatedUser(user) => format!("{account}:{user}"),
        }
    }
}

/// A unique id of IAM's form: a prefix that says what it names, and 17 characters of base32.
fn unique_id(prefix: &str, name: &str) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let digest = Sha256::digest(name);
    let letters = digest.iter().take(17).map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
    prefix.chars().chain(letters).collect()
}

impl CallerKind {
    fn parse(service: &str, resource: &str) -> Option<Self> {
        let (kind, name) = resource.split_once('/').unwrap_or((resource, ""));
        let named = !name.is_empty() && !name.ends_with('/');
        match (service, kind) {
            ("iam", "root") if name.is_empty() => Some(Self::Root),
            ("iam", "user") if named => Some(Self::User(name.to_owned())),
            ("iam", "role") if named => Some(Self::Role { role: name.to_owned(), session: DEFAULT_SESSION.to_owned() }),
            ("sts", "federated-user") if named => Some(Self::FederatedUser(name.to_owned())),
            ("sts", "assumed-role") => {
                let (role, session) =
                    name.split_once('/').filter(|(role, session)| !role.is_empty() && !session.is_empty())?;
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
    fn a_call_is_printed_without_entropy_and_without_what_it_carries() {
        let input = Value::from([("Plaintext", Value::from("c2VjcmV0")), ("KeyId", Value::from("alias/a"))]);
        let call = Call {
            operation: "Encrypt".to_owned(),
            input,
            caller: Caller::root(AccountId::ZERO),
            region: Region::parse("us-west-2").expect("a Region"),
            now: Time::default(),
            entropy: [0xe7; 32],
            answers: Answers::NeverAsk,
        };
        let shown = format!("{call:?}");
        assert!(shown.contains("Encrypt") && shown.contains("\"Plaintext\", \"KeyId\""), "{shown}");
        assert!(!shown.contains("c2VjcmV0") && !shown.contains("231") && !shown.contains("e7"), "{shown}");
    }

    #[test]
    fn wiping_a_value_leaves_nothing_of_texts_and_bytes() {
        let inner = Value::List(vec![Value::from("text"), Value::Secret(vec![7].into()), Value::Int(5)]);
        let mut value = Value::from([("A", Value::Blob(vec![1, 2])), ("B", inner)]);
        value.zeroize();
        assert_eq!(value, Value::Null);
    }

    #[test]
    fn wiping_a_value_of_any_depth_needs_no_stack() {
        let mut value = Value::from("secret");
        for _ in 0..1_000_000 {
            value = Value::List(vec![Value::Map(vec![("A".to_owned(), value)])]);
        }
        value.zeroize();
        assert_eq!(value, Value::Null);
    }

    #[test]
    fn callers_are_read_from_arns_and_account_ids() {
        let region = Region::parse("us-west-2").expect("a Region");
        for (text, arn) in [
            ("111122223333", "arn:aws:iam::111122223333:root"),
            ("arn:aws:iam::111122223333:user/a/Alice", "arn:aws:iam::111122223333:user/a/Alice"),
            ("arn:aws:iam::111122223333:role/x/R", "arn:aws:sts::111122223333:assumed-role/R/pocket-kms"),
            ("arn:aws:sts::111122223333:assumed-role/R/S", "arn:aws:sts::111122223333:assumed-role/R/S"),
            ("arn:aws:sts::111122223333:federated-user/F", "arn:aws:sts::111122223333:federated-user/F"),
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
            "Alice",
        ] {
            assert_eq!(Caller::parse(text), None, "{text:?}");
        }
    }
}
