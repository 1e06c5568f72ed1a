//! Attestation documents: COSE, CBOR and certificates.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pocket_kms_tests::fuzz::attestation(data));
