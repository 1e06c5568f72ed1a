//! A request as programs make them: to a key whose policy, grants and callers are those of a real account.

use std::hint::black_box;

use pocket_kms::{CryptoProvider, Options, World};
use serde_json::{Value, json};

use crate::{
    ALICE, NOW, key,
    measure::{Measure, alternately},
    root, value,
};

/// Microseconds that a realistic request may take.
const LIMIT: f64 = 4.0;

/// A world that records no calls: what telling costs is measured for itself.
fn world() -> World {
    let mut options = Options { now: Some(NOW), ..Options::default() };
    options.audit.kept = 0;
    World::new(options, CryptoProvider::default(), [9; 32])
}

/// A caller describes a key: its policy of six statements leaves it to four identity policies and a boundary, beside
/// twenty grants to others. The bench of WebAssembly measures the same.
pub(crate) fn measure() {
    const REQUEST: &str = include_str!("../../vectors/realistic-request.json");
    let world = world();
    let key = key(&world);
    let request: Value = serde_json::from_str(&REQUEST.replace("KEY", &key)).expect("the request is JSON");
    world.register(&value(&request["directory"]), NOW).expect("a directory");
    for grant in request["grants"].as_array().expect("grants") {
        root(&world, "CreateGrant", grant);
    }
    put(&world, &key, &request["keyPolicy"]);
    let (input, caller) = (value(&json!({ "KeyId": key })), request["caller"].as_str());
    let call = || {
        let reply = world.call("DescribeKey", black_box(input.clone()), None, caller, NOW).reply;
        assert!(black_box(reply).is_ok());
    };
    let (ours, _) = alternately(call, || ());
    let what = "DescribeKey: 6 statements, 4 identity policies, boundary, 20 grants";
    Measure { what, ours, unit: "µs", at_most: Some(LIMIT), ..Measure::default() }.print();
}

/// A key policy of eight times as many statements takes eight times as long, each statement of both about the caller.
pub(crate) fn measure_length() {
    let times = |statements: usize| {
        let world = world();
        let key = key(&world);
        let own = (0..statements).map(|number| {
            let condition = json!({ "StringLike": { "aws:PrincipalTag/team": format!("team-{number}") } });
            json!({ "Effect": "Allow", "Principal": { "AWS": ALICE }, "Action": "kms:Describe*", "Resource": "*",
                "Condition": condition })
        });
        let last = json!({ "Effect": "Allow", "Principal": "*", "Action": "kms:DescribeKey", "Resource": "*" });
        put(&world, &key, &json!({ "Version": "2012-10-17", "Statement": own.chain([last]).collect::<Vec<_>>() }));
        (world, value(&json!({ "KeyId": key })))
    };
    let (few, many) = (times(16), times(128));
    let call = |(world, input): &(World, pocket_kms::Value)| {
        assert!(world.call("DescribeKey", input.clone(), None, Some(ALICE), NOW).reply.is_ok());
    };
    let (ours, theirs) = alternately(|| call(&many), || call(&few));
    let beside = "8 times one of 16";
    let what = "DescribeKey under a key policy of 128 statements";
    Measure { what, ours, unit: "µs", beside, theirs: Some(8.0 * theirs), at_most: Some(1.1) }.print();
}

fn put(world: &World, key: &str, policy: &Value) {
    let input = json!({ "KeyId": key, "Policy": policy.to_string(), "BypassPolicyLockoutSafetyCheck": true });
    root(world, "PutKeyPolicy", &input);
}
