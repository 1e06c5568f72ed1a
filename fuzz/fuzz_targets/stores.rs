//! What custom key stores stand on: clusters, VPC endpoint services, and what their owners do.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pocket_kms_tests::fuzz::stores(data));
