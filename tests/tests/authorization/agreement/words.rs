//! The grammar of the documents of scenes: every element and operator of the language, about few things, so that
//! statements and requests meet.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{requests::Who, world::base};

/// For which layer a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    Key,
    Identity,
    Boundary,
    Session,
    ServiceControl,
    ResourceControl,
    Endpoint,
}

/// To whom grants are given: users, roles, sessions, accounts and services.
pub(super) const GRANTEES: [&str; 7] = [
    "arn:aws:iam::111122223333:user/team/alice",
    "arn:aws:iam::111122223333:role/app/App",
    "arn:aws:sts::111122223333:assumed-role/App/one",
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::444455556666:user/bob",
    "arn:aws:iam::444455556666:root",
    "dynamodb.amazonaws.com",
];

/// The operations that a mask of six bits chooses from.
pub(super) const OPERATIONS: [&str; 6] =
    ["Decrypt", "Encrypt", "CreateGrant", "RetireGrant", "DescribeKey", "ReEncryptFrom"];

/// The masks of the operations of a grant, which is not for CreateGrant alone.
pub(super) fn masks() -> impl Strategy<Value = u8> {
    const CREATE: u8 = 1 << 2;
    (1_u8..64).prop_map(|mask| if mask == CREATE { CREATE | 1 } else { mask })
}

/// A constraint of a grant: its kind, and its pairs.
pub(super) type Constraint = (&'static str, &'static [(&'static str, &'static str)]);

/// The constraints of grants.
pub(super) const CONSTRAINTS: [Constraint; 5] = [
    ("", &[]),
    ("EncryptionContextEquals", &[("dept", "it")]),
    ("EncryptionContextSubset", &[("dept", "it")]),
    ("EncryptionContextSubset", &[("dept", "it"), ("user", "alice")]),
    ("EncryptionContextEquals", &[("dept", "it"), ("user", "alice")]),
];

const ACTIONS: [&str; 20] = [
    "kms:Decrypt",
    "kms:*",
    "*",
    "kms:De*",
    "KMS:dEcRyPt",
    "kms:?ecrypt",
    "kms:Encrypt",
    "kms:GenerateDataKey*",
    "kms:DescribeKey",
    "kms:ReEncrypt*",
    "kms:ReEncryptFrom",
    "kms:CreateGrant",
    "kms:*Grant",
    "kms:RetireGrant",
    "kms:CreateKey",
    "kms:TagResource",
    "kms:List*",
    "kms:CreateAlias",
    "kms:ScheduleKeyDeletion",
    "s3:*",
];

/// A document of a layer.
pub(super) fn documents(layer: Layer) -> BoxedStrategy<Value> {
    let most = if layer == Layer::Key { 5 } else { 3 };
    let version = prop_oneof![8 => Just(Some("2012-10-17")), 1 => Just(Some("2008-10-17")), 1 => Just(None)];
    (version, prop::collection::vec(statements(layer), 1..most))
        .prop_map(|(version, statements)| match version {
            Some(version) => json!({ "Version": version, "Statement": statements }),
            None => json!({ "Statement": statements }),
        })
        .boxed()
}

fn statements(layer: Layer) -> BoxedStrategy<Value> {
    let effect = match layer {
        Layer::ResourceControl => prop::bool::weighted(0.0),
        _ => prop::bool::weighted(0.75),
    };
    let condition = prop::option::weighted(0.4, conditions(layer));
    (effect, actions(layer), resources(layer), principals(layer), condition)
        .prop_map(
            move |(allows, (not_action, actions), (not_resource, resources), (not_principal, principal), condition)| {
                let mut statement = json!({ "Effect": if allows { "Allow" } else { "Deny" } });
                statement[if not_action { "NotAction" } else { "Action" }] = actions;
                statement[if not_resource { "NotResource" } else { "Resource" }] = resources;
                if has_principals(layer) {
                    // An Allow with NotPrincipal is refused.
                    let excludes = not_principal && !allows && principal.is_object();
                    statement[if excludes { "NotPrincipal" } else { "Principal" }] = principal;
                }
                if let Some(condition) = condition {
                    statement["Condition"] = condition;
                }
                statement
            },
        )
        .boxed()
}

const fn has_principals(layer: Layer) -> bool {
    matches!(layer, Layer::Key | Layer::ResourceControl | Layer::Endpoint)
}

fn actions(layer: Layer) -> BoxedStrategy<(bool, Value)> {
    // A resource control policy has no NotAction, and names its services.
    let (not, first) = if layer == Layer::ResourceControl { (0.0, 3) } else { (0.15, 0) };
    let mut words = ACTIONS.to_vec();
    if first > 0 {
        words.retain(|action| *action != "*");
    }
    let most = 4;
    (prop::bool::weighted(not), prop::collection::vec(prop::sample::select(words), 1..most))
        .prop_map(|(not, actions)| (not, some(&actions)))
        .boxed()
}

