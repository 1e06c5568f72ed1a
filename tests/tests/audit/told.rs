//! What records of calls tell in particular: what KMS fills in, what stands behind keys, and how far a refused call came.

use pocket_kms::{
    Span,
    enclave::{Enclave, Measurements, Spec},
};
use serde_json::{Value as Json, json};

use crate::{
    scenes::{NOW, OWNER, Scene, blob, shown, value},
    schema::faults,
};

const CLUSTER: &str = "cluster-2ab3cdefghi";
const RAW_SECRET_ACCESS_KEY: &str = "PleaseReplaceThisWithSomeSecretOfLength43To64";
const ACCESS_KEY_ID: &str = "BETWEEN2TENAND3TENCHARACTERS";

fn scene() -> Scene {
    Scene::new("DescribeKey")
}

/// The record of a call, which is as the schema says.
fn record(scene: &Scene, operation: &str, input: &Json) -> Json {
    let record = scene.record(operation, input);
    let faults = faults(&record);
    assert!(faults.is_empty(), "{operation}: {faults:#?}\n{record:#}");
    record
}

fn arns(record: &Json) -> Vec<&str> {
    record["resources"].as_array().into_iter().flatten().filter_map(|one| one["ARN"].as_str()).collect()
}

/// A key store over a cluster, connected.
fn cluster_store(scene: &Scene, name: &str, cluster: &str) -> Json {
    let made = json!({
        "CustomKeyStoreName": name, "CloudHsmClusterId": cluster, "KeyStorePassword": "kmsPswd",
        "TrustAnchorCertificate": "certificate",
    });
    let store = scene.root("CreateCustomKeyStore", &made)["CustomKeyStoreId"].clone();
    scene.root("ConnectCustomKeyStore", &json!({ "CustomKeyStoreId": store }));
    store
}

#[test]
fn what_is_left_out_is_shown_as_kms_fills_it_in() {
    let scene = scene();
    let filled = json!({
        "description": "", "keyUsage": "ENCRYPT_DECRYPT", "customerMasterKeySpec": "SYMMETRIC_DEFAULT",
        "keySpec": "SYMMETRIC_DEFAULT", "origin": "AWS_KMS", "bypassPolicyLockoutSafetyCheck": false,
    });
    let made = record(&scene, "CreateKey", &json!({}));
    assert_eq!(made["requestParameters"], filled);
    assert_eq!(arns(&made), [made["responseElements"]["keyMetadata"]["arn"].as_str().expect("an ARN")]);
    assert_eq!(made["responseElements"]["keyMetadata"]["creationDate"], "Jan 1, 2026, 12:00:00 AM");
    let old = json!({ "CustomerMasterKeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC" });
    let old = record(&scene, "CreateKey", &old);
    let specs = ["keySpec", "customerMasterKeySpec"].map(|name| old["requestParameters"][name].clone());
    assert_eq!(specs, [json!("HMAC_256"), json!("HMAC_256")]);
    let without_usage = record(&scene, "CreateKey", &json!({ "KeySpec": "RSA_2048", "Tags": [] }));
    assert_eq!(without_usage["errorCode"], "ValidationException");
    let shown = &without_usage["requestParameters"];
    assert_eq!((shown.get("keyUsage"), &shown["tags"]), (None, &json!([])));
    let policy = record(&scene, "GetKeyPolicy", &json!({ "KeyId": scene.key }));
    assert_eq!(policy["requestParameters"]["policyName"], "default");
    let usual = record(&scene, "ListKeys", &json!({}));
    assert!(usual["requestParameters"].is_null());
}

#[test]
fn a_key_is_shown_as_its_caller_named_it_and_reached_under_its_arn() {
    let scene = scene();
    scene.root("CreateAlias", &json!({ "AliasName": "alias/a", "TargetKeyId": scene.key }));
    let id = scene.key.rsplit('/').next().expect("an id");
    let alias = scene.key.replace(&format!("key/{id}"), "alias/a");
    for name in [id, &scene.key, "alias/a", &alias] {
        let record = record(&scene, "DescribeKey", &json!({ "KeyId": name }));
        assert_eq!((&record["requestParameters"], arns(&record)), (&json!({ "keyId": name }), vec![&*scene.key]));
    }
    let moved = json!({ "AliasName": "alias/a", "TargetKeyId": scene.other });
    assert_eq!(arns(&record(&scene, "UpdateAlias", &moved)), [&*alias, &*scene.other]);
    assert_eq!(arns(&record(&scene, "DeleteAlias", &json!({ "AliasName": "alias/a" }))), [&*alias, &*scene.other]);
    let again = json!({ "AliasName": "alias/a", "TargetKeyId": id });
    assert_eq!(arns(&record(&scene, "CreateAlias", &again)), [&*scene.key, &*alias]);
    assert_eq!(record(&scene, "RotateKeyOnDemand", &json!({ "KeyId": id }))["responseElements"]["keyId"], scene.key);
}

