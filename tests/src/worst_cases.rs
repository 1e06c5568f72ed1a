//! Generators of the inputs that take longest: tests count the steps, and the bench measures the time.

pub mod bodies;
pub mod connections;
pub mod policies;
