//! Questions about who can do what, with worlds in which the answer is known.

use pocket_kms::{CryptoProvider, Options, Time, Value, World, wire};
use serde_json::{Value as Json, json};

const NOW: Time = Time::from_millis(1_767_225_600_000);
const OWNER: &str = "111122223333";
const ALICE: &str = "arn:aws:iam::111122223333:user/alice";
const APP: &str = "arn:aws:iam::111122223333:role/App";
const SERVICE: &str = "sns.amazonaws.com";

fn value(json: &Json) -> Value {
    wire::from_json(json.to_string().as_bytes()).expect("JSON is a value")
}

fn json_of(value: &Value) -> Json {
    serde_json::from_slice(&wire::to_json(value)).expect("a value is JSON")
}

/// A world with a key under a policy, and what a directory says.
fn world(policy: &Json, directory: &Json) -> (World, String) {
    world_of(&json!({}), policy, directory)
}

/// The same with a key of some kind.
fn world_of(kind: &Json, policy: &Json, directory: &Json) -> (World, String) {
    let options = Options { seed: Some(b"questions".to_vec().into()), now: Some(NOW), ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [0; 32]);
    let mut input = kind.clone();
    input["BypassPolicyLockoutSafetyCheck"] = json!(true);
    if !policy.is_null() {
        input["Policy"] = json!(policy.to_string());
    }
    let made = world.call("CreateKey", value(&input), None, Some(OWNER), NOW).reply.expect("a key");
    world.register(&value(directory), NOW).expect("a directory");
    let arn = json_of(&made)["KeyMetadata"]["Arn"].as_str().expect("an ARN").to_owned();
    (world, arn)
}

fn ask(world: &World, question: &Json) -> Json {
    json_of(&world.ask(&value(question), NOW).unwrap_or_else(|error| panic!("{question}: {error}")))
}

fn allow(principal: &Json, action: &str, condition: &Json) -> Json {
    json!({ "Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*", "Condition": condition })
}

