//! Imported multi-Region keys: each holds material for itself, and the set knows what all of them hold.

use super::*;

const NEW: &str = "NEW_KEY_MATERIAL";
const EXISTING: &str = "EXISTING_KEY_MATERIAL";
const WAITS: &str = "PENDING_ROTATION IMPORTED";
const WAITS_FOR_ALL: &str = "PENDING_MULTI_REGION_IMPORT_AND_ROTATION IMPORTED";
const LACKS: &str = "PENDING_MULTI_REGION_IMPORT_AND_ROTATION PENDING_IMPORT";

/// A primary key and two replicas, which all have material of sevens.
struct Set {
    desks: [Desk; 3],
    parcels: [Parcel; 3],
    key: String,
}

fn replicate(desk: &Desk, key: &str, region: &str) -> Result<Value, Error> {
    desk.call("ReplicateKey", [("KeyId", Value::from(key)), ("ReplicaRegion", Value::from(region))])
}

impl Set {
    fn new() -> Self {
        let home = desk();
        let input = [("Origin", Value::from("EXTERNAL")), ("MultiRegion", Value::Bool(true))];
        let made = home.call("CreateKey", input).expect("a key");
        let key = member(member(&made, "KeyMetadata"), "KeyId").as_text().expect("an id").to_owned();
        let refused_early = refused(replicate(&home, &key, "eu-west-1"));
        assert_eq!(refused_early.0, Exception::KMSInvalidStateException, "a replica of nothing");
        home.import(&key, &home.parcel(&key), &[7; 32]).expect("an import");
        let desks = ["us-east-1", "eu-west-1", "eu-west-2"].map(|region| home.there(region));
        for desk in &desks[1..] {
            replicate(&home, &key, desk.region).expect("a replica");
            assert_eq!(desk.state(&key), "PendingImport");
            assert_eq!(desk.materials(&key), ["CURRENT PENDING_IMPORT"]);
        }
        let parcels = [0, 1, 2].map(|at| desks[at].parcel(&key));
        let set = Self { desks, parcels, key };
        for at in [1, 2] {
            set.import(at, 7, EXISTING).expect("the same material");
            assert_eq!(set.desks[at].state(&set.key), "Enabled");
        }
        set
    }

    fn import(&self, at: usize, byte: u8, import_type: &str) -> Result<String, Error> {
        self.desks[at].import_as(&self.key, &self.parcels[at], byte, import_type)
    }

    /// How the last material stands in each Region.
    fn last(&self) -> [String; 3] {
        [0, 1, 2].map(|at| self.desks[at].materials(&self.key).pop().expect("a material"))
    }

    fn states(&self) -> [String; 3] {
        [0, 1, 2].map(|at| self.desks[at].state(&self.key))
    }
}

#[test]
fn a_set_rotates_when_all_its_keys_have_the_new_material() {
    let set = Set::new();
    let old = set.desks[1].encrypt(&set.key).expect("a ciphertext");
    let id = set.import(0, 8, NEW).expect("new material");
    assert_eq!(set.last(), [WAITS_FOR_ALL, LACKS, LACKS]);
    assert_eq!(set.import(1, 8, EXISTING), Ok(id.clone()));
    let arn = member(&set.desks[0].describe(&set.key), "Arn").as_text().expect("an ARN").to_owned();
    let sentence = format!("No available key material pending rotation for the key: {arn}.");
    assert_eq!(refused(set.desks[0].rotate(&set.key)), (Exception::KMSInvalidStateException, Some(sentence)));
    assert_eq!(set.import(2, 8, EXISTING), Ok(id.clone()));
    assert_eq!(set.last(), [WAITS; 3]);
    set.desks[0].rotate(&set.key).expect("a rotation");
    assert_eq!(set.last(), ["CURRENT IMPORTED"; 3]);
    let new = set.desks[2].encrypt(&set.key).expect("a ciphertext");
    for desk in &set.desks {
        assert_eq!(member(&desk.describe(&set.key), "CurrentKeyMaterialId").as_text(), Some(id.as_str()));
        assert!(desk.decrypt(&old).is_ok() && desk.decrypt(&new).is_ok());
    }
}

