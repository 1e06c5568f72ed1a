//! The authorization cases of our specification, run through the policy language.
//!
//! `vectors/authorization-cases.json` is our own; its `about` member describes the format.

mod agreement;
mod bad_input;
mod bounds;
mod cases;
mod conditions;
mod decide;
mod decisions;
mod grants;
mod laws;
mod permissions;
mod questions;
mod sentences;
mod stories;
mod validation;
