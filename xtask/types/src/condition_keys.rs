//! The page of condition keys: one row of the core's table a line.

use std::fmt::Write;

use pocket_kms::access::{Action, Actions, CONDITION_KEYS, ConditionKey};

const HEAD: &str = "# Condition keys

What a request to pocket-kms has for the conditions of key policies. `cargo xtask types` prints this page from the table by
which the core reads them (`core/src/access/condition_keys.rs`).

A key is absent from requests for other actions, and where a request leaves out what it would be read from. Names are not
case-sensitive. A key with several values needs `ForAllValues` or `ForAnyValue`.

| key | type | requests that can have it |
|---|---|---|
";

/// The page.
pub(crate) fn print() -> String {
    let mut page = HEAD.to_owned();
    for key in CONDITION_KEYS {
        // Writing to a `String` cannot fail.
        let _ = writeln!(page, "| {} | {} | {} |", name(key), kind(key), actions(key.actions));
    }
    page
}

fn name(key: &ConditionKey) -> String {
    let family = key.family.map(|family| format!("*{family}*")).unwrap_or_default();
    format!("`{}`{family}", key.name)
}

fn kind(key: &ConditionKey) -> String {
    let several = if key.multivalued { ", several values" } else { "" };
    format!("{:?}{several}", key.kind)
}

fn actions(actions: Actions) -> String {
    let names = |actions: &[Action]| {
        let name = |action: &Action| if action.is_of_kms() { action.name() } else { action.as_str() };
        actions.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    match actions {
        Actions::All => "all".to_owned(),
        Actions::OnKeysAnd(more) => format!("those on KMS keys, and {}", names(more)),
        Actions::These(these) => names(these),
        _ => String::new(),
    }
}
