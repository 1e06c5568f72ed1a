//! The actions and condition keys that the playground's editor suggests.

use std::fmt::Write;

use pocket_kms::access::{Action, CONDITION_KEYS};

const HEAD: &str =
    "// The actions and condition keys of KMS. `cargo xtask types` prints this file from the tables of the core.

export interface ConditionKey {
  /** That of a family goes on with a name that the caller or the policy chooses. */
  name: string;
  kind: string;
  /** Whether a request may have several values of it. */
  several: boolean;
}

";

/// The module.
pub(crate) fn print() -> String {
    let mut page = HEAD.to_owned();
    page += &actions("ACTIONS", |_| true);
    page += "/** Those of which key policies speak; the others are on no key. */\n";
    page += &actions("ACTIONS_ON_KEYS", Action::is_on_key);
    page += "export const CONDITION_KEYS: readonly ConditionKey[] = [\n";
    for key in CONDITION_KEYS {
        let (name, kind, several) = (key.name, key.kind, key.multivalued);
        // Writing to a `String` cannot fail.
        let _ = writeln!(page, "  {{ name: '{name}', kind: '{kind:?}', several: {several} }},");
    }
    page + "];\n"
}

fn actions(list: &str, fits: fn(Action) -> bool) -> String {
    let names = Action::ALL.iter().filter(|action| fits(**action)).map(|action| format!("  '{action}',\n"));
    format!("export const {list}: readonly string[] = [\n{}];\n\n", names.collect::<String>())
}
