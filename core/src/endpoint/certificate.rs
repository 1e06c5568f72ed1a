//! A certificate for TLS on this machine, and the authority that vouches for it: both are made when they are needed, and
//! the authority's key is forgotten at once.

use std::net::IpAddr;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use der::asn1::ObjectIdentifier;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    crypto::{CryptoError, CryptoProvider, asn1::element, curve::NamedCurve, random::Random},
    enclave::Issue,
    time::{Span, Time},
    wire::SecretBytes,
};

const SUBJECT_KEY_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
const ALTERNATIVE_NAMES: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.17");
const AUTHORITY_KEY_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.35");
const EXTENDED_KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
/// `SEQUENCE { serverAuth }` (RFC 5280, section 4.2.1.12).
const SERVER_AUTHENTICATION: [u8; 12] = [0x30, 10, 0x06, 8, 0x2b, 6, 1, 5, 5, 7, 3, 1];

const AUTHORITY: &str = "pocket-kms authority for this machine";
const SERVER: &str = "pocket-kms";

/// How long the certificates are valid: some systems refuse more than 825 days.
const LIFETIME: Span = Span::from_days(397);
/// Clocks differ: a certificate is valid from a day earlier on.
const LEAD: i64 = 86_400_000;

/// What a server and its clients need for TLS.
#[derive(Debug)]
#[non_exhaustive]
pub struct ServerCertificate {
    /// The certificate of the authority, in PEM: clients are told to believe it.
    pub authority: String,
    /// The certificate of the server, in PEM.
    pub certificate: String,
    /// The private key of the server: PKCS #8 in PEM.
    pub key: SecretBytes,
}

/// Makes a certificate for the names and addresses of this machine, for `host`, under which the server listens, and for
/// `more`: endpoints of proxies that it serves. The first of these is its common name, which KMS compares (CKS-30).
///
/// # Errors
/// Never with a provider that keeps to its contract.
pub fn certificate(
    provider: &CryptoProvider,
    host: &str,
    more: &[String],
    host_now: Time,
    entropy: impl Into<Zeroizing<[u8; 32]>>,
) -> Result<ServerCertificate, CryptoError> {
    let random = Random::from_entropy(&entropy.into());
    let pkcs8 = |label: &str| provider.curve.generate(NamedCurve::P384, &mut random.stream(label));
    let load = |pkcs8: &[u8]| provider.curve.load(NamedCurve::P384, pkcs8);
    let authority = load(&pkcs8("authority key")?)?;
    let key = pkcs8("server key")?;
    let (issuer_spki, spki) = (authority.spki()?, load(&key)?.spki()?);
    let issuer_id = key_id(&issuer_spki);
    let (from, to) = (Time::from_millis(host_now.millis().saturating_sub(LEAD)), host_now.after(LIFETIME));
    let own = [(SUBJECT_KEY_ID, element(0x04, &issuer_id))];
    let issuer =
        Issue { issuer: AUTHORITY, subject: AUTHORITY, spki: &issuer_spki, from, to, path_length: Some(0), more: &own };
    let vouched = [
        (SUBJECT_KEY_ID, element(0x04, &key_id(&spki))),
        (AUTHORITY_KEY_ID, element(0x30, &element(0x80, &issuer_id))),
        (EXTENDED_KEY_USAGE, SERVER_AUTHENTICATION.to_vec()),
        (ALTERNATIVE_NAMES, alternative_names(host, more)),
    ];
    let subject = more.first().map_or(SERVER, String::as_str);
    let server = Issue { issuer: AUTHORITY, subject, spki: &spki, from, to, path_length: None, more: &vouched };
    Ok(ServerCertificate {
        authority: certificate_in_pem(&issuer.sign(&*authority, &mut random.stream("authority certificate"))?),
        certificate: certificate_in_pem(&server.sign(&*authority, &mut random.stream("server certificate"))?),
        key: SecretBytes::new(pem("PRIVATE KEY", &key).into_bytes()),
    })
}

/// The names and addresses of this machine, and some more (RFC 5280, section 4.2.1.6).
fn alternative_names(host: &str, more: &[String]) -> Vec<u8> {
    let mut names = vec!["localhost", "*.localhost", "127.0.0.1", "::1"];
    for name in std::iter::once(host).chain(more.iter().map(String::as_str)) {
        if !name.is_empty() && name.len() <= 253 && name.is_ascii() && !names.contains(&name) {
            names.push(name);
        }
    }
    let name = |name: &&str| match name.parse() {
        Ok(IpAddr::V4(address)) => element(0x87, &address.octets()),
        Ok(IpAddr::V6(address)) => element(0x87, &address.octets()),
        Err(_) => element(0x82, name.as_bytes()),
    };
    element(0x30, &names.iter().map(name).collect::<Vec<_>>().concat())
}

/// An id of a key (RFC 7093, section 2).
fn key_id(spki: &[u8]) -> Vec<u8> {
    Sha256::digest(spki).iter().take(20).copied().collect()
}

fn certificate_in_pem(der: &[u8]) -> String {
    pem("CERTIFICATE", der)
}

/// The text of RFC 7468.
fn pem(label: &str, der: &[u8]) -> String {
    let base64 = Zeroizing::new(STANDARD.encode(der));
    let mut text = String::with_capacity(2 * base64.len());
    text.extend(["-----BEGIN ", label, "-----\n"]);
    for line in base64.as_bytes().chunks(64) {
        text.extend(line.iter().copied().map(char::from));
        text.push('\n');
    }
    text.extend(["-----END ", label, "-----\n"]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_for_this_machine_and_the_host() {
        let provider = CryptoProvider::default();
        let now = Time::from_millis(1_800_000_000_000);
        let made =
            certificate(&provider, "kms.example", &["xks.example".to_owned()], now, [7; 32]).expect("a certificate");
        let der = |pem: &str| STANDARD.decode(pem.lines().filter(|line| !line.starts_with("--")).collect::<String>());
        let server = der(&made.certificate).expect("base64");
        for name in [&b"\x82\x09localhost"[..], b"\x87\x04\x7f\0\0\x01", b"\x82\x0bkms.example", b"\x82\x0bxks.example"]
        {
            assert!(server.windows(name.len()).any(|window| window == name), "{name:?}");
        }
        let authority = der(&made.authority).expect("base64");
        assert!(!authority.windows(11).any(|window| window == b"kms.example"));
        let key = std::str::from_utf8(&made.key).expect("text");
        assert!(provider.curve.load(NamedCurve::P384, &der(key).expect("base64")).is_ok());
        // The first line names the curve, as the certificate does.
        let secret = key.lines().nth(2).expect("a second line");
        assert!(!format!("{made:?}").contains(secret), "the key is never printed");
        let again =
            certificate(&provider, "kms.example", &["xks.example".to_owned()], now, [7; 32]).expect("a certificate");
        assert_eq!(again.certificate, made.certificate);
    }
}