fn resources(layer: Layer) -> BoxedStrategy<(bool, Value)> {
    let base = base();
    let account = "arn:aws:kms:us-west-2:111122223333:";
    let mut words = vec!["*".to_owned(), base.key.clone()];
    if layer != Layer::Key {
        words.extend([
            base.other.clone(),
            format!("{account}key/*"),
            format!("{account}*"),
            format!("{account}alias/*"),
            "arn:aws:kms:*:*:key/????????-*".to_owned(),
            "arn:aws:kms:eu-*:111122223333:key/*".to_owned(),
            "arn:aws:kms:us-west-2:${aws:PrincipalAccount}:key/*".to_owned(),
        ]);
    }
    let not = if layer == Layer::Key { 0.05 } else { 0.15 };
    let words = prop_oneof![2 => Just("*".to_owned()), 3 => prop::sample::select(words)];
    (prop::bool::weighted(not), prop::collection::vec(words, 1..3))
        .prop_map(|(not, resources)| (not, some(&resources)))
        .boxed()
}

fn principals(layer: Layer) -> BoxedStrategy<(bool, Value)> {
    if layer == Layer::ResourceControl {
        return Just((false, json!("*"))).boxed();
    }
    let arns = [
        Who::Alice.arn(),
        Who::Session.arn(),
        Who::Root.arn(),
        Who::Root.account(),
        Who::Bob.arn(),
        Who::ForeignRoot.arn(),
        Who::Federated.arn(),
        "arn:aws:iam::111122223333:role/app/App",
        "arn:aws:iam::111122223333:user/carol",
        "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
        "*",
    ];
    let aws = prop::collection::vec(prop::sample::select(arns.to_vec()), 1..3);
    let principal = prop_oneof![
        2 => Just(json!("*")),
        2 => Just(json!({ "AWS": Who::Root.arn() })),
        5 => aws.prop_map(|arns| json!({ "AWS": some(&arns) })),
        1 => Just(json!({ "Service": Who::Service.arn() })),
    ];
    (prop::bool::weighted(0.2), principal).prop_map(|(not, principal)| (not, principal)).boxed()
}

/// One word, or a list of them.
fn some<T: serde::Serialize>(words: &[T]) -> Value {
    if let [word] = words { json!(word) } else { json!(words) }
}

const STRINGS: [&str; 6] = [
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
];
const ARNS: [&str; 4] = ["ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"];
const NUMBERS: [&str; 6] = [
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
];
const DATES: [&str; 6] =
    ["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"];

/// A condition key with the operators that suit it, and values.
#[derive(Debug)]
struct Words {
    key: &'static str,
    operators: &'static [&'static str],
    values: &'static [&'static str],
    several: bool,
}

