//! Directories of principals, policies and organizations.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pocket_kms_tests::fuzz::directory(data));