#[test]
fn a_refused_call_tells_as_much_as_was_known_when_it_failed() {
    let scene = scene();
    let sealed = json!({ "KeyId": scene.key, "Plaintext": blob(b"x"), "EncryptionContext": { "a": "b" } });
    let sealed = scene.root("Encrypt", &sealed)["CiphertextBlob"].clone();
    let decrypt = |input: Json| record(&scene, "Decrypt", &input);
    // Another key is named than the one that made the ciphertext.
    let wrong_key = decrypt(json!({ "CiphertextBlob": sealed, "KeyId": scene.other }));
    assert_eq!((&wrong_key["errorCode"], arns(&wrong_key)), (&json!("IncorrectKeyException"), vec![&*scene.other]));
    // The key is known and permitted, the context is wrong.
    let wrong_context = decrypt(json!({ "CiphertextBlob": sealed, "EncryptionContext": { "a": "c" } }));
    let shown = json!({ "encryptionAlgorithm": "SYMMETRIC_DEFAULT", "encryptionContext": { "a": "c" } });
    assert_eq!(wrong_context["errorCode"], "InvalidCiphertextException");
    assert_eq!((&wrong_context["requestParameters"], arns(&wrong_context)), (&shown, vec![&*scene.key]));
    assert_eq!((wrong_context.get("errorMessage"), wrong_context.get("additionalEventData")), (None, None));
    // Nobody knows whose ciphertext this is, or there is no such key: nothing was authorized.
    let unreadable = decrypt(json!({ "CiphertextBlob": blob(&[7; 100]) }));
    let unknown = record(&scene, "DescribeKey", &json!({ "KeyId": "1234abcd-12ab-34cd-56ef-1234567890ab" }));
    // No store of this name was looked at.
    let store = json!({ "CustomKeyStoreId": "cks-1234567890abcdef0" });
    let no_store = record(&scene, "ConnectCustomKeyStore", &store);
    for (record, code) in [
        (&unreadable, "InvalidCiphertextException"),
        (&unknown, "NotFoundException"),
        (&no_store, "CustomKeyStoreNotFoundException"),
    ] {
        assert_eq!(record["errorCode"], code);
        assert_eq!((&record["requestParameters"], record.get("resources")), (&Json::Null, None), "{code}");
    }
    let sign = json!({ "KeyId": scene.key, "Message": blob(b"x"), "SigningAlgorithm": "ECDSA_SHA_256" });
    let wrong_usage = record(&scene, "Sign", &sign);
    assert_eq!(
        (&wrong_usage["errorCode"], arns(&wrong_usage)),
        (&json!("InvalidKeyUsageException"), vec![&*scene.key])
    );
}

#[test]
fn a_call_that_was_too_many_shows_nothing() {
    let scene = scene();
    scene.world.set(&value(&json!({ "request-quotas": 1 })), NOW).expect("a setting");
    let records = (0..6).map(|_| record(&scene, "CreateKey", &json!({}))).collect::<Vec<_>>();
    let throttled = records.last().expect("a record");
    assert_eq!(throttled["errorCode"], "ThrottlingException");
    assert!(throttled["requestParameters"].is_null());
    let before = scene.world.records(0).records.len();
    scene.world.set_audit(&value(&json!({ "throttled": false }))).expect("an option");
    assert!(scene.world.call("CreateKey", value(&json!({})), Some("us-east-1"), Some(OWNER), NOW).reply.is_err());
    assert_eq!(scene.world.records(0).records.len(), before);
}

#[test]
fn parameters_that_are_too_long_are_left_out_alone() {
    let scene = scene();
    let long = json!({ "KeyId": scene.key, "Policy": format!("{{{}}}", " ".repeat(110_000)) });
    let record = record(&scene, "PutKeyPolicy", &long);
    assert!(record.get("errorCode").is_some() && record["requestParameters"].is_null());
    assert_eq!(arns(&record), [&*scene.key]);
}

