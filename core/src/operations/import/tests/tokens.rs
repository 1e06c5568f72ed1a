//! Import tokens: whose they are, and for how long.

use super::*;

#[test]
fn a_token_serves_its_own_key_alone_and_unchanged() {
    let desk = desk();
    let (one, other) = (desk.symmetric(), desk.symmetric());
    let (parcel, theirs) = (desk.parcel(&one), desk.parcel(&other));
    let wrapped = parcel.wrap(&[7; 32]);
    let mut changed = parcel.token.clone();
    changed[20] ^= 1;
    let stranger = desk.symmetric();
    for (key, token) in [(&one, &theirs.token), (&other, &parcel.token), (&one, &changed), (&stranger, &parcel.token)] {
        let reply = desk.send(key, token, &wrapped, [(FOREVER.0, Value::from(FOREVER.1))]);
        assert_eq!(refused(reply), silent(Exception::InvalidImportTokenException));
    }
}

#[test]
fn a_token_serves_for_24_hours() {
    let desk = desk();
    let key = desk.symmetric();
    let parcel = desk.parcel(&key);
    desk.wait(DAY - 1);
    desk.import(&key, &parcel, &[7; 32]).expect("an import in time");
    desk.wait(1);
    let late = desk.import(&key, &parcel, &[7; 32]);
    assert_eq!(refused(late), silent(Exception::ExpiredImportTokenException));
}

#[test]
fn a_newer_request_leaves_older_parameters_valid_but_they_do_not_mix() {
    let desk = desk();
    let key = desk.symmetric();
    let old = desk.parcel(&key);
    let new = desk.parameters(&key, AlgorithmSpec::RsaesOaepSha256, WrappingKeySpec::Rsa3072).expect("parameters");
    let forever = || [(FOREVER.0, Value::from(FOREVER.1))];
    let mixed = desk.send(&key, &new.token, &old.wrap(&[7; 32]), forever());
    assert_eq!(refused(mixed), (Exception::ValidationException, Some("Invalid encrypted key size.".to_owned())));
    desk.import(&key, &old, &[7; 32]).expect("old parameters");
    desk.import(&key, &new, &[7; 32]).expect("new parameters");
}

#[test]
fn a_restored_world_knows_its_tokens_its_material_and_its_deadlines() {
    let desk = desk();
    let key = desk.symmetric();
    let parcel = desk.parcel(&key);
    let end = START.after(Span::from_days(3));
    desk.send(&key, &parcel.token, &parcel.wrap(&[7; 32]), [("ValidTo", Value::Time(end))]).expect("an import");
    let blob = desk.encrypt(&key).expect("a ciphertext");
    let bytes = desk.world.snapshot(&[1; 32]).expect("a snapshot");
    let secret = Zeroizing::new([7_u8; 32]);
    assert!(!bytes.windows(32).any(|window| window == secret.as_slice()), "the material stands open");
    let world = World::restore(&bytes, &[1; 32], CryptoProvider::default(), [0; 32]).expect("a world");
    let desk = Desk { world: world.into(), ..desk };
    assert_eq!(desk.world.next_deadline(), Some(end));
    assert!(desk.decrypt(&blob).is_ok());
    desk.import(&key, &parcel, &[7; 32]).expect("a token from before");
    assert_eq!(desk.world.next_deadline(), None);
}
