//! Checks for continuous integration: what somebody asserts of templates, as questions to a world, and a report of its answers.
//!
//! The crate knows no world: [`questions`] says what is to be asked of [`World::ask`](pocket_kms::World::ask), and [`report`]
//! judges what was answered, so that every host runs the same rules.

mod assertions;
mod findings;
mod questions;
mod report;
mod sentence;

pub use questions::questions;
pub use report::report;
