//! Whose calls are looked at.

use crate::{
    audit::Identity,
    caller::{Caller, CallerKind},
    error::Error,
    names::{AccountId, Partition, Region},
};

/// A principal: a root user, a user, a role with all its sessions, one session, a federated user, or a service.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    /// The ARN by which policies name it, or the name of a service.
    pub(crate) name: String,
    pub(crate) caller: Caller,
    /// What the ARN of a caller is; of a role, how the ARNs of its sessions begin.
    wanted: String,
    is_role: bool,
}

impl Who {
    /// Reads what names a principal: an account stands for its root user.
    ///
    /// # Errors
    /// `ValidationException` where it names nobody.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let caller = Caller::parse(text).ok_or_else(|| Error::nobody_to_ask(text))?;
        let own = caller.arn(Region::default());
        let is_role = matches!(caller.kind, CallerKind::Role { .. }) && text.contains(":role/");
        let (name, wanted) = match &caller.kind {
            CallerKind::Role { .. } if is_role => {
                let end = own.rfind('/').map_or(own.len(), |slash| slash + 1);
                (text.to_owned(), own.get(..end).unwrap_or_default().to_owned())
            }
            _ => (own.clone(), own),
        };
        Ok(Self { name, caller, wanted, is_role })
    }

    /// Whether it is who has acted.
    pub(super) fn is(&self, identity: &Identity) -> bool {
        let arn = identity.arn();
        arn.is_some_and(|arn| if self.is_role { arn.starts_with(&self.wanted) } else { arn == self.wanted })
    }

    /// Its account; a service has none.
    pub(super) fn account(&self) -> Option<AccountId> {
        (!self.caller.is_service()).then_some(self.caller.account)
    }

    /// Its partition, as far as its name tells it.
    pub(super) fn partition(&self) -> Partition {
        self.caller.partition.unwrap_or(Region::default().partition())
    }

    pub(super) const fn is_root(&self) -> bool {
        matches!(self.caller.kind, CallerKind::Root)
    }

    pub(super) const fn is_service(&self) -> bool {
        matches!(self.caller.kind, CallerKind::Service(_))
    }

    /// Whether it is one session of several that its role may have.
    pub(super) fn is_session(&self) -> bool {
        !self.is_role && matches!(self.caller.kind, CallerKind::Role { .. })
    }
}
