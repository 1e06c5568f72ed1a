//! What the recorded calls of somebody needed, and what was granted and never needed.
//!
//! Records keep what each check of a call came to, so that nothing has to be guessed from the names of operations:
//! ReEncrypt needed two actions on two keys, and a call that a grant allowed needed no policy.

mod conditions;
mod denied;
mod forms;
mod grants;
mod needs;
mod principal;
mod statements;

pub(crate) use conditions::Conditions;
pub(crate) use forms::{Form, Least};
pub(crate) use principal::Who;
