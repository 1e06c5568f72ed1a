//! What makes a path of certificates good, and what spoils it.

use std::sync::OnceLock;

use super::{authority::Issue, *};
use crate::attestation::{Attestation, Invalid, Pcrs, Trust};

/// 2026-01-01T00:00:00Z.
const NOW: Time = Time::from_millis(1_767_225_600_000);
const HOUR: i64 = 3_600_000;

/// One certificate of a path.
#[derive(Clone)]
struct Link {
    issuer: &'static str,
    subject: &'static str,
    /// Milliseconds from [`NOW`].
    from: i64,
    to: i64,
    path_length: Option<u8>,
    /// Places of its own key and of its issuer's.
    key: usize,
    signer: usize,
}

fn link(issuer: &'static str, subject: &'static str, path_length: Option<u8>, key: usize) -> Link {
    Link { issuer, subject, from: -HOUR, to: HOUR, path_length, key, signer: key.saturating_sub(1) }
}

/// A root, two issuers and a signer.
fn good() -> Vec<Link> {
    vec![
        link("root", "root", Some(2), 0),
        link("root", "zone", Some(1), 1),
        link("zone", "instance", Some(0), 2),
        link("instance", "enclave", None, 3),
    ]
}

fn key(place: usize) -> &'static dyn curve::PrivateKey {
    static KEYS: OnceLock<Vec<Box<dyn curve::PrivateKey>>> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        let (curves, mut random) = (CryptoProvider::default().curve, Random::from_entropy(&[9; 32]));
        let mut key = || curves.load(curve::NamedCurve::P384, &curves.generate(curve::NamedCurve::P384, &mut random)?);
        (0..4).map(|_| key().unwrap()).collect()
    });
    &*keys[place]
}

fn issue(link: &Link) -> Vec<u8> {
    let at = |offset| Time::from_millis(NOW.millis() + offset);
    let issue = Issue {
        issuer: link.issuer,
        subject: link.subject,
        spki: &key(link.key).spki().unwrap(),
        from: at(link.from),
        to: at(link.to),
        path_length: link.path_length,
        more: &[],
    };
    issue.sign(key(link.signer), &mut Random::from_entropy(&[5; 32])).unwrap()
}

/// The document of a path, signed by the key at this place.
fn document(path: &[Link], signer: usize) -> (Vec<u8>, Trust) {
    let mut certificates: Vec<Vec<u8>> = path.iter().map(issue).collect();
    let trust = Trust::root(&certificates[0]).unwrap();
    let document = Document {
        platform: Platform::NitroEnclave,
        module_id: "i-0-enc0".to_owned(),
        timestamp: 1,
        pcrs: Pcrs::from([(0, vec![1; 48])]),
        certificate: certificates.pop().unwrap(),
        cabundle: certificates,
        public_key: None,
        user_data: None,
        nonce: None,
    };
    (attestation::sign(&document.write(), key(signer), &mut Random::from_entropy(&[6; 32])).unwrap(), trust)
}

fn verified(document: &[u8], trust: &Trust) -> Result<(), Invalid> {
    Attestation::verify(document, NOW, trust, &CryptoProvider::default()).map(drop)
}

/// The verdict on the good path after `spoil`.
fn spoiled(spoil: impl FnOnce(&mut Vec<Link>)) -> Result<(), Invalid> {
    let mut path = good();
    spoil(&mut path);
    let (document, trust) = document(&path, path[path.len() - 1].key);
    verified(&document, &trust)
}

#[test]
fn a_good_path_is_believed_under_its_own_root_alone() {
    let (document, trust) = document(&good(), 3);
    assert_eq!(verified(&document, &trust), Ok(()));
    assert_eq!(verified(&document, &Trust::aws()), Err(Invalid::Root));
    let both = Trust::aws().and(trust.roots().next().unwrap()).unwrap();
    assert_eq!(verified(&document, &both), Ok(()));
}

