//! Seeded worlds use only those capabilities of a provider that repeat. (`seeded_world` and `fingerprint` beside this
//! target compare their bytes with the golden ones, for every provider.)

use pocket_kms::{CryptoProvider, Options, World};

fn world(seed: Option<&[u8]>, provider: CryptoProvider) -> World {
    World::new(Options { seed: seed.map(|seed| seed.to_vec().into()), ..Options::default() }, provider, [1; 32])
}

/// The capabilities that AWS-LC implements, as the `Debug` output of a world shows them.
fn native(world: &World) -> Vec<String> {
    let shown = format!("{world:?}");
    let fields = shown.split(['{', ',']).filter(|field| field.contains("\"aws-lc\""));
    fields.filter_map(|field| field.split(':').next()).map(|name| name.trim().to_owned()).collect()
}

#[test]
fn a_world_without_a_seed_uses_aws_lc_for_all_that_it_has() {
    let every = ["cipher", "mac", "rsa", "curve", "edwards", "ml_dsa", "ml_kem", "wrapping"];
    assert_eq!(native(&world(None, pocket_kms_aws_lc::PROVIDER)), every);
    assert_eq!(native(&world(None, CryptoProvider::default())), [""; 0]);
}

#[test]
fn a_seeded_world_uses_what_does_not_draw_its_own_randomness() {
    let seeded = world(Some(b"seed"), pocket_kms_aws_lc::PROVIDER);
    let reproducible = ["cipher", "mac", "edwards", "wrapping"];
    assert_eq!(native(&seeded), reproducible);
    assert_eq!(native(&seeded.fork([2; 32])), reproducible);
    let bytes = seeded.snapshot(&[3; 32]).unwrap();
    let restored = World::restore(&bytes, &[3; 32], pocket_kms_aws_lc::PROVIDER, [5; 32]).unwrap();
    assert_eq!(native(&restored), reproducible);
}
