//! Samples of older versions.

use serde_json::{Value as Json, json};

use super::scene::{ALICE, Scene, id};

const SECRET: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:example-secret-a1b2c3";

const POLICY: &str = "{\n    \"Version\": \"2012-10-17\",\n    \"Id\": \"key-consolepolicy-3\",\n    \"Statement\": [\n        {\n            \"Sid\": \"Enable IAM User Permissions\",\n            \"Effect\": \"Allow\",\n            \"Principal\": {\n                \"AWS\": \"arn:aws:iam::111122223333:root\"\n            },\n            \"Action\": \"kms:*\",\n            \"Resource\": \"*\"\n        }\n    ]\n}";

/// The records of AS-01 to AS-08, AS-13, AS-21, AS-29 to AS-31, AS-35 to AS-42.
pub(super) fn records() -> Vec<(&'static str, Json)> {
    let [first, second] = new_primary_region();
    let [replicated, synchronized, waiting] = related_keys();
    vec![
        ("AS-01", data_key_of_a_secret()),
        ("AS-02", decrypted_by("secretsmanager.amazonaws.com", "us-east-1", &secret())),
        ("AS-03", decrypted_by("ssm.amazonaws.com", "us-east-1", &parameter())),
        ("AS-04", data_key_of_cloudtrail()),
        ("AS-05", decrypted_by("", "eu-west-3", &json!({"aws:lambda:FunctionArn": FUNCTION}))),
        ("AS-06", created_in_the_console()),
        ("AS-07", policy_put_in_the_console()),
        ("AS-08", data_key_of_cloudtrail()),
        ("AS-13", wrong_key()),
        ("AS-21", simple("us-east-1", "RotateKeyOnDemand", &json!({}), &json!({}))),
        ("AS-29", alias("CreateAlias")),
        ("AS-30", alias("DeleteAlias")),
        ("AS-31", alias("UpdateAlias")),
        ("AS-35", replicated),
        ("AS-36", first),
        ("AS-37", second),
        ("AS-38", waiting),
        ("AS-39", synchronized),
        ("AS-40", signed()),
        ("AS-41", data_key_pair()),
        ("AS-42", key_for_something_else()),
    ]
}

const FUNCTION: &str = "arn:aws:lambda:eu-west-3:111122223333:function:example-function";

fn secret() -> Json {
    json!({"SecretARN": SECRET, "SecretVersionId": "EXAMPLE1-90AB-CDEF-FEDC-BA987EXAMPLE"})
}

fn parameter() -> Json {
    json!({"PARAMETER_ARN": "arn:aws:ssm:us-east-1:111122223333:parameter/credentials/example-1"})
}

fn data_key_of_a_secret() -> Json {
    let origin = json!({"via": "secretsmanager.amazonaws.com", "vpc_endpoint": "vpce-0123456789abcdef0"});
    let scene = Scene::new("us-east-1", &json!(ALICE), &origin);
    let input = json!({"KeyId": "alias/aws/secretsmanager", "KeySpec": "AES_256", "EncryptionContext": secret()});
    scene.calls("GenerateDataKey", &input).expect("a data key");
    scene.told("GenerateDataKey")
}

/// What a service decrypts for Alice, or a function by itself.
fn decrypted_by(service: &str, region: &'static str, context: &Json) -> Json {
    let lambda = json!("arn:aws:sts::111122223333:assumed-role/lambda-role/example-function");
    let (caller, origin) =
        if service.is_empty() { (lambda, json!({})) } else { (json!(ALICE), json!({"via": service})) };
    let scene = Scene::new(region, &caller, &origin);
    let key = scene.key(&json!({}));
    let input = json!({"CiphertextBlob": scene.sealed(&key, context), "EncryptionContext": context});
    scene.calls("Decrypt", &input).expect("a plaintext");
    scene.told("Decrypt")
}

fn data_key_of_cloudtrail() -> Json {
    let service = "cloudtrail.amazonaws.com";
    let scene = Scene::new("us-west-2", &json!(service), &json!({}));
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"},
        {"Effect": "Allow", "Principal": {"Service": service}, "Action": "kms:GenerateDataKey*", "Resource": "*"},
    ]});
    let key = scene.key(&json!({"Policy": policy.to_string()}));
    let file = "arn:aws:s3:::amzn-s3-demo-bucket/AWSLogs/111122223333/CloudTrail/us-west-2/2018/08/26/\
                111122223333_CloudTrail_us-west-2_20180826T1410Z_EXAMPLEexample12.json.gz";
    let trail = "arn:aws:cloudtrail:us-west-2:111122223333:trail/example-trail";
    let context = json!({"aws:cloudtrail:arn": trail, "aws:s3:arn": file});
    let input = json!({"KeyId": key, "KeySpec": "AES_256", "EncryptionContext": context});
    scene.calls("GenerateDataKey", &input).expect("a data key");
    scene.told("GenerateDataKey")
}