#[test]
fn a_replica_gets_new_material_and_descriptions_from_its_primary_key() {
    let set = Set::new();
    let [_, there, _] = &set.desks;
    let arn = member(&there.describe(&set.key), "Arn").as_text().expect("an ARN").to_owned();
    let unsupported = |text: &str| (Exception::UnsupportedOperationException, Some(format!("{arn} {text}")));
    let new = set.import(1, 8, NEW).map(|_| Value::Null);
    let sentence = "is a multi-Region replica key. Import new key material into its primary key first";
    assert_eq!(refused(new), unsupported(sentence));
    let described = |at: usize, text: &str| {
        let more = [("KeyMaterialDescription", Value::from(text)), (FOREVER.0, Value::from(FOREVER.1))];
        let Parcel { token, .. } = &set.parcels[at];
        set.desks[at].send(&set.key, token, &set.parcels[at].wrap(&[7; 32]), more)
    };
    let sentence = "is a multi-Region replica key. Set KeyMaterialDescription on its primary key";
    assert_eq!(refused(described(1, "the vault")), unsupported(sentence));
    let unknown = set.import(1, 8, EXISTING).map(|_| Value::Null);
    assert_eq!(refused(unknown), silent(Exception::IncorrectKeyMaterialException));
    described(0, "the vault").expect("a description");
    assert_eq!(member(&there.entries(&set.key)[0], "KeyMaterialDescription").as_text(), Some("the vault"));
}

#[test]
fn a_copy_that_a_replica_loses_is_waited_for_and_what_the_primary_loses_is_forgotten() {
    let set = Set::new();
    let id = set.import(0, 8, NEW).expect("new material");
    for at in [1, 2] {
        set.import(at, 8, EXISTING).expect("the same material");
    }
    set.desks[2].delete_one(&set.key, &id).expect("a deletion");
    assert_eq!(set.last(), [WAITS_FOR_ALL, WAITS_FOR_ALL, LACKS]);
    assert_eq!(set.states(), ["Enabled"; 3]);
    set.desks[2].delete_one(&set.key, &id).expect("nothing to delete");
    set.import(2, 8, EXISTING).expect("the same material");
    assert_eq!(set.last(), [WAITS; 3]);
    set.desks[0].delete_one(&set.key, &id).expect("a deletion");
    assert_eq!(set.last(), ["CURRENT IMPORTED"; 3]);
    assert_eq!(set.states(), ["Enabled"; 3]);
    assert_eq!(refused(set.desks[1].delete_one(&set.key, &id)).0, Exception::NotFoundException);
    let stays = set.import(1, 8, EXISTING).map(|_| Value::Null);
    assert_eq!(refused(stays), silent(Exception::IncorrectKeyMaterialException));
}

#[test]
fn expiry_in_a_region_is_as_deletion_there() {
    let set = Set::new();
    let send = |at: usize, days| {
        let (desk, parcel) = (&set.desks[at], &set.parcels[at]);
        let more = [
            ("ValidTo", Value::Time(START.after(Span::from_days(days)))),
            ("ImportType", Value::from(if at == 0 { NEW } else { EXISTING })),
        ];
        desk.send(&set.key, &parcel.token, &parcel.wrap(&[8; 32]), more).expect("an import");
    };
    for (at, days) in [(0, 20), (1, 10), (2, 30)] {
        send(at, days);
    }
    let desk = &set.desks[0];
    desk.wait(10 * DAY);
    assert_eq!(set.last(), [WAITS_FOR_ALL, LACKS, WAITS_FOR_ALL]);
    desk.wait(10 * DAY);
    assert_eq!(
        (set.last(), set.states()),
        (["CURRENT IMPORTED"; 3].map(String::from), ["Enabled"; 3].map(String::from))
    );
    assert_eq!(desk.world.next_deadline(), None, "the copy of the last replica is gone as well");
}

#[test]
fn each_related_key_waits_for_material_of_its_own() {
    let set = Set::new();
    let blob = set.desks[0].encrypt(&set.key).expect("a ciphertext");
    set.desks[0].delete(&set.key).expect("a deletion");
    assert_eq!(set.states(), ["PendingImport", "Enabled", "Enabled"]);
    assert_eq!(refused(set.desks[0].decrypt(&blob)).0, Exception::KMSInvalidStateException);
    assert!(set.desks[1].decrypt(&blob).is_ok());
    set.import(0, 7, EXISTING).expect("the same material");
    assert!(set.desks[0].decrypt(&blob).is_ok());
}

