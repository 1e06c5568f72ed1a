//! The decision procedure, driven through a world with a directory: who is let through, by whom, and in AWS's words.

use super::*;
use crate::{
    access::{Decider, Deciding, Decision, Explained, Layer, Ruling, Says},
    arguments, wire,
};

const NOW: Time = Time::from_millis(1_800_000_000_000);
const BOB: &str = "arn:aws:iam::111122223333:user/bob";
const APP: &str = "arn:aws:sts::111122223333:assumed-role/App/one";
const EVE: &str = "arn:aws:iam::444455556666:user/eve";

/// Three accounts: two of an organization with their own principals, and nobody else's.
const DIRECTORY: &str = r#"{
    "principals": {
        "arn:aws:iam::111122223333:user/bob": {"policies": {"own": {"Statement": [
            {"Effect": "Allow", "Action": ["kms:Encrypt", "kms:DescribeKey"], "Resource": "*"},
            {"Effect": "Allow", "Action": "kms:CreateAlias", "Resource": "arn:aws:kms:*:*:key/*"},
            {"Effect": "Allow", "Action": "kms:CreateKey", "Resource": "arn:aws:kms:us-east-1:*:*"},
            {"Effect": "Allow", "Action": "kms:ReplicateKey", "Resource": "*"}]}}},
        "arn:aws:iam::111122223333:user/capped": {"permissionsBoundary": "arn:aws:iam::111122223333:policy/Cap",
            "policies": {"own": {"Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}}}},
        "arn:aws:iam::111122223333:role/team/App": {"permissionsBoundary": "arn:aws:iam::111122223333:policy/Cap"},
        "arn:aws:iam::111122223333:role/aws-service-role/s3.amazonaws.com/Linked": {"serviceLinked": true},
        "arn:aws:iam::444455556666:user/eve": {"managedPolicies": ["arn:aws:iam::444455556666:policy/Mine"]},
        "arn:aws:iam::444455556666:user/adam": {}
    },
    "policies": {
        "arn:aws:iam::111122223333:policy/Cap": {"Statement": [
            {"Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*"},
            {"Sid": "Never", "Effect": "Deny", "Action": "kms:EnableKey", "Resource": "*"}]},
        "arn:aws:iam::444455556666:policy/Mine": {"Statement": [
            {"Effect": "Allow", "Action": "kms:*", "Resource": "*"},
            {"Effect": "Deny", "Action": "kms:GetPublicKey", "Resource": "*"}]}
    },
    "organizations": {"o-exampleorgid": {"managementAccount": "999988887777",
        "units": {"ou-ab12-11111111": {
            "serviceControlPolicies": [{"id": "p-11111111", "document": {"Statement": [
                {"Effect": "Allow", "NotAction": "kms:ListKeys", "Resource": "*"},
                {"Effect": "Deny", "Action": "kms:DisableKey", "Resource": "*"}]}}],
            "resourceControlPolicies": [{"id": "p-22222222", "document": {"Statement": {"Effect": "Deny",
                "Principal": "*", "Action": "kms:GenerateDataKey", "Resource": "*"}}}],
            "accounts": ["111122223333"]}}}},
    "vpcEndpoints": {"vpce-0123456789abcdef0": {"policy": {"Statement": {"Effect": "Allow", "Principal": "*",
        "Action": "kms:DescribeKey", "Resource": "*"}}}}
}"#;

/// A key that names some, and leaves the rest to its account and to another one.
const KEY_POLICY: &str = r#"{"Statement": [
    {"Effect": "Allow", "Principal": {"AWS": ["111122223333", "444455556666"]}, "Action": "kms:*", "Resource": "*",
     "Condition": {"StringNotEquals": {"aws:PrincipalTag/out": "yes"}}},
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/team/App"}, "Action": "kms:*", "Resource": "*"},
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/capped"}, "Action": "kms:Decrypt",
     "Resource": "*"},
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:sts::111122223333:assumed-role/App/named"},
     "Action": "kms:GetKeyPolicy", "Resource": "*"},
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/aws-service-role/s3.amazonaws.com/Linked"},
     "Action": ["kms:DisableKey", "kms:GenerateDataKey"], "Resource": "*"},
    {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "kms:*", "Resource": "*"},
    {"Sid": "Tagged", "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*",
     "Condition": {"Null": {"aws:ResourceTag/a": "false"}}},
    {"Sid": "No", "Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "kms:ListResourceTags", "Resource": "*"}]}"#;

fn json(text: &str) -> Value {
    wire::from_json(text.as_bytes()).expect(text)
}

/// A world with the directory, a key that has a tag, and its ARN.
fn world() -> (World, String) {
    let world = World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [0; 32]);
    world.register(&json(DIRECTORY), NOW).expect("a directory");
    let tag = Value::from([("TagKey", Value::from("a")), ("TagValue", Value::from("b"))]);
    let input =
        [("Policy", Value::from(KEY_POLICY)), ("MultiRegion", Value::Bool(true)), ("Tags", Value::List(vec![tag]))];
    let made = world.call("CreateKey", Value::from(input), None, None, NOW).reply.expect("a key");
    let arn = made.member("KeyMetadata").and_then(|key| key.member("Arn")).and_then(Value::as_text).expect("an ARN");
    let arn = arn.to_owned();
    (world, arn)
}