fn created_in_the_console() -> Json {
    let scene = Scene::of_alice("us-east-1");
    let input = json!({"Policy": POLICY, "Description": "", "KeyUsage": "ENCRYPT_DECRYPT", "Origin": "AWS_KMS",
        "BypassPolicyLockoutSafetyCheck": false, "Tags": []});
    scene.calls("CreateKey", &input).expect("a key");
    scene.told("CreateKey")
}

fn policy_put_in_the_console() -> Json {
    let asked = json!({"PolicyName": "default", "Policy": POLICY, "BypassPolicyLockoutSafetyCheck": false});
    simple("us-east-1", "PutKeyPolicy", &json!({}), &asked)
}

/// A call of Alice's on a key that is named by its bare id.
fn simple(region: &'static str, operation: &str, key: &Json, members: &Json) -> Json {
    let scene = Scene::of_alice(region);
    let mut input = members.clone();
    input["KeyId"] = json!(id(&scene.key(key)));
    scene.calls(operation, &input).expect(operation);
    scene.told(operation)
}

fn wrong_key() -> Json {
    let scene = Scene::of_alice("us-west-2");
    let (key, other) = (scene.key(&json!({})), scene.key(&json!({})));
    let context = json!({"Department": "Engineering", "Project": "Alpha"});
    let input = json!({"CiphertextBlob": scene.sealed(&key, &context), "KeyId": other, "EncryptionContext": context});
    scene.calls("Decrypt", &input).expect_err("another key");
    scene.told("Decrypt")
}

fn alias(operation: &str) -> Json {
    let region = if operation == "DeleteAlias" { "us-east-1" } else { "us-west-2" };
    let name = if operation == "CreateAlias" { "alias/ExampleAlias" } else { "alias/my_alias" };
    let scene = Scene::of_alice(region);
    let (former, key) = (scene.key(&json!({})), scene.key(&json!({})));
    if operation != "CreateAlias" {
        scene.prepare("CreateAlias", &json!({"AliasName": name, "TargetKeyId": former}));
    }
    let input = match operation {
        "DeleteAlias" => json!({"AliasName": name}),
        _ => json!({"AliasName": name, "TargetKeyId": id(&key)}),
    };
    scene.calls(operation, &input).expect(operation);
    scene.told(operation)
}

/// A key that is replicated, is synchronized, and waits for the deletion of its replica.
fn related_keys() -> [Json; 3] {
    let related = |region: &'static str, replica: &str| {
        let scene = Scene::of_alice(region);
        let key = scene.key(&json!({"MultiRegion": true}));
        let input = json!({"KeyId": id(&key), "ReplicaRegion": replica, "BypassPolicyLockoutSafetyCheck": false,
            "Description": ""});
        scene.calls("ReplicateKey", &input).expect("a replica");
        (scene, key)
    };
    let replicated = related("us-east-1", "us-west-2").0.told("ReplicateKey");
    let (scene, key) = related("us-west-2", "us-east-1");
    let synchronized = scene.told("SynchronizeMultiRegionKey");
    let input = json!({"KeyId": id(&key), "PendingWindowInDays": 30});
    scene.calls("ScheduleKeyDeletion", &input).expect("a key that waits");
    [replicated, synchronized, scene.told("ScheduleKeyDeletion")]
}

fn new_primary_region() -> [Json; 2] {
    let scene = Scene::of_alice("us-west-2");
    let key = scene.key(&json!({"MultiRegion": true}));
    scene.prepare("ReplicateKey", &json!({"KeyId": key, "ReplicaRegion": "ap-northeast-1"}));
    let input = json!({"KeyId": id(&key), "PrimaryRegion": "ap-northeast-1"});
    scene.calls("UpdatePrimaryRegion", &input).expect("another primary key");
    scene.all("UpdatePrimaryRegion").try_into().expect("two records")
}

fn signed() -> Json {
    let key = json!({"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"});
    let asked = json!({"MessageType": "RAW", "SigningAlgorithm": "RSASSA_PKCS1_V1_5_SHA_256", "Message": "aGVsbG8="});
    simple("us-west-2", "Sign", &key, &asked)
}

fn data_key_pair() -> Json {
    let asked = json!({"KeyPairSpec": "RSA_3072", "EncryptionContext": {"Project": "Alpha"}});
    simple("us-west-2", "GenerateDataKeyPair", &json!({}), &asked)
}

fn key_for_something_else() -> Json {
    let scene = Scene::of_alice("us-east-1");
    let key = scene.key(&json!({"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}));
    let input = json!({"KeyId": id(&key), "KeySpec": "AES_256", "EncryptionContext": {"Project": "Alpha"}});
    scene.calls("GenerateDataKeyWithoutPlaintext", &input).expect_err("another usage");
    scene.told("GenerateDataKeyWithoutPlaintext")
}
