//! The inputs that take longest, made by functions: tests count the steps that they take, and the bench their time.

pub mod bodies;
pub mod connections;
pub mod policies;
