//! An inventory, read: the other side of what a world tells.

use std::collections::{BTreeMap, BTreeSet};

use pocket_kms::{Value, wire};

use super::Export;
use crate::{ids::pieces, scene::service_linked_name};

/// What a world has.
pub(super) struct Inventory<'a> {
    pub(super) keys: Vec<Key<'a>>,
    pub(super) principals: Vec<Principal<'a>>,
    /// Managed policies: their ARNs and documents.
    pub(super) policies: Vec<(&'a str, &'a Value)>,
    directory: Option<&'a Value>,
    key_stores: Option<&'a Value>,
    /// The places of keys by their ids; of related ones that of the first.
    ids: BTreeMap<&'a str, usize>,
}

/// A key.
pub(super) struct Key<'a> {
    /// A name that no other key has, of letters and digits.
    pub(super) name: String,
    pub(super) value: &'a Value,
    pub(super) arn: &'a str,
    pub(super) id: &'a str,
    pub(super) account: &'a str,
    pub(super) region: &'a str,
    pub(super) policy: Option<Value>,
    /// Whether it is a replica.
    pub(super) is_replica: bool,
    /// Whether it is there already: what is written of it is its policy and its grants.
    pub(super) exists: bool,
}

/// A user, role or group.
pub(super) struct Principal<'a> {
    /// A name that no other principal has, of letters and digits.
    pub(super) name: String,
    pub(super) arn: &'a str,
    pub(super) value: &'a Value,
    pub(super) kind: &'a str,
    pub(super) account: &'a str,
    pub(super) path: String,
    pub(super) own_name: &'a str,
    /// Whether it is there already: what is written of it is its policies.
    pub(super) exists: bool,
}

impl<'a> Inventory<'a> {
    pub(super) fn read(value: &'a Value) -> Result<Self, String> {
        if value.member("version") != Some(&Value::Int(1)) {
            return Err("this is not an inventory of version 1".to_owned());
        }
        let mut names = BTreeSet::new();
        let mut keys = Vec::new();
        for value in list(value, "keys") {
            let name = value
                .member("aliases")
                .and_then(first)
                .map_or("Key", |alias| &alias["alias/".len().min(alias.len())..]);
            let key = (text(value, "arn"), text(value, "keyId"), text(value, "account"), text(value, "region"));
            let (Some(arn), Some(id), Some(account), Some(region)) = key else {
                return Err("a key of the inventory has an arn, a keyId, an account and a region".to_owned());
            };
            let policy = text(value, "policy");
            keys.push(Key {
                name: unique(name, &mut names),
                value,
                arn,
                id,
                account,
                region,
                policy: policy.map(|text| wire::from_json(text.as_bytes()).unwrap_or_else(|_| Value::from(text))),
                is_replica: text(value, "primaryRegion").is_some_and(|primary| primary != region),
                exists: is(value, "exists"),
            });
        }
        let directory = value.member("directory");
        let mut principals = Vec::new();
        for (arn, value) in members(directory.and_then(|directory| directory.member("principals"))) {
            let fields: Vec<&str> = arn.splitn(6, ':').collect();
            let [_, _, _, _, account, resource] = fields[..] else { continue };
            let Some((kind, rest)) = resource.split_once('/') else { continue };
            let (path, own_name) = rest.rsplit_once('/').unwrap_or(("", rest));
            let path = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
            let name = unique(own_name, &mut names);
            let exists = is(value, "exists");
            principals.push(Principal { name, arn, value, kind, account, path, own_name, exists });
        }
        let policies = members(directory.and_then(|directory| directory.member("policies")));
        let policies = policies.filter(|(arn, _)| !arn.contains(":iam::aws:")).collect();
        let mut ids = BTreeMap::new();
        // A key that is there already keeps its id, and nothing has to refer to it.
        for (place, key) in keys.iter().enumerate().filter(|(_, key)| !key.exists) {
            ids.entry(key.id).or_insert(place);
        }
        Ok(Self { keys, principals, policies, directory, key_stores: value.member("keyStores"), ids })
    }

    /// The pieces of a text: what stands between ids of keys, and the places of those keys.
    pub(super) fn pieces<'t>(&self, text: &'t str) -> Vec<Result<&'t str, usize>> {
        pieces(text, |id| self.ids.get(id).copied())
    }

    /// What a key cannot have before its material is imported, which nobody is told: KMS would refuse it.
    pub(super) fn leave_out_what_has_no_material(&self, export: &mut Export) {
        for key in self.keys.iter().filter(|key| key.waits()) {
            let whys = [
                (key.is_replica, "the primary key waits for its material: replicate it once that is imported"),
                (!key.list("grants").is_empty(), "the grants of the key: it takes them once its material is imported"),
                (!key.is("enabled"), "the key is disabled: that is done once its material is imported"),
            ];
            if let Some((_, why)) = whys.into_iter().find(|(is_so, _)| *is_so) {
                export.leave_out(key.arn, why);
            }
        }
    }

    /// What no format says.
    pub(super) fn leave_out(&self, export: &mut Export) {
        for (member, why) in [
            ("organizations", "an organization is not made by what a member deploys: register it"),
            ("vpcEndpoints", "VPC endpoints are not made without their networks: register them"),
            ("accessKeys", "access keys are secrets, and are not told: register them"),
        ] {
            if self.directory.and_then(|directory| directory.member(member)).is_some() {
                export.leave_out(member, why);
            }
        }
        for (id, _) in members(self.key_stores) {
            export.leave_out(id, "a key store takes a password or a credential, which are not told: create it");
        }
        for (arn, _) in members(self.directory.and_then(|directory| directory.member("policies"))) {
            if arn.contains(":iam::aws:") {
                export.leave_out(arn, "a policy of AWS is there already, and is not written");
            }
        }
        for principal in self.principals.iter().filter(|principal| !principal.exists) {
            if principal.service().is_some_and(|(_, suffix)| suffix.is_none()) {
                export.leave_out(principal.arn, "a service makes this role, and gives it a name of its own");
            }
        }
        for key in self.keys.iter().filter(|key| !key.exists) {
            if key.value.member("pendingWindowInDays").is_some() {
                export.leave_out(key.arn, "the key is to be deleted: it is written as one that is not");
            }
        }
    }
}

