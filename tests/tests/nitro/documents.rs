//! A document that a real enclave has sent, and what happens when somebody changes it.

use pocket_kms::{
    CryptoProvider, Time,
    attestation::{Attestation, Invalid, Platform, Trust},
};
use proptest::prelude::*;

use super::vector;

/// What the signing certificate says: 2023-09-07T15:55:08Z and 18:55:11Z.
const NOT_BEFORE: i64 = 1_694_102_108_000;
const NOT_AFTER: i64 = 1_694_112_911_000;

fn document() -> Vec<u8> {
    vector(include_str!("../../vectors/nitro/attestation-document.b64"))
}

fn verify(document: &[u8], millis: i64) -> Result<Attestation, Invalid> {
    Attestation::verify(document, Time::from_millis(millis), &Trust::aws(), &CryptoProvider::default())
}

#[test]
fn a_document_of_a_real_enclave_is_believed() {
    let attestation = verify(&document(), NOT_BEFORE).expect("a valid document");
    assert_eq!(attestation.platform(), Platform::NitroEnclave);
    assert_eq!(attestation.module_id(), "i-0644948d93f19c17b-enc018a705a4fc6e067");
    assert_eq!(attestation.timestamp(), Time::from_millis(0x018a_705b_8894));
    // The enclave ran in debug mode.
    assert_eq!(attestation.image_digest(), Some("0".repeat(96)));
    let instance = "e611184557ab066255b7f6c5d4dcf8c38e467913fd5176705dc1914c5d5b3f388282abd6a462729c5ab9c9e278f068de";
    assert_eq!(attestation.measurement(Platform::NitroEnclave, 4).as_deref(), Some(instance));
    assert_eq!(attestation.pcrs().len(), 16);
    assert_eq!(attestation.measurement(Platform::NitroTpm, 4), None);
    assert_eq!(attestation.public_key(), None);
    assert_eq!(attestation.user_data().map(<[u8]>::len), Some(91));
    assert_eq!(attestation.nonce().map(<[u8]>::len), Some(256));
}

#[test]
fn a_real_document_is_believed_while_its_certificates_are_valid() {
    let document = document();
    assert_eq!(verify(&document, NOT_BEFORE - 1), Err(Invalid::Validity));
    assert!(verify(&document, NOT_AFTER + 999).is_ok());
    assert_eq!(verify(&document, NOT_AFTER + 1_000), Err(Invalid::Validity));
}

#[test]
fn a_tag_around_the_message_changes_nothing() {
    let tagged = [&[0xd2][..], &document()].concat();
    assert_eq!(verify(&tagged, NOT_BEFORE), verify(&document(), NOT_BEFORE));
}

#[test]
fn a_document_that_ends_early_or_late_is_refused() {
    let document = document();
    for length in (0..document.len()).step_by(61).chain([document.len() - 1]) {
        assert!(verify(&document[..length], NOT_BEFORE).is_err(), "{length}");
    }
    assert_eq!(verify(&[&document[..], &[0]].concat(), NOT_BEFORE), Err(Invalid::Encoding));
}

#[test]
fn what_is_too_large_or_nested_without_end_is_refused_at_once() {
    for byte in [0x00, 0x40, 0x5f, 0x81, 0x9f, 0xa1, 0xbf, 0xd2, 0xf6, 0xff] {
        assert!(verify(&vec![byte; 262_144], NOT_BEFORE).is_err(), "{byte:#x}");
    }
    // A payload of 16,385 bytes.
    let mut message = vec![0x84, 0x44, 0xa1, 0x01, 0x38, 0x22, 0xa0, 0x59, 0x40, 0x01];
    message.resize(message.len() + 16_385, 0);
    message.extend([0x58, 0x60]);
    message.extend([1; 96]);
    assert_eq!(verify(&message, NOT_BEFORE), Err(Invalid::Encoding));
}

#[test]
fn a_flipped_bit_of_the_head_or_of_the_signature_is_refused() {
    let document = document();
    let last = document.len() - 1;
    for place in (0..24).chain([last - 97, last - 96, last - 95, last - 48, last - 47, last]) {
        for bit in 0..8 {
            let mut document = document.clone();
            document[place] ^= 1 << bit;
            assert!(verify(&document, NOT_BEFORE).is_err(), "bit {bit} of byte {place}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn a_flipped_bit_anywhere_is_refused(place: prop::sample::Index, bit in 0..8_u8) {
        let mut document = document();
        let place = place.index(document.len());
        document[place] ^= 1 << bit;
        prop_assert!(verify(&document, NOT_BEFORE).is_err(), "bit {} of byte {}", bit, place);
    }

    #[test]
    fn bytes_that_somebody_rearranges_are_refused(
        from: prop::sample::Index, length in 1..200_usize, to: prop::sample::Index,
    ) {
        let original = document();
        let mut document = original.clone();
        let (from, to) = (from.index(document.len()), to.index(document.len()));
        let length = length.min(document.len() - from.max(to));
        document.copy_within(from..from + length, to);
        prop_assume!(document != original);
        prop_assert!(verify(&document, NOT_BEFORE).is_err());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..600), head in 0..24_usize) {
        let bytes = [&document()[..head], &bytes].concat();
        prop_assert!(verify(&bytes, NOT_BEFORE).is_err());
        prop_assert!(Trust::root(&bytes).is_err());
    }
}
