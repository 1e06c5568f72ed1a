//! What the files of all formats come to: keys, aliases, grants and principals, with holes for the ids of keys.

mod assumed;
mod recipe;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    data::{Data, Text},
    problem::{Place, Remark},
};

/// An account and a Region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) partition: String,
    pub(crate) account: String,
    pub(crate) region: String,
}

/// Everything that was read.
#[derive(Default)]
pub(crate) struct Scene {
    pub(crate) keys: Vec<Key>,
    pub(crate) replicas: Vec<Replica>,
    pub(crate) aliases: Vec<Alias>,
    pub(crate) grants: Vec<Grant>,
    pub(crate) principals: Vec<Principal>,
    /// The places of principals by what makes their names unique.
    known: BTreeMap<String, usize>,
    /// The names of steps that are taken.
    steps: BTreeSet<String>,
    pub(crate) policies: Vec<ManagedPolicy>,
    pub(crate) organizations: Vec<(String, Data)>,
    pub(crate) names: Vec<Name>,
    pub(crate) left_out: Vec<Remark>,
    pub(crate) assumed: Vec<Remark>,
}

/// A key that is created.
pub(crate) struct Key {
    /// The name of its step: no other key has it.
    pub(crate) step: String,
    pub(crate) at: At,
    /// The input of CreateKey, but for tags and the policy.
    pub(crate) input: Vec<(&'static str, Data)>,
    pub(crate) tags: Vec<(String, Text)>,
    /// The key policy, as JSON text; the default one where there is none.
    pub(crate) policy: Option<Text>,
    pub(crate) rotation: Option<Rotation>,
    pub(crate) enabled: bool,
}

/// Automatic rotation that is switched on.
#[derive(Clone, Copy)]
pub(crate) struct Rotation {
    pub(crate) days: Option<i64>,
}

/// A replica of a multi-Region key.
pub(crate) struct Replica {
    pub(crate) at: At,
    /// The Region and the account of the primary key.
    pub(crate) primary: At,
    /// The id that the keys share.
    pub(crate) id: Text,
    pub(crate) description: Option<Text>,
    pub(crate) tags: Vec<(String, Text)>,
    pub(crate) policy: Option<Text>,
    pub(crate) enabled: bool,
}

pub(crate) struct Alias {
    pub(crate) at: At,
    pub(crate) name: String,
    /// The id or ARN of a key.
    pub(crate) target: Text,
}

pub(crate) struct Grant {
    pub(crate) at: At,
    /// The input of CreateGrant.
    pub(crate) input: Data,
}

/// What kind of principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    User,
    Role,
    Group,
}

/// A user, role or group.
pub(crate) struct Principal {
    pub(crate) kind: Kind,
    pub(crate) arn: String,
    /// Inline policies: their names, and JSON text.
    pub(crate) policies: Vec<(String, Text)>,
    /// ARNs of managed policies.
    pub(crate) managed: Vec<String>,
    pub(crate) boundary: Option<String>,
    /// Names of groups, of a user.
    pub(crate) groups: Vec<String>,
    pub(crate) tags: Vec<(String, String)>,
    /// The trust policy of a role, as JSON text.
    pub(crate) trust: Option<Text>,
    /// How many seconds a session of a role may last, as the file says it.
    pub(crate) longest_session: Option<String>,
    /// Whether a file says that it exists, and not only that something is attached to it.
    pub(crate) declared: bool,
}

/// A managed policy.
pub(crate) struct ManagedPolicy {
    pub(crate) arn: String,
    /// JSON text.
    pub(crate) document: Text,
}

/// What somebody calls something: the logical id of a template, the address of Terraform.
pub(crate) struct Name {
    pub(crate) name: String,
    /// The type of the resource.
    pub(crate) kind: String,
    /// The ARN of a key or principal, or the name of an alias.
    pub(crate) what: Text,
}

impl Key {
    /// Whether its material is to be imported: what was read has none.
    fn waits(&self) -> bool {
        let origin = self.input.iter().find(|(name, _)| *name == "Origin");
        origin.and_then(|(_, origin)| origin.known()).is_some_and(|origin| origin == "EXTERNAL")
    }
}

impl Grant {
    /// The key that it is on.
    fn key(&self) -> Option<&Text> {
        match self.input.member("KeyId")? {
            Data::Text(key) => Some(key),
            _ => None,
        }
    }
}

impl Kind {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Role => "role",
            Self::Group => "group",
        }
    }
}

impl Principal {
    pub(crate) const fn new(kind: Kind, arn: String) -> Self {
        Self {
            kind,
            arn,
            policies: Vec::new(),
            managed: Vec::new(),
            boundary: None,
            groups: Vec::new(),
            tags: Vec::new(),
            trust: None,
            longest_session: None,
            declared: true,
        }
    }

    /// The account in the ARN.
    pub(crate) fn account(&self) -> &str {
        self.arn.split(':').nth(4).unwrap_or_default()
    }

    /// Attaches a managed policy, once.
    pub(crate) fn attach(&mut self, arn: String) {
        if !self.managed.contains(&arn) {
            self.managed.push(arn);
        }
    }