impl Key<'_> {
    pub(super) fn text(&self, member: &str) -> Option<&str> {
        text(self.value, member)
    }

    pub(super) fn is(&self, member: &str) -> bool {
        is(self.value, member)
    }

    pub(super) fn list(&self, member: &str) -> &[Value] {
        list(self.value, member)
    }

    /// Whether it is made anew, without its material, which is to be imported.
    pub(super) fn waits(&self) -> bool {
        !self.exists && self.text("origin") == Some("EXTERNAL")
    }

    /// The grants that it takes at once.
    pub(super) fn grants(&self) -> &[Value] {
        if self.waits() { &[] } else { self.list("grants") }
    }

    /// Whether it is to be disabled at once.
    pub(super) fn is_disabled(&self) -> bool {
        !self.is("enabled") && !self.waits()
    }

    pub(super) fn tags(&self) -> impl Iterator<Item = (&str, &str)> {
        members(self.value.member("tags")).filter_map(|(key, value)| Some((key, value.as_text()?)))
    }
}

impl<'a> Principal<'a> {
    pub(super) fn text(&self, member: &str) -> Option<&'a str> {
        text(self.value, member)
    }

    pub(super) fn texts(&self, member: &str) -> Vec<&'a str> {
        list(self.value, member).iter().filter_map(Value::as_text).collect()
    }

    /// Inline policies by their names.
    pub(super) fn policies(&self) -> Vec<(String, &'a Value)> {
        match self.value.member("policies") {
            Some(Value::List(documents)) => documents
                .iter()
                .enumerate()
                .map(|(place, document)| (format!("policy-{}", place + 1), document))
                .collect(),
            named => members(named).map(|(name, document)| (name.to_owned(), document)).collect(),
        }
    }

    pub(super) fn tags(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        members(self.value.member("tags")).filter_map(|(key, value)| Some((key, value.as_text()?)))
    }

    pub(super) fn trust(&self) -> Option<&'a Value> {
        self.value.member("trustPolicy")
    }

    /// How many seconds a session of a role may last, where somebody has said it.
    pub(super) fn longest_session(&self) -> Option<&'a Value> {
        self.value.member("maxSessionDuration")
    }

    /// The service that makes the role, if one does, and the suffix that its name was given, which is empty where there is
    /// none; nothing of it where the name is not one that the service gives.
    pub(super) fn service(&self) -> Option<(&str, Option<&'a str>)> {
        let service = self.path.strip_prefix("/aws-service-role/")?.trim_end_matches('/');
        let name = service_linked_name(service, None);
        let rest = name.as_deref().and_then(|name| self.own_name.strip_prefix(name));
        let suffix = match rest {
            Some("") => Some(""),
            Some(rest) => rest.strip_prefix('_'),
            None => None,
        };
        Some((service, suffix))
    }
}

pub(super) fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.member(member).and_then(Value::as_text)
}

fn is(value: &Value, member: &str) -> bool {
    value.member(member) == Some(&Value::Bool(true))
}

fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    match value.member(member) {
        Some(Value::List(values)) => values,
        _ => &[],
    }
}

pub(super) fn members(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    let members = match value {
        Some(Value::Map(members)) => members.as_slice(),
        _ => &[],
    };
    members.iter().map(|(name, value)| (&**name, value))
}

fn first(value: &Value) -> Option<&str> {
    match value {
        Value::List(values) => values.first()?.as_text(),
        _ => None,
    }
}

/// A name of letters and digits that begins with a capital, and that nothing else has.
fn unique(wanted: &str, names: &mut BTreeSet<String>) -> String {
    let mut name = String::new();
    for word in wanted.split(|character: char| !character.is_ascii_alphanumeric()) {
        let mut letters = word.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        name.insert(0, 'K');
    }
    // The aliases and policies of something are called after it, with these words and a number.
    let stem = name.trim_end_matches(|character: char| character.is_ascii_digit());
    if ["Alias", "Policy"].iter().any(|word| stem.ends_with(word)) {
        name.push('K');
    }
    let mut own = name.clone();
    let mut number = 2;
    while !names.insert(own.clone()) {
        own = format!("{name}{number}");
        number += 1;
    }
    own
}
