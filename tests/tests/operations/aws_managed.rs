//! AWS managed keys as services use them: through a session that they forward.

use pocket_kms::{
    Caller, Client, CryptoProvider, Error, Exception, Options, Origin, Span, Time, World,
    api::{KeyManagerType, *},
};

use crate::fixture::NOW;

fn world() -> World {
    let options = Options { seed: Some(b"AWS managed keys".to_vec().into()), now: Some(NOW), ..Options::default() };
    World::new(options, CryptoProvider::default(), [0; 32])
}

fn user(account: &str) -> Caller {
    format!("arn:aws:iam::{account}:user/app").parse().expect("a caller")
}

/// A user of an account, whose session a service forwards.
fn via<'w>(world: &'w World, service: &str, account: &str) -> Client<'w, Time> {
    world.client(NOW).caller(user(account)).origin(Origin::default().via(service))
}

fn exception<T>(reply: Result<T, Error>) -> Option<Exception> {
    reply.err().map(|error| error.exception)
}

#[test]
fn a_service_makes_its_key_when_it_first_uses_the_alias_for_somebody() {
    let world = world();
    let (direct, s3) =
        (world.client(NOW).caller(user("111122223333")), via(&world, "s3.amazonaws.com", "111122223333"));
    let seal = || GenerateDataKey::new("alias/aws/s3").key_spec(DataKeySpec::Aes256);
    assert_eq!(exception(direct.send(seal())), Some(Exception::NotFoundException), "nobody else makes it");
    let sqs = via(&world, "sqs.amazonaws.com", "111122223333");
    assert_eq!(exception(sqs.send(seal())), Some(Exception::NotFoundException), "nor does another service");
    let sealed = s3.send(seal()).expect("a data key");
    let again = s3.send(seal()).expect("another data key");
    assert_eq!(sealed.key_id, again.key_id);
    let blob = sealed.ciphertext_blob.clone().expect("a ciphertext");
    let opened = s3.send(Decrypt::default().ciphertext_blob(blob.clone())).expect("the data key");
    assert_eq!(opened.plaintext.as_deref(), sealed.plaintext.as_deref());

    // The key is its service's alone, even by its ARN, and is the account's to look at.
    for client in [&direct, &sqs] {
        assert_eq!(exception(client.send(seal())), Some(Exception::AccessDeniedException));
        let open = Decrypt::default().ciphertext_blob(blob.clone());
        assert_eq!(exception(client.send(open)), Some(Exception::AccessDeniedException));
    }
    let key = sealed.key_id.as_deref().expect("an ARN");
    let described = direct.send(DescribeKey::new(key)).expect("metadata").key_metadata;
    assert_eq!(described.key_manager, Some(KeyManagerType::Aws));
    let elsewhere = via(&world, "s3.amazonaws.com", "444455556666");
    let foreign = elsewhere.send(Encrypt::new(key, b"x"));
    assert_eq!(
        exception(foreign),
        Some(Exception::AccessDeniedException),
        "an account's key serves that account alone"
    );
}

#[test]
fn each_account_and_region_has_a_key_of_its_own_and_quotas_count_none() {
    let world = world();
    let settings = [("quota/keys", pocket_kms::Value::Int(1))].into_iter().collect();
    world.set(&settings, NOW).expect("settings");
    let mut keys = Vec::new();
    for account in ["111122223333", "444455556666"] {
        for region in ["us-east-1", "eu-west-1"] {
            let client = world.client(NOW).caller(user(account)).region(region).expect("a Region");
            keys.push(client.send(DescribeKey::new("alias/aws/ebs")).expect("metadata").key_metadata.key_id);
            assert_eq!(client.send(ListKeys::default()).expect("keys").keys.len(), 1);
            client.send(CreateKey::default()).expect("the first key that counts");
            assert_eq!(exception(client.send(CreateKey::default())), Some(Exception::LimitExceededException));
        }
    }
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 4);
}

#[test]
fn a_key_of_a_service_rotates_every_year_and_opens_what_it_sealed_before() {
    let world = world();
    let ebs = |days| {
        let origin = Origin::default().via("ec2.amazonaws.com");
        world.client(NOW.after(Span::from_days(days))).caller(user("111122223333")).origin(origin)
    };
    let sealed = ebs(0).send(Encrypt::new("alias/aws/ebs", b"volume")).expect("a ciphertext");
    world.advance(Span::from_days(800), NOW).expect("time");
    let rotations = ebs(0).send(ListKeyRotations::new(&sealed.key_id)).expect("rotations").rotations;
    assert_eq!(rotations.len(), 2);
    let opened = ebs(0).send(Decrypt::default().ciphertext_blob(sealed.ciphertext_blob)).expect("a plaintext");
    assert_eq!(opened.plaintext.as_deref(), Some(&b"volume".to_vec()));
}

#[test]
fn an_alias_that_was_never_used_changes_nothing_when_a_call_is_refused() {
    let world = world();
    let before = world.changes(0).entries.len();
    let s3 = via(&world, "s3.amazonaws.com", "111122223333");
    let refused = s3.send(Encrypt::new("alias/aws/s3", b"x").dry_run(true));
    assert_eq!(exception(refused), Some(Exception::DryRunOperationException));
    assert_eq!(world.changes(0).entries.len(), before);
}
