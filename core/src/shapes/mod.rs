//! The types of the API model that operations share; each family file declares its own requests and responses.

mod choices;
mod patterns;
pub(crate) mod rust;
mod structures;
mod types;

pub use choices::*;
pub(crate) use patterns::{grant_constraint_source_arn, principal_id};
pub(crate) use structures::*;
pub(crate) use types::*;
