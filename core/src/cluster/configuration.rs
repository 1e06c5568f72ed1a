//! What key stores demand of a cluster.

use crate::{
    error::Error,
    names::ClusterId,
    state::{ClusterRow, ClusterState, Hsm, HsmState},
    wire::Base64,
};

/// Checks that a cluster is active (CKS-257).
pub(super) fn check_active(id: ClusterId, row: &ClusterRow) -> Result<(), Error> {
    if row.state == ClusterState::Active { Ok(()) } else { Err(Error::cluster_not_active(id, row.state.as_str())) }
}

/// Checks the rules of CKS-260; the number of HSMs only where it counts: a key store is connected with one (CKS-280).
/// Subnets that were deleted are still part of the configuration, and another fault (CKS-358).
pub(super) fn check(id: ClusterId, row: &ClusterRow, with_hsms: bool) -> Result<(), Error> {
    let several = |zones: Vec<&str>| zones.iter().any(|zone| zones.first() != Some(zone));
    let broken = [
        (
            with_hsms && !several(active(row).map(|hsm| &*hsm.zone).collect()),
            "at least two active HSMs in different Availability Zones",
        ),
        (
            !several(row.subnets.iter().map(|subnet| &*subnet.zone).collect()),
            "private subnets in at least two Availability Zones",
        ),
        (
            !row.security_group,
            "a security group that allows inbound and outbound TCP traffic on ports 2223-2225 within itself",
        ),
        (row.mutual_tls, "to take connections without client certificates: mutual TLS is enabled"),
    ];
    let first = broken.iter().find(|(is_broken, _)| *is_broken);
    first.map_or(Ok(()), |(_, needs)| Err(Error::cluster_configuration(id, needs)))
}

/// The HSMs that work.
pub(super) fn active(row: &ClusterRow) -> impl Iterator<Item = &Hsm> {
    row.hsms.iter().filter(|hsm| hsm.state == HsmState::Active)
}

/// Whether KMS reaches a cluster with which it is connected.
pub(super) fn is_reachable(row: &ClusterRow) -> bool {
    let in_order = row.security_group && !row.mutual_tls && row.network;
    row.state == ClusterState::Active && in_order && active(row).next().is_some()
}

/// Whether two texts are one certificate, whatever their white space and line ends (CKS-259).
pub(super) fn is_same_certificate(one: &str, other: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
    let der = |text: &str| {
        let text = bare(text);
        let body = text.strip_prefix("-----BEGINCERTIFICATE-----")?.strip_suffix("-----ENDCERTIFICATE-----")?;
        Base64::decode(body).map(|der| der.0)
    };
    match (der(one), der(other)) {
        (Some(one), Some(other)) => *one == *other,
        _ => bare(one) == bare(other),
    }
}

#[cfg(test)]
mod tests {
    use super::is_same_certificate;

    #[test]
    fn a_certificate_is_the_same_whatever_its_line_ends() {
        let one = "-----BEGIN CERTIFICATE-----\nAQID\nBAUG\n-----END CERTIFICATE-----\n";
        let same = "\r\n-----BEGIN CERTIFICATE-----\r\nAQIDBAUG\r\n-----END CERTIFICATE-----";
        assert!(is_same_certificate(one, same));
        for other in ["-----BEGIN CERTIFICATE-----\nAQIDBAUH\n-----END CERTIFICATE-----", "AQIDBAUG", ""] {
            assert!(!is_same_certificate(one, other), "{other}");
        }
        assert!(is_same_certificate("any text", "any  text\n"));
    }
}
