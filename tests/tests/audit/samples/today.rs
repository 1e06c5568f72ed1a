//! Calls of role sessions, of the console, and of services that forward sessions, in today's version.

use serde_json::{Value as Json, json};

use super::scene::{Scene, id};

const TLS_13: (&str, &str) = ("TLSv1.3", "TLS_AES_256_GCM_SHA384");

/// The records of AS-09, AS-10, AS-12, AS-24 and AS-25.
pub(super) fn records() -> Vec<(&'static str, Json)> {
    vec![
        ("AS-09", data_key_of_s3()),
        ("AS-10", disabled_in_the_console()),
        ("AS-12", decrypted_after_quantum_computers()),
        ("AS-24", dry_run_of_lambda("GenerateDataKey")),
        ("AS-25", dry_run_of_lambda("DescribeKey")),
    ]
}

fn data_key_of_s3() -> Json {
    let caller = json!({
        "arn": "arn:aws:sts::111122223333:assumed-role/AWSLabsUser-EXAMPLE/example-session",
        "session": {"token_issued": 1_761_522_806},
    });
    let scene = Scene::new("us-east-1", &caller, &json!({"via": "s3.amazonaws.com", "from_console": true}));
    let key = scene.key(&json!({}));
    let context = json!({"aws:s3:arn": "arn:aws:s3:::amzn-s3-demo-bucket"});
    let input = json!({"KeyId": key, "EncryptionContext": context, "KeySpec": "AES_256"});
    scene.calls("GenerateDataKey", &input).expect("a data key");
    scene.told("GenerateDataKey")
}

fn disabled_in_the_console() -> Json {
    let agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 Safari/537.36";
    let caller = json!("arn:aws:sts::111122223333:assumed-role/voclabs/user=Example");
    let origin = json!({"source_ip": "192.0.2.0", "user_agent": agent, "from_console": true});
    let scene = Scene::new("us-east-1", &caller, &origin).over(TLS_13.0, TLS_13.1, Some("X25519MLKEM768"));
    let key = scene.key(&json!({}));
    scene.calls("DisableKey", &json!({"KeyId": id(&key)})).expect("a disabled key");
    scene.told("DisableKey")
}

fn decrypted_after_quantum_computers() -> Json {
    let agent = "aws-sdk-java/2.30.22 md/io#async md/http#AwsCommonRuntime";
    let scene = Scene::of_alice("us-west-2").agent(agent).over(TLS_13.0, TLS_13.1, Some("X25519MLKEM768"));
    let (key, context) = (scene.key(&json!({})), json!({"Department": "Engineering", "Project": "Alpha"}));
    let blob = scene.sealed(&key, &context);
    let input = json!({"CiphertextBlob": blob, "KeyId": key, "EncryptionContext": context});
    scene.calls("Decrypt", &input).expect("a plaintext");
    scene.told("Decrypt")
}

/// What Lambda asks of a key while somebody makes a function.
fn dry_run_of_lambda(operation: &str) -> Json {
    let caller = json!("arn:aws:sts::111122223333:assumed-role/FunctionAuthor/example");
    let scene = Scene::new("us-east-1", &caller, &json!({"via": "lambda.amazonaws.com"}));
    let key = scene.key(&json!({}));
    let function = "arn:aws:lambda:us-east-1:111122223333:function:myDurableFunction";
    let input = if operation == "DescribeKey" {
        json!({"KeyId": key})
    } else {
        let context = json!({"aws:lambda:FunctionArn": function});
        json!({"KeyId": key, "EncryptionContext": context, "KeySpec": "AES_256", "DryRun": true})
    };
    drop(scene.calls(operation, &input));
    scene.told(operation)
}
