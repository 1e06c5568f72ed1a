//! Samples of today's version that guides print: cryptography, imported material, rotation, and VPC endpoints.

use pocket_kms::{
    Span, Time, Value,
    crypto::{hash::Hash, random::Random, rsa::Encryption},
};
use serde_json::{Value as Json, json};

use super::scene::{Scene, blob, id, value};
use crate::shape::NOW;

const TLS_12: (&str, &str) = ("TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384");
const TLS_13: (&str, &str) = ("TLSv1.3", "TLS_AES_256_GCM_SHA384");

/// The records of AS-11, AS-15 to AS-20, AS-23, and AS-26 to AS-28.
pub(super) fn records() -> Vec<(&'static str, Json)> {
    let [imported, expired, rotated] = imported_material();
    let [passed, refused] = through_an_endpoint();
    vec![
        ("AS-11", decrypted()),
        ("AS-15", reencrypted()),
        ("AS-16", data_key()),
        ("AS-17", imported),
        ("AS-18", expired),
        ("AS-19", rotated_by_schedule()),
        ("AS-20", rotated),
        ("AS-23", last_usage()),
        ("AS-26", grant_of_a_service()),
        ("AS-27", passed),
        ("AS-28", refused),
    ]
}

fn engineering() -> Json {
    json!({"Department": "Engineering", "Project": "Alpha"})
}

fn decrypted() -> Json {
    let scene = Scene::of_alice("us-west-2").over(TLS_12.0, TLS_12.1, None);
    let key = scene.key(&json!({}));
    let sealed = scene.sealed(&key, &engineering());
    let input = json!({"CiphertextBlob": sealed, "KeyId": key, "EncryptionContext": engineering()});
    scene.calls("Decrypt", &input).expect("a plaintext");
    scene.told("Decrypt")
}

fn reencrypted() -> Json {
    let scene = Scene::of_alice("us-west-2").over(TLS_13.0, TLS_13.1, None);
    let (source, destination) = (scene.key(&json!({})), scene.key(&json!({})));
    let input = json!({
        "CiphertextBlob": scene.sealed(&source, &engineering()),
        "SourceEncryptionContext": engineering(),
        "DestinationKeyId": id(&destination),
        "DestinationEncryptionContext": {"Level": "3A"},
    });
    scene.calls("ReEncrypt", &input).expect("a ciphertext");
    scene.told("ReEncrypt")
}

fn data_key() -> Json {
    let scene = Scene::of_alice("us-west-2").over(TLS_13.0, TLS_13.1, None);
    let key = scene.key(&json!({}));
    let input = json!({"KeyId": id(&key), "KeySpec": "AES_256", "EncryptionContext": engineering()});
    scene.calls("GenerateDataKey", &input).expect("a data key");
    scene.told("GenerateDataKey")
}

fn last_usage() -> Json {
    let scene = Scene::of_alice("us-east-1");
    let key = scene.key(&json!({}));
    scene.calls("GetKeyLastUsage", &json!({"KeyId": id(&key)})).expect("the last usage");
    scene.told("GetKeyLastUsage")
}

fn rotated_by_schedule() -> Json {
    let scene = Scene::of_alice("us-west-2");
    let key = scene.key(&json!({}));
    scene.prepare("EnableKeyRotation", &json!({"KeyId": key}));
    scene.advance(Span::from_days(366));
    scene.told("RotateKey")
}

