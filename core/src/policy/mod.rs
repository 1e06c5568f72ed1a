//! The IAM policy language: documents, the requests that they judge, and verdicts with reasons.
//!
//! [`Document::parse`] compiles a document once. [`Document::evaluate`] judges a [`Request`] by it, and allocates only
//! where a condition or a policy variable asks the request's [`Facts`].
//! [`Document::explain`] gives the same [`Verdict`] with one [`Finding`] for every statement.
//!
//! A document is one voice. Higher layers combine the verdicts of several documents (identity policies, boundaries,
//! service control policies) into a decision, and add the particulars of a service.

mod condition;
mod constants;
mod document;
mod doubt;
mod evaluate;
mod facts;
mod json;
mod layout;
mod malformed;
mod operator;
mod parse;
mod pattern;
mod principal;
mod prose;
mod refusal;
mod row;
mod samples;
mod texts;
mod variables;
mod weighing;

pub use condition::Condition;
pub(crate) use constants::instant;
pub use document::{Document, Effect, Kind, Statement, Version};
pub use doubt::{Doubt, Number, Open, Range};
pub use evaluate::{Explanation, Finding, Outcome, Request, Verdict};
pub use facts::{Context, Facts, Values, folded};
pub use malformed::{Malformed, Problem};
pub use operator::{Comparison, Operator, SetOperator};
pub use principal::{Class, Entity, Principal, PrincipalEntry, PrincipalKind};
pub use row::PolicyRow;

pub(crate) use doubt::{Remaining, Sieve};
pub(crate) use facts::FoldedNames;
pub(crate) use layout::{laid_out, renamed};
