//! The least privilege of somebody suffices, and nothing of it can be left out: on random worlds.

mod answers;
mod stage;

use std::cell::Cell;

use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner},
};
use serde_json::{Value, json};

use stage::{Act, Lot, Stage, acts, lots};

/// How many worlds are looked at for each form.
const WORLDS: u32 = 48;

fn check(form: &'static str, least_parts: u32) {
    let config = Config { cases: WORLDS, failure_persistence: None, max_shrink_iters: 2000, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let parts = Cell::new(0);
    let stories = (lots(), prop::collection::vec(acts(form), 1..14));
    let judged = runner.run(&stories, |(lot, acts)| {
        parts.set(parts.get() + judge(form, &lot, &acts)?);
        Ok(())
    });
    if let Err(failure) = judged {
        panic!("{failure}");
    }
    assert!(parts.get() >= least_parts, "only {} parts were left out", parts.get());
}

/// Makes the calls, asks for the least privilege, makes them again under it, and again without each part of it.
fn judge(form: &str, lot: &Lot, acts: &[Act]) -> Result<u32, TestCaseError> {
    let stage = Stage::new(lot);
    let broad = stage.broad();
    let told = stage.play(&broad, acts);
    let question = json!({ "question": "least_privilege", "principal": lot.principal(), "form": form });
    let least = stage::audit(&broad, &question);
    let again = |least: &Value| stage.play(&stage.under(least), acts);
    let replayed = again(&least);
    if replayed != told {
        let differs = told.iter().zip(&replayed).find(|(told, replayed)| told != replayed);
        return Err(TestCaseError::fail(format!("under {least:#}\n  a call came to something else: {differs:#?}")));
    }
    let mut parts = 0;
    for (part, less) in stage::without(&least) {
        parts += 1;
        if again(&less) == told {
            return Err(TestCaseError::fail(format!("{least:#}\n  does not need {part}\n  {told:#?}")));
        }
    }
    Ok(parts)
}

#[test]
fn grants_of_the_least_privilege_suffice_and_need_all_of_their_parts() {
    check("grant", 150);
}

#[test]
fn an_identity_policy_of_the_least_privilege_suffices_and_needs_all_of_its_parts() {
    check("identity", 150);
}

#[test]
fn statements_of_key_policies_of_the_least_privilege_suffice_and_need_all_of_their_parts() {
    check("key policy", 150);
}
