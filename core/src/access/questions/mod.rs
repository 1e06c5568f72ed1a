//! Questions about who can do what, which nobody has to ask one call after the other.
//!
//! They are answered by the procedure that decides calls ([`hearing`](super::hearing)), heard for requests that nobody has
//! made yet: what is not known of such a request speaks for the caller first. If he may then not do it, no request of his
//! is ever let through; if he may, and also when the doubt is against him, every one is. In between, conditions remain.

mod candidates;
mod exposure;
mod form;
mod guessed;
mod paths;
mod request;
mod scene;
mod sieves;
mod simulation;
mod what_can;
mod who_can;
mod within;
mod witness;

pub(crate) use form::ask;
pub(crate) use scene::Ground;
pub(crate) use sieves::Sieves;
pub(crate) use simulation::Simulation;
