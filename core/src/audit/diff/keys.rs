//! Keys of two inventories: which of them are the same, and what has changed of those.

use std::collections::BTreeMap;

use super::{Changes, Same, document, names};
use crate::{order::map, wire::Value};

/// Keys that are the same: what they are called, and what they were and are.
type Pairs<'v> = Vec<(String, Option<&'v Value>, Option<&'v Value>)>;

impl Changes {
    /// What has changed of keys.
    pub(super) fn keys(&mut self, before: &Value, after: &Value, same: Same) {
        for (name, old, new) in pairs(before, after, same) {
            let (Some(old), Some(new)) = (old, new) else {
                self.put(&["keys", &name], old, new);
                continue;
            };
            for member in names(&[old, new]) {
                let path = ["keys", &name, &*member];
                match &*member {
                    // The name of the key, and what is a part of it.
                    "arn" | "keyId" => {}
                    "policy" => self.statements(&path, &policy(old), &policy(new)),
                    _ => self.values(&path, old.member(&member), new.member(&member)),
                }
            }
        }
    }
}

/// The keys of both inventories, those that are the same together.
fn pairs<'v>(before: &'v Value, after: &'v Value, same: Same) -> Pairs<'v> {
    let mut left = by_arn(after);
    let (mut pairs, mut gone) = (Pairs::new(), Vec::new());
    for (arn, key) in by_arn(before) {
        match left.remove(arn) {
            Some(now) => pairs.push((arn.to_owned(), Some(key), Some(now))),
            None => gone.push((arn, key)),
        }
    }
    let mut aliased = if same == Same::ArnOrAlias { by_alias(&left) } else { BTreeMap::new() };
    for (arn, key) in gone {
        let counterpart = places(key).into_iter().find_map(|place| aliased.remove(&place));
        match counterpart.and_then(|other| left.remove_entry(other)) {
            Some((other, now)) => pairs.push((format!("{arn} = {other}"), Some(key), Some(now))),
            None => pairs.push((arn.to_owned(), Some(key), None)),
        }
    }
    pairs.extend(left.into_iter().map(|(arn, key)| (arn.to_owned(), None, Some(key))));
    pairs
}

fn by_arn(inventory: &Value) -> BTreeMap<&str, &Value> {
    let Some(Value::List(keys)) = inventory.member("keys") else { return BTreeMap::new() };
    map(keys.iter().filter_map(|key| Some((key.member("arn")?.as_text()?, key))))
}

/// An account, a Region and the name of an alias there.
type Place<'v> = (&'v str, &'v str, &'v str);

/// The ARNs of keys by their aliases.
fn by_alias<'v>(keys: &BTreeMap<&'v str, &'v Value>) -> BTreeMap<Place<'v>, &'v str> {
    map(keys.iter().flat_map(|(arn, key)| places(key).into_iter().map(|place| (place, *arn))))
}

/// The aliases of a key, each with its account and Region.
fn places(key: &Value) -> Vec<Place<'_>> {
    let text = |member: &str| key.member(member).and_then(Value::as_text).unwrap_or_default();
    let Some(Value::List(aliases)) = key.member("aliases") else { return Vec::new() };
    aliases.iter().filter_map(|alias| Some((text("account"), text("region"), alias.as_text()?))).collect()
}

/// The policy of a key; without one, it is that which every key has for which none was given.
fn policy(key: &Value) -> Value {
    if let Some(policy) = key.member("policy") {
        return document(policy).unwrap_or_else(|| policy.clone());
    }
    Value::from([
        ("Version", Value::from("2012-10-17")),
        ("Id", Value::from("key-default-1")),
        ("Statement", Value::List(vec![default_statement(key)])),
    ])
}

/// The statement of that policy: it lets the account of the key decide.
pub(crate) fn default_statement(key: &Value) -> Value {
    let text = |member: &str| key.member(member).and_then(Value::as_text).unwrap_or_default();
    let partition = text("arn").split(':').nth(1).unwrap_or("aws");
    let root = format!("arn:{partition}:iam::{}:root", text("account"));
    Value::from([
        ("Sid", Value::from("Enable IAM User Permissions")),
        ("Effect", Value::from("Allow")),
        ("Principal", Value::from([("AWS", Value::from(root))])),
        ("Action", Value::from("kms:*")),
        ("Resource", Value::from("*")),
    ])
}
