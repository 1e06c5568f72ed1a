//! Samples of custom key stores and of attested calls, all of older versions.

use pocket_kms::{
    Span, Time, Value,
    enclave::{Measurements, Spec},
};
use serde_json::{Value as Json, json};

use super::scene::{Scene, blob, value};
use crate::shape::{NOW, text};

/// The records of AS-14, AS-22, AS-32 to AS-34, AS-43 and AS-44.
pub(super) fn records() -> Vec<(&'static str, Json)> {
    let [made, connected, _, deleted] = in_a_cluster("us-east-1");
    let [_, _, created, _] = in_a_cluster("us-west-2");
    let [decrypted, random] = attested();
    vec![
        ("AS-14", refused_by_a_proxy()),
        ("AS-22", deleted),
        ("AS-32", created),
        ("AS-33", made),
        ("AS-34", connected),
        ("AS-43", decrypted),
        ("AS-44", random),
    ]
}

/// A key in an AWS CloudHSM key store, from the store to the deletion of the key.
fn in_a_cluster(region: &'static str) -> [Json; 4] {
    let scene = Scene::of_alice(region);
    let certificate = "-----BEGIN CERTIFICATE-----\nAQIDBAUGBwg=\n-----END CERTIFICATE-----\n";
    let input = json!({"CustomKeyStoreName": "ExampleKeyStore", "CloudHsmClusterId": "cluster-2a23b4cdefg",
        "TrustAnchorCertificate": certificate, "KeyStorePassword": "kmsPswd"});
    let made = scene.calls("CreateCustomKeyStore", &input).expect("a key store");
    let store = text(&made, &["CustomKeyStoreId"]).to_owned();
    scene.calls("ConnectCustomKeyStore", &json!({"CustomKeyStoreId": store})).expect("a connected store");
    let created =
        scene.calls("CreateKey", &json!({"Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": store})).expect("a key");
    let key = text(&created, &["KeyMetadata", "KeyId"]).to_owned();
    let told = ["CreateCustomKeyStore", "ConnectCustomKeyStore", "CreateKey"].map(|name| scene.told(name));
    let [made, connected, created] = told;
    scene.prepare("ScheduleKeyDeletion", &json!({"KeyId": key, "PendingWindowInDays": 7}));
    scene.advance(Span::from_days(8));
    [made, connected, created, scene.told("DeleteKey")]
}

fn refused_by_a_proxy() -> Json {
    let scene = Scene::of_alice("us-west-2");
    let credential = json!({"accessKeyId": "BETWEEN2TENAND3TENCHARACTERS",
        "rawSecretAccessKey": "PleaseReplaceThisWithSomeSecretOfLength43To64"});
    let external = "abc01234567890fe";
    let proxies = |proxy: Json| {
        let stores = json!({"proxies": {"https://xks.example.com": proxy}});
        scene.world.register_stores(&value(&stores), Time::default()).expect("a proxy");
    };
    let input = json!({"CustomKeyStoreName": "outside", "CustomKeyStoreType": "EXTERNAL_KEY_STORE",
        "XksProxyConnectivity": "PUBLIC_ENDPOINT", "XksProxyUriEndpoint": "https://xks.example.com",
        "XksProxyUriPath": "/kms/xks/v1", "XksProxyAuthenticationCredential": {
            "AccessKeyId": credential["accessKeyId"], "RawSecretAccessKey": credential["rawSecretAccessKey"]}});
    let made = scene.prepare("CreateCustomKeyStore", &input);
    let store = text(&made, &["CustomKeyStoreId"]).to_owned();
    scene.prepare("ConnectCustomKeyStore", &json!({"CustomKeyStoreId": store}));
    let key = scene.key(&json!({"Origin": "EXTERNAL_KEY_STORE", "CustomKeyStoreId": store, "XksKeyId": external}));
    let context = json!({"Department": "Engineering", "Purpose": "Test"});
    let sealed = scene.sealed(&key, &context);
    // Until now every proxy was as KMS wishes.
    proxies(json!({"keys": [external], "faults": [{"fault": "error", "errorName": "InvalidCiphertextException"}]}));
    let input = json!({"CiphertextBlob": sealed, "KeyId": key, "EncryptionContext": context});
    scene.calls("Decrypt", &input).expect_err("refused");
    scene.told("Decrypt")
}

/// What an enclave decrypts, and the random bytes that it gets.
fn attested() -> [Json; 2] {
    let scene = Scene::of_alice("us-west-2");
    let measurements = Measurements::of_image(b"an image").with_instance("i-123456789abcde123");
    let measurements = measurements.with(8, vec![8; 48]).expect("a register");
    let enclave = scene.world.enclave(Spec { measurements, ..Spec::default() }).expect("an enclave");
    let document = enclave.attestation_document(NOW).expect("a document");
    let document = blob(&Value::from([("Document", Value::Blob(document))]), "Document");
    let recipient = json!({"AttestationDocument": document, "KeyEncryptionAlgorithm": "RSAES_OAEP_SHA_256"});
    let key = scene.key(&json!({}));
    let input = json!({"CiphertextBlob": scene.sealed(&key, &json!({})), "KeyId": key, "Recipient": recipient});
    scene.calls("Decrypt", &input).expect("a sealed plaintext");
    let input = json!({"NumberOfBytes": 32, "Recipient": recipient});
    scene.calls("GenerateRandom", &input).expect("sealed bytes");
    [scene.told("Decrypt"), scene.told("GenerateRandom")]
}
