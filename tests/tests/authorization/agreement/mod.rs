//! The core and the second opinion agree on whatever policies, grants and requests a grammar can draw.
//!
//! A scene is one set of policies of every layer, with grants, and requests to them. The core decides them as calls in a
//! world; `decide.rs` decides them from the scene itself. What a request's context is, both draw on their own.
//! `AUTHORIZATION_PAIRS=1000000` asks for more pairs than usual.

mod opinion;
mod questions;
mod requests;
mod scene;
mod words;
mod world;

use std::{cell::RefCell, collections::BTreeMap};

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use opinion::Opinion;
use requests::Ask;
use scene::{REQUESTS, Scene, scenes};
use world::Told;

/// How many pairs of policies and a request are judged where nobody asks for more.
const USUAL_PAIRS: u32 = 20_000;

/// What scenes must have come to, so that they are about everything.
const WANTED: [&str; 15] = [
    "allowed",
    "denied explicitly in a permissions boundary",
    "denied explicitly in a resource control policy",
    "denied explicitly in a resource-based policy",
    "denied explicitly in a service control policy",
    "denied explicitly in a session policy",
    "denied explicitly in a VPC endpoint policy",
    "denied explicitly in an identity-based policy",
    "no identity-based policy",
    "no permissions boundary",
    "no resource-based policy",
    "no service control policy",
    "no session policy",
    "no VPC endpoint policy",
    "on this resource because",
];

#[test]
fn core_and_second_opinion_agree() {
    let asked = std::env::var("AUTHORIZATION_PAIRS").ok();
    let pairs = asked.map_or(USUAL_PAIRS, |text| text.parse().expect("AUTHORIZATION_PAIRS is a number"));
    // The average number of requests of a scene.
    let cases = (pairs + pairs / 20).div_ceil(u32::try_from(REQUESTS).expect("few requests"));
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcomes = RefCell::new(BTreeMap::<&str, u32>::new());
    let judged = runner.run(&scenes(), |scene| judge(&scene, &outcomes));
    if let Err(failure) = judged {
        panic!("{failure}");
    }
    let outcomes = outcomes.into_inner();
    let missing: Vec<&&str> = WANTED.iter().filter(|wanted| !outcomes.contains_key(**wanted)).collect();
    assert!(missing.is_empty(), "no scene came to {missing:?}: {outcomes:?}");
    let judged: u32 = outcomes.values().sum();
    assert!(judged >= pairs, "only {judged} pairs were judged");
    println!("{judged} pairs: {outcomes:?}");
}

/// Judges a scene by both.
fn judge(scene: &Scene, outcomes: &RefCell<BTreeMap<&'static str, u32>>) -> Result<(), TestCaseError> {
    let told = Told::of(scene).map_err(TestCaseError::fail)?;
    let opinion = Opinion::of(scene);
    // Without a grant, none is retired or revoked.
    let about_grants = |ask: &Ask| matches!(ask, Ask::RetireGrant(_) | Ask::RevokeGrant(_));
    for request in scene.requests.iter().filter(|request| !scene.grants.is_empty() || !about_grants(&request.ask)) {
        let found = told.answer(request);
        let expected = opinion.answers(request);
        if !expected.iter().any(|expected| is(expected.as_deref(), found.as_deref())) {
            return Err(TestCaseError::fail(format!(
                "{request:?}\n  the core: {found:?}\n  the second opinion: {expected:?}"
            )));
        }
        let name = WANTED.iter().find(|name| found.as_deref().unwrap_or("allowed").contains(told_name(name)));
        *outcomes.borrow_mut().entry(name.copied().unwrap_or("else")).or_default() += 1;
    }
    Ok(())
}

/// The words of a sentence by which an outcome is known.
fn told_name(name: &str) -> &str {
    name.strip_prefix("denied explicitly ").unwrap_or(name)
}

/// Whether the core's answer is the expected one. It may name the policy that denies behind the sentence.
fn is(expected: Option<&str>, found: Option<&str>) -> bool {
    match (expected, found) {
        (None, None) => true,
        (Some(expected), Some(found)) if expected.ends_with("...") => found.starts_with(expected.trim_end_matches('.')),
        (Some(expected), Some(found)) => {
            let rest = found.strip_prefix(expected);
            rest.is_some_and(|rest| {
                rest.is_empty() || (expected.contains("explicit deny") && rest.starts_with(": arn:"))
            })
        }
        _ => false,
    }
}
