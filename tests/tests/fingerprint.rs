//! A seeded run gives the same bytes today, tomorrow and on every target.

use pocket_kms::crypto::CryptoProvider;
use pocket_kms_tests::fingerprint;

#[test]
fn a_seeded_run_gives_the_bytes_that_it_always_gave() {
    let lines = fingerprint::lines(&CryptoProvider::default()).unwrap();
    let golden = include_str!("../golden/cryptography.txt");
    // On a wanted change (a new release of a library that draws in another order), the printed text is the new one.
    assert_eq!(lines.join("\n"), golden.trim_end(), "\n{}\n", lines.join("\n"));
}
