//! Grants on a key that has as many as it may have, beside one with ten.

use std::{hint::black_box, time::Instant};

use pocket_kms::{CryptoProvider, Options, World};
use serde_json::json;

use crate::{
    NOW, OWNER, key,
    measure::{Measure, alternately},
    root, value,
};

/// As many grants as a key may have, but for those that are created while it is measured.
const MANY: usize = 50_000 - BATCH as usize;
const FEW: usize = 10;
/// How many grants are created, and then revoked, at once.
const BATCH: u16 = 200;
/// Windows of each side, which take turns.
const WINDOWS: usize = 51;
/// What many grants may cost beside few.
const LIMIT: f64 = 1.5;

/// A key with grants, and something to decrypt by one of them.
struct Granted {
    world: World,
    key: String,
    decrypt: pocket_kms::Value,
}

const GRANTEE: &str = "arn:aws:iam::111122223333:user/grantee";

impl Granted {
    fn new(count: usize) -> Self {
        let world = World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [9; 32]);
        let key = key(&world);
        let directory = json!({ "principals": { GRANTEE: {}, "arn:aws:iam::111122223333:user/other": {} } });
        world.register(&value(&directory), NOW).expect("a directory");
        let sealed = root(&world, "Encrypt", &json!({ "KeyId": key, "Plaintext": "eA==" }));
        let decrypt = value(&json!({ "KeyId": key, "CiphertextBlob": sealed["CiphertextBlob"] }));
        let granted = Self { world, key, decrypt };
        for number in 0..count {
            // The grant that is used stands in the middle.
            granted.create(if number == count / 2 { "grantee" } else { "other" });
        }
        granted
    }

    fn create(&self, to: &str) -> String {
        let grantee = format!("arn:aws:iam::{OWNER}:user/{to}");
        let input = json!({ "KeyId": self.key, "GranteePrincipal": grantee, "Operations": ["Decrypt"] });
        root(&self.world, "CreateGrant", &input)["GrantId"].as_str().expect("an id").to_owned()
    }

    fn decrypt(&self) {
        let reply = self.world.call("Decrypt", self.decrypt.clone(), None, Some(GRANTEE), NOW).reply;
        assert!(black_box(reply).is_ok());
    }

    /// Microseconds that it takes to create a grant, and to revoke one.
    fn turn(&self) -> [f64; 2] {
        let each = |begun: Instant| begun.elapsed().as_secs_f64() * 1e6 / f64::from(BATCH);
        let begun = Instant::now();
        let ids: Vec<String> = (0..BATCH).map(|_| self.create("other")).collect();
        let created = each(begun);
        let begun = Instant::now();
        for id in &ids {
            root(&self.world, "RevokeGrant", &json!({ "KeyId": self.key, "GrantId": id }));
        }
        [created, each(begun)]
    }
}

pub(crate) fn measure() {
    let (many, few) = (Granted::new(MANY), Granted::new(FEW));
    let (ours, theirs) = alternately(|| many.decrypt(), || few.decrypt());
    beside("Decrypt by one of 50,000 grants on a key", ours, theirs);
    let turns: Vec<[[f64; 2]; 2]> = (0..WINDOWS).map(|_| [many.turn(), few.turn()]).collect();
    for (at, name) in ["CreateGrant", "RevokeGrant"].into_iter().enumerate() {
        let [ours, theirs] = [0, 1].map(|side| median(turns.iter().map(|turn| turn[side][at]).collect()));
        beside(&format!("{name} on a key with 50,000 grants"), ours, theirs);
    }
}

fn beside(what: &str, ours: f64, theirs: f64) {
    Measure { what, ours, unit: "µs", beside: "with 10", theirs: Some(theirs), at_most: Some(LIMIT) }.print();
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
