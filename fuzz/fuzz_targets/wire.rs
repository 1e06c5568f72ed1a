//! Requests in JSON, and the operations that read them.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pocket_kms_tests::fuzz::wire(data));