    /// Puts an inline policy; another of the same name gets a number.
    pub(crate) fn put_policy(&mut self, name: &str, document: Text) {
        let mut own = name.to_owned();
        let mut number = 2;
        while self.policies.iter().any(|(known, _)| *known == own) {
            own = format!("{name}-{number}");
            number += 1;
        }
        self.policies.push((own, document));
    }
}

impl At {
    /// The ARN of a key here.
    pub(crate) fn key_arn(&self, id: &Text) -> Text {
        let mut arn = Text::from(format!("arn:{}:kms:{}:{}:key/", self.partition, self.region, self.account));
        arn.append(id);
        arn
    }

    /// The ARN of a principal of this account.
    pub(crate) fn principal_arn(&self, kind: Kind, path: &str, name: &str) -> String {
        format!("arn:{}:iam::{}:{}{}{name}", self.partition, self.account, kind.word(), slashed(path))
    }

    /// The ARN of a managed policy of this account.
    pub(crate) fn policy_arn(&self, path: &str, name: &str) -> String {
        format!("arn:{}:iam::{}:policy{}{name}", self.partition, self.account, slashed(path))
    }
}

/// The name of the role that a service makes for itself (IAM User Guide, "AWS services that work with IAM").
pub(crate) fn service_linked_name(service: &str, suffix: Option<&str>) -> Option<String> {
    let name = match service {
        "autoscaling.amazonaws.com" => "AWSServiceRoleForAutoScaling",
        "backup.amazonaws.com" => "AWSServiceRoleForBackup",
        "rds.amazonaws.com" => "AWSServiceRoleForRDS",
        "spot.amazonaws.com" => "AWSServiceRoleForEC2Spot",
        _ => return None,
    };
    Some(suffix.map_or_else(|| name.to_owned(), |suffix| format!("{name}_{suffix}")))
}

/// A path with a slash before and behind it.
fn slashed(path: &str) -> String {
    let inner = path.trim_matches('/');
    if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") }
}

/// Resources of types that are not read here: how many of each, and where the first one stands.
#[derive(Default)]
pub(crate) struct Others<'a>(BTreeMap<&'a str, (usize, &'a str, Place)>);

impl<'a> Others<'a> {
    pub(crate) fn add(&mut self, kind: &'a str, file: &'a str, place: Place) {
        self.0.entry(kind).or_insert((0, file, place)).0 += 1;
    }

    /// Leaves them out, with the reason that is said for a type, if it has its own; one that is empty is not worth saying.
    pub(crate) fn leave_out(self, scene: &mut Scene, own: impl Fn(&str) -> Option<String>) {
        for (kind, (count, file, place)) in self.0 {
            let usual = || format!("{count} of this type: it is neither a key nor a principal nor a policy");
            let why = own(kind).unwrap_or_else(usual);
            if !why.is_empty() {
                scene.leave_out(file, place, kind, why);
            }
        }
    }
}

impl Scene {
    /// The principal of this ARN; one that no file declares is taken as given.
    pub(crate) fn principal(&mut self, kind: Kind, arn: &str) -> &mut Principal {
        let place = *self.known.entry(unique(arn)).or_insert(self.principals.len());
        if place == self.principals.len() {
            self.principals.push(Principal { declared: false, ..Principal::new(kind, arn.to_owned()) });
        }
        &mut self.principals[place]
    }

    /// Declares a principal; what was attached to it before stays.
    pub(crate) fn declare(&mut self, principal: Principal) {
        let known = self.principal(principal.kind, &principal.arn.clone());
        let earlier = std::mem::replace(known, principal);
        known.policies.extend(earlier.policies);
        known.groups.extend(earlier.groups);
        for arn in earlier.managed {
            known.attach(arn);
        }
        known.boundary = known.boundary.take().or(earlier.boundary);
    }

    pub(crate) fn name(&mut self, name: impl Into<String>, kind: &str, what: impl Into<Text>) {
        self.names.push(Name { name: name.into(), kind: kind.to_owned(), what: what.into() });
    }

    /// A name for the step of a key that no other step has.
    pub(crate) fn step(&mut self, wanted: &str) -> String {
        let mut step = wanted.to_owned();
        let mut number = 2;
        while !self.steps.insert(step.clone()) {
            step = format!("{wanted}-{number}");
            number += 1;
        }
        step
    }

    pub(crate) fn leave_out(&mut self, file: &str, place: Place, path: &str, why: impl Into<String>) {
        self.left_out.push(Remark { file: file.to_owned(), place, path: path.to_owned(), why: why.into() });
    }

    pub(crate) fn assume(&mut self, file: &str, place: Place, path: &str, why: impl Into<String>) {
        self.assumed.push(Remark { file: file.to_owned(), place, path: path.to_owned(), why: why.into() });
    }
}

/// What makes the ARN of a principal unique: names are compared without paths and without case.
fn unique(arn: &str) -> String {
    let (front, resource) = arn.rsplit_once(':').unwrap_or(("", arn));
    let kind = resource.split('/').next().unwrap_or_default();
    let name = resource.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    format!("{front}:{kind}/{name}")
}
