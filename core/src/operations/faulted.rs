//! What an operation answers when a fault acts on it (section 9.2 of lifecycle.md).

use super::{Operation, TABLE};
use crate::{
    call::{ActingFault, Call, Effect, FaultKind},
    error::{Error, Exception},
    quotas::ResourceQuota,
};

impl Operation {
    /// Whether the operation can answer a fault: its model lists the exception, or that of none does (LIF-376).
    pub fn offers(&self, fault: FaultKind) -> bool {
        match fault.effect() {
            Effect::Exception(exception) => {
                self.raises.contains(&exception) || !TABLE.iter().any(|row| row.raises.contains(&exception))
            }
            Effect::Status(_) | Effect::Reset | Effect::Wait => true,
        }
    }
}

/// What takes the place of the answer; `None` for a fault that lets it through.
pub(crate) fn answer(fault: &ActingFault, call: &Call) -> Option<Error> {
    let of_key = || match (fault.kind, fault.key) {
        (FaultKind::Creating, Some(key)) => Error::state(key, "creating"),
        (FaultKind::Updating, Some(key)) => Error::state(key, "updating"),
        (FaultKind::PendingImport, Some(key)) => Error::state(key, "pending import"),
        (FaultKind::PendingDeletion, Some(key)) => Error::state(key, "pending deletion"),
        (FaultKind::Disabled, Some(key)) => Error::disabled(key),
        (FaultKind::NotFound, Some(key)) => Error::no_key(key, key.id.text().as_str()),
        (FaultKind::LimitExceeded, _) => limit(fault, call),
        (FaultKind::AccessDenied, _) => denial(fault, call),
        (FaultKind::Throttled, _) => Error::throttled(),
        (FaultKind::Conflict, _) => Error::scheduled_rotation_near(),
        (FaultKind::ExpiredCredentials, _) => Error::expired_credentials(),
        (kind, _) => match kind.effect() {
            Effect::Exception(exception) => Error::fault(exception),
            _ => Error::no_answer(kind.name()),
        },
    };
    (fault.kind.effect() != Effect::Wait).then(of_key)
}

/// The resource quota that the operation checks (quotas.json), as if it were used up; nothing is said where it has none.
fn limit(fault: &ActingFault, call: &Call) -> Error {
    let quota = match (call.operation.as_str(), fault.key) {
        ("RotateKeyOnDemand", Some(key)) => return Error::on_demand_rotations(key),
        ("CreateKey" | "ReplicateKey", _) => ResourceQuota::Keys,
        ("CreateAlias" | "UpdateAlias", _) => ResourceQuota::AliasesPerKey,
        ("CreateGrant", _) => ResourceQuota::GrantsPerKey,
        ("CreateCustomKeyStore", _) => ResourceQuota::CustomKeyStores,
        _ => return Error::fault(Exception::LimitExceededException),
    };
    Error::quota(quota.what(), quota.published(), quota.published())
}

/// The first sentence of section 5 of authorization.md that fits the call, as if nothing allowed it.
fn denial(fault: &ActingFault, call: &Call) -> Error {
    let caller = call.caller.arn(call.region);
    let action = Operation::find(&call.operation).map_or_else(|_| String::new(), |row| row.action.as_str().to_owned());
    match fault.key {
        Some(key) if call.caller.owns(key.account) => {
            Error::not_allowed(&caller, &action, Some(&key.to_string()), "resource-based policy")
        }
        Some(_) => Error::denied_elsewhere(&caller, &action, false),
        None => Error::not_allowed(&caller, &action, Some("*"), "identity-based policy"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many operations offer a fault.
    fn offering(fault: FaultKind) -> Vec<&'static str> {
        TABLE.iter().filter(|row| row.offers(fault)).map(|row| row.name).collect()
    }

    #[test]
    fn a_fault_is_offered_by_the_operations_that_the_model_says() {
        assert_eq!(offering(FaultKind::Conflict), ["RotateKeyOnDemand"]);
        assert_eq!(offering(FaultKind::LimitExceeded).len(), 10);
        for everywhere in [FaultKind::Throttled, FaultKind::Internal, FaultKind::BadGateway, FaultKind::Slow] {
            assert_eq!(offering(everywhere).len(), TABLE.len(), "{}", everywhere.name());
        }
        assert!(!offering(FaultKind::DependencyTimeout).contains(&"GenerateMac"));
        assert!(offering(FaultKind::KeyUnavailable).contains(&"GetPublicKey"));
    }
}
