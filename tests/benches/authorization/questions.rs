//! Questions: who can decrypt with a key, in a world of ten thousand principals and a thousand policies, and whether a key with the
//! longest policy is exposed.

use std::{hint::black_box, time::Instant};

use pocket_kms::{CryptoProvider, Options, Value, World};
use serde_json::{Map, json};

use crate::{NOW, OWNER, key, measure::Measure, root, value};

const PRINCIPALS: usize = 10_000;
const POLICIES: usize = 1_000;
/// The most that each may take, in milliseconds.
const LIMITS: [f64; 2] = [200.0, 50.0];

pub(crate) fn measure() {
    let (world, key) = crowd();
    let who = json!({ "question": "who_can", "action": "kms:Decrypt", "key": key });
    let told = milliseconds(|| {
        let answer = world.ask(&value(&who), NOW).expect("an answer");
        assert!(black_box(answer).member("principals").is_some());
    });
    row("who_can over 10,000 principals and 1,000 policies", told, LIMITS[0]);
    let (world, key) = long_policy();
    let exposure = json!({ "question": "exposure", "key": key });
    let told = milliseconds(|| {
        let answer = world.ask(&value(&exposure), NOW).expect("an answer");
        assert_eq!(black_box(answer).member("exposed").and_then(Value::as_text), Some("no"));
    });
    row("exposure of a policy of 32 KiB", told, LIMITS[1]);
}

fn row(what: &str, milliseconds: f64, limit: f64) {
    Measure { what, ours: milliseconds, unit: "ms", at_most: Some(limit), ..Measure::default() }.print();
}

/// The median of some runs.
fn milliseconds(run: impl Fn()) -> f64 {
    let mut times: Vec<f64> = (0..11)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn world() -> (World, String) {
    let world = World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [9; 32]);
    let key = key(&world);
    (world, key)
}

/// Many principals with some of many policies, of which a tenth is about keys.
fn crowd() -> (World, String) {
    let (world, key) = world();
    let policy = |number: usize| format!("arn:aws:iam::{OWNER}:policy/P{number}");
    let mut policies = Map::new();
    for number in 0..POLICIES {
        let (action, condition) = match number % 10 {
            0 => ("kms:Decrypt", json!({ "StringEquals": { "kms:EncryptionContext:tenant": format!("t{number}") } })),
            1 => ("kms:DescribeKey", json!({})),
            _ => ("s3:GetObject", json!({})),
        };
        let statement = json!({ "Effect": "Allow", "Action": action, "Resource": "*", "Condition": condition });
        policies.insert(policy(number), json!({ "Version": "2012-10-17", "Statement": [statement] }));
    }
    world.register(&value(&json!({ "policies": policies })), NOW).expect("policies");
    for hundred in 0..PRINCIPALS / 100 {
        let principals = (hundred * 100..(hundred + 1) * 100).map(|number| {
            let own: Vec<String> = (0..5).map(|step| policy((number * 7 + step * 131) % POLICIES)).collect();
            let kind = if number % 2 == 0 { "user" } else { "role" };
            (format!("arn:aws:iam::{OWNER}:{kind}/n{number}"), json!({ "managedPolicies": own }))
        });
        let principals: Map<_, _> = principals.collect();
        world.register(&value(&json!({ "principals": principals })), NOW).expect("principals");
    }
    (world, key)
}

/// A key whose policy is as long as it may be, names many accounts inside and out, and lets nobody in from outside.
fn long_policy() -> (World, String) {
    let (world, key) = world();
    let mut statements = vec![
        json!({ "Effect": "Allow", "Principal": { "AWS": OWNER }, "Action": "kms:*", "Resource": "*" }),
        json!({ "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*",
            "Condition": { "StringNotEquals": { "kms:CallerAccount": OWNER } } }),
    ];
    for number in 0_u64.. {
        let account = 200_000_000_000 + number;
        statements.push(json!({ "Effect": "Allow", "Principal": { "AWS": account.to_string() }, "Action": "kms:Decrypt",
            "Resource": "*", "Condition": { "StringLike": { "kms:EncryptionContext:tenant": format!("t{number}-*") } } }));
        if json!({ "Statement": statements }).to_string().len() > 32_000 {
            statements.pop();
            break;
        }
    }
    let policy = json!({ "Statement": statements }).to_string();
    root(&world, "PutKeyPolicy", &json!({ "KeyId": key, "Policy": policy }));
    (world, key)
}
