//! The services that are answered, by their names in credential scopes.

use crate::error::Error;

/// A service that is answered, at least in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    Kms,
    Sts,
    CloudTrail,
    CloudWatch,
}

impl Service {
    /// The services, KMS first.
    const ALL: [Self; 4] = [Self::Kms, Self::Sts, Self::CloudTrail, Self::CloudWatch];

    /// The service of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.name() == name)
    }

    /// Its name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Kms => "kms",
            Self::Sts => "sts",
            Self::CloudTrail => "cloudtrail",
            Self::CloudWatch => "monitoring",
        }
    }

    /// The refusal of a request for another service.
    pub(super) fn other(name: &str) -> Error {
        let [whole, parts @ .., last] = Self::ALL.map(Self::name);
        Error::other_service(name, whole, &parts.join(", "), last)
    }
}
