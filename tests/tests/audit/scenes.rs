//! For every operation a world in which it can be called, and an input with all that its record may show or must hide.

use base64::{Engine, prelude::BASE64_STANDARD};
use pocket_kms::{
    CryptoProvider, Error, Options, Sender, Time, Value, World, arguments,
    audit::Record,
    crypto::{hash::Hash, random::Random, rsa::Encryption},
    wire,
};
use serde_json::json;

/// Thursday, 1 January 2026, at midnight.
pub(crate) const NOW: Time = Time::from_millis(1_767_225_600_000);
pub(crate) const OWNER: &str = "111122223333";
pub(crate) const OTHER: &str = "444455556666";
/// Somebody of the owner's account who may do nothing.
pub(crate) const NOBODY: &str = "arn:aws:iam::111122223333:user/nobody";
const HERE: &str = "us-east-1";
const THERE: &str = "eu-west-1";
pub(crate) const ALIAS: &str = "alias/of-scene";
const CLUSTER: &str = "cluster-2ab3cdefghi";
const PASSWORD: &str = "Xq7wEr9tYu3iOp5aSd1fGh8j";

/// A world, and a call that can be made in it.
pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) operation: &'static str,
    /// The ARN of the key that the operation is on, as far as it is on one.
    pub(crate) key: String,
    /// The ARN of its other key.
    pub(crate) other: String,
    pub(crate) input: serde_json::Value,
}

impl Scene {
    /// The scene of an operation, made by the root user of the owner's account.
    pub(crate) fn new(operation: &'static str) -> Self {
        let seed = Some(operation.as_bytes().into());
        let options = Options { seed, now: Some(NOW), insecure_key_pool: true, ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [0; 32]);
        let mut scene = Self { world, operation, key: String::new(), other: String::new(), input: json!({}) };
        let multi = matches!(operation, "ReplicateKey" | "UpdatePrimaryRegion" | "EnableKeyRotation");
        let made = match operation {
            "GenerateMac" | "VerifyMac" => json!({ "KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC" }),
            "Sign" | "Verify" | "GetPublicKey" => json!({ "KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY" }),
            "DeriveSharedSecret" => json!({ "KeySpec": "ECC_NIST_P256", "KeyUsage": "KEY_AGREEMENT" }),
            "Encapsulate" | "Decapsulate" => json!({ "KeySpec": "ML_KEM_768", "KeyUsage": "ENCAPSULATE_DECAPSULATE" }),
            "GetParametersForImport" | "ImportKeyMaterial" | "DeleteImportedKeyMaterial" => {
                json!({ "Origin": "EXTERNAL" })
            }
            _ => json!({ "MultiRegion": multi }),
        };
        scene.key = scene.new_key(made);
        scene.other = scene.new_key(json!({}));
        scene.input = scene.prepared();
        let people = json!({ "principals": { NOBODY: {} } });
        scene.world.register(&value(&people), NOW).expect("a directory");
        scene
    }

    /// A key that both accounts may use.
    pub(crate) fn new_key(&self, mut input: serde_json::Value) -> String {
        input["Policy"] = json!(policy());
        text(&self.root("CreateKey", &input), &["KeyMetadata", "Arn"])
    }

    /// Makes a call that must not be refused.
    pub(crate) fn root(&self, operation: &str, input: &serde_json::Value) -> serde_json::Value {
        let reply = self.world.call(operation, value(input), Some(HERE), Some(OWNER), NOW).reply;
        read(&reply.unwrap_or_else(|error| panic!("{operation} {input}: {error}")))
    }

    /// Makes a call by somebody, and gives back its reply.
    pub(crate) fn reply(&self, caller: &str, input: &serde_json::Value) -> Result<serde_json::Value, Error> {
        self.world.call(self.operation, value(input), Some(HERE), Some(caller), NOW).reply.map(|reply| read(&reply))
    }

