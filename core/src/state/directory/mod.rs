//! The directory: who exists in a world besides keys. Principals with their policies, managed policies, organizations, and
//! the policies of VPC endpoints.
//!
//! The host fills it (see [`World::register`](crate::World::register)). Where it has registered nobody, an account is in
//! *trust* mode: its principals exist, and their identity policies allow everything.

mod aws_managed;
mod bound;
mod documents;
mod form;
mod names;
mod organizations;
mod principals;
mod register;
mod rows;
mod shown;
mod standing;

pub use aws_managed::knows_managed_policy;
pub use form::Registration;
pub use names::{PrincipalName, PrincipalType};
pub use rows::{EndpointRow, MemberAccount, OrganizationRow, PrincipalRow, Unit};

pub(crate) use documents::document;
pub(crate) use rows::NamedPolicy;
pub(crate) use standing::{Existence, Membership, Standing, Voice};