fn names(answer: &Json, list: &str, member: &str) -> Vec<String> {
    let entries = answer[list].as_array().expect("a list").iter();
    entries.map(|entry| entry[member].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn who_can_tells_by_which_statements_and_which_conditions_remain() {
    let policy = json!({ "Version": "2012-10-17", "Statement": [
        allow(&json!({ "AWS": OWNER }), "kms:*", &json!({})),
        allow(&json!({ "AWS": APP }), "kms:Decrypt", &json!({ "StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" } })),
    ] });
    let tenant = json!({ "StringEquals": { "kms:EncryptionContext:tenant": ["a", "b"] } });
    let own = json!({ "Statement": [{ "Sid": "Mine", "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", "Condition": tenant }] });
    let directory = json!({ "principals": { ALICE: { "policies": { "own": own } }, APP: {},
        "arn:aws:iam::111122223333:user/bob": {} } });
    let (world, key) = world(&policy, &directory);
    let question = json!({ "question": "who_can", "action": "kms:Decrypt", "key": key });
    let answer = ask(&world, &question);
    assert_eq!(names(&answer, "principals", "principal"), [APP, "arn:aws:iam::111122223333:root", ALICE]);
    let [app, root, alice] = [0, 1, 2].map(|at| &answer["principals"][at]);
    assert_eq!(
        (&app["conditional"], &root["conditional"], &alice["conditional"]),
        (&json!(true), &json!(false), &json!(true))
    );
    let via = json!({ "operator": "StringEquals", "key": "kms:ViaService", "values": ["s3.us-east-1.amazonaws.com"] });
    assert_eq!(app["paths"], json!([{ "by": "key policy", "policy": "default", "statement": 1, "conditions": [via] }]));
    let left = json!({ "operator": "StringEquals", "key": "kms:EncryptionContext:tenant", "values": ["a", "b"] });
    let with = json!([{ "by": "key policy", "policy": "default", "statement": 0, "conditions": [] }]);
    let path = json!({ "by": "identity policy", "policy": "own", "statement": 0, "sid": "Mine", "conditions": [left], "with": with });
    assert_eq!(alice["paths"], json!([path]));
    // What is known of the request leaves fewer conditions, and fewer principals.
    let mut known = question.clone();
    known["context"] = json!({ "kms:EncryptionContext:tenant": "a" });
    assert_eq!(ask(&world, &known)["principals"][2]["conditional"], false);
    known["closed"] = json!(true);
    assert_eq!(names(&ask(&world, &known), "principals", "principal"), ["arn:aws:iam::111122223333:root", ALICE]);
    known["context"] = json!({ "kms:EncryptionContext:tenant": "c", "kms:ViaService": "s3.us-east-1.amazonaws.com" });
    assert_eq!(names(&ask(&world, &known), "principals", "principal"), [APP, "arn:aws:iam::111122223333:root"]);
    let what = ask(&world, &json!({ "question": "what_can", "principal": ALICE }));
    assert_eq!(names(&what["keys"][0], "actions", "action"), ["kms:Decrypt"]);
}

#[test]
fn who_can_tells_of_accounts_services_everybody_and_grants() {
    let policy = json!({ "Statement": [
        allow(&json!({ "AWS": OWNER }), "kms:*", &json!({})),
        allow(&json!({ "Service": SERVICE }), "kms:Decrypt", &json!({ "StringEquals": { "aws:SourceAccount": OWNER } })),
        allow(&json!("*"), "kms:Decrypt", &json!({ "StringEquals": { "kms:CallerAccount": "777788889999" } })),
    ] });
    let (world, key) = world(&policy, &json!({}));
    let grantee = "arn:aws:iam::444455556666:user/eve";
    let grant = json!({ "KeyId": key, "GranteePrincipal": grantee, "Operations": ["Decrypt"],
        "Constraints": { "EncryptionContextSubset": { "tenant": "a" } } });
    world.call("CreateGrant", value(&grant), None, Some(OWNER), NOW).reply.expect("a grant");
    let answer = ask(&world, &json!({ "question": "who_can", "action": "kms:Decrypt", "key": key }));
    assert_eq!(names(&answer, "accounts", "account"), [OWNER]);
    assert_eq!(names(&answer, "services", "service"), [SERVICE]);
    assert_eq!(answer["everyone"]["conditional"], true);
    let eve = answer["principals"].as_array().expect("principals").iter().find(|entry| entry["principal"] == grantee);
    let path = &eve.expect("the grantee")["paths"][0];
    assert_eq!((&path["by"], &path["conditions"][0]["key"]), (&json!("grant"), &json!("kms:EncryptionContext:tenant")));
}

#[test]
fn what_would_be_is_told_by_documents_that_are_not_installed() {
    let (world, key) = world(&Json::Null, &json!({ "principals": { ALICE: {} } }));
    let simulate = |more: Json| {
        let input = json!({ "KeyId": key, "Plaintext": "eA==" });
        let mut question = json!({ "question": "simulate", "operation": "Encrypt", "input": input, "caller": ALICE });
        question.as_object_mut().expect("members").extend(more.as_object().expect("members").clone());
        ask(&world, &question)["allowed"].as_bool().expect("whether it is allowed")
    };
    let statement =
        |effect: &str, action: &str| json!({ "Statement": [{ "Effect": effect, "Action": action, "Resource": "*" }] });
    let own = json!([statement("Allow", "kms:*")]);
    assert!(!simulate(json!({})));
    assert!(simulate(json!({ "identityPolicies": own })));
    assert!(!simulate(json!({ "identityPolicies": own, "permissionsBoundary": statement("Allow", "s3:*") })));
    assert!(!simulate(json!({ "identity_policies": own, "serviceControlPolicies": [[statement("Allow", "s3:*")]] })));
    let deny =
        json!({ "Statement": [{ "Effect": "Deny", "Principal": "*", "Action": "kms:Encrypt", "Resource": "*" }] });
    assert!(!simulate(json!({ "identityPolicies": own, "resourceControlPolicies": [[deny]] })));
    assert!(simulate(
        json!({ "keyPolicy": { "Statement": [allow(&json!({ "AWS": ALICE }), "kms:Encrypt", &json!({}))] } })
    ));
    assert!(simulate(json!({ "grants": [{ "GranteePrincipal": ALICE, "Operations": ["Encrypt"] }] })));
    assert!(!simulate(json!({ "grants": [{ "GranteePrincipal": ALICE, "Operations": ["Decrypt"] }] })));
    let endpoint = json!({ "identityPolicies": own, "origin": { "vpcEndpoint": "vpce-0123456789abcdef0" },
        "endpointPolicy": { "Statement": [allow(&json!("*"), "kms:Decrypt", &json!({}))] } });
    assert!(!simulate(endpoint));
    // Nothing of all that is installed.
    assert!(!simulate(json!({})));
}

/// What a witness has beside the key, where the condition of a statement asks for it.
#[test]
fn a_witness_has_the_members_of_its_operation() {
    let dept = json!({ "dept": "it" });
    let pairs = |name: &str, value: &str| json!({ "StringEquals": { name: value } });
    let context = || pairs("kms:EncryptionContext:dept", "it");
    let subset = pairs("kms:GrantConstraintType", "EncryptionContextSubset");
    let source = pairs("kms:GrantConstraintSourceArn", "arn:aws:sns:us-east-1:123456789012:records");
    let any_source = json!({ "Null": { "kms:GrantConstraintSourceArn": "false" } });
    let same_key = json!({ "BoolIfExists": { "kms:ReEncryptOnSameKey": "true" } });
    for (action, condition, path, expected) in [
        ("kms:Decrypt", context(), "/EncryptionContext", dept.clone()),
        ("kms:ReEncryptFrom", context(), "/SourceEncryptionContext", dept.clone()),
        ("kms:ReEncryptTo", context(), "/DestinationEncryptionContext", dept.clone()),
        ("kms:ReEncryptTo", same_key.clone(), "/SourceKeyId", json!("KEY")),
        ("kms:ReEncryptFrom", same_key, "/DestinationKeyId", json!("KEY")),
        ("kms:CreateGrant", context(), "/Constraints/EncryptionContextEquals", dept),
        ("kms:CreateGrant", subset, "/Constraints/EncryptionContextSubset", json!({ "x": "x" })),
        ("kms:CreateGrant", source, "/Constraints/SourceArn", json!("arn:aws:sns:us-east-1:123456789012:records")),
        (
            "kms:CreateGrant",
            any_source,
            "/Constraints/SourceArn",
            json!("arn:aws:sns:us-east-1:123456789012:pocket-kms-witness"),
        ),
    ] {
        let own = allow(&json!({ "AWS": OWNER }), "kms:*", &json!({}));
        let other = allow(&json!({ "AWS": "444455556666" }), action, &condition);
        let (world, key) = world(&json!({ "Version": "2012-10-17", "Statement": [own, other] }), &json!({}));
        let answer = ask(&world, &json!({ "question": "exposure", "key": key }));
        assert_eq!(answer["exposed"], "yes", "{action} {condition}: {answer:#}");
        let expected = if expected == "KEY" { json!(key) } else { expected };
        assert_eq!(answer["witness"]["input"].pointer(path), Some(&expected), "{answer:#}");
    }
}

#[test]
fn what_a_grant_asks_of_a_context_is_in_the_witness_of_operations_that_have_one() {
    let own = allow(&json!({ "AWS": OWNER }), "kms:*", &json!({}));
    let (world, key) = world(&json!({ "Version": "2012-10-17", "Statement": [own] }), &json!({}));
    let grant = json!({
        "KeyId": key,
        "GranteePrincipal": "arn:aws:iam::444455556666:user/bob",
        "Operations": ["Decrypt", "DescribeKey"],
        "Constraints": { "EncryptionContextEquals": { "dept": "it" } },
    });
    world.call("CreateGrant", value(&grant), None, Some(OWNER), NOW).reply.expect("a grant");
    for (action, expected) in [("kms:Decrypt", Some(&json!({ "dept": "it" }))), ("kms:DescribeKey", None)] {
        let answer = ask(&world, &json!({ "question": "exposure", "key": key, "actions": [action] }));
        assert_eq!(answer["exposed"], "yes", "{answer:#}");
        assert_eq!(answer["witness"]["input"].get("EncryptionContext"), expected, "{answer:#}");
    }
}

/// Statements of key policies beside the one for the account, who is inside, and whether the key is exposed.
fn exposures() -> Vec<(Json, Json, &'static str)> {
    let everybody = |condition: Json| allow(&json!("*"), "kms:Decrypt", &condition);
    let service = |condition: Json| allow(&json!({ "Service": SERVICE }), "kms:Decrypt", &condition);
    let equals = |key: &str, value: &str| json!({ "StringEquals": { key: value } });
    let alone = json!([]);
    let own_roles = json!({ "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/*" } });
    let past = json!({ "DateLessThan": { "aws:CurrentTime": "2025-01-01T00:00:00Z" } });
    let bucket = equals("kms:GrantConstraintSourceArn", "arn:aws:s3:::records");
    let other_algorithm = json!({ "StringNotEqualsIfExists": { "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT" } });
    let if_exists = json!({ "StringEqualsIfExists": { "kms:CallerAccount": OWNER } });
    let other = allow(&json!({ "AWS": "444455556666" }), "kms:Decrypt", &json!({}));
    let organization = everybody(equals("aws:PrincipalOrgID", "o-exampleorgid"));
    vec![
        (everybody(equals("kms:CallerAccount", OWNER)), alone.clone(), "no"),
        (other.clone(), alone.clone(), "yes"),
        (other, json!(["444455556666"]), "no"),
        (everybody(json!({})), alone.clone(), "yes"),
        (everybody(if_exists), alone.clone(), "yes"),
        (organization.clone(), json!(["o-exampleorgid"]), "no"),
        (organization, json!(["o-otherorgid"]), "yes"),
        (everybody(equals("kms:ViaService", "s3.us-east-1.amazonaws.com")), alone.clone(), "yes"),
        (everybody(equals("aws:PrincipalServiceName", SERVICE)), alone.clone(), "yes"),
        (everybody(own_roles), alone.clone(), "no"),
        (everybody(past), alone.clone(), "yes"),
        (service(json!({})), alone.clone(), "yes"),
        (service(equals("aws:SourceAccount", OWNER)), alone.clone(), "no"),
        // Data keys are encrypted with one algorithm.
        (allow(&json!("*"), "kms:GenerateDataKey", &other_algorithm), alone.clone(), "no"),
        (allow(&json!("*"), "kms:Encrypt", &other_algorithm), alone.clone(), "yes"),
        // Nobody signs with a key that encrypts, or has its public key.
        (allow(&json!("*"), "kms:Sign", &json!({})), alone.clone(), "no"),
        (allow(&json!("*"), "kms:GetPublicKey", &json!({})), alone.clone(), "no"),
        // A source and a name that nobody can have.
        (allow(&json!("*"), "kms:CreateGrant", &bucket), alone.clone(), "undecided"),
        (everybody(equals("aws:username", "b*")), alone.clone(), "undecided"),
        (everybody(equals("kms:RequestAlias", "alias/none")), alone, "undecided"),
    ]
}

