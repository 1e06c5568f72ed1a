//! The IAM policy language: documents, the requests they are weighed against, and verdicts with reasons.
//!
//! [`Document::parse`] compiles a document once; [`Document::evaluate`] weighs a [`Request`] against it
//! and allocates only where a condition or a policy variable asks the request's [`Facts`].
//! [`Document::explain`] gives the same [`Verdict`] with one [`Finding`] for every statement.
//!
//! A document is one voice. How several documents (identity policies, boundaries, service control policies)
//! add up to a decision, and what a service adds to the language, is the business of the layers above.

mod condition;
mod constants;
mod document;
mod evaluate;
mod facts;
mod json;
mod layout;
mod malformed;
mod operator;
mod parse;
mod pattern;
mod principal;
mod texts;
mod variables;
mod weighing;

pub use condition::Condition;
pub use document::{Document, Effect, Kind, Statement, Version};
pub use evaluate::{Explanation, Finding, Outcome, Request, Verdict};
pub use facts::{Context, Facts, FoldedNames, Values};
pub use layout::laid_out;
pub use malformed::{Malformed, Problem};
pub use operator::{Comparison, Operator, SetOperator};
pub use principal::{Class, Entity, Principal, PrincipalEntry, PrincipalKind};
