//! What happens to a request on its way: no connection, no handshake, no answer (CKS-31, CKS-334, CKS-335).

use super::{faults::Acting, responder::Responder};
use crate::{
    call::{ProxyAnswer, ProxyCertificate, TlsFault, Unreachable, Waiting},
    state::ProxyFaultKind as Kind,
    time::Span,
};

/// The versions of TLS that KMS speaks (CKS-29).
const PROTOCOLS: [&str; 2] = ["TLSv1.2", "TLSv1.3"];

/// How long a certificate is still valid that is renewed in time.
const RENEWED: Span = Span::from_days(90);

/// What breaks before there is an answer.
pub(super) fn broken(responder: &Responder<'_>, acting: &Acting<'_>) -> Option<ProxyAnswer> {
    if let Some(fault) = acting.first(&[Kind::Unreachable, Kind::Tls, Kind::Timeout, Kind::Internal]) {
        let reason = fault.reason.as_deref().unwrap_or_default();
        return Some(match fault.fault {
            Kind::Tls => tls(responder, TlsFault::parse(reason).unwrap_or(TlsFault::Other)),
            Kind::Timeout => ProxyAnswer::Timeout(Waiting::parse(reason).unwrap_or(Waiting::Answer)),
            Kind::Internal => ProxyAnswer::Internal,
            _ => ProxyAnswer::Unreachable(Unreachable::parse(reason).unwrap_or(Unreachable::Refused)),
        });
    }
    handshake(responder).map(|reason| tls(responder, reason))
}

fn tls(responder: &Responder<'_>, reason: TlsFault) -> ProxyAnswer {
    ProxyAnswer::Tls { reason, certificate: certificate(responder) }
}

/// What is known of the certificate by whoever has seen it: a key store of this world. What a server shows is the host's.
pub(super) fn certificate(responder: &Responder<'_>) -> Option<ProxyCertificate> {
    responder.received.store?;
    let (tls, now) = (&responder.row.certificate, responder.proxies.now);
    let subject = tls.subject.as_deref().unwrap_or_else(|| responder.name.host()).to_owned();
    Some(ProxyCertificate { subject, not_after: tls.not_after.unwrap_or_else(|| now.after(RENEWED)) })
}

/// Why the handshake fails, if a key store of this world makes it and it does: versions first, then the chain, its end, its
/// validity, the name, and what the proxy wants of the client (a decision).
fn handshake(responder: &Responder<'_>) -> Option<TlsFault> {
    let certificate = certificate(responder)?;
    let tls = &responder.row.certificate;
    if !tls.protocols.iter().any(|protocol| PROTOCOLS.contains(&&**protocol)) {
        return Some(TlsFault::Protocol);
    }
    if !tls.complete {
        return Some(TlsFault::Chain);
    }
    if !tls.trusted {
        return Some(TlsFault::UntrustedIssuer);
    }
    if certificate.not_after <= responder.proxies.now {
        return Some(TlsFault::Expired);
    }
    if !is_for(&certificate.subject, responder.received.host) {
        return Some(TlsFault::WrongName);
    }
    tls.client_certificate.then_some(TlsFault::ClientCertificate)
}

/// Whether a common name is that of a host; `*.` stands for one label (CKS-30).
fn is_for(subject: &str, host: &str) -> bool {
    if subject.eq_ignore_ascii_case(host) {
        return true;
    }
    let Some(domain) = subject.strip_prefix("*.") else { return false };
    host.split_once('.').is_some_and(|(label, rest)| !label.is_empty() && rest.eq_ignore_ascii_case(domain))
}

#[cfg(test)]
mod tests {
    use super::is_for;

    #[test]
    fn a_star_stands_for_one_label_of_a_host() {
        for (subject, host, is) in [
            ("xks.example.com", "XKS.example.com", true),
            ("*.example.com", "xks.example.com", true),
            ("*.example.com", "a.xks.example.com", false),
            ("*.example.com", "example.com", false),
            ("*.example.com", ".example.com", false),
            ("other.example.com", "xks.example.com", false),
        ] {
            assert_eq!(is_for(subject, host), is, "{subject} for {host}");
        }
    }
}
