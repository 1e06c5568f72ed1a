//! A request as programs make them: to a key whose policy, grants and callers are those of a real account.

use std::hint::black_box;

use pocket_kms::{CryptoProvider, Options, World};
use serde_json::{Value, json};

use crate::{
    ALICE, NOW, OWNER, key,
    measure::{Measure, alternately},
    root, value,
};

/// Microseconds that a realistic request may take.
const LIMIT: f64 = 4.0;

fn world() -> World {
    World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [9; 32])
}

/// Alice describes a key: its policy of six statements leaves it to four identity policies and a boundary, beside twenty
/// grants to others.
pub(crate) fn measure() {
    let world = world();
    let key = key(&world);
    let directory = directory(&key);
    world.register(&value(&directory), NOW).expect("a directory");
    for number in 0..20 {
        let grantee = format!("arn:aws:iam::{OWNER}:role/Worker{}", number % 5);
        let constraints = json!({ "EncryptionContextSubset": { "order": number.to_string() } });
        let input = json!({ "KeyId": key, "GranteePrincipal": grantee, "Operations": ["Decrypt", "DescribeKey"],
            "Constraints": constraints });
        root(&world, "CreateGrant", &input);
    }
    put(&world, &key, &policy());
    let input = value(&json!({ "KeyId": key }));
    let call = || {
        let reply = world.call("DescribeKey", black_box(input.clone()), None, Some(ALICE), NOW).reply;
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

fn document(statements: &[Value]) -> Value {
    json!({ "Version": "2012-10-17", "Statement": statements })
}

fn policy() -> Value {
    let role = |name: &str| format!("arn:aws:iam::{OWNER}:role/{name}");
    let root = format!("arn:aws:iam::{OWNER}:root");
    document(&[
        json!({ "Sid": "Enable IAM policies", "Effect": "Allow", "Principal": { "AWS": root }, "Action": "kms:*", "Resource": "*" }),
        json!({ "Sid": "Administrators", "Effect": "Allow", "Principal": { "AWS": [role("Admin"), role("Security")] },
            "Action": ["kms:Create*", "kms:Describe*", "kms:Enable*", "kms:List*", "kms:Put*", "kms:Update*", "kms:Revoke*",
                "kms:Disable*", "kms:Get*", "kms:Delete*", "kms:ScheduleKeyDeletion", "kms:CancelKeyDeletion"], "Resource": "*" }),
        json!({ "Sid": "Users", "Effect": "Allow", "Principal": { "AWS": role("Worker0") },
            "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"], "Resource": "*" }),
        json!({ "Sid": "Attachment", "Effect": "Allow", "Principal": { "AWS": role("Worker0") },
            "Action": ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"], "Resource": "*",
            "Condition": { "Bool": { "kms:GrantIsForAWSResource": true } } }),
        json!({ "Sid": "Logs", "Effect": "Allow", "Principal": { "Service": "logs.us-east-1.amazonaws.com" },
            "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:GenerateDataKey*", "kms:Describe*"], "Resource": "*",
            "Condition": { "ArnLike": { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:111122223333:*" } } }),
        json!({ "Sid": "TLS", "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*",
            "Condition": { "Bool": { "aws:SecureTransport": "false" } } }),
    ])
}

/// Alice and the workers, with four policies and a boundary of hers.
fn directory(key: &str) -> Value {
    let statement =
        |action: Value, resource: Value| json!({ "Effect": "Allow", "Action": action, "Resource": resource });
    let boundary = format!("arn:aws:iam::{OWNER}:policy/Boundary");
    let mut principals = json!({ ALICE: {
        "tags": { "team": "blue" }, "permissionsBoundary": boundary,
        "policies": [
            document(&[statement(json!(["s3:GetObject", "s3:PutObject"]), json!("arn:aws:s3:::orders/*"))]),
            document(&[statement(json!(["kms:ListAliases", "kms:ListKeys"]), json!("*")),
                statement(json!("kms:CreateAlias"), json!("arn:aws:kms:us-east-1:111122223333:alias/orders-*"))]),
            document(&[statement(json!(["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"]), json!(key))]),
            document(&[json!({ "Effect": "Deny", "Action": ["kms:ScheduleKeyDeletion", "kms:PutKeyPolicy"], "Resource": "*" })]),
        ],
    } });
    for name in ["Admin", "Security", "Worker0", "Worker1", "Worker2", "Worker3", "Worker4"] {
        principals[format!("arn:aws:iam::{OWNER}:role/{name}")] = json!({});
    }
    let allows = document(&[statement(json!(["kms:*", "s3:*", "logs:*"]), json!("*"))]);
    json!({ "principals": principals, "policies": { boundary: allows } })
}
