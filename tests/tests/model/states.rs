//! Compares the table of key states with the specification's (`vectors/key-states.json`): all operations, all states.

use std::{collections::BTreeMap, fs, path::Path};

use pocket_kms::{
    api::KeyState,
    operations::{self, Origins, Reaction},
};
use serde::Deserialize;

/// The members of the file that are compared.
#[derive(Debug, Deserialize)]
struct Published {
    operations: BTreeMap<String, BTreeMap<String, String>>,
}

fn published() -> Published {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/key-states.json");
    serde_json::from_slice(&fs::read(path).expect("the table of the specification")).expect("operations and states")
}

/// Whether an operation with this reaction answers as the cell requires.
fn agrees(cell: &str, ours: Reaction, origins: Origins) -> bool {
    let wanted = match cell {
        // No key that the operation is for can be in this state.
        "NotApplicable" => return true,
        // The origin is judged before the state, so the row's origins or the cell itself refuse.
        "UnsupportedOperationException:origin" => return origins != Origins::Any || ours == Reaction::Origin,
        "Succeed" => Reaction::Succeed,
        "DisabledException:disabled" => Reaction::Disabled,
        "KMSInvalidStateException:pending-deletion" => Reaction::PendingDeletion,
        "KMSInvalidStateException:not-pending-deletion" => Reaction::NotPendingDeletion,
        "KMSInvalidStateException:pending-import" => Reaction::PendingImport,
        "KMSInvalidStateException:unavailable" => Reaction::Unavailable,
        "KMSInvalidStateException:creating" => Reaction::Creating,
        "KMSInvalidStateException:updating" => Reaction::Updating,
        other => panic!("no reaction is called {other}"),
    };
    ours == wanted
}

#[test]
fn every_operation_reacts_to_every_key_state_as_the_specification_says() {
    let published = published().operations;
    assert_eq!(operations::TABLE.len(), published.len(), "operations");
    let mut wrong = Vec::new();
    for ours in operations::TABLE {
        let row = published.get(ours.name).expect("a row for every operation");
        assert_eq!(row.len(), 8, "states of {}", ours.name);
        for (name, cell) in row {
            let state = KeyState::parse(name).expect("a key state of the API");
            let found = ours.states.reaction_to(state);
            if !agrees(cell, found, ours.states.origins) {
                wrong.push(format!("{} {name}: {found:?}, the specification says {cell}", ours.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