#[test]
fn exposure_is_proved_or_witnessed() {
    let own = allow(&json!({ "AWS": OWNER }), "kms:*", &json!({}));
    let directory = json!({ "organizations": { "o-exampleorgid": { "managementAccount": OWNER } } });
    for (statement, within, expected) in exposures() {
        let policy = json!({ "Version": "2012-10-17", "Statement": [own, statement] });
        let (world, key) = world(&policy, &directory);
        let answer = ask(&world, &json!({ "question": "exposure", "key": key, "within": within }));
        assert_eq!(answer["exposed"], expected, "{policy:#}\n{answer:#}");
        assert_eq!(answer["witness"].is_object(), expected == "yes", "{answer:#}");
        assert_eq!(answer["outside"] == json!([]), expected == "no", "{answer:#}");
    }
}

#[test]
fn what_a_key_cannot_do_exposes_it_to_nobody() {
    let asked =
        ["Encrypt", "GenerateDataKey", "GenerateDataKeyPairWithoutPlaintext", "GetPublicKey", "Sign", "VerifyMac"];
    let policy = json!({ "Version": "2012-10-17", "Statement": [allow(&json!("*"), "kms:*", &json!({}))] });
    for (spec, usage, expected) in [
        (
            "SYMMETRIC_DEFAULT",
            "ENCRYPT_DECRYPT",
            &["Encrypt", "GenerateDataKey", "GenerateDataKeyPairWithoutPlaintext"][..],
        ),
        ("RSA_2048", "ENCRYPT_DECRYPT", &["Encrypt", "GetPublicKey"]),
        ("ECC_NIST_P256", "SIGN_VERIFY", &["GetPublicKey", "Sign"]),
        ("HMAC_256", "GENERATE_VERIFY_MAC", &["VerifyMac"]),
    ] {
        let (world, key) = world_of(&json!({ "KeySpec": spec, "KeyUsage": usage }), &policy, &json!({}));
        let actions = asked.map(|action| format!("kms:{action}"));
        let answer = ask(&world, &json!({ "question": "exposure", "key": key, "actions": actions }));
        let everybody = answer["outside"].as_array().expect("a list").iter().find(|one| one["principal"] == "*");
        let mut told = everybody.map_or_else(Vec::new, |one| one["actions"].as_array().cloned().unwrap_or_default());
        told.sort_by_key(ToString::to_string);
        assert_eq!(told, expected.iter().map(|action| json!(format!("kms:{action}"))).collect::<Vec<_>>(), "{spec}");
    }
}

