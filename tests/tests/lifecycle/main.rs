//! Keys over time: random stories against a small model of the specification and in worlds that take AWS's time, key states
//! one by one, and counters under threads.

mod acts;
mod driver;
mod key_stores;
mod lags;
mod model;
mod passing;
mod shown;
mod states;
mod story;
mod threads;

use std::{cell::RefCell, collections::BTreeSet};

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use story::Story;

/// How many acts a story has at most.
const MOST_ACTS: usize = 80;

/// How many stories share a seed.
const STORIES_OF_A_SEED: u32 = 100;

/// How many acts are performed where nobody asks for more.
const USUAL_ACTS: u64 = 8_000;

/// A number from the environment.
fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is a number, not {text}")))
}

/// What the stories must have come to, so that they are about everything: how calls end, and what time brings.
const WANTED: [&str; 42] = [
    "CancelDeletion Nothing",
    "Decrypt Opened",
    "Decrypt State",
    "DeleteMaterial Named",
    "DeleteMaterial UnknownMaterial",
    "DisableRotation Nothing",
    "Enable Nothing",
    "EnableRotation NotPrimary",
    "EnableRotation Nothing",
    "EnableRotation Origin",
    "EnableRotation Spec",
    "EnableRotation State",
    "Encrypt Sealed",
    "Import AnotherPending",
    "Import Incorrect",
    "Import Named",
    "Import OfPrimaryAlone",
    "ListRotations Listed",
    "ReEncrypt Moved",
    "Replicate AlreadyThere",
    "Replicate NotPrimary",
    "Replicate Nothing",
    "Replicate State",
    "Replicate WrongRegion",
    "RotateOnDemand Conflict",
    "RotateOnDemand Limit",
    "RotateOnDemand NotPrimary",
    "RotateOnDemand Nothing",
    "RotateOnDemand NothingPending",
    "RotationStatus Origin",
    "RotationStatus Status",
    "ScheduleDeletion Nothing",
    "UpdatePrimary NoPrimary",
    "UpdatePrimary Nothing",
    "UpdatePrimary State",
    "UpdatePrimary WrongRegion",
    "a key rotates",
    "a material expires",
    "a material that waits expires",
    "a primary begins to wait",
    "a replica is deleted",
    "a set is deleted",
];

/// Tells the stories of one seed, and what has been seen in them; on a failure the shortest story that still fails is
/// printed, and how to tell it again.
fn tell_stories_of(seed: u64) -> BTreeSet<String> {
    let config = Config { cases: STORIES_OF_A_SEED, failure_persistence: None, ..Config::default() };
    let mut entropy = [0; 32];
    entropy[..8].copy_from_slice(&seed.to_le_bytes());
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &entropy);
    let endings = RefCell::new(BTreeSet::new());
    let told = TestRunner::new_with_rng(config, random).run(&acts::acts(MOST_ACTS), |acts| {
        endings.borrow_mut().extend(Story::tell(&acts));
        Ok(())
    });
    if let Err(failure) = told {
        panic!("{failure}\nTell this story again with LIFECYCLE_SEED={seed}.");
    }
    endings.into_inner()
}

/// `LIFECYCLE_SEED` tells the stories of one seed alone, `LIFECYCLE_ACTS` says how many acts there are to be.
#[test]
fn keys_go_through_time_as_a_small_model_says() {
    if let Some(seed) = asked("LIFECYCLE_SEED") {
        println!("{:#?}", tell_stories_of(seed));
        return;
    }
    let acts = asked("LIFECYCLE_ACTS").unwrap_or(USUAL_ACTS);
    let acts_of_a_seed = u64::from(STORIES_OF_A_SEED) * (MOST_ACTS as u64) / 2;
    let seen: BTreeSet<_> = (0..acts.div_ceil(acts_of_a_seed)).flat_map(tell_stories_of).collect();
    let missing: Vec<_> = WANTED.iter().filter(|wanted| !seen.contains(**wanted)).collect();
    assert!(missing.is_empty(), "in no story: {missing:?}");
}
