//! A seeded run gives the same bytes today, tomorrow and on every target.

use pocket_kms_tests::fingerprint;
use pocket_kms_tests::providers::PROVIDERS;

#[test]
fn a_seeded_run_gives_the_bytes_that_it_always_gave_with_every_provider() {
    let golden = include_str!("../golden/cryptography.txt");
    for provider in PROVIDERS {
        let lines = fingerprint::lines(&provider.reproducible()).unwrap();
        // On a wanted change (a new release of a library that draws in another order), the printed text is the new one.
        assert_eq!(lines.join("\n"), golden.trim_end(), "{provider:?}\n{}\n", lines.join("\n"));
    }
}