const fn words(key: &'static str, operators: &'static [&'static str], values: &'static [&'static str]) -> Words {
    Words { key, operators, values, several: false }
}

const fn several(key: &'static str, values: &'static [&'static str]) -> Words {
    Words { key, operators: &STRINGS, values, several: true }
}

static KEYS: [Words; 35] = [
    words(
        "aws:PrincipalArn",
        &ARNS,
        &[
            "arn:aws:iam::111122223333:user/*",
            "arn:aws:iam::*:role/app/App",
            "arn:aws:iam::111122223333:root",
            "arn:aws:iam::111122223333:user/team/${aws:username}",
        ],
    ),
    words("aws:PrincipalAccount", &STRINGS, &["111122223333", "444455556666", "1*"]),
    words("aws:PrincipalType", &STRINGS, &["User", "AssumedRole", "Account", "federateduser"]),
    words("aws:username", &STRINGS, &["alice", "ALICE", "b*", "bob"]),
    words("aws:PrincipalTag/Team", &STRINGS, &["blue", "red", "Blue", "${aws:RequestTag/team}"]),
    words("aws:PrincipalIsAWSService", &["Bool"], &["true", "false"]),
    words("aws:PrincipalOrgID", &STRINGS, &["o-exampleorg1", "o-*", "o-other00000"]),
    words("aws:SecureTransport", &["Bool"], &["true", "false"]),
    words("aws:MultiFactorAuthPresent", &["Bool"], &["true", "false"]),
    words("aws:ViaAWSService", &["Bool"], &["true", "false"]),
    words("aws:CalledViaFirst", &STRINGS, &["s3.amazonaws.com", "ec2.*"]),
    several("aws:CalledVia", &["s3.amazonaws.com", "ec2.amazonaws.com", "s3*"]),
    words("kms:ViaService", &STRINGS, &["s3.us-west-2.amazonaws.com", "*.us-west-2.amazonaws.com"]),
    words(
        "aws:SourceIp",
        &["IpAddress", "NotIpAddress"],
        &["192.0.2.0/24", "203.0.113.9", "2001:db8::/32", "0.0.0.0/0"],
    ),
    words("aws:VpcSourceIp", &["IpAddress", "NotIpAddress"], &["192.0.2.0/24", "203.0.113.0/24"]),
    words("aws:SourceVpce", &STRINGS, &["vpce-1111aaaa", "vpce-*"]),
    words(
        "aws:SourceArn",
        &ARNS,
        &["arn:aws:dynamodb:*:111122223333:table/*", "arn:aws:dynamodb:us-west-2:444455556666:table/U"],
    ),
    words("aws:RequestedRegion", &STRINGS, &["us-west-2", "eu-*"]),
    words(
        "aws:CurrentTime",
        &DATES,
        &["2026-01-01T00:00:00Z", "2030-01-01", "1700000000", "2025-06-30T12:00:00+02:00"],
    ),
    words("aws:EpochTime", &DATES, &["2026-01-01T00:00:00Z", "1767225600", "1900000000"]),
    words("aws:EpochTime", &NUMBERS, &["1767225600", "1767225600.0", "7"]),
    words("kms:CallerAccount", &STRINGS, &["111122223333", "444455556666"]),
    words("kms:KeySpec", &STRINGS, &["SYMMETRIC_DEFAULT", "symmetric_default", "RSA_*"]),
    words("kms:MultiRegion", &["Bool"], &["true", "false"]),
    words("kms:EncryptionAlgorithm", &STRINGS, &["SYMMETRIC_DEFAULT", "RSAES*"]),
    words("kms:RequestAlias", &STRINGS, &["alias/app", "alias/*", "ALIAS/APP"]),
    words("kms:EncryptionContext:dept", &STRINGS, &["it", "IT", "h?", "${kms:EncryptionContext:user}"]),
    several("kms:EncryptionContextKeys", &["dept", "user", "Dept", "d*"]),
    words("kms:GrantConstraintType", &STRINGS, &["EncryptionContextEquals", "EncryptionContextSubset", "*Subset"]),
    words(
        "kms:GrantConstraintSourceArn",
        &ARNS,
        &["arn:aws:dynamodb:*:111122223333:table/*", "arn:aws:dynamodb:us-west-2:444455556666:table/U"],
    ),
    words("kms:ScheduleKeyDeletionPendingWindowInDays", &NUMBERS, &["7", "14", "30"]),
    words("kms:ReEncryptOnSameKey", &["Bool"], &["true", "false"]),
    several("aws:TagKeys", &["team", "Team", "t*", "project"]),
    words("aws:RequestTag/team", &STRINGS, &["blue", "red", "${aws:PrincipalTag/team}"]),
    words("aws:UserAgent", &["BinaryEquals"], &["cG9ja2V0", "YQ=="]),
];

/// Two keys that identity policies alone see.
static OF_KEYS: [Words; 2] = [
    several("kms:ResourceAliases", &["alias/app", "alias/*", "alias/none"]),
    words("aws:ResourceTag/Project", &STRINGS, &["alpha", "ALPHA", "b*"]),
];

/// A condition of one or two operators.
fn conditions(layer: Layer) -> BoxedStrategy<Value> {
    let keys =
        if layer == Layer::Identity { KEYS.iter().chain(&OF_KEYS).collect() } else { KEYS.iter().collect::<Vec<_>>() };
    let one = (
        prop::sample::select(keys),
        any::<prop::sample::Index>(),
        0_u8..16,
        prop::collection::vec(any::<prop::sample::Index>(), 1..3),
    );
    let one = one.prop_map(move |(words, operator, form, values)| {
        let operator = *operator.get(words.operators);
        let values: Vec<&str> = values.iter().map(|value| *value.get(words.values)).collect();
        (operator_of(words, operator, form, layer), words.key, some(&values))
    });
    prop::collection::vec(one, 1..3)
        .prop_map(|all| {
            let mut condition = json!({});
            for (operator, key, values) in all {
                let values = if operator == "Null" { json!("true") } else { values };
                condition[operator][key] = values;
            }
            condition
        })
        .boxed()
}

/// An operator in one of its forms: `Null`, for existing keys, for all or any values.
fn operator_of(words: &Words, operator: &str, form: u8, layer: Layer) -> String {
    // A key policy may not ask ForAllValues of a key with one value that the caller chooses.
    let chosen = words.key.starts_with("kms:EncryptionContext:") || words.key.starts_with("aws:RequestTag/");
    let set = |name: &str| {
        if chosen && layer == Layer::Key && name == "ForAllValues" {
            operator.to_owned()
        } else {
            format!("{name}:{operator}")
        }
    };
    match (form, words.several) {
        (0, _) => "Null".to_owned(),
        (1 | 2, false) => format!("{operator}IfExists"),
        (3, false) | (3..=8, true) => set("ForAllValues"),
        (4, false) | (9..=14, true) => set("ForAnyValue"),
        (5, false) => set("ForAllValues") + "IfExists",
        _ => operator.to_owned(),
    }
}