    /// Makes a call, and gives back the records that it leaves.
    pub(crate) fn records(&self, caller: &str, input: &serde_json::Value) -> Vec<serde_json::Value> {
        self.records_from(&Value::from(caller), &Value::Null, input)
    }

    /// The same by a caller from somewhere.
    pub(crate) fn records_from(
        &self,
        caller: &Value,
        origin: &Value,
        input: &serde_json::Value,
    ) -> Vec<serde_json::Value> {
        let sender = arguments::sender(caller, origin).expect("a sender");
        self.recorded(self.operation, &sender, input)
    }

    /// The first record of another call by the root user.
    pub(crate) fn record(&self, operation: &str, input: &serde_json::Value) -> serde_json::Value {
        let sender = arguments::sender(&Value::from(OWNER), &Value::Null).expect("a sender");
        self.recorded(operation, &sender, input).remove(0)
    }

    fn recorded(&self, operation: &str, sender: &Sender, input: &serde_json::Value) -> Vec<serde_json::Value> {
        let before = self.world.records(0).records.last().map_or(0, |(number, _)| *number);
        drop(self.world.call_from(operation, value(input), Some(HERE), sender, NOW));
        self.world.records(before).records.iter().map(|(_, record)| shown(record)).collect()
    }

    /// The input with other members.
    pub(crate) fn with(&self, changes: &serde_json::Value) -> serde_json::Value {
        let mut input = self.input.clone();
        for (name, value) in changes.as_object().expect("members") {
            input[name] = value.clone();
        }
        input
    }

    fn prepared(&self) -> serde_json::Value {
        let (key, other) = (&*self.key, &*self.other);
        let context = json!({ "Department": "Engineering", "aws:s3:arn": "arn:aws:s3:::amzn-s3-demo-bucket" });
        let sealed = || {
            let input = json!({ "KeyId": key, "Plaintext": blob(b"attack at dawn"), "EncryptionContext": context });
            self.root("Encrypt", &input)["CiphertextBlob"].clone()
        };
        let alias = || drop(self.root("CreateAlias", &json!({ "AliasName": ALIAS, "TargetKeyId": key })));
        match self.operation {
            "CancelKeyDeletion" => {
                self.root("ScheduleKeyDeletion", &json!({ "KeyId": key }));
                json!({ "KeyId": key })
            }
            "CreateAlias" => json!({ "AliasName": ALIAS, "TargetKeyId": key }),
            "DeleteAlias" => {
                alias();
                json!({ "AliasName": ALIAS })
            }
            "UpdateAlias" => {
                self.root("CreateAlias", &json!({ "AliasName": ALIAS, "TargetKeyId": other }));
                json!({ "AliasName": ALIAS, "TargetKeyId": key })
            }
            "CreateKey" => json!({
                "Policy": policy(), "Description": "of the scene", "KeyUsage": "SIGN_VERIFY", "KeySpec": "ECC_NIST_P256",
                "Origin": "AWS_KMS", "BypassPolicyLockoutSafetyCheck": true, "MultiRegion": false, "Tags": tags(),
            }),
            "DescribeCustomKeyStores" | "ListKeys" => json!({ "Limit": 7 }),
            "GenerateRandom" => json!({ "NumberOfBytes": 24 }),
            "ListGrants" => json!({ "KeyId": key, "Limit": 7, "GranteePrincipal": NOBODY }),
            "ListRetirableGrants" => json!({ "Limit": 7, "RetiringPrincipal": NOBODY }),
            "ListAliases" | "ListKeyPolicies" | "ListKeyRotations" | "ListResourceTags" => {
                json!({ "KeyId": key, "Limit": 7 })
            }
            "Encrypt" => json!({
                "KeyId": key, "Plaintext": blob(b"attack at dawn"), "EncryptionContext": context, "GrantTokens": [],
                "EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
            }),
            "Decrypt" => json!({ "CiphertextBlob": sealed(), "EncryptionContext": context, "KeyId": key }),
            "ReEncrypt" => json!({
                "CiphertextBlob": sealed(), "SourceEncryptionContext": context, "DestinationKeyId": other,
                "DestinationEncryptionContext": { "Level": "3A" },
            }),
            "GenerateDataKey" | "GenerateDataKeyWithoutPlaintext" => {
                json!({ "KeyId": key, "KeySpec": "AES_256", "EncryptionContext": context })
            }
            "GenerateDataKeyPair" | "GenerateDataKeyPairWithoutPlaintext" => {
                json!({ "KeyId": key, "KeyPairSpec": "ECC_NIST_P256", "EncryptionContext": context })
            }
            name if name.ends_with("CustomKeyStore") => self.of_store(),
            name if name.contains("Grant") => self.of_grant(),
            name if name.contains("mport") => self.of_import(),
            _ => self.of_algorithm(),
        }
    }

