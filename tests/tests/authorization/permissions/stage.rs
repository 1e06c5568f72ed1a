//! For every operation a world in which it can be called: keys, aliases and grants that it works on, and its input.

use pocket_kms::{CryptoProvider, Options, Time, Value, World, wire, world::Reply};
use serde_json::json;

use super::{ALICE, BOB};
use crate::cases::text;

const NOW: Time = Time::from_millis(1_767_225_600_000);
const OWNER: &str = "111122223333";
const HERE: &str = "us-east-1";
const THERE: &str = "eu-west-1";

/// A permission that the caller has: what of, and whether a key policy gives it.
pub(super) struct Given {
    pub(super) need: serde_json::Value,
    pub(super) by_key_policy: bool,
}

/// A world, the keys in it, and the input of a call.
pub(super) struct Stage {
    world: World,
    /// The ARNs of the key, of another key or the replica, where the operation takes one, and their Regions.
    keys: Vec<(&'static str, &'static str, String)>,
    input: Value,
}

impl Stage {
    /// What an operation needs to be called, made by the root user of an account in which nobody is registered yet.
    pub(super) fn new(operation: &str) -> Self {
        let seed = Some(operation.as_bytes().into());
        let options = Options { seed, now: Some(NOW), insecure_key_pool: true, ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [0; 32]);
        let mut stage = Self { world, keys: Vec::new(), input: Value::Null };
        stage.make_keys(operation);
        stage.input = stage.prepare(operation);
        stage
    }

    fn root(&self, operation: &str, input: serde_json::Value, region: &str) -> Value {
        let reply = self.world.call(operation, value(&input), Some(region), Some(OWNER), NOW).reply;
        reply.unwrap_or_else(|error| panic!("{operation} {input}: {error}"))
    }

    fn key(&self, at: usize) -> &str {
        &self.keys[at].2
    }

    fn make_key(&self, input: serde_json::Value) -> String {
        found(&self.root("CreateKey", input, HERE), &["KeyMetadata", "Arn"])
    }

    fn make_keys(&mut self, operation: &str) {
        let multi = matches!(operation, "ReplicateKey" | "UpdatePrimaryRegion");
        let input = match operation {
            "GenerateMac" | "VerifyMac" => json!({ "KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC" }),
            "Sign" | "Verify" | "GetPublicKey" => json!({ "KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY" }),
            "DeriveSharedSecret" => json!({ "KeySpec": "ECC_NIST_P256", "KeyUsage": "KEY_AGREEMENT" }),
            "GetParametersForImport" | "ImportKeyMaterial" | "DeleteImportedKeyMaterial" => {
                json!({ "Origin": "EXTERNAL" })
            }
            _ => json!({ "MultiRegion": multi }),
        };
        let arn = self.make_key(input);
        self.keys.push(("key", HERE, arn));
        if matches!(operation, "ReEncrypt" | "UpdateAlias") {
            let other = self.make_key(json!({}));
            self.keys.push(("other key", HERE, other));
        }
        if operation == "UpdatePrimaryRegion" {
            let input = json!({ "KeyId": self.key(0), "ReplicaRegion": THERE });
            let replica = found(&self.root("ReplicateKey", input, HERE), &["ReplicaKeyMetadata", "Arn"]);
            self.keys.push(("replica", THERE, replica));
        }
    }

