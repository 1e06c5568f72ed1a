//! The certificates of a document: a path from a root that is trusted to the certificate that signed it.

use super::{Invalid, Trust, certificate::Certificate, document::Document};
use crate::{
    crypto::{CryptoProvider, curve},
    time::Time,
};

/// The most issuers in a document; the Nitro hypervisor sends four. Each costs a signature to verify.
const MAX_ISSUERS: usize = 8;

/// Verifies the path at this instant (attestation process, sections 3.2.3 and 3.2.4), and returns the key that must
/// have signed the document.
pub(super) fn verify(
    document: &Document,
    now: Time,
    trust: &Trust,
    provider: &CryptoProvider,
) -> Result<Box<dyn curve::PublicKey>, Invalid> {
    let path: Vec<&[u8]> = document.cabundle.iter().chain([&document.certificate]).map(Vec::as_slice).collect();
    if document.cabundle.len() > MAX_ISSUERS || repeats(&path) {
        return Err(Invalid::Chain);
    }
    if !path.first().is_some_and(|root| trust.contains(root)) {
        return Err(Invalid::Root);
    }
    let path = path.into_iter().map(Certificate::read).collect::<Result<Vec<_>, _>>()?;
    if !path.iter().all(|certificate| certificate.is_valid_at(now)) {
        return Err(Invalid::Validity);
    }
    let (target, issuers) = path.split_last().ok_or(Invalid::Chain)?;
    check_roles(target, issuers)?;
    check_signatures(&path, provider)?;
    target.key(provider)
}

/// Whether some certificate occurs twice: a path that comes back to where it was.
fn repeats(path: &[&[u8]]) -> bool {
    path.iter().enumerate().any(|(place, certificate)| path[..place].contains(certificate))
}

/// Issuers may issue, for as long a path as this one; the target signs documents and may not issue.
fn check_roles(target: &Certificate<'_>, issuers: &[Certificate<'_>]) -> Result<(), Invalid> {
    let may_issue = issuers.iter().rev().enumerate().all(|(below, issuer)| {
        let allowed = issuer.constraints.path_length.is_none_or(|most| below <= usize::from(most));
        issuer.constraints.ca && issuer.constraints.signs_certificates && allowed
    });
    let role = target.constraints;
    let may_sign = !role.ca && role.path_length.is_none() && role.signs_documents;
    if may_issue && may_sign { Ok(()) } else { Err(Invalid::Chain) }
}

/// Each certificate bears the signature of the one before it. The root needs no signature: the host trusts it.
fn check_signatures(path: &[Certificate<'_>], provider: &CryptoProvider) -> Result<(), Invalid> {
    for pair in path.windows(2) {
        let [issuer, subject] = pair else { return Err(Invalid::Chain) };
        if !subject.is_issued_by(issuer, &*issuer.key(provider)?) {
            return Err(Invalid::Chain);
        }
    }
    Ok(())
}
