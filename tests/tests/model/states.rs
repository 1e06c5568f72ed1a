//! The table of key states beside the guide's: 40 operations and 7 states.

use std::{collections::BTreeSet, fs, path::Path};

use pocket_kms::{
    operations::{self, Origins, Reach, Reaction},
    shapes::KeyState,
};
use serde::Deserialize;

/// One row of the guide's table. A cell holds `y` for success, numbers of footnotes, or nothing where the guide says
/// that the state cannot be.
#[derive(Debug, Deserialize)]
struct Row {
    ledger: String,
    operation: String,
    cells: [String; 7],
}

const STATES: [KeyState; 7] = [
    KeyState::Enabled,
    KeyState::Disabled,
    KeyState::PendingDeletion,
    KeyState::PendingImport,
    KeyState::Unavailable,
    KeyState::Creating,
    KeyState::Updating,
];

fn table() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("model/key-states.json");
    serde_json::from_slice(&fs::read(path).expect("the guide's table")).expect("rows")
}

/// What a footnote or `y` says of a state; `None` for those that speak of the origin of the key material or of more.
fn reaction(note: &str) -> Option<Reaction> {
    match note {
        "y" => Some(Reaction::Succeed),
        "1" => Some(Reaction::Disabled),
        // Footnote 2 gives another exception for the same state; the specification decides for footnote 3.
        "2" | "3" | "8" | "10" => Some(Reaction::PendingDeletion),
        "4" => Some(Reaction::NotPendingDeletion),
        "5" => Some(Reaction::PendingImport),
        "11" => Some(Reaction::Unavailable),
        "14" => Some(Reaction::Creating),
        "15" => Some(Reaction::Updating),
        "6" | "7" | "9" | "12" | "13" => None,
        other => panic!("there is no footnote {other}"),
    }
}

/// Which origins the footnotes of a row leave.
fn origins(row: &Row) -> Origins {
    let notes: BTreeSet<&str> = row.cells.iter().flat_map(|cell| cell.split(' ')).collect();
    match () {
        () if notes.contains("9") => Origins::ImportedOnly,
        () if notes.contains("7") => Origins::KmsOnly,
        () => Origins::Any,
    }
}

#[test]
fn every_operation_reacts_to_key_states_as_the_guide_says() {
    let mut wrong = Vec::new();
    for row in table() {
        let ours = operations::TABLE.iter().find(|ours| ours.name == row.operation).expect("an operation of the API");
        for (state, cell) in STATES.into_iter().zip(&row.cells) {
            let allowed: Vec<Reaction> = cell.split_whitespace().filter_map(reaction).collect();
            let found = ours.states.reaction_to(state);
            if !allowed.is_empty() && !allowed.contains(&found) {
                wrong.push(format!("{} {}: {state:?} is {found:?}, the guide says {cell}", row.ledger, row.operation));
            }
        }
        if ours.states.origins != origins(&row) {
            wrong.push(format!("{} {}: {:?}", row.ledger, row.operation, ours.states.origins));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_operation_on_a_key_stands_in_the_guide_or_is_newer() {
    const NEWER: [&str; 6] = [
        "Decapsulate",
        "DeriveSharedSecret",
        "Encapsulate",
        "GetKeyLastUsage",
        "ListKeyRotations",
        "RotateKeyOnDemand",
    ];
    let rows = table();
    assert_eq!(rows.len(), 40);
    let on_keys = operations::TABLE.iter().filter(|row| row.reach != Reach::NoKey || row.name == "ListAliases");
    for row in on_keys {
        let is_old = rows.iter().any(|guide| guide.operation == row.name);
        assert!(is_old != NEWER.contains(&row.name), "{}", row.name);
    }
}

#[test]
fn a_usable_state_is_told_from_the_others_by_every_cryptographic_operation() {
    for row in operations::TABLE.iter().filter(|row| row.usage.is_some()) {
        let usable: Vec<KeyState> =
            STATES.into_iter().filter(|state| row.states.reaction_to(*state) == Reaction::Succeed).collect();
        assert_eq!(usable, [KeyState::Enabled, KeyState::Updating], "{}", row.name);
    }
}
