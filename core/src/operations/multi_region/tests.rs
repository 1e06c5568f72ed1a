//! Related keys in worlds with lags, and in strict ones.

use crate::{
    Options,
    crypto::CryptoProvider,
    error::Error,
    time::{Span, Time},
    wire::Value,
    world::World,
};

const START: Time = Time::from_millis(1_800_000_000_000);
const HOME: &str = "us-east-1";
const AWAY: &str = "eu-west-1";

/// A world, and a multi-Region key in it.
struct Set {
    world: World,
    key: String,
}

fn set(settings: &[(&str, Value)]) -> Set {
    set_in(HOME, settings)
}

fn set_in(region: &str, settings: &[(&str, Value)]) -> Set {
    let options = Options { seed: Some(b"related".to_vec().into()), now: Some(START), ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [0; 32]);
    let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    world.set(&settings, START).expect("settings");
    let made = world.call("CreateKey", Value::from([("MultiRegion", Value::Bool(true))]), Some(region), None, START);
    let made = made.reply.expect("a key");
    let key = made.member("KeyMetadata").and_then(|data| data.member("KeyId")).and_then(Value::as_text);
    Set { world, key: key.expect("an id").to_owned() }
}

impl Set {
    fn call(&self, region: &str, operation: &str, more: &[(&str, Value)]) -> Result<Value, Error> {
        let named = more.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        let input = named.chain([("KeyId".to_owned(), Value::from(self.key.as_str()))]).collect();
        self.world.call(operation, input, Some(region), None, START).reply
    }

    fn replicate(&self, from: &str, to: &str) -> Result<Value, Error> {
        self.call(from, "ReplicateKey", &[("ReplicaRegion", Value::from(to))])
    }

    fn move_to(&self, from: &str, to: &str) -> Result<Value, Error> {
        self.call(from, "UpdatePrimaryRegion", &[("PrimaryRegion", Value::from(to))])
    }

    fn encrypt(&self, region: &str) -> Result<Value, Error> {
        self.call(region, "Encrypt", &[("Plaintext", Value::Blob(b"x".to_vec()))])
    }

    /// The state of a key and its role.
    fn shown(&self, region: &str) -> (String, String) {
        let reply = self.call(region, "DescribeKey", &[]).expect("metadata");
        let data = reply.member("KeyMetadata").expect("metadata");
        let text = |value: Option<&Value>| value.and_then(Value::as_text).expect("a text").to_owned();
        let enabled = data.member("Enabled") == Some(&Value::Bool(true));
        let state = text(data.member("KeyState"));
        assert_eq!(enabled, state == "Enabled");
        let set = data.member("MultiRegionConfiguration");
        (state, text(set.and_then(|set| set.member("MultiRegionKeyType"))))
    }

    fn state(&self, region: &str) -> String {
        self.shown(region).0
    }

    fn wait(&self, millis: i64) {
        self.world.advance(Span::from_millis(millis), START).expect("a time that the clock reaches");
    }
}

/// The name of the exception and the end of its sentence, behind the ARN.
fn refusal(reply: Result<Value, Error>) -> (&'static str, String) {
    let error = reply.expect_err("a refusal");
    let sentence = error.message.unwrap_or_default();
    (error.exception.name(), sentence.split_once(' ').map_or(sentence.clone(), |(_, end)| end.to_owned()))
}

