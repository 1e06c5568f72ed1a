//! Files of infrastructure, and assertions about them.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pocket_kms_tests::fuzz_templates::template(data));