#[test]
fn what_is_behind_a_key_in_a_cluster_is_told() {
    let scene = scene();
    let setup = json!({ "clusters": { CLUSTER: {}, "cluster-3ab3cdefghi": {} } });
    scene.world.register_stores(&value(&setup), NOW).expect("a setup");
    let one = cluster_store(&scene, "one", CLUSTER);
    let two = cluster_store(&scene, "two", "cluster-3ab3cdefghi");
    let new = |store: &Json| json!({ "CustomKeyStoreId": store, "Origin": "AWS_CLOUDHSM" });
    let made = record(&scene, "CreateKey", &new(&one));
    let backing = made["additionalEventData"]["backingKey"].as_str().expect("a text");
    let backing = serde_json::from_str::<Json>(backing).expect("JSON")["backingKeyId"].clone();
    let key = made["responseElements"]["keyMetadata"]["keyId"].clone();
    let behind = json!({ "customKeyStoreId": one, "backingKeyId": backing });
    let encrypt = json!({ "KeyId": key, "Plaintext": blob(b"x") });
    assert_eq!(record(&scene, "Encrypt", &encrypt)["additionalEventData"], behind);
    let sealed = scene.root("Encrypt", &encrypt)["CiphertextBlob"].clone();
    let other = scene.root("CreateKey", &new(&two))["KeyMetadata"]["KeyId"].clone();
    let moved = record(&scene, "ReEncrypt", &json!({ "CiphertextBlob": sealed, "DestinationKeyId": other }));
    let told = &moved["additionalEventData"];
    assert_eq!((&told["sourceCustomKeyStoreId"], &told["destinationCustomKeyStoreId"]), (&one, &two));
    assert_eq!(told["sourceBackingKeyId"], backing);
    let out = record(&scene, "ReEncrypt", &json!({ "CiphertextBlob": sealed, "DestinationKeyId": scene.key }));
    let told = &out["additionalEventData"];
    assert!(told["destinationKeyMaterialId"].is_string() && told.get("sourceKeyMaterialId").is_none(), "{told}");
    let deletion = record(&scene, "ScheduleKeyDeletion", &json!({ "KeyId": other, "PendingWindowInDays": 7 }));
    let told = &deletion["additionalEventData"];
    assert_eq!((&told["customKeyStoreId"], &told["clusterId"]), (&two, &json!("cluster-3ab3cdefghi")));
    assert!(told["backingKeys"].as_str().is_some_and(|keys| keys.starts_with("[{\"backingKeyId\":\"")), "{told}");
    assert_eq!(deletion["responseElements"]["deletionDate"], "Jan 8, 2026, 12:00:00 AM");
    let closed = record(&scene, "DisconnectCustomKeyStore", &json!({ "CustomKeyStoreId": one }));
    assert_eq!(closed["additionalEventData"], json!({ "customKeyStoreName": "one", "clusterId": CLUSTER }));
    // A use that fails tells the same.
    let failed = record(&scene, "Encrypt", &encrypt);
    assert_eq!((&failed["errorCode"], &failed["additionalEventData"]), (&json!("KMSInvalidStateException"), &behind));
    let renamed = json!({ "CustomKeyStoreId": one, "NewCustomKeyStoreName": "three" });
    let renamed = record(&scene, "UpdateCustomKeyStore", &renamed);
    assert_eq!(renamed["additionalEventData"], json!({ "customKeyStoreName": "three", "clusterId": CLUSTER }));
}

#[test]
fn the_external_key_of_a_key_is_told_and_the_credential_of_its_proxy_is_not() {
    let scene = scene();
    let given = json!({
        "CustomKeyStoreName": "external", "CustomKeyStoreType": "EXTERNAL_KEY_STORE",
        "XksProxyConnectivity": "PUBLIC_ENDPOINT", "XksProxyUriEndpoint": "https://xks.example.com",
        "XksProxyUriPath": "/example/kms/xks/v1",
        "XksProxyAuthenticationCredential": { "AccessKeyId": ACCESS_KEY_ID, "RawSecretAccessKey": RAW_SECRET_ACCESS_KEY },
    });
    let made = record(&scene, "CreateCustomKeyStore", &given);
    assert_eq!(
        made["requestParameters"],
        json!({
            "customKeyStoreName": "external", "customKeyStoreType": "EXTERNAL_KEY_STORE",
            "xksProxyConnectivity": "PUBLIC_ENDPOINT", "xksProxyUriEndpoint": "https://xks.example.com",
            "xksProxyUriPath": "/example/kms/xks/v1",
        })
    );
    let store = made["responseElements"]["customKeyStoreId"].clone();
    let connected = record(&scene, "ConnectCustomKeyStore", &json!({ "CustomKeyStoreId": store }));
    assert_eq!(connected["additionalEventData"], json!({ "customKeyStoreName": "external" }));
    let key = json!({ "CustomKeyStoreId": store, "Origin": "EXTERNAL_KEY_STORE", "XksKeyId": "foo" });
    let made = record(&scene, "CreateKey", &key);
    assert_eq!(made.get("additionalEventData"), None);
    let metadata = &made["responseElements"]["keyMetadata"];
    assert_eq!(metadata["xksKeyConfiguration"], json!({ "id": "foo" }));
    let encrypt = json!({ "KeyId": metadata["keyId"], "Plaintext": blob(b"x") });
    let used = record(&scene, "Encrypt", &encrypt);
    assert_eq!(used["additionalEventData"], json!({ "customKeyStoreId": store, "xksKeyId": "foo" }));
    let all = format!("{:?}", scene.world.records(0));
    assert!(!all.contains(RAW_SECRET_ACCESS_KEY) && !all.contains(ACCESS_KEY_ID));
}