/// The lag of replicas alone: in the profile `aws` a new key is not found at once, either.
fn slow_replicas() -> [(&'static str, Value); 1] {
    [("lag/replica-creating", Value::Int(60_000))]
}

#[test]
fn a_replica_is_created_for_as_long_as_the_lag_is() {
    // LIF-474.
    let set = set(&slow_replicas());
    set.replicate(HOME, AWAY).expect("a replica");
    set.wait(59_999);
    assert_eq!(set.state(AWAY), "Creating");
    for reply in [set.encrypt(AWAY), set.call(AWAY, "DisableKey", &[]), set.move_to(HOME, AWAY)] {
        assert_eq!(refusal(reply), ("KMSInvalidStateException", "is creating.".to_owned()));
    }
    let role = ("UnsupportedOperationException", "is not a multi-region primary key.".to_owned());
    assert_eq!(refusal(set.replicate(AWAY, "eu-west-2")), role, "LIF-475");
    let tag = Value::from([("TagKey", Value::from("a")), ("TagValue", Value::from("b"))]);
    set.call(AWAY, "TagResource", &[("Tags", Value::List(vec![tag]))]).expect("a tag");
    set.encrypt(HOME).expect("a ciphertext of the primary key");
    set.wait(1);
    assert_eq!(set.state(AWAY), "Enabled");
    set.encrypt(AWAY).expect("a ciphertext");
}

#[test]
fn deletion_hides_that_a_replica_is_created() {
    // LIF-474, LIF-239.
    let set = set(&slow_replicas());
    set.replicate(HOME, AWAY).expect("a replica");
    set.call(AWAY, "ScheduleKeyDeletion", &[]).expect("a schedule");
    assert_eq!(set.state(AWAY), "PendingDeletion");
    set.wait(59_000);
    set.call(AWAY, "CancelKeyDeletion", &[]).expect("no schedule");
    assert_eq!(set.state(AWAY), "Creating");
    set.wait(1_000);
    assert_eq!(set.state(AWAY), "Disabled");
}

#[test]
fn both_keys_are_updating_while_the_primary_region_changes() {
    // LIF-486, LIF-224, LIF-225.
    let set = set(&[("lag/primary-update", Value::Int(10_000))]);
    set.replicate(HOME, AWAY).expect("a replica");
    set.replicate(HOME, "ap-south-1").expect("another one");
    set.move_to(HOME, AWAY).expect("a new primary key");
    set.wait(9_999);
    for region in [HOME, AWAY] {
        assert_eq!(set.shown(region), ("Updating".to_owned(), "REPLICA".to_owned()));
        set.encrypt(region).expect("a ciphertext");
        for operation in ["DisableKey", "ScheduleKeyDeletion"] {
            let updating = ("KMSInvalidStateException", "is updating.".to_owned());
            assert_eq!(refusal(set.call(region, operation, &[])), updating, "{operation}");
        }
        let role = ("KMSInvalidStateException", "is not a multi-Region primary key.".to_owned());
        assert_eq!(refusal(set.move_to(region, "ap-south-1")), role);
    }
    let role = ("UnsupportedOperationException", "is not a multi-region primary key.".to_owned());
    assert_eq!(set.shown("ap-south-1"), ("Enabled".to_owned(), "REPLICA".to_owned()));
    assert_eq!(refusal(set.replicate(HOME, "eu-west-2")), role);
    assert_eq!(refusal(set.replicate(AWAY, "eu-west-2")).1, "is updating.");
    assert_eq!(refusal(set.call(HOME, "RotateKeyOnDemand", &[])), role);
    set.call(AWAY, "RotateKeyOnDemand", &[]).expect("a rotation");
    set.wait(1);
    assert_eq!(set.shown(HOME), ("Enabled".to_owned(), "REPLICA".to_owned()));
    assert_eq!(set.shown(AWAY), ("Enabled".to_owned(), "PRIMARY".to_owned()));
}

#[test]
fn what_happens_in_another_region_is_asked_there() {
    // LIF-201, LIF-220, LIF-266, LIF-268.
    let set = set(&[]);
    let decided = |operation: &str, member: &str, more: &[(&str, Value)]| {
        let input = [("KeyId", Value::from(set.key.as_str())), (member, Value::from(AWAY))];
        let input = input.iter().chain(more).map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let call = set.world.begin(operation, input, Some(HOME), None, START).expect("a call").explained();
        let reply = set.world.finish(&call);
        let asked = reply.trail.decisions.iter().map(|one| format!("{} {}", one.action, one.resource));
        (asked.collect::<Vec<_>>(), reply.trail.authorized, reply.trail.subjects.len(), reply.reply.is_ok())
    };
    let key = |region: &str| format!("arn:aws:kms:{region}:111122223333:key/{}", set.key);
    let tag = Value::from([("TagKey", Value::from("a")), ("TagValue", Value::from("b"))]);
    let mute =
        r#"{"Statement":{"Effect":"Allow","Principal":"*","NotAction":"kms:UpdatePrimaryRegion","Resource":"*"}}"#;
    let more = [("Tags", Value::List(vec![tag])), ("Policy", Value::from(mute))];
    let asked = vec![
        format!("kms:ReplicateKey {}", key(HOME)),
        "kms:CreateKey arn:aws:kms:eu-west-1:111122223333:*".to_owned(),
        "kms:TagResource arn:aws:kms:eu-west-1:111122223333:key/*".to_owned(),
    ];
    assert_eq!(decided("ReplicateKey", "ReplicaRegion", &more), (asked, true, 1, true));
    let asked = [HOME, AWAY].map(|region| format!("kms:UpdatePrimaryRegion {}", key(region))).to_vec();
    assert_eq!(decided("UpdatePrimaryRegion", "PrimaryRegion", &[]), (asked.clone(), false, 1, false));
    let open = mute.replace("NotAction", "Action").replace("UpdatePrimaryRegion", "*");
    set.call(AWAY, "PutKeyPolicy", &[("Policy", Value::from(open.as_str()))]).expect("a policy");
    assert_eq!(decided("UpdatePrimaryRegion", "PrimaryRegion", &[]), (asked, true, 2, true));
}

#[test]
fn a_strict_world_has_the_regions_of_every_account_and_those_that_were_enabled() {
    // LIF-487, LIF-262.
    let closed = |set: &Set, region: &str| {
        let sentence = format!("The replica Region {region} is not available for this key.");
        let error = set.replicate(HOME, region).expect_err(region);
        assert_eq!((error.exception.name(), error.message), ("ValidationException", Some(sentence)));
    };
    let strict = set(&[("strict-regions", Value::Int(1)), ("region/me-south-1@444455556666", Value::Int(1))]);
    strict.replicate(HOME, AWAY).expect("a Region of every account");
    for region in ["af-south-1", "us-east-9", "me-south-1", "cn-north-1"] {
        closed(&strict, region);
    }
    let enabled = Value::from([("region/af-south-1@111122223333", Value::Int(1))]);
    strict.world.set(&enabled, START).expect("a setting");
    strict.replicate(HOME, "af-south-1").expect("a Region that was enabled");
    // A new Region needs no release of this library.
    let open = set(&[("region/me-south-1", Value::Int(0))]);
    open.replicate(HOME, "us-east-9").expect("a Region of which nobody has heard");
    closed(&open, "me-south-1");
    let china = set_in("cn-north-1", &[("strict-regions", Value::Int(1))]);
    china.replicate("cn-north-1", "cn-northwest-1").expect("the other Region of the partition");
}

#[test]
fn a_set_that_rotates_by_its_schedule_opens_everything_everywhere() {
    // LIF-478, LIF-247, LIF-248, LIF-490; and SM4 in China (LIF-70).
    for [home, away, third] in [[HOME, AWAY, "eu-west-2"], ["cn-north-1", "cn-northwest-1", "cn-north-1"]] {
        let set = set_in(home, &[]);
        set.replicate(home, away).expect("a replica");
        set.call(home, "EnableKeyRotation", &[("RotationPeriodInDays", Value::Int(90))]).expect("a schedule");
        let mut blobs = vec![set.encrypt(away).expect("a ciphertext")];
        for days in [90, 90] {
            set.wait(days * 86_400_000);
            blobs.push(set.encrypt(away).expect("a ciphertext"));
        }
        set.call(home, "RotateKeyOnDemand", &[]).expect("a rotation");
        blobs.push(set.encrypt(home).expect("a ciphertext"));
        if third != home {
            set.replicate(home, third).expect("a late replica");
        }
        for region in [home, away, third] {
            let current = set.call(region, "DescribeKey", &[]).expect("metadata");
            let current = current.member("KeyMetadata").and_then(|data| data.member("CurrentKeyMaterialId")).cloned();
            let opened = blobs.iter().map(|blob| {
                let blob = blob.member("CiphertextBlob").expect("a blob").clone();
                let reply = set.call(region, "Decrypt", &[("CiphertextBlob", blob)]).expect("a plaintext");
                assert_eq!(reply.member("Plaintext").and_then(Value::as_bytes), Some(&b"x"[..]));
                reply.member("KeyMaterialId").cloned()
            });
            let opened: Vec<_> = opened.collect();
            assert_eq!(opened.last(), Some(&current), "{region}");
            assert!(opened.iter().enumerate().all(|(place, id)| !opened[..place].contains(id)), "{opened:?}");
        }
    }
}