    fn of_store(&self) -> serde_json::Value {
        let made = json!({
            "CustomKeyStoreName": "ExampleKeyStore", "CloudHsmClusterId": CLUSTER, "KeyStorePassword": PASSWORD,
            "TrustAnchorCertificate": "-----BEGIN CERTIFICATE-----",
        });
        if self.operation == "CreateCustomKeyStore" {
            return made;
        }
        let store = self.root("CreateCustomKeyStore", &made)["CustomKeyStoreId"].clone();
        if self.operation == "DisconnectCustomKeyStore" {
            self.root("ConnectCustomKeyStore", &json!({ "CustomKeyStoreId": store }));
        }
        match self.operation {
            "UpdateCustomKeyStore" => {
                json!({ "CustomKeyStoreId": store, "NewCustomKeyStoreName": "renamed", "KeyStorePassword": PASSWORD })
            }
            _ => json!({ "CustomKeyStoreId": store }),
        }
    }

    fn of_grant(&self) -> serde_json::Value {
        let made = json!({
            "KeyId": self.key, "GranteePrincipal": NOBODY, "RetiringPrincipal": format!("arn:aws:iam::{OTHER}:root"),
            "Operations": ["Decrypt", "GenerateDataKey"], "Name": "of-scene",
            "Constraints": { "EncryptionContextSubset": { "aws:s3:arn": "arn:aws:s3:::amzn-s3-demo-bucket" } },
        });
        if self.operation == "CreateGrant" {
            return made;
        }
        json!({ "KeyId": self.key, "GrantId": self.root("CreateGrant", &made)["GrantId"] })
    }

    fn of_import(&self) -> serde_json::Value {
        let asked =
            json!({ "KeyId": self.key, "WrappingAlgorithm": "RSAES_OAEP_SHA_256", "WrappingKeySpec": "RSA_2048" });
        if self.operation == "GetParametersForImport" {
            return asked;
        }
        let parameters = self.root("GetParametersForImport", &asked);
        let public = bytes(&parameters["PublicKey"]);
        let public = CryptoProvider::default().rsa.load_public(&public).expect("an RSA key");
        let mut random = Random::from_entropy(&[1; 32]);
        let wrapped = public.encrypt(Encryption::Oaep(Hash::Sha256), &[7; 32], &mut random).expect("a text that fits");
        let input = json!({
            "KeyId": self.key, "ImportToken": parameters["ImportToken"], "EncryptedKeyMaterial": blob(&wrapped),
            "ValidTo": 1_767_312_000, "ExpirationModel": "KEY_MATERIAL_EXPIRES", "ImportType": "NEW_KEY_MATERIAL",
            "KeyMaterialDescription": "of the scene",
        });
        if self.operation == "ImportKeyMaterial" {
            return input;
        }
        let made = self.root("ImportKeyMaterial", &input);
        json!({ "KeyId": self.key, "KeyMaterialId": made["KeyMaterialId"] })
    }