#[test]
fn a_key_in_a_custom_key_store_gives_no_pairs_to_anybody() {
    let (world, _) = world(&Json::Null, &json!({}));
    let done = |operation: &str, input: &Json| {
        let reply = world.call(operation, value(input), None, Some(OWNER), NOW).reply;
        json_of(&reply.unwrap_or_else(|error| panic!("{operation}: {error}")))
    };
    let store = done(
        "CreateCustomKeyStore",
        &json!({
            "CustomKeyStoreName": "hsm",
            "CloudHsmClusterId": "cluster-2ab3cdefghi",
            "TrustAnchorCertificate": "-----BEGIN CERTIFICATE-----",
            "KeyStorePassword": "kmsPswd1234",
        }),
    )["CustomKeyStoreId"]
        .clone();
    done("ConnectCustomKeyStore", &json!({ "CustomKeyStoreId": store }));
    let statements =
        [allow(&json!({ "AWS": OWNER }), "kms:*", &json!({})), allow(&json!("*"), "kms:Generate*", &json!({}))];
    let policy = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
    let input = json!({ "Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": store, "Policy": policy });
    let key = done("CreateKey", &input)["KeyMetadata"]["Arn"].clone();
    let told = |actions: &[&str]| {
        let answer = ask(&world, &json!({ "question": "exposure", "key": key, "actions": actions }));
        answer["exposed"].as_str().expect("a text").to_owned()
    };
    assert_eq!(told(&["kms:GenerateDataKeyPair", "kms:GenerateDataKeyPairWithoutPlaintext"]), "no");
    assert_eq!(told(&["kms:GenerateDataKeyPair", "kms:GenerateDataKey"]), "yes");
}

