//! Laws that hold for every sequence of calls, every request and every body.

mod acts;
mod bodies;
mod courses;
mod explained;
mod foreign_members;
mod inputs;
mod key_stores;
mod lanes;
mod machine;
mod recipes;
mod replies;
mod rows;
mod state;
mod store_facts;
mod stores;
mod switches;
mod taint;
mod trails;
mod worst_cases;

use proptest::{
    strategy::Strategy,
    test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner},
};

/// Runs a test on generated values, the same ones on every run.
fn for_all<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value) -> TestCaseResult) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    if let Err(failure) = runner.run(strategy, test) {
        panic!("{failure}");
    }
}
