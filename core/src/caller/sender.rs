//! What a host says about a request besides the request itself: who sends it, and from where.

use super::{Caller, Origin, Session, VpcEndpoint};
use crate::names::Region;

/// Who sends a request, and from where, as far as the host says so. The rest follows from the request.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Sender {
    /// The caller; `None` for the one whom the request's credentials name.
    pub caller: Option<Caller>,
    /// Where the request comes from.
    pub origin: Origin,
    /// The caller's session, whoever the caller is.
    pub session: Option<Session>,
}

impl Sender {
    /// The sender's caller, or else another one, in the sender's session.
    pub(crate) fn caller_or<E>(&self, other: impl FnOnce() -> Result<Caller, E>) -> Result<Caller, E> {
        let mut caller = self.caller.clone().map_or_else(other, Ok)?;
        if let Some(session) = &self.session {
            caller.session = session.clone();
        }
        Ok(caller)
    }
}

impl VpcEndpoint {
    /// The endpoint of this id.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }

    /// The endpoint for KMS that has this DNS name, such as
    /// `vpce-0123456789abcdef0-abcdefgh.kms.us-east-1.vpce.amazonaws.com`, with or without an Availability Zone behind
    /// the second part. The guide's sample has `ec2` in place of `kms` (P2-420).
    pub fn of_host(host: &str) -> Option<Self> {
        let name = [".vpce.amazonaws.com", ".vpce.amazonaws.com.cn"].iter().find_map(|end| {
            let (name, rest) = host.split_at_checked(host.len().checked_sub(end.len())?)?;
            rest.eq_ignore_ascii_case(end).then(|| name.to_ascii_lowercase())
        })?;
        let mut labels = name.split('.');
        let (name, service, region, None) = (labels.next()?, labels.next()?, labels.next()?, labels.next()) else {
            return None;
        };
        Region::parse(region).filter(|_| matches!(service, "kms" | "kms-fips" | "ec2"))?;
        let id = name.strip_prefix("vpce-")?.split('-').next()?;
        (is_id(id)).then(|| Self::new(["vpce-", id].concat()))
    }

    /// The id that stands for an endpoint of AWS's own, through which services come.
    pub(crate) const OF_AWS: &str = "AWS Internal";

    /// Whether it is one of AWS's own.
    pub(crate) fn is_of_aws(&self) -> bool {
        self.id == Self::OF_AWS
    }

    /// Whether a text is the id of an endpoint.
    pub(crate) fn is_id(text: &str) -> bool {
        text.strip_prefix("vpce-").is_some_and(is_id)
    }
}

/// Whether a text is what stands behind the prefix of an id of EC2: 8 or 17 hexadecimal digits.
fn is_id(text: &str) -> bool {
    matches!(text.len(), 8 | 17) && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_named_by_its_dns_name() {
        let id = |host| VpcEndpoint::of_host(host).map(|endpoint| endpoint.id);
        for host in [
            "vpce-1234abcdf5678c90a-09p7654s.kms.us-east-1.vpce.amazonaws.com",
            "VPCE-1234abcdf5678c90a-09p7654s-us-east-1a.kms-fips.us-east-1.vpce.amazonaws.com",
            "vpce-1234abcdf5678c90a-09p7654s-us-east-1a.ec2.us-east-1.vpce.amazonaws.com",
            "vpce-1234abcdf5678c90a-09p7654s.kms.cn-north-1.vpce.amazonaws.com.cn",
        ] {
            assert_eq!(id(host).as_deref(), Some("vpce-1234abcdf5678c90a"), "{host}");
        }
        for host in [
            "kms.us-east-1.amazonaws.com",
            "vpce-1234abcdf5678c90a-09p7654s.kms.us-east-1.amazonaws.com",
            "vpce-1234abcdf5678c90a-09p7654s.s3.us-east-1.vpce.amazonaws.com",
            "vpce-1234abcdf5678c90a-09p7654s.kms.nowhere.vpce.amazonaws.com",
            "vpce-12-09p7654s.kms.us-east-1.vpce.amazonaws.com",
            "a.vpce-1234abcdf5678c90a-09p7654s.kms.us-east-1.vpce.amazonaws.com",
            ".vpce.amazonaws.com",
        ] {
            assert_eq!(id(host), None, "{host}");
        }
    }
}