#[test]
fn a_question_that_is_none_is_refused_at_its_place() {
    let (world, key) = world(&Json::Null, &json!({}));
    for (question, shown) in [
        (json!({}), "question.question: must be who_can"),
        (
            json!({ "question": "who_can", "action": "kms:Decipher", "key": key }),
            "question.action: must be an action of KMS",
        ),
        (json!({ "question": "who_can", "action": "kms:Decrypt" }), "question.key: must be a key"),
        (
            json!({ "question": "who_can", "action": "kms:Decrypt", "key": "alias/none" }),
            "There is no key 'alias/none'",
        ),
        (json!({ "question": "who_can", "action": "kms:ListKeys", "key": key }), "question.key: has no place here"),
        (json!({ "question": "who_can", "action": "kms:RetireGrant", "key": key }), "question.grant: must be the id"),
        (
            json!({ "question": "who_can", "action": "kms:Decrypt", "key": key, "contexts": {} }),
            "question.contexts: is not known",
        ),
        (json!({ "question": "what_can", "principal": "alice" }), "'alice' names nobody"),
        (json!({ "question": "exposure", "key": key, "within": ["x"] }), "question.within.[0]: must be an account"),
        (json!({ "question": "simulate", "operation": "ListKeys", "keyPolicy": "{" }), "question.keyPolicy: "),
        (
            json!({ "question": "simulate", "operation": "ListKeys", "endpointPolicy": false }),
            "question.endpointPolicy: has a say only",
        ),
        (json!({ "question": "simulate", "operation": "ListKeys", "grants": [7] }), "question.grants: a grant is"),
    ] {
        let refusal = world.ask(&value(&question), NOW).expect_err("a refusal").message.unwrap_or_default();
        let refusal = refusal.replace(".[", "[");
        assert!(refusal.starts_with(&shown.replace(".[", "[")), "{question}: {refusal}");
    }
}
