//! Keys whose material is imported, related keys, and keys in custom key stores: what is read and written of them.

use pocket_kms::{Value, wire};
use pocket_kms_templates::{
    File, Options,
    export::{Format, export},
    read,
};

use super::{
    OWN, done, kinds, said,
    shared::{NOW, load, world},
};

#[test]
fn keys_whose_material_is_imported_are_written_as_what_they_are() {
    let world = world();
    for (number, members) in (1..).zip([
        r#""KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY""#,
        r#""KeySpec": "HMAC_384", "KeyUsage": "GENERATE_VERIFY_MAC", "MultiRegion": true"#,
        r#""Description": "plain""#,
    ]) {
        let made = done(&world, "CreateKey", &format!(r#"{{"Origin": "EXTERNAL", {members}}}"#), "us-east-1", OWN);
        let id = made.member("KeyMetadata").and_then(|key| key.member("KeyId")?.as_text()).expect("an id").to_owned();
        let input = format!(r#"{{"AliasName": "alias/k{number}", "TargetKeyId": "{id}"}}"#);
        done(&world, "CreateAlias", &input, "us-east-1", OWN);
    }
    for format in [Format::Terraform, Format::CloudFormation] {
        let written = export(&world.inventory(NOW), format).expect("an export");
        let (again, _) = load(&written.files, &Options::default()).expect("a world");
        assert_eq!(kinds(&again), kinds(&world), "{format:?}");
    }
}

#[test]
fn replicas_of_imported_keys_are_resources_of_their_own_in_terraform() {
    let world = world();
    let made = done(&world, "CreateKey", r#"{"MultiRegion": true}"#, "us-east-1", OWN);
    let id = made.member("KeyMetadata").and_then(|key| key.member("KeyId")?.as_text()).expect("an id").to_owned();
    done(&world, "ReplicateKey", &format!(r#"{{"KeyId": "{id}", "ReplicaRegion": "eu-west-1"}}"#), "us-east-1", OWN);
    for (region, name) in [("us-east-1", "k"), ("eu-west-1", "r")] {
        let input = format!(r#"{{"AliasName": "alias/{name}", "TargetKeyId": "{id}"}}"#);
        done(&world, "CreateAlias", &input, region, OWN);
    }
    let grant =
        format!(r#"{{"KeyId": "{id}", "GranteePrincipal": "arn:aws:iam::{OWN}:root", "Operations": ["Decrypt"]}}"#);
    done(&world, "CreateGrant", &grant, "us-east-1", OWN);
    done(&world, "DisableKey", &format!(r#"{{"KeyId": "{id}"}}"#), "us-east-1", OWN);
    let told = String::from_utf8(wire::to_json(&world.inventory(NOW))).expect("text");
    let imported = told.replace(r#""origin":"AWS_KMS""#, r#""origin":"EXTERNAL""#);
    let written = export(&said(&imported), Format::Terraform).expect("an export");
    let text = &written.files[0].1;
    // The documentation of the provider lists no other attributes that are the id of a key.
    for reference in
        ["key/${aws_kms_external_key.K.id}", "${aws_kms_external_key.K.id}", "${aws_kms_replica_external_key.R.key_id}"]
    {
        assert!(text.contains(reference), "{text}");
    }
    assert!(!text.contains("aws_kms_key") && !text.contains("aws_kms_replica_key"), "{text}");
    // Commands and stacks would fail at what a key takes only with its material.
    for format in [Format::Cli, Format::CloudFormation] {
        let written = export(&said(&imported), format).expect("an export");
        let text: String = written.files.iter().map(|(_, text)| text.as_str()).collect();
        for early in ["replicate-key", "ReplicaKey", "create-grant", "disable-key", "alias/r"] {
            assert!(!text.contains(early), "{text}");
        }
        assert!(text.contains("alias/k"), "{text}");
        assert_eq!(written.left_out.len(), 2, "{:?}", written.left_out);
    }
}

#[test]
fn a_key_policy_of_terraform_is_of_the_key_in_its_region() {
    let policy = |sid: &str| {
        let text = format!(
            r#"{{"Statement": {{"Sid": "{sid}", "Effect": "Allow", "Principal": {{"AWS": "{OWN}"}}, "Action": "kms:*", "Resource": "*"}}}}"#
        );
        String::from_utf8(wire::to_json(&Value::from(text))).expect("text")
    };
    let text = format!(
        r#"{{
            "provider": {{"aws": [{{"region": "us-east-1"}}, {{"alias": "eu", "region": "eu-west-1"}}]}},
            "resource": {{
                "aws_kms_key": {{"Key": {{"multi_region": true}}}},
                "aws_kms_replica_key": {{"Copy": {{"provider": "aws.eu", "primary_key_arn": "${{aws_kms_key.Key.arn}}"}}}},
                "aws_kms_key_policy": {{
                    "Copy": {{"provider": "aws.eu", "key_id": "${{aws_kms_replica_key.Copy.key_id}}", "policy": {}}},
                    "Key": {{"key_id": "${{aws_kms_key.Key.key_id}}", "policy": {}}}
                }}
            }}
        }}"#,
        policy("Copy"),
        policy("Key")
    );
    let (world, _) = load(&[("main.tf.json".to_owned(), text)], &Options::default()).expect("a world");
    let inventory = world.inventory(NOW);
    let Some(Value::List(keys)) = inventory.member("keys") else { panic!("{inventory:?}") };
    let texts = |member: &str| -> Vec<&str> { keys.iter().filter_map(|key| key.member(member)?.as_text()).collect() };
    assert_eq!(texts("region"), ["us-east-1", "eu-west-1"]);
    let policies = texts("policy");
    assert!(policies[0].contains(r#""Key""#) && policies[1].contains(r#""Copy""#), "{policies:?}");
}

#[test]
fn a_key_in_a_store_that_is_not_read_is_an_ordinary_one_and_that_is_told() {
    let text = r#"{
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": [
            {"address": "aws_kms_custom_key_store.hsm", "mode": "managed", "type": "aws_kms_custom_key_store", "name": "hsm", "values": {"custom_key_store_name": "hsm"}},
            {"address": "aws_kms_key.key", "mode": "managed", "type": "aws_kms_key", "name": "key", "values": {"description": "in the store"}}
        ]}},
        "configuration": {"root_module": {"resources": [
            {"address": "aws_kms_custom_key_store.hsm", "mode": "managed", "type": "aws_kms_custom_key_store", "name": "hsm", "expressions": {}},
            {"address": "aws_kms_key.key", "mode": "managed", "type": "aws_kms_key", "name": "key", "expressions": {
                "custom_key_store_id": {"references": ["aws_kms_custom_key_store.hsm.id", "aws_kms_custom_key_store.hsm"]}
            }}
        ]}}
    }"#;
    let plan = read(&[File { name: "plan.json", text }], &Options::default()).expect("a plan");
    let again = world();
    again.perform(&plan.recipe, NOW).expect("a world");
    assert!(kinds(&again)[0].contains("AWS_KMS"), "{:?}", kinds(&again));
    let assumed = format!("{:?}", plan.assumed);
    assert!(assumed.contains("aws_kms_key.key") && assumed.contains("custom key store"), "{assumed}");
}

#[test]
fn what_a_key_cannot_have_before_its_material_is_left_out_and_the_rest_is_made() {
    let terraform = r#"{
        "provider": {"aws": [{"region": "us-east-1"}, {"alias": "eu", "region": "eu-west-1"}]},
        "resource": {
            "aws_kms_external_key": {"Key": {"multi_region": true, "key_spec": "RSA_2048", "key_usage": "SIGN_VERIFY"}},
            "aws_kms_replica_external_key": {"Copy": {"provider": "aws.eu", "primary_key_arn": "${aws_kms_external_key.Key.arn}"}},
            "aws_kms_alias": {
                "A": {"name": "alias/a", "target_key_id": "${aws_kms_external_key.Key.id}"},
                "B": {"provider": "aws.eu", "name": "alias/b", "target_key_id": "${aws_kms_replica_external_key.Copy.key_id}"}
            },
            "aws_kms_grant": {"G": {
                "key_id": "${aws_kms_external_key.Key.id}",
                "grantee_principal": "arn:aws:iam::111122223333:role/app",
                "operations": ["Sign"]
            }}
        }
    }"#;
    let cloudformation = r#"{"Resources": {
        "Key": {"Type": "AWS::KMS::Key", "Properties": {
            "Origin": "EXTERNAL", "Enabled": false, "MultiRegion": true, "KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY",
            "KeyPolicy": {"Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"}}
        }},
        "A": {"Type": "AWS::KMS::Alias", "Properties": {"AliasName": "alias/a", "TargetKeyId": {"Ref": "Key"}}}
    }}"#;
    for (name, text, left_out) in
        [("main.tf.json", terraform, &["Copy", "Key"][..]), ("key.template.json", cloudformation, &[])]
    {
        let files = [File { name, text }];
        let plan = read(&files, &Options::default()).expect("a plan");
        let again = world();
        again.perform(&plan.recipe, NOW).unwrap_or_else(|error| panic!("{name}: {error}"));
        let shown = kinds(&again);
        let [key] = &shown[..] else { panic!("{name}: {shown:?}") };
        assert!(["alias/a", "RSA_2048", "SIGN_VERIFY", "PendingImport"].iter().all(|part| key.contains(part)), "{key}");
        let why = format!("{:?}", plan.left_out);
        assert_eq!(plan.left_out.len(), left_out.len(), "{why}");
        assert!(left_out.iter().all(|part| why.contains(part)), "{why}");
    }
}