    /// Prepares what the operation works on, and gives its input.
    fn prepare(&self, operation: &str) -> Value {
        let key = self.key(0);
        let text = json!({ "KeyId": key, "Plaintext": "eA==" });
        let input = match operation {
            "CancelKeyDeletion" => {
                self.root("ScheduleKeyDeletion", json!({ "KeyId": key }), HERE);
                json!({ "KeyId": key })
            }
            "ConnectCustomKeyStore" | "DeleteCustomKeyStore" | "DisconnectCustomKeyStore" | "UpdateCustomKeyStore" => {
                json!({ "CustomKeyStoreId": "cks-1234567890abcdef0" })
            }
            "CreateCustomKeyStore" => json!({ "CustomKeyStoreName": "store" }),
            "CreateKey" | "DescribeCustomKeyStores" | "ListAliases" | "ListKeys" => json!({}),
            "GenerateRandom" => json!({ "NumberOfBytes": 8 }),
            "CreateAlias" => json!({ "AliasName": "alias/of-table", "TargetKeyId": key }),
            "DeleteAlias" | "UpdateAlias" => {
                self.root("CreateAlias", json!({ "AliasName": "alias/of-table", "TargetKeyId": key }), HERE);
                match operation {
                    "DeleteAlias" => json!({ "AliasName": "alias/of-table" }),
                    _ => json!({ "AliasName": "alias/of-table", "TargetKeyId": self.key(1) }),
                }
            }
            "CreateGrant" => json!({ "KeyId": key, "GranteePrincipal": ALICE, "Operations": ["Decrypt"] }),
            "ListRetirableGrants" => json!({ "RetiringPrincipal": ALICE }),
            "RetireGrant" | "RevokeGrant" => {
                let retiring = "arn:aws:iam::444455556666:root";
                let input = json!({ "KeyId": key, "GranteePrincipal": format!("arn:aws:iam::{OWNER}:root"),
                    "RetiringPrincipal": retiring, "Operations": ["Decrypt"] });
                json!({ "KeyId": key, "GrantId": found(&self.root("CreateGrant", input, HERE), &["GrantId"]) })
            }
            "Encrypt" => text,
            "Decrypt" => json!({ "CiphertextBlob": self.blob("Encrypt", text, "CiphertextBlob") }),
            "ReEncrypt" => json!({
                "CiphertextBlob": self.blob("Encrypt", text, "CiphertextBlob"), "DestinationKeyId": self.key(1),
            }),
            "GenerateDataKey" | "GenerateDataKeyWithoutPlaintext" => json!({ "KeyId": key, "KeySpec": "AES_256" }),
            "GenerateDataKeyPair" | "GenerateDataKeyPairWithoutPlaintext" => {
                json!({ "KeyId": key, "KeyPairSpec": "ECC_NIST_P256" })
            }
            _ => self.prepare_more(operation),
        };
        value(&input)
    }

    fn prepare_more(&self, operation: &str) -> serde_json::Value {
        let key = self.key(0);
        let algorithm = json!({ "KeyId": key, "Message": "eA==", "SigningAlgorithm": "ECDSA_SHA_256" });
        let mac = json!({ "KeyId": key, "Message": "eA==", "MacAlgorithm": "HMAC_SHA_256" });
        let with = |mut input: serde_json::Value, member: &str, value: serde_json::Value| {
            input[member] = value;
            input
        };
        match operation {
            "DeriveSharedSecret" => {
                let peer = self.make_key(json!({ "KeySpec": "ECC_NIST_P256", "KeyUsage": "KEY_AGREEMENT" }));
                let public = self.blob("GetPublicKey", json!({ "KeyId": peer }), "PublicKey");
                json!({ "KeyId": key, "KeyAgreementAlgorithm": "ECDH", "PublicKey": public })
            }
            "GenerateMac" => mac,
            "VerifyMac" => with(mac.clone(), "Mac", self.blob("GenerateMac", mac, "Mac")),
            "Sign" => algorithm,
            "Verify" => with(algorithm.clone(), "Signature", self.blob("Sign", algorithm, "Signature")),
            "GetParametersForImport" => {
                json!({ "KeyId": key, "WrappingAlgorithm": "RSAES_OAEP_SHA_256", "WrappingKeySpec": "RSA_2048" })
            }
            "ImportKeyMaterial" => {
                let asked =
                    json!({ "KeyId": key, "WrappingAlgorithm": "RSAES_OAEP_SHA_256", "WrappingKeySpec": "RSA_2048" });
                let token = self.blob("GetParametersForImport", asked, "ImportToken");
                let model = "KEY_MATERIAL_DOES_NOT_EXPIRE";
                json!({ "KeyId": key, "ImportToken": token, "EncryptedKeyMaterial": "eA==", "ExpirationModel": model })
            }
            "PutKeyPolicy" => {
                let policy = key_policy(&[statement(ALICE, "kms:DescribeKey")]).to_string();
                json!({ "KeyId": key, "Policy": policy, "BypassPolicyLockoutSafetyCheck": true })
            }
            "ReplicateKey" => json!({ "KeyId": key, "ReplicaRegion": THERE }),
            "UpdatePrimaryRegion" => json!({ "KeyId": key, "PrimaryRegion": THERE }),
            "TagResource" => json!({ "KeyId": key, "Tags": [{ "TagKey": "team", "TagValue": "blue" }] }),
            "UntagResource" => json!({ "KeyId": key, "TagKeys": ["team"] }),
            "UpdateKeyDescription" => json!({ "KeyId": key, "Description": "told" }),
            _ => json!({ "KeyId": key }),
        }
    }