#[test]
fn every_certificate_of_the_path_must_be_valid_at_the_time_of_the_call() {
    for place in 0..4 {
        assert_eq!(spoiled(|path| path[place].to = -1_000), Err(Invalid::Validity), "{place} expired");
        assert_eq!(spoiled(|path| path[place].from = 1_000), Err(Invalid::Validity), "{place} not yet valid");
        // Both ends belong to the period.
        assert_eq!(spoiled(|path| path[place].to = 0), Ok(()), "{place} ends now");
        assert_eq!(spoiled(|path| path[place].from = 0), Ok(()), "{place} begins now");
    }
}

#[test]
fn issuers_must_be_allowed_to_issue_for_so_long_a_path() {
    assert_eq!(spoiled(|path| path[0].path_length = Some(1)), Err(Invalid::Chain));
    assert_eq!(spoiled(|path| path[1].path_length = Some(0)), Err(Invalid::Chain));
    for place in 0..3 {
        assert_eq!(spoiled(|path| path[place].path_length = None), Err(Invalid::Chain), "{place} is not an issuer");
    }
}

#[test]
fn an_issuer_does_not_sign_documents() {
    assert_eq!(spoiled(|path| path[3].path_length = Some(0)), Err(Invalid::Chain));
    assert_eq!(spoiled(|path| path.truncate(3)), Err(Invalid::Chain));
}

#[test]
fn names_and_signatures_must_lead_from_one_certificate_to_the_next() {
    for place in 1..4 {
        assert_eq!(spoiled(|path| path[place].issuer = "somebody"), Err(Invalid::Chain), "name of {place}");
        assert_eq!(spoiled(|path| path[place].signer = place), Err(Invalid::Chain), "signature of {place}");
    }
    assert_eq!(spoiled(|path| path.swap(1, 2)), Err(Invalid::Chain));
    assert_eq!(spoiled(|path| path.retain(|link| link.subject != "zone")), Err(Invalid::Chain));
}

#[test]
fn a_path_that_loops_or_is_too_long_is_refused() {
    assert_eq!(spoiled(|path| path.insert(1, path[0].clone())), Err(Invalid::Chain));
    assert_eq!(spoiled(|path| path.insert(2, path[1].clone())), Err(Invalid::Chain));
    let long = spoiled(|path| {
        path[0].path_length = Some(200);
        let zones = (0..8).map(|hours| Link { from: -HOUR * (hours + 2), path_length: Some(200), ..path[0].clone() });
        let zones: Vec<Link> = zones.collect();
        path.splice(1..1, zones);
    });
    assert_eq!(long, Err(Invalid::Chain));
}

#[test]
fn the_document_is_signed_by_the_last_key_of_the_path() {
    for signer in 0..3 {
        let (document, trust) = document(&good(), signer);
        assert_eq!(verified(&document, &trust), Err(Invalid::Signature), "{signer}");
    }
}

#[test]
fn the_documents_of_an_enclave_are_believed_for_three_hours() {
    let provider = CryptoProvider::default();
    let authority = Authority::new(&provider, &[1; 32]).unwrap();
    let trust = Trust::root(authority.root()).unwrap();
    let enclave = Enclave::start(Spec::default(), authority, &provider, &[2; 32]).unwrap();
    // In 1970, now, in the last year of UTCTime and in the first of GeneralizedTime.
    for now in [1_000, NOW.millis(), 2_524_607_999_000, 2_524_608_000_000, 250_000_000_000_000] {
        let document = enclave.attestation_document(Time::from_millis(now)).unwrap();
        let verify = |later| Attestation::verify(&document, Time::from_millis(now + later), &trust, &provider);
        let attestation = verify(0).unwrap();
        assert_eq!(attestation.timestamp(), Time::from_millis(now));
        assert_eq!(attestation.module_id(), enclave.module_id());
        assert!(verify(3 * HOUR).is_ok());
        assert_eq!(verify(3 * HOUR + 1_000), Err(Invalid::Validity));
    }
    for never in [0, -1] {
        assert!(enclave.attestation_document(Time::from_millis(never)).is_err(), "{never}");
    }
}
