//! Key material from outside: PKCS #8 in BER and DER.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pocket_kms_tests::fuzz::import(data));
