//! What holds of the state, whatever has happened: it is the fold of its changes, and nothing else.

use pocket_kms::{CryptoProvider, Kms, Outcome, Value, ids::Ids, state::Change};
use proptest::prelude::*;

use crate::{
    acts::{Act, Scenario, acts, decide},
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
fn opened(kms: &Kms, scenario: &Scenario) -> Vec<Result<Value, String>> {
    let calls = (0..scenario.ciphertexts.len()).filter_map(|number| scenario.call_of(&Act::Decrypt(number)));
    calls.map(|call| decide(kms, &call).reply.map_err(|error| error.to_string())).collect()
}

fn told(outcome: &Outcome) -> (Result<Value, String>, Vec<String>, Ids) {
    let reply = outcome.reply.clone().map_err(|error| error.to_string());
    (reply, outcome.changes.iter().map(text).collect(), outcome.ids)
}

fn same(kms: &Kms, scenario: &Scenario) -> Result<(), TestCaseError> {
    prop_assert_eq!(rows(kms), rows(&scenario.kms));
    prop_assert_eq!(kms.meters().rows(), scenario.kms.meters().rows());
    prop_assert_eq!(opened(kms, scenario), opened(&scenario.kms, scenario));
    prop_assert_eq!(kms.next_deadline(), scenario.kms.next_deadline());
    Ok(())
}

fn acted(acts: &[Act]) -> Scenario {
    let mut scenario = Scenario::new();
    for act in acts {
        scenario.act(act);
    }
    scenario
}

#[test]
fn a_state_is_the_fold_of_its_changes() {
    for_all(60, &acts(), |acts| {
        let scenario = acted(&acts);
        let mut replayed = Kms::default();
        replayed.replay(&scenario.journal);
        replayed.mark(&scenario.marks);
        same(&replayed, &scenario)
    });
}

#[test]
fn a_state_is_the_fold_of_its_rows() {
    for_all(60, &acts(), |acts| {
        let scenario = acted(&acts);
        let mut copied = Kms::default();
        copied.replay(&scenario.kms.state().rows().collect::<Vec<_>>());
        copied.mark(&scenario.kms.meters().rows());
        same(&copied, &scenario)
    });
}

#[test]
fn changes_can_be_applied_twice() {
    for_all(60, &acts(), |acts| {
        let scenario = acted(&acts);
        let mut again = scenario.kms.clone();
        let last: Vec<Change> = scenario.kms.state().rows().collect();
        again.replay(&last);
        same(&again, &scenario)
    });
}

#[test]
fn a_snapshot_restores_the_world() {
    for_all(30, &acts(), |acts| {
        let scenario = acted(&acts);
        let bytes = scenario.kms.snapshot(&[7; 32], b"host").expect("a snapshot");
        let (restored, host) = Kms::restore(&bytes, &[7; 32], CryptoProvider::default()).expect("a world");
        prop_assert_eq!(host.as_slice(), b"host");
        same(&restored, &scenario)
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
        let mut scenario = Scenario::new();
        for act in &acts {
            if let Some(call) = scenario.call_of(act) {
                let (before, revision) = (rows(&scenario.kms), scenario.kms.state().revision());
                let (once, twice) = (decide(&scenario.kms, &call), decide(&scenario.kms, &call));
                prop_assert_eq!(told(&once), told(&twice));
                prop_assert_eq!((rows(&scenario.kms), scenario.kms.state().revision()), (before, revision));
            }
            scenario.act(act);
        }
        Ok(())
    });
}

#[test]
fn a_refused_call_changes_nothing() {
    for_all(60, &acts(), |acts| {
        let mut scenario = Scenario::new();
        for act in &acts {
            if let Some(outcome) = scenario.act(act) {
                prop_assert!(outcome.reply.is_ok() || outcome.changes.is_empty(), "{:?}", act);
            }
        }
        Ok(())
    });
}

#[test]
fn a_fork_goes_its_own_way() {
    for_all(30, &(acts(), acts()), |(before, after)| {
        let mut scenario = acted(&before);
        let fork = scenario.kms.fork();
        let (kept, open) = (rows(&scenario.kms), opened(&scenario.kms, &scenario));
        let (known, then) = (scenario.ciphertexts.len(), scenario.now);
        for act in &after {
            drop(scenario.act(act));
        }
        scenario.ciphertexts.truncate(known);
        // The fork is asked at the time at which it was made.
        scenario.now = then;
        prop_assert_eq!(rows(&fork), kept);
        prop_assert_eq!(opened(&fork, &scenario), open);
        Ok(())
    });
}

#[test]
fn changes_that_were_decided_on_another_state_are_refused() {
    for_all(30, &acts(), |acts| {
        let mut scenario = Scenario::new();
        for act in &acts {
            let basis = scenario.kms.state().revision();
            if scenario.act(act).is_some_and(|outcome| !outcome.changes.is_empty()) {
                prop_assert!(scenario.kms.apply(basis, &[]).is_err());
            }
        }
        Ok(())
    });
}
