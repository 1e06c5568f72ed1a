//! What the linter finds in everything that a world has.

use pocket_kms::{Value, wire};

use crate::lint::{self, Kind, Surroundings};

/// How many findings are told.
const MOST: usize = 1000;

/// The findings of all policies of an inventory, each with `where`: whose policy it is.
pub(super) fn of(inventory: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    if let Some(Value::List(keys)) = inventory.member("keys") {
        for key in keys {
            let text = |member: &str| key.member(member).and_then(Value::as_text);
            let alias = match key.member("aliases") {
                Some(Value::List(aliases)) => aliases.first().and_then(Value::as_text),
                _ => None,
            };
            if let Some(policy) = text("policy") {
                let name = alias.or(text("arn")).unwrap_or_default();
                add(&mut found, policy, Kind::Key, text("account"), &format!("the policy of {name}"));
            }
        }
    }
    let directory = inventory.member("directory");
    for (arn, policy) in members(directory.and_then(|directory| directory.member("policies"))) {
        add(&mut found, &json(policy), Kind::Identity, account(arn), arn);
    }
    for (arn, principal) in members(directory.and_then(|directory| directory.member("principals"))) {
        for (name, policy) in members(principal.member("policies")) {
            add(&mut found, &json(policy), Kind::Identity, account(arn), &format!("{arn}, policy {name}"));
        }
        if let Some(trust) = principal.member("trustPolicy") {
            add(&mut found, &json(trust), Kind::Trust, account(arn), &format!("{arn}, trust policy"));
        }
    }
    found
}

fn add(found: &mut Vec<Value>, document: &str, kind: Kind, account: Option<&str>, place: &str) {
    let surroundings = Surroundings { account: account.map(str::to_owned) };
    for finding in lint::lint(document, kind, &surroundings).iter().take(MOST.saturating_sub(found.len())) {
        let Value::Map(mut members) = finding.to_value() else { continue };
        // Documents are told in a form of their own: lines and columns are not those of a file.
        members.retain(|(name, _)| !matches!(&**name, "line" | "column"));
        members.push(("where".into(), Value::from(place)));
        found.push(Value::Map(members));
    }
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    let members = match value {
        Some(Value::Map(members)) => members.as_slice(),
        _ => &[],
    };
    members.iter().map(|(name, value)| (&**name, value))
}

fn account(arn: &str) -> Option<&str> {
    arn.split(':').nth(4)
}

fn json(document: &Value) -> String {
    match document {
        Value::Text(text) => text.clone(),
        document => String::from_utf8(wire::to_json(document)).unwrap_or_default(),
    }
}