/// What a call on the key comes to; `caller` and `origin` are what a host says of them.
fn explained(operation: &str, caller: &str, origin: &str) -> (Explained, String) {
    let (world, arn) = world();
    let caller = if caller.starts_with('{') { json(caller) } else { Value::from(caller) };
    let sender = arguments::sender(&caller, &json(origin)).expect("a sender");
    let mut input = vec![("KeyId", Value::from(arn.as_str()))];
    match operation {
        "Encrypt" => input.push(("Plaintext", Value::Blob(vec![1]))),
        "Decrypt" => input.push(("CiphertextBlob", Value::Blob(vec![1]))),
        "GenerateDataKey" => input.push(("KeySpec", Value::from("AES_256"))),
        "CreateAlias" => input = vec![("AliasName", "alias/a".into()), ("TargetKeyId", arn.as_str().into())],
        "ReplicateKey" => input.push(("ReplicaRegion", Value::from("eu-west-1"))),
        "CreateKey" | "ListKeys" => input.clear(),
        _ => {}
    }
    (world.explain_from(operation, input.into_iter().collect(), None, &sender, NOW), arn)
}

fn last(explained: &Explained) -> &Decision {
    let denied = explained.decisions.iter().find(|decision| !decision.allowed());
    denied.or(explained.decisions.last()).unwrap_or_else(|| panic!("{explained:?}"))
}