#[test]
fn a_later_replica_lacks_everything_and_makes_the_others_wait() {
    let set = Set::new();
    set.import(0, 8, NEW).expect("new material");
    for at in [1, 2] {
        set.import(at, 8, EXISTING).expect("the same material");
    }
    assert_eq!(set.last(), [WAITS; 3]);
    replicate(&set.desks[0], &set.key, "eu-west-3").expect("a replica");
    assert_eq!(set.last(), [WAITS_FOR_ALL; 3]);
    let late = set.desks[0].there("eu-west-3");
    assert_eq!(late.materials(&set.key), ["CURRENT PENDING_IMPORT", LACKS]);
    assert_eq!(late.state(&set.key), "PendingImport");
    let parcel = late.parcel(&set.key);
    late.import_as(&set.key, &parcel, 7, EXISTING).expect("the current material");
    assert_eq!(late.state(&set.key), "Enabled", "what waits is not needed yet");
    late.import_as(&set.key, &parcel, 8, EXISTING).expect("what waits");
    assert_eq!(set.last(), [WAITS; 3]);
}

#[test]
fn a_new_primary_key_takes_what_waits_as_existing_material() {
    let set = Set::new();
    let id = set.import(0, 8, NEW).expect("new material");
    let input = [("KeyId", Value::from(set.key.as_str())), ("PrimaryRegion", Value::from("eu-west-1"))];
    set.desks[0].call("UpdatePrimaryRegion", input).expect("a new primary key");
    assert_eq!(set.last(), [WAITS_FOR_ALL, LACKS, LACKS]);
    let known = set.import(1, 8, NEW).map(|_| Value::Null);
    assert_eq!(refused(known), silent(Exception::IncorrectKeyMaterialException));
    for at in [1, 2] {
        assert_eq!(set.import(at, 8, EXISTING), Ok(id.clone()));
    }
    set.desks[1].rotate(&set.key).expect("a rotation");
    assert_eq!(set.last(), ["CURRENT IMPORTED"; 3]);
}

#[test]
fn related_key_pairs_are_one_pair_in_each_region() {
    let home = desk();
    let input = [("KeySpec", "ECC_NIST_P256"), ("KeyUsage", "SIGN_VERIFY"), ("Origin", "EXTERNAL")];
    let [spec, usage, origin] = input.map(|(name, text)| (name, Value::from(text)));
    let made = home.call("CreateKey", [spec, usage, origin, ("MultiRegion", Value::Bool(true))]).expect("a key");
    let key = member(member(&made, "KeyMetadata"), "KeyId").as_text().expect("an id").to_owned();
    let pair = material(MaterialKind::P256);
    home.import(&key, &home.parcel(&key), &pair).expect("an import");
    replicate(&home, &key, "eu-west-1").expect("a replica");
    let there = home.there("eu-west-1");
    let (message, algorithm) = (Value::Blob(b"m".to_vec()), Value::from("ECDSA_SHA_256"));
    let sign = || {
        let key_id = Value::from(key.as_str());
        there.call("Sign", [("KeyId", key_id), ("Message", message.clone()), ("SigningAlgorithm", algorithm.clone())])
    };
    assert_eq!(refused(sign()).0, Exception::KMSInvalidStateException);
    let parcel = there.parcel(&key);
    let other = Material::generate(MaterialKind::P256, &CryptoProvider::default(), &mut Random::from_entropy(&[5; 32]));
    let reply = there.import(&key, &parcel, other.expect("a key").expose());
    assert_eq!(refused(reply), silent(Exception::IncorrectKeyMaterialException));
    there.import(&key, &parcel, &pair).expect("the same pair");
    let signature = member(&sign().expect("a signature"), "Signature").clone();
    let input =
        [("KeyId", Value::from(key.as_str())), ("Message", message.clone()), ("SigningAlgorithm", algorithm.clone())];
    let [key_id, message, algorithm] = input;
    let verified = home.call("Verify", [key_id, message, algorithm, ("Signature", signature)]).expect("a verdict");
    assert_eq!(member(&verified, "SignatureValid"), &Value::Bool(true));
    home.delete(&key).expect("a deletion");
    assert_eq!(there.state(&key), "Enabled");
}

#[test]
fn a_replica_that_loses_its_copy_while_the_set_rotates_waits_for_it() {
    let set = Set::new();
    let id = set.import(0, 8, NEW).expect("new material");
    for at in [1, 2] {
        set.import(at, 8, EXISTING).expect("the same material");
    }
    set.desks[0].set("lag/on-demand-rotation", 5);
    set.desks[0].rotate(&set.key).expect("a rotation");
    set.desks[1].delete_one(&set.key, &id).expect("a deletion");
    assert_eq!(set.states(), ["Enabled"; 3]);
    set.desks[0].wait(5_000);
    assert_eq!(set.last(), ["CURRENT IMPORTED", "CURRENT PENDING_IMPORT", "CURRENT IMPORTED"]);
    assert_eq!(set.states(), ["Enabled", "PendingImport", "Enabled"]);
}
