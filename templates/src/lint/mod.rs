//! The linter of policies.
