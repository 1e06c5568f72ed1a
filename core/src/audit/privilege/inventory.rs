//! The least privilege as a part of an inventory, from which infrastructure code is written.

use super::{Who, forms::Found, statements::document};
use crate::{
    caller::{Caller, CallerKind},
    wire::{self, Members, Value},
};

/// The name of the policy.
const POLICY: &str = "least-privilege";

impl Found {
    /// What the answer would change of an inventory: the policy of the principal, key policies, and grants. `exists` says
    /// of a principal and of keys that they are there already, so that only what is new is written of them.
    pub(crate) fn inventory(&self, who: &Who, all: &Value) -> Value {
        let keys = match all.member("keys") {
            Some(Value::List(keys)) => keys.iter().filter_map(|key| self.key(who, key)).collect(),
            _ => Vec::new(),
        };
        let mut directory = Members::new();
        if let Some(policy) = &self.policy {
            let policies = Value::Map(vec![(POLICY.into(), policy.clone())]);
            directory.push(if let Some(arn) = bearer(who, all) {
                let entry = Value::from([("exists", Value::Bool(true)), ("policies", policies)]);
                ("principals".into(), Value::Map(vec![(arn.into(), entry)]))
            } else {
                let (partition, account) = (who.partition().as_str(), who.caller.account);
                let arn = format!("arn:{partition}:iam::{account}:policy/{POLICY}");
                ("policies".into(), Value::Map(vec![(arn.into(), policy.clone())]))
            });
        }
        Value::from([("version", Value::Int(1)), ("keys", Value::List(keys)), ("directory", Value::Map(directory))])
    }

    /// A key with its new policy, or with its new grants.
    fn key(&self, who: &Who, key: &Value) -> Option<Value> {
        let Value::Map(members) = key else { return None };
        let arn = key.member("arn")?.as_text()?;
        let own = self.key_policies.iter().find(|(of, _)| of.to_string() == arn).map(|(_, statements)| statements);
        let grants = self.grants.iter().filter(|grant| grant.member("KeyId").and_then(Value::as_text) == Some(arn));
        let grants: Vec<Value> = grants.map(without_key).collect();
        if own.is_none() && grants.is_empty() {
            return None;
        }
        let kept = members.iter().filter(|(name, _)| name != "grants" && (name != "policy" || own.is_none()));
        let mut kept: Members = kept.cloned().collect();
        kept.push(("exists".into(), Value::Bool(true)));
        if let Some(own) = own {
            let policy = merged(who, key, own);
            kept.push(("policy".into(), Value::from(String::from_utf8(wire::to_json(&policy)).unwrap_or_default())));
        } else {
            kept.retain(|(name, _)| name != "policy");
        }
        kept.push(("grants".into(), Value::List(grants)));
        Some(Value::Map(kept))
    }
}

/// Who is to have the policy: the principal, or whoever is behind its session; a root user has none.
fn bearer(who: &Who, all: &Value) -> Option<String> {
    let principals = || match all.member("directory").and_then(|directory| directory.member("principals")) {
        Some(Value::Map(principals)) => principals.as_slice(),
        _ => &[],
    };
    let start = |kind: &str| format!("arn:{}:iam::{}:{kind}/", who.partition().as_str(), who.caller.account);
    // The ARN of a session does not tell the path of its role.
    let found = |kind: &str, name: &str| {
        let start = start(kind);
        let is_it = |arn: &str| arn.strip_prefix(&*start).is_some_and(|rest| rest.rsplit('/').next() == Some(name));
        let known = principals().iter().map(|(arn, _)| &**arn).find(|arn| is_it(arn)).map(str::to_owned);
        known.unwrap_or_else(|| start.clone() + name)
    };
    match &who.caller.kind {
        CallerKind::Role { .. } if who.name.contains(":role/") => Some(who.name.clone()),
        CallerKind::Role { role, .. } => Some(found("role", role)),
        CallerKind::User(_) => Some(who.name.clone()),
        CallerKind::FederatedUser(_) => who.caller.federator().map(|user| found("user", user)),
        CallerKind::Root | CallerKind::Service(_) => None,
    }
}

/// The policy of a key, in which statements that name the principal alone give way to new ones.
fn merged(who: &Who, key: &Value, own: &[Value]) -> Value {
    let text = key.member("policy").and_then(Value::as_text);
    let before = text.and_then(|text| wire::from_json(text.as_bytes()).ok());
    let statements = match before.as_ref().and_then(|policy| policy.member("Statement")) {
        Some(Value::List(statements)) => statements.clone(),
        Some(statement) => vec![statement.clone()],
        None => vec![crate::audit::diff::default_statement(key)],
    };
    let kept = statements.into_iter().filter(|statement| {
        let principal = statement.member("Principal").and_then(|principal| match principal {
            Value::Map(members) if members.len() == 1 => members.first().map(|(_, value)| value),
            _ => None,
        });
        let named = match principal {
            Some(Value::List(values)) if values.len() == 1 => values.first(),
            other => other,
        };
        let named = named.and_then(Value::as_text).and_then(Caller::parse);
        !(named.as_ref() == Some(&who.caller) && statement.member("Effect") == Some(&Value::from("Allow")))
    });
    document(kept.chain(own.iter().cloned()).collect())
}

/// A grant as an inventory tells it: its key is known.
fn without_key(grant: &Value) -> Value {
    match grant {
        Value::Map(members) => Value::Map(members.iter().filter(|(name, _)| name != "KeyId").cloned().collect()),
        other => other.clone(),
    }
}