    fn of_algorithm(&self) -> serde_json::Value {
        let (key, message) = (&*self.key, blob(b"attack at dawn"));
        let sign = json!({ "KeyId": key, "Message": message, "SigningAlgorithm": "ECDSA_SHA_256" });
        let mac = json!({ "KeyId": key, "Message": message, "MacAlgorithm": "HMAC_SHA_256" });
        let encapsulated = json!({ "KeyId": key, "EncapsulationAlgorithm": "ML_KEM" });
        let with = |mut input: serde_json::Value, from: &str, member: &str| {
            input[member] = self.root(from, &input)[member].clone();
            input
        };
        match self.operation {
            "Sign" => sign,
            "Verify" => with(sign, "Sign", "Signature"),
            "GenerateMac" => mac,
            "VerifyMac" => with(mac, "GenerateMac", "Mac"),
            "Encapsulate" => encapsulated,
            "Decapsulate" => with(encapsulated, "Encapsulate", "SharedSecretCiphertextBlob"),
            "DeriveSharedSecret" => {
                let peer = self.new_key(json!({ "KeySpec": "ECC_NIST_P256", "KeyUsage": "KEY_AGREEMENT" }));
                let public = self.root("GetPublicKey", &json!({ "KeyId": peer }))["PublicKey"].clone();
                json!({ "KeyId": key, "KeyAgreementAlgorithm": "ECDH", "PublicKey": public })
            }
            "PutKeyPolicy" => json!({ "KeyId": key, "Policy": policy(), "BypassPolicyLockoutSafetyCheck": true }),
            "ReplicateKey" => json!({ "KeyId": key, "ReplicaRegion": THERE, "Policy": policy(), "Tags": tags() }),
            "UpdatePrimaryRegion" => {
                self.root("ReplicateKey", &json!({ "KeyId": key, "ReplicaRegion": THERE, "Policy": policy() }));
                json!({ "KeyId": key, "PrimaryRegion": THERE })
            }
            "EnableKeyRotation" => json!({ "KeyId": key, "RotationPeriodInDays": 90 }),
            "TagResource" => json!({ "KeyId": key, "Tags": tags() }),
            "UntagResource" => json!({ "KeyId": key, "TagKeys": ["Team"] }),
            "UpdateKeyDescription" => json!({ "KeyId": key, "Description": "a \"new\"\ndescription" }),
            _ => json!({ "KeyId": key }),
        }
    }
}

fn tags() -> serde_json::Value {
    json!([{ "TagKey": "Team", "TagValue": "Blue" }])
}

fn policy() -> String {
    let may = |account: &str| json!({ "Effect": "Allow", "Principal": { "AWS": account }, "Action": "kms:*", "Resource": "*" });
    json!({ "Version": "2012-10-17", "Statement": [may(OWNER), may(OTHER)] }).to_string()
}

/// A record as JSON.
pub(crate) fn shown(record: &Record) -> serde_json::Value {
    serde_json::from_str(&record.to_json()).expect("a record is JSON")
}

pub(crate) fn value(json: &serde_json::Value) -> Value {
    wire::from_json(json.to_string().as_bytes()).expect("JSON is a value")
}

fn read(value: &Value) -> serde_json::Value {
    serde_json::from_slice(&wire::to_json(value)).expect("a value is JSON")
}

pub(crate) fn blob(bytes: &[u8]) -> serde_json::Value {
    json!(BASE64_STANDARD.encode(bytes))
}

pub(crate) fn bytes(blob: &serde_json::Value) -> Vec<u8> {
    BASE64_STANDARD.decode(blob.as_str().expect("base64")).expect("base64")
}

fn text(json: &serde_json::Value, path: &[&str]) -> String {
    let found = path.iter().try_fold(json, |json, name| json.get(name)).and_then(serde_json::Value::as_str);
    found.unwrap_or_else(|| panic!("{path:?} of {json}")).to_owned()
}
