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
    page += "export const ACTIONS: readonly string[] = [\n";
    // Writing to a `String` cannot fail.
    for action in Action::ALL {
        let _ = writeln!(page, "  '{action}',");
    }
    page += "];\n\nexport const CONDITION_KEYS: readonly ConditionKey[] = [\n";
    for key in CONDITION_KEYS {
        let (name, kind, several) = (key.name, key.kind, key.multivalued);
        let _ = writeln!(page, "  {{ name: '{name}', kind: '{kind:?}', several: {several} }},");
    }
    page + "];\n"
}
