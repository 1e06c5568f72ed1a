//! Compares the table of condition keys with AWS's service authorization reference (`vectors/condition-keys.json`).
//! `tests/model/condition-keys-exceptions.json` must excuse every difference with a reason.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use pocket_kms::access::{Action, CONDITION_KEYS, ConditionKey, ConditionKind};
use serde::{Deserialize, de::DeserializeOwned};

/// What the reference says.
#[derive(Debug, Deserialize)]
struct Published {
    keys: BTreeMap<String, String>,
    on_keys: Vec<String>,
    actions: BTreeMap<String, PublishedAction>,
}

#[derive(Debug, Deserialize)]
struct PublishedAction {
    resources: Vec<String>,
    keys: Vec<String>,
}

/// Intended differences: each of these keys is on each of these actions on one side alone. A star stands for all keys, or
/// all actions, that differ so.
#[derive(Debug, Deserialize)]
struct Excuse {
    keys: Vec<String>,
    on: Vec<String>,
    /// Whether it is our table that has it; otherwise the reference does.
    ours: bool,
    why: String,
}

fn read<T: DeserializeOwned>(file: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    serde_json::from_slice(&fs::read(path).expect("a file of this crate")).expect("what the file should have")
}

/// The name of a key in the reference, or how those of its family begin: what a policy chooses stands in braces.
fn start(published: &str) -> &str {
    published.split('{').next().unwrap_or(published)
}

/// A fact is a key and an action that has it, or a key and the type of its values.
type Facts<'a> = BTreeSet<(&'a str, &'a str)>;

fn published(reference: &Published) -> Facts<'_> {
    let mut facts: Facts<'_> = reference.keys.iter().map(|(key, kind)| (start(key), kind.as_str())).collect();
    for (name, action) in &reference.actions {
        let of_keys = action.resources.iter().any(|resource| resource == "key");
        let beside = reference.on_keys.iter().filter(|_| of_keys);
        facts.extend(action.keys.iter().chain(beside).map(|key| (start(key), name.as_str())));
    }
    facts
}

fn kind(row: &ConditionKey) -> &'static str {
    match row.kind {
        _ if row.multivalued => "ArrayOfString",
        ConditionKind::String => "String",
        ConditionKind::Arn => "ARN",
        ConditionKind::Bool => "Bool",
        ConditionKind::Numeric => "Numeric",
        ConditionKind::Date => "Date",
        other => panic!("the reference has no type for {other:?}"),
    }
}

/// The facts of our table on all keys of KMS, and on those global ones that the reference names for it.
fn ours(reference: &Published) -> Facts<'static> {
    let named: BTreeSet<&str> = reference.keys.keys().map(|key| start(key)).collect();
    let rows = CONDITION_KEYS.iter().filter(|row| row.name.starts_with("kms:") || named.contains(row.name));
    let facts = rows.flat_map(|row| {
        let actions = Action::ALL.iter().filter(|action| row.actions.contain(**action));
        actions.map(|action| (row.name, action.name())).chain([(row.name, kind(row))])
    });
    facts.collect()
}

#[test]
fn our_condition_keys_are_those_of_the_service_authorization_reference() {
    let reference: Published = read("vectors/condition-keys.json");
    let (published, ours) = (published(&reference), ours(&reference));
    assert!(published.len() > 500, "the reference holds {} facts only", published.len());
    let side = |ours| if ours { "our table has" } else { "the reference has" };
    let only_ours = ours.difference(&published).map(|fact| (*fact, true));
    let mut different: BTreeSet<((&str, &str), bool)> = only_ours.collect();
    different.extend(published.difference(&ours).map(|fact| (*fact, false)));
    let mut wrong = Vec::new();
    let excuses: Vec<Excuse> = read("model/condition-keys-exceptions.json");
    for excuse in &excuses {
        assert!(excuse.why.len() > 10, "{:?} are excused without a reason", excuse.keys);
        let named = excuse.keys.iter().flat_map(|key| excuse.on.iter().map(move |on| (key.as_str(), on.as_str())));
        for (key, on) in named {
            let is = |name: &str, meant: &str| meant == "*" || name == meant;
            let before = different.len();
            different.retain(|((of, there), ours)| !(is(of, key) && is(there, on) && *ours == excuse.ours));
            if different.len() == before {
                wrong.push(format!("the excuse of {key} on {on} excuses nothing"));
            }
        }
    }
    wrong.extend(different.into_iter().map(|((key, on), ours)| format!("{} {key} on {on}", side(ours))));
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}