#[test]
fn who_attests_is_told_with_the_material_that_the_reply_does_not_name() {
    let scene = scene();
    let measurements = Measurements::of_image(b"an enclave image").with_instance("i-0123456789abcdef0");
    let enclave: Enclave = scene.world.enclave(Spec { measurements, ..Spec::default() }).expect("an enclave");
    let document = enclave.attestation_document(scene.world.now(NOW)).expect("a document");
    let recipient = json!({ "AttestationDocument": blob(&document), "KeyEncryptionAlgorithm": "RSAES_OAEP_SHA_256" });
    let key = json!({ "KeyId": scene.key, "KeySpec": "AES_256", "Recipient": recipient });
    let sealed = scene.root("Encrypt", &json!({ "KeyId": scene.key, "Plaintext": blob(b"x") }));
    let sealed = json!({ "CiphertextBlob": sealed["CiphertextBlob"], "Recipient": recipient });
    let plain = record(&scene, "GenerateDataKey", &json!({ "KeyId": scene.key, "KeySpec": "AES_256" }));
    let material = plain["additionalEventData"]["keyMaterialId"].clone();
    assert!(material.is_string());
    for (operation, input) in [("GenerateDataKey", &key), ("Decrypt", &sealed)] {
        let record = record(&scene, operation, input);
        let told = &record["additionalEventData"];
        assert_eq!(told["keyMaterialId"], material, "{operation}");
        let module = told["recipient"]["attestationDocumentModuleId"].as_str().expect("a module");
        assert!(module.starts_with("i-") && module.contains("-enc"), "{module}");
        assert_eq!(told["recipient"]["attestationDocumentEnclaveImageDigest"].as_str().map(str::len), Some(96));
        assert!(record["requestParameters"].get("recipient").is_none());
    }
    let random = record(&scene, "GenerateRandom", &json!({ "NumberOfBytes": 8, "Recipient": recipient }));
    assert!(random["requestParameters"].is_null() && random["additionalEventData"]["recipient"].is_object());
    // A document that is not valid says nothing.
    let changed = json!({ "AttestationDocument": blob(&document[1..]) });
    let refused = record(&scene, "GenerateRandom", &json!({ "NumberOfBytes": 8, "Recipient": changed }));
    assert!(refused.get("errorCode").is_some() && refused.get("additionalEventData").is_none());
}

#[test]
fn what_kms_does_by_itself_is_as_the_schema_says() {
    let scene = Scene::new("ImportKeyMaterial");
    scene.root("ImportKeyMaterial", &scene.input);
    let rotating = scene.new_key(json!({}));
    scene.root("EnableKeyRotation", &json!({ "KeyId": rotating, "RotationPeriodInDays": 90 }));
    scene.root("ScheduleKeyDeletion", &json!({ "KeyId": scene.other, "PendingWindowInDays": 7 }));
    let before = scene.world.records(0).records.len();
    scene.world.advance(Span::from_days(200), NOW).expect("a time");
    let records: Vec<Json> = scene.world.records(0).records.iter().skip(before).map(|(_, one)| shown(one)).collect();
    for record in &records {
        assert!(faults(record).is_empty(), "{:#?}\n{record:#}", faults(record));
    }
    let names: Vec<&str> = records.iter().filter_map(|record| record["eventName"].as_str()).collect();
    assert_eq!(names, ["DeleteExpiredKeyMaterial", "DeleteKey", "RotateKey", "RotateKey"]);
}
