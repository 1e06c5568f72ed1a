//! What the recorded calls of somebody needed, and what was granted and never needed.
//!
//! Records keep what each check of a call came to, so that nothing has to be guessed from the names of operations:
//! ReEncrypt needed two actions on two keys, and a call that a grant allowed needed no policy.

mod conditions;
mod denied;
mod findings;
mod forms;
mod grants;
mod inventory;
mod levels;
mod needs;
mod parts;
mod principal;
mod statements;
mod unused;
mod users;

pub(crate) use conditions::Conditions;
pub(crate) use findings::{Expected, findings};
pub(crate) use forms::{Form, Least};
pub(crate) use principal::Who;
pub(crate) use unused::unused;
pub(crate) use users::{Loss, dry_deletion, users};
