//! Templates of infrastructure, read and written: CloudFormation and SAM, assemblies of the CDK, Terraform's JSON, and what
//! IAM tells of an account.
//!
//! [`read`] makes a [`Plan`] of files: a recipe, which [`World::perform`](pocket_kms::World::perform) turns into keys,
//! aliases, grants and principals, and what was left out of it and why. [`call`] does everything that is here with a value in
//! and a value out, for hosts of other languages.
//!
//! Nothing here knows a world: it reads text, and gives data.

mod account;
mod cdk;
pub mod check;
mod cloudformation;
mod data;
mod door;
pub mod export;
mod ids;
pub mod lint;
mod options;
mod plan;
mod problem;
mod scene;
mod terraform;
mod text;

pub use door::{Failure, call};
pub use options::Options;
pub use plan::{File, Plan, read};
pub use problem::{Place, Problem, Remark};
pub use text::LONGEST_FILE;