    /// Bytes of a reply, as JSON writes them.
    fn blob(&self, operation: &str, input: serde_json::Value, member: &str) -> serde_json::Value {
        let reply = self.root(operation, input, HERE);
        let json: serde_json::Value = serde_json::from_slice(&wire::to_json(&reply)).expect("JSON");
        json[member].clone()
    }

    /// Registers Alice in the owner's account and Bob in another one, and gives one of them these permissions and no
    /// others.
    pub(super) fn give(&self, caller: &str, given: &[Given]) {
        let elsewhere = caller == BOB;
        let mine: Vec<serde_json::Value> =
            given.iter().filter(|given| !given.by_key_policy).map(|given| self.of_iam(&given.need)).collect();
        let documents = if mine.is_empty() { json!([]) } else { json!([key_policy(&mine)]) };
        let mut principals = json!({ ALICE: {}, BOB: {} });
        principals[caller] = json!({ "policies": documents });
        self.world.register(&value(&json!({ "principals": principals })), NOW).expect("a directory");
        for (on, region, arn) in &self.keys {
            let by_key: Vec<&Given> = given
                .iter()
                .filter(|given| given.by_key_policy && (text(&given.need, "on") == *on || self.lone(&given.need)))
                .collect();
            let nothing = statement(&format!("arn:aws:iam::{OWNER}:root"), "kms:PutKeyPolicy");
            let all = statement(&format!("arn:aws:iam::{OWNER}:root"), "kms:*");
            // Where no key policy gives anything, it leaves everything to IAM policies; across accounts, to nobody.
            let leaves = given.iter().all(|given| !given.by_key_policy) && !elsewhere && !given.is_empty();
            let mut statements = vec![if leaves { all } else { nothing }];
            let principal = if elsewhere { "arn:aws:iam::444455556666:root" } else { caller };
            statements.extend(by_key.iter().map(|given| statement(principal, text(&given.need, "action"))));
            let policy = key_policy(&statements).to_string();
            let input = json!({ "KeyId": arn, "Policy": policy, "BypassPolicyLockoutSafetyCheck": true });
            self.root("PutKeyPolicy", input, region);
        }
    }

    /// Whether a key policy is asked in vain for what is on no key: it stands in the policy of the only key.
    fn lone(&self, need: &serde_json::Value) -> bool {
        !self.keys.iter().any(|(on, ..)| *on == text(need, "on"))
    }

    /// The statement of an IAM policy, on exactly its resource.
    fn of_iam(&self, need: &serde_json::Value) -> serde_json::Value {
        let on = text(need, "on");
        let key = self.keys.iter().find(|(name, ..)| *name == on).map(|(.., arn)| arn.clone());
        let resource = match on {
            "alias" => format!("arn:aws:kms:{HERE}:{OWNER}:alias/of-table"),
            "account" => "*".to_owned(),
            "linked role" => {
                let role = "AWSServiceRoleForKeyManagementServiceCustomKeyStores";
                format!("arn:aws:iam::{OWNER}:role/aws-service-role/cks.kms.amazonaws.com/{role}")
            }
            "account in the other Region" => format!("arn:aws:kms:{THERE}:{OWNER}:*"),
            _ => key.unwrap_or_else(|| panic!("no key is called {on}")),
        };
        json!({ "Effect": "Allow", "Action": need["action"], "Resource": resource })
    }

    /// The call.
    pub(super) fn call(&self, operation: &str, caller: &str) -> Reply {
        self.world.call(operation, self.input.clone(), Some(HERE), Some(caller), NOW)
    }
}

fn statement(principal: &str, action: &str) -> serde_json::Value {
    json!({ "Effect": "Allow", "Principal": { "AWS": principal }, "Action": action, "Resource": "*" })
}

fn key_policy(statements: &[serde_json::Value]) -> serde_json::Value {
    json!({ "Version": "2012-10-17", "Statement": statements })
}

fn value(json: &serde_json::Value) -> Value {
    wire::from_json(json.to_string().as_bytes()).expect("JSON is a value")
}

fn found(value: &Value, path: &[&str]) -> String {
    let found = path.iter().try_fold(value, |value, name| value.member(name));
    found.and_then(Value::as_text).unwrap_or_else(|| panic!("{path:?} of {value:?}")).to_owned()
}
