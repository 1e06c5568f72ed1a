//! What holds of the state, whatever has happened: it is the fold of its changes, and nothing else.

use pocket_kms::{CryptoProvider, Kms, Outcome, Value, state::Change};
use proptest::prelude::*;

use crate::{
    acts::{Act, Stage, acts, decide},
    for_all,
};

/// Every row as text. Secrets are not part of it: what a world can decrypt tells of those.
fn rows(kms: &Kms) -> Vec<String> {
    kms.state().rows().map(|row| text(&row)).collect()
}

fn text(change: &Change) -> String {
    serde_json::to_string(change).expect("a row")
}

/// What a world answers to everybody who wants to open what has been sealed.
fn opened(kms: &Kms, stage: &Stage) -> Vec<Result<Value, String>> {
    let calls = (0..stage.ciphertexts.len()).filter_map(|number| stage.call_of(&Act::Decrypt(number)));
    calls.map(|call| decide(kms, &call).reply.map_err(|error| error.to_string())).collect()
}

fn told(outcome: &Outcome) -> (Result<Value, String>, Vec<String>, &str) {
    let reply = outcome.reply.clone().map_err(|error| error.to_string());
    (reply, outcome.changes.iter().map(text).collect(), &outcome.request_id)
}

fn same(kms: &Kms, stage: &Stage) -> Result<(), TestCaseError> {
    prop_assert_eq!(rows(kms), rows(&stage.kms));
    prop_assert_eq!(opened(kms, stage), opened(&stage.kms, stage));
    prop_assert_eq!(kms.next_deadline(), stage.kms.next_deadline());
    Ok(())
}

fn acted(acts: &[Act]) -> Stage {
    let mut stage = Stage::new();
    for act in acts {
        stage.act(act);
    }
    stage
}

#[test]
fn a_state_is_the_fold_of_its_changes() {
    for_all(60, &acts(), |acts| {
        let stage = acted(&acts);
        let mut replayed = Kms::default();
        replayed.replay(&stage.journal);
        same(&replayed, &stage)
    });
}

#[test]
fn a_state_is_the_fold_of_its_rows() {
    for_all(60, &acts(), |acts| {
        let stage = acted(&acts);
        let mut copied = Kms::default();
        copied.replay(&stage.kms.state().rows().collect::<Vec<_>>());
        same(&copied, &stage)
    });
}

#[test]
fn changes_can_be_applied_twice() {
    for_all(60, &acts(), |acts| {
        let stage = acted(&acts);
        let mut again = stage.kms.clone();
        let last: Vec<Change> = stage.kms.state().rows().collect();
        again.replay(&last);
        same(&again, &stage)
    });
}

#[test]
fn a_snapshot_restores_the_world() {
    for_all(30, &acts(), |acts| {
        let stage = acted(&acts);
        let bytes = stage.kms.snapshot(&[7; 32], b"host").expect("a snapshot");
        let (restored, host) = Kms::restore(&bytes, &[7; 32], CryptoProvider::default()).expect("a world");
        prop_assert_eq!(host.as_slice(), b"host");
        same(&restored, &stage)
    });
}

#[test]
fn a_snapshot_that_was_changed_is_refused() {
    let change = (acts(), any::<prop::sample::Index>(), 1_u8..);
    for_all(60, &change, |(acts, place, bits)| {
        let mut bytes = acted(&acts).kms.snapshot(&[7; 32], b"host").expect("a snapshot");
        let at = place.index(bytes.len());
        bytes[at] ^= bits;
        prop_assert!(Kms::restore(&bytes, &[7; 32], CryptoProvider::default()).is_err(), "byte {} of the snapshot", at);
        Ok(())
    });
}

#[test]
fn a_call_is_decided_the_same_way_twice_and_mutates_nothing() {
    for_all(60, &acts(), |acts| {
        let mut stage = Stage::new();
        for act in &acts {
            if let Some(call) = stage.call_of(act) {
                let (before, revision) = (rows(&stage.kms), stage.kms.state().revision());
                let (once, twice) = (decide(&stage.kms, &call), decide(&stage.kms, &call));
                prop_assert_eq!(told(&once), told(&twice));
                prop_assert_eq!((rows(&stage.kms), stage.kms.state().revision()), (before, revision));
            }
            stage.act(act);
        }
        Ok(())
    });
}

#[test]
fn a_refused_call_changes_nothing() {
    for_all(60, &acts(), |acts| {
        let mut stage = Stage::new();
        for act in &acts {
            if let Some(outcome) = stage.act(act) {
                prop_assert!(outcome.reply.is_ok() || outcome.changes.is_empty(), "{:?}", act);
            }
        }
        Ok(())
    });
}

#[test]
fn a_fork_goes_its_own_way() {
    for_all(30, &(acts(), acts()), |(before, after)| {
        let mut stage = acted(&before);
        let fork = stage.kms.fork();
        let (kept, open) = (rows(&stage.kms), opened(&stage.kms, &stage));
        let known = stage.ciphertexts.len();
        for act in &after {
            drop(stage.act(act));
        }
        stage.ciphertexts.truncate(known);
        prop_assert_eq!(rows(&fork), kept);
        prop_assert_eq!(opened(&fork, &stage), open);
        Ok(())
    });
}

#[test]
fn changes_that_were_decided_on_another_state_are_refused() {
    for_all(30, &acts(), |acts| {
        let mut stage = Stage::new();
        for act in &acts {
            let basis = stage.kms.state().revision();
            if stage.act(act).is_some_and(|outcome| !outcome.changes.is_empty()) {
                prop_assert!(stage.kms.apply(basis, &[]).is_err());
            }
        }
        Ok(())
    });
}