#[test]
fn every_layer_lets_through_and_refuses_as_the_procedure_says() {
    use Decider::{BothAccounts, Layer as By, OwnAccountOnly};
    use Layer::{Boundary, Endpoint, Identity, KeyPolicy, ResourceControl, ServiceControl, Session};
    use Ruling::{Allowed, Denied, NotAllowed};
    const CAPPED: &str = "arn:aws:iam::111122223333:user/capped";
    const LINKED: &str = "arn:aws:sts::111122223333:assumed-role/Linked/s";
    const ROOT: &str = "arn:aws:iam::111122223333:root";
    const NARROW: &str = r#"{"arn": "arn:aws:sts::111122223333:assumed-role/App/one", "session": {"policies": [
        {"Statement": {"Effect": "Allow", "Action": "kms:DescribeKey", "Resource": "*"}}]}}"#;
    const OUT: &str = r#"{"arn": "arn:aws:iam::111122223333:user/bob", "session": {"tags": {"out": "yes"}}}"#;
    const ENDPOINT: &str = r#"{"vpcEndpoint": "vpce-0123456789abcdef0"}"#;
    const FORWARDED: &str = r#"{"vpcEndpoint": "vpce-0123456789abcdef0", "via": "s3.amazonaws.com"}"#;
    let mut wrong = Vec::new();
    for (operation, caller, origin, ruling, decider) in [
        // The account decides, by identity policies; the root user needs none.
        ("Encrypt", BOB, "{}", Allowed, By(Identity)),
        ("EnableKey", BOB, "{}", NotAllowed, By(Identity)),
        ("EnableKey", ROOT, "{}", Allowed, By(Identity)),
        ("Encrypt", OUT, "{}", NotAllowed, By(KeyPolicy)),
        ("ListResourceTags", ROOT, "{}", Denied, By(KeyPolicy)),
        // A user that is named is not limited by what does not deny; sessions of a role that is named are.
        ("Decrypt", CAPPED, "{}", Allowed, By(KeyPolicy)),
        ("DescribeKey", CAPPED, "{}", NotAllowed, By(Boundary)),
        ("EnableKey", CAPPED, "{}", Denied, By(Boundary)),
        ("Encrypt", APP, "{}", Allowed, By(KeyPolicy)),
        ("DescribeKey", APP, "{}", NotAllowed, By(Boundary)),
        ("Encrypt", NARROW, "{}", NotAllowed, By(Session)),
        ("GetKeyPolicy", "arn:aws:sts::111122223333:assumed-role/App/named", "{}", Allowed, By(KeyPolicy)),
        // A federated user without a session policy may do nothing by itself.
        ("Encrypt", "arn:aws:sts::111122223333:federated-user/bob", "{}", NotAllowed, By(Session)),
        // Organizations: root users are bound, service-linked roles and services are not, or not by all of it.
        ("DisableKey", ROOT, "{}", Denied, By(ServiceControl)),
        ("ListKeys", ROOT, "{}", NotAllowed, By(ServiceControl)),
        ("DisableKey", LINKED, "{}", Allowed, By(KeyPolicy)),
        ("GenerateDataKey", ROOT, "{}", Denied, By(ResourceControl)),
        ("GenerateDataKey", EVE, "{}", Denied, By(ResourceControl)),
        ("GenerateDataKey", "s3.amazonaws.com", "{}", Denied, By(ResourceControl)),
        ("GenerateDataKey", LINKED, "{}", Allowed, By(KeyPolicy)),
        ("Encrypt", "s3.amazonaws.com", "{}", Allowed, By(KeyPolicy)),
        ("DisableKey", "s3.amazonaws.com", "{}", NotAllowed, OwnAccountOnly),
        ("Encrypt", "sns.amazonaws.com", "{}", NotAllowed, By(KeyPolicy)),
        ("CreateKey", "s3.amazonaws.com", "{}", NotAllowed, Decider::NoAccount),
        // The endpoint is the caller's own.
        ("DescribeKey", BOB, ENDPOINT, Allowed, By(Identity)),
        ("Encrypt", BOB, ENDPOINT, NotAllowed, By(Endpoint)),
        ("Encrypt", BOB, FORWARDED, Allowed, By(Identity)),
        // Another account: both say yes, and only to some operations.
        ("Encrypt", EVE, "{}", Allowed, BothAccounts),
        ("Encrypt", "arn:aws:iam::444455556666:user/adam", "{}", NotAllowed, By(Identity)),
        ("Encrypt", "777788889999", "{}", NotAllowed, By(KeyPolicy)),
        ("EnableKey", EVE, "{}", NotAllowed, OwnAccountOnly),
        ("GetPublicKey", EVE, "{}", Denied, By(Identity)),
        // What has no policy of its own is asked first.
        ("CreateAlias", BOB, "{}", NotAllowed, By(Identity)),
        ("CreateKey", BOB, "{}", Allowed, By(Identity)),
        ("ReplicateKey", BOB, "{}", NotAllowed, By(Identity)),
    ] {
        let (explained, _) = explained(operation, caller, origin);
        let decision = last(&explained);
        let found = (decision.ruling, decision.decided_by);
        if found != (ruling, decider) || explained.allowed != (found.0 == Allowed) {
            wrong.push(format!("{operation} of {caller}: {found:?}, not {:?}\n{decision}", (ruling, decider)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Operations, callers, and what AWS says behind `User: ... is not authorized to perform: kms:<operation>`.
const SENTENCES: [(&str, &str, &str); 11] = [
    ("EnableKey", BOB, " on resource: KEY because no identity-based policy allows the kms:EnableKey action"),
    (
        "EnableKey",
        "arn:aws:iam::111122223333:user/capped",
        " on resource: KEY with an explicit deny in a permissions boundary: arn:aws:iam::111122223333:policy/Cap",
    ),
    ("DescribeKey", APP, " on resource: KEY because no permissions boundary allows the kms:DescribeKey action"),
    (
        "DisableKey",
        BOB,
        " on resource: KEY with an explicit deny in a service control policy: \
         arn:aws:organizations::999988887777:policy/o-exampleorgid/service_control_policy/p-11111111",
    ),
    (
        "GenerateDataKey",
        EVE,
        " on resource: KEY with an explicit deny in a resource control policy: \
         arn:aws:organizations::999988887777:policy/o-exampleorgid/resource_control_policy/p-22222222",
    ),
    (
        "GetPublicKey",
        EVE,
        " on resource: KEY with an explicit deny in an identity-based policy: arn:aws:iam::444455556666:policy/Mine",
    ),
    ("ListResourceTags", BOB, " on resource: KEY with an explicit deny in a resource-based policy"),
    ("ListKeys", BOB, " on resource: * because no service control policy allows the kms:ListKeys action"),
    (
        "CreateAlias",
        BOB,
        " on resource: arn:aws:kms:us-east-1:111122223333:alias/a because no identity-based policy allows the \
         kms:CreateAlias action",
    ),
    (
        "CreateKey",
        "arn:aws:iam::111122223333:user/capped",
        " on resource: * because no permissions boundary allows the \
         kms:CreateKey action",
    ),
    (
        "EnableKey",
        EVE,
        " on this resource because the resource does not exist in this Region, no resource-based policies allow access, or \
         a resource-based policy explicitly denies access",
    ),
];

#[test]
fn a_refusal_has_the_words_of_aws() {
    for (operation, caller, rest) in SENTENCES {
        let (explained, arn) = explained(operation, caller, "{}");
        let message = explained.error.and_then(|error| error.message).expect("a sentence");
        let expected = format!("User: {caller} is not authorized to perform: kms:{operation}{rest}");
        assert_eq!(message.replace(&arn, "KEY"), expected);
    }
    // A replica needs what a new key needs, where it is to be.
    let (explained, _) = explained("ReplicateKey", BOB, "{}");
    let message = explained.error.and_then(|error| error.message).expect("a sentence");
    let start =
        format!("User: {BOB} is not authorized to perform: kms:CreateKey on resource: * because no identity-based");
    assert!(message.starts_with(&start), "{message}");
}

#[test]
fn everything_that_speaks_is_told_whoever_has_decided() {
    let (explained, _) = explained("DisableKey", BOB, "{}");
    let [decision] = &explained.decisions[..] else { panic!("{explained:?}") };
    let said: Vec<_> = decision.layers.iter().map(|layer| (layer.layer, layer.says)).collect();
    assert_eq!(
        said,
        [
            (Layer::ServiceControl, Says::Denies),
            (Layer::ResourceControl, Says::Allows),
            (Layer::Endpoint, Says::DoesNotApply),
            (Layer::KeyPolicy, Says::Allows),
            (Layer::Identity, Says::IsSilent),
            (Layer::Boundary, Says::DoesNotApply),
            (Layer::Session, Says::DoesNotApply),
            (Layer::Grants, Says::IsSilent),
        ]
    );
    let levels = &decision.layers[0].policies;
    assert_eq!(levels.iter().map(|policy| policy.level).collect::<Vec<_>>(), [Some(0), Some(1), Some(2)]);
    let Some(Deciding::Statement(policy, finding)) = decision.deciding() else { panic!("{decision:?}") };
    assert!(policy.policy.ends_with("/p-11111111") && finding.statement == 1, "{decision:?}");
    assert_eq!(decision.layer(Layer::KeyPolicy).map(|layer| layer.policies[0].findings.len()), Some(8));
}

#[test]
fn an_account_that_has_not_enabled_the_region_is_not_reached_by_a_key_policy() {
    let (world, arn) = world();
    let asked = || world.explain("DescribeKey", Value::from([("KeyId", arn.as_str().into())]), None, Some(EVE), NOW);
    assert!(asked().allowed);
    let off = Value::from([("region/us-east-1@444455556666", Value::Int(0))]);
    world.set(&off, NOW).expect("a setting");
    let explained = asked();
    assert_eq!(last(&explained).decided_by, Decider::RegionNotEnabled);
    let message = explained.error.and_then(|error| error.message).unwrap_or_default();
    assert!(message.contains("does not exist in this Region"), "{message}");
}

#[test]
fn a_refusal_of_several_checks_tells_all_of_them() {
    let (world, arn) = world();
    let input = || [("KeyId", Value::from(arn.as_str())), ("ReplicaRegion", Value::from("eu-west-1"))];
    let denied = world.call("ReplicateKey", Value::from(input()), None, Some(BOB), NOW);
    let told: Vec<_> =
        denied.trail.decisions.iter().map(|decision| (decision.action.name(), decision.allowed())).collect();
    assert_eq!(told, [("ReplicateKey", true), ("CreateKey", false)]);
    let listed = world.denials(0);
    let [(1, denial)] = &listed.denials[..] else { panic!("{listed:?}") };
    assert_eq!((denial.call.operation, denial.decisions.len()), ("ReplicateKey", 2));
}

#[test]
fn both_keys_of_re_encrypt_are_told_whichever_is_refused() {
    let (world, arn) = world();
    let root = "arn:aws:iam::111122223333:root";
    let input = [("KeyId", Value::from(arn.as_str())), ("Plaintext", Value::Blob(vec![1]))];
    let sealed = world.call("Encrypt", Value::from(input), None, Some(root), NOW).reply.expect("a ciphertext");
    let input = [
        ("CiphertextBlob", sealed.member("CiphertextBlob").cloned().expect("a ciphertext")),
        ("DestinationKeyId", Value::from(arn.as_str())),
    ];
    let explained = world.explain("ReEncrypt", Value::from(input), None, Some(BOB), NOW);
    let told: Vec<_> =
        explained.decisions.iter().map(|decision| (decision.action.name(), decision.allowed())).collect();
    assert_eq!(told, [("ReEncryptFrom", false), ("ReEncryptTo", false)]);
    assert!(!explained.allowed);
}

#[test]
fn nobody_may_lock_himself_out_unless_he_says_so() {
    let (world, arn) = world();
    let put = |caller: &str, principal: &str, bypass: bool| {
        let policy = format!(
            r#"{{"Statement": [{{"Effect": "Allow", "Principal": {{"AWS": "{principal}"}}, "Action": "kms:*", "Resource": "*"}}]}}"#
        );
        let input = [
            ("KeyId", Value::from(arn.as_str())),
            ("Policy", Value::from(policy)),
            ("BypassPolicyLockoutSafetyCheck", Value::Bool(bypass)),
        ];
        world.fork([0; 32]).call("PutKeyPolicy", Value::from(input), None, Some(caller), NOW).reply
    };
    let capped = "arn:aws:iam::111122223333:user/capped";
    let root = "arn:aws:iam::111122223333:root";
    // The account, to which the policy leaves it, allows its root user everything; to others what their policies say.
    assert!(put(root, "111122223333", false).is_ok());
    let lockout = put(root, BOB, false).expect_err("a lock-out");
    assert_eq!(lockout.exception.name(), "MalformedPolicyDocumentException");
    assert!(put(root, BOB, true).is_ok());
    // Who may put it now, and could not again, is locked out, too: here by a boundary that a policy of a session does not
    // mend.
    assert_eq!(
        put(capped, capped, false).expect_err("no boundary allows it").exception.name(),
        "AccessDeniedException"
    );
    assert!(put(root, root, false).is_ok());
}