/// A key whose material is imported, rotated to other imported material, and expires.
fn imported_material() -> [Json; 3] {
    let scene = Scene::of_alice("us-west-2").over(TLS_13.0, TLS_13.1, None);
    let key = scene.key(&json!({"Origin": "EXTERNAL"}));
    let seconds = |days: i64| NOW.after(Span::from_days(days)).millis() / 1000;
    let import = |byte: u8, members: Json| {
        let parameters =
            json!({"KeyId": key, "WrappingAlgorithm": "RSAES_OAEP_SHA_256", "WrappingKeySpec": "RSA_2048"});
        let got = scene.prepare("GetParametersForImport", &parameters);
        let mut input = members;
        input["KeyId"] = json!(id(&key));
        input["ImportToken"] = blob(&got, "ImportToken");
        input["EncryptedKeyMaterial"] = wrapped(&got, &[byte; 32]);
        scene.calls("ImportKeyMaterial", &input).expect("imported material");
    };
    import(1, json!({"ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE"}));
    let expires = json!({
        "ValidTo": seconds(7), "ExpirationModel": "KEY_MATERIAL_EXPIRES", "ImportType": "NEW_KEY_MATERIAL",
        "KeyMaterialDescription": "ExampleKeyMaterialA",
    });
    import(2, expires);
    let imported = scene.told("ImportKeyMaterial");
    scene.prepare("RotateKeyOnDemand", &json!({"KeyId": key}));
    scene.advance(Span::from_days(8));
    [imported, scene.told("DeleteExpiredKeyMaterial"), scene.told("RotateKey")]
}

/// Material as it is sent to be imported, in base64.
fn wrapped(parameters: &Value, material: &[u8]) -> Json {
    let provider = pocket_kms_aws_lc::PROVIDER;
    let public = parameters.member("PublicKey").and_then(Value::as_bytes).expect("a public key");
    let mut random = Random::from_entropy(&[9; 32]);
    let public = provider.rsa.load_public(public).expect("an RSA key");
    let sealed = public.encrypt(Encryption::Oaep(Hash::Sha256), material, &mut random).expect("sealed material");
    blob(&Value::from([("Sealed", Value::Blob(sealed))]), "Sealed")
}

/// A grant that DataZone may retire, and does.
fn grant_of_a_service() -> Json {
    let service = "datazone.amazonaws.com";
    let scene = Scene::new("us-east-1", &json!(service), &json!({"source_account": "111122223333"}));
    let key = scene.key(&json!({}));
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"},
        {"Effect": "Allow", "Principal": {"Service": service}, "Action": "kms:*", "Resource": "*"},
    ]});
    scene.prepare("PutKeyPolicy", &json!({"KeyId": key, "Policy": policy.to_string()}));
    let grantee = "arn:aws:iam::111122223333:role/Grantee";
    let input = json!({"KeyId": key, "GranteePrincipal": grantee, "RetiringServicePrincipal": service,
        "Operations": ["Decrypt", "RetireGrant"], "Constraints": {"SourceArn": "arn:aws:datazone:us-east-1:111122223333:domain/dzd_1"}});
    let made = scene.prepare("CreateGrant", &input);
    let grant = crate::shape::text(&made, &["GrantId"]).to_owned();
    scene.calls("RetireGrant", &json!({"KeyId": key, "GrantId": grant})).expect("a retired grant");
    scene.told("RetireGrant")
}

/// What the owner of an endpoint is told of a call of its own, and of one of another account that its policy refuses.
fn through_an_endpoint() -> [Json; 2] {
    let endpoint = json!({"id": "vpce-0123456789abcdef0", "owner": "111122223333"});
    let scene = |account: &str, role: &str| {
        let caller = json!(format!("arn:aws:sts::{account}:assumed-role/{role}/example-session"));
        Scene::new("us-east-1", &caller, &json!({"source_ip": "192.0.2.0", "vpc_endpoint": endpoint.clone()}))
    };
    let own = scene("111122223333", "Admin");
    own.calls("ListKeys", &json!({})).expect("keys");
    let foreign = scene("444455556666", "Guest");
    let policy = json!({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*",
        "Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}}]});
    let directory = json!({"vpcEndpoints": {"vpce-0123456789abcdef0": {"policy": policy}}});
    foreign.world.register(&value(&directory), Time::default()).expect("an endpoint");
    foreign.calls("ListKeys", &json!({})).expect_err("refused");
    let network = |scene: &Scene| {
        let all = scene.all("ListKeys");
        all.into_iter().find(|record| record["eventCategory"] == "NetworkActivity").expect("network activity")
    };
    [network(&own), network(&foreign)]
}
