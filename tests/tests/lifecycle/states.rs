//! Every operation on a key in every state that calls can bring a key into, as `vectors/key-states.json` says it.

use std::{collections::BTreeMap, fs, path::Path};

use pocket_kms::{
    CryptoProvider, Error, Options, Time, Value, World,
    crypto::{hash::Hash, random::Random, rsa::Encryption},
};
use serde::Deserialize;

use crate::{driver::member, key_stores, passing};

pub(crate) const NOW: Time = Time::from_millis(1_795_608_000_000);
pub(crate) const HERE: &str = "us-east-1";
const THERE: &str = "eu-west-1";

/// Members of a request.
pub(crate) type Input = Vec<(&'static str, Value)>;

/// Keys of these specs cannot have imported material (LIF-27), so none of them waits for it.
const NEVER_IMPORTED: [&str; 2] = ["Encapsulate", "Decapsulate"];

/// The states into which calls of the default profile bring a key; `passing.rs` has those of the profile `aws`, and
/// `key_stores.rs` has Unavailable.
const STATES: [&str; 5] = ["Enabled", "Disabled", "PendingDeletion", "PendingReplicaDeletion", "PendingImport"];

/// The members of the file that are read.
#[derive(Deserialize)]
struct Published {
    operations: BTreeMap<String, BTreeMap<String, String>>,
}

pub(crate) fn published() -> BTreeMap<String, BTreeMap<String, String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/key-states.json");
    let text = fs::read(path).expect("the table of the specification");
    serde_json::from_slice::<Published>(&text).expect("operations and states").operations
}

/// The key spec and usage that an operation is for.
pub(crate) fn shape_for(operation: &str) -> (&'static str, &'static str) {
    match operation {
        "Sign" | "Verify" | "GetPublicKey" => ("ECC_NIST_P256", "SIGN_VERIFY"),
        "GenerateMac" | "VerifyMac" => ("HMAC_256", "GENERATE_VERIFY_MAC"),
        "DeriveSharedSecret" => ("ECC_NIST_P256", "KEY_AGREEMENT"),
        "Encapsulate" | "Decapsulate" => ("ML_KEM_768", "ENCAPSULATE_DECAPSULATE"),
        _ => ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT"),
    }
}

pub(crate) fn is_import(operation: &str) -> bool {
    ["GetParametersForImport", "ImportKeyMaterial", "DeleteImportedKeyMaterial"].contains(&operation)
}

fn is_of_sets(operation: &str) -> bool {
    ["ReplicateKey", "UpdatePrimaryRegion"].contains(&operation)
}

/// A world with a key of a kind that an operation is for, and what the operation needs beside it.
pub(crate) struct Scene {
    pub(crate) world: World,
    operation: String,
    pub(crate) key: String,
    pub(crate) arn: String,
    /// Another key, in good order.
    other: String,
    /// What the key has made while it could.
    pub(crate) made: BTreeMap<&'static str, Value>,
}

impl Scene {
    /// The scene for an operation on a key in a state.
    fn new(operation: &str, state: &str) -> Self {
        let mut scene = Self::empty(operation);
        scene.make_key(state);
        scene.prepare(HERE);
        scene.enter(state);
        scene
    }

    /// The scene without the key.
    pub(crate) fn empty(operation: &str) -> Self {
        let options = Options { now: Some(NOW), insecure_key_pool: true, ..Options::default() };
        let world = World::new(options, CryptoProvider::default(), [3; 32]);
        let [key, arn, other] = [(); 3].map(|()| String::new());
        let mut scene = Self { world, operation: operation.to_owned(), key, arn, other, made: BTreeMap::new() };
        scene.other = scene.create(&[]).0;
        scene
    }

    pub(crate) fn create(&self, members: &[(&'static str, Value)]) -> (String, String) {
        let made = self.expect("CreateKey", HERE, members.to_vec());
        let text = |name| member(member(&made, "KeyMetadata"), name).as_text().expect("a text").to_owned();
        (text("KeyId"), text("Arn"))
    }

    fn make_key(&mut self, state: &str) {
        let (spec, usage) = shape_for(&self.operation);
        let outside = is_import(&self.operation) || state == "PendingImport";
        let set = is_of_sets(&self.operation) || state == "PendingReplicaDeletion";
        let origin = if outside { "EXTERNAL" } else { "AWS_KMS" };
        let members = [("KeySpec", spec), ("KeyUsage", usage), ("Origin", origin)];
        let mut members: Vec<_> = members.map(|(name, text)| (name, Value::from(text))).to_vec();
        members.push(("MultiRegion", Value::Bool(set)));
        members.push(("Tags", tags()));
        (self.key, self.arn) = self.create(&members);
        if outside {
            self.import(spec, HERE);
        }
        if set {
            self.expect("ReplicateKey", HERE, vec![self.id(), ("ReplicaRegion", Value::from(THERE))]);
        }
    }

    /// Material of a spec, wrapped and imported.
    pub(crate) fn import(&self, spec: &str, region: &str) {
        let material = match spec {
            "ECC_NIST_P256" => {
                let pair = vec![("KeyId", Value::from(&*self.other)), ("KeyPairSpec", Value::from(spec))];
                bytes(&self.expect("GenerateDataKeyPair", HERE, pair), "PrivateKeyPlaintext")
            }
            _ => vec![7; 32],
        };
        let mut input = vec![self.id()];
        input.extend(wrapping());
        let parameters = self.expect("GetParametersForImport", region, input);
        let public = CryptoProvider::default().rsa.load_public(&bytes(&parameters, "PublicKey")).expect("an RSA key");
        let sealed = public.encrypt(Encryption::Oaep(Hash::Sha256), &material, &mut Random::from_entropy(&[1; 32]));
        let token = ("ImportToken", member(&parameters, "ImportToken").clone());
        let material = ("EncryptedKeyMaterial", Value::Blob(sealed.expect("a key that fits")));
        let end = ("ExpirationModel", Value::from("KEY_MATERIAL_DOES_NOT_EXPIRE"));
        self.expect("ImportKeyMaterial", region, vec![self.id(), token, material, end]);
    }

    /// Makes, while the key can, what its operation will need.
    pub(crate) fn prepare(&mut self, region: &str) {
        let (operation, member_name) = match self.operation.as_str() {
            "Decrypt" | "ReEncrypt" => ("Encrypt", "CiphertextBlob"),
            "Verify" => ("Sign", "Signature"),
            "VerifyMac" => ("GenerateMac", "Mac"),
            "Decapsulate" => ("Encapsulate", "SharedSecretCiphertextBlob"),
            "DeriveSharedSecret" => ("GetPublicKey", "PublicKey"),
            "DeleteAlias" => ("CreateAlias", ""),
            "RetireGrant" | "RevokeGrant" => ("CreateGrant", "GrantId"),
            "UpdateAlias" => {
                let input = vec![alias(), ("TargetKeyId", Value::from(&*self.other))];
                self.expect("CreateAlias", region, input);
                return;
            }
            _ => return,
        };
        let reply = self.expect(operation, region, self.request(operation));
        self.made.extend(reply.member(member_name).map(|value| (member_name, value.clone())));
    }

    fn enter(&self, state: &str) {
        let operation = match state {
            "Enabled" => return,
            "Disabled" => "DisableKey",
            "PendingImport" => "DeleteImportedKeyMaterial",
            "PendingDeletion" | "PendingReplicaDeletion" => "ScheduleKeyDeletion",
            other => panic!("no call brings a key into {other}"),
        };
        if state == "PendingDeletion" && is_of_sets(&self.operation) {
            // The primary waits for its replica, unless that is gone.
            self.expect("ScheduleKeyDeletion", THERE, vec![self.id(), ("PendingWindowInDays", Value::Int(7))]);
            self.world.advance(pocket_kms::Span::from_days(7), NOW).expect("a time that the clock reaches");
        }
        self.expect(operation, HERE, vec![self.id()]);
        let shown = self.expect("DescribeKey", HERE, vec![self.id()]);
        assert_eq!(member(member(&shown, "KeyMetadata"), "KeyState"), &Value::from(state), "{}", self.operation);
    }

    pub(crate) fn id(&self) -> (&'static str, Value) {
        ("KeyId", Value::from(&*self.key))
    }

    pub(crate) fn call(&self, operation: &str, region: &str, input: Input) -> Result<Value, Error> {
        let input = input.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        self.world.call(operation, input, Some(region), None, NOW).reply
    }

    pub(crate) fn expect(&self, operation: &str, region: &str, input: Input) -> Value {
        self.call(operation, region, input)
            .unwrap_or_else(|error| panic!("for {}: {operation}: {error}", self.operation))
    }

    fn made(&self, name: &'static str) -> (&'static str, Value) {
        (name, self.made.get(name).cloned().unwrap_or_else(|| panic!("{} needs {name}", self.operation)))
    }

    /// A request that succeeds where no state forbids it.
    pub(crate) fn request(&self, operation: &str) -> Input {
        let text = |name, text: &str| (name, Value::from(text));
        let blob = |name| (name, Value::Blob(b"x".to_vec()));
        let more = match operation {
            "CreateKey" | "ListKeys" => return Vec::new(),
            "ListRetirableGrants" => return vec![text("RetiringPrincipal", BOB)],
            "CreateGrant" => {
                vec![text("GranteePrincipal", BOB), ("Operations", Value::List(vec!["DescribeKey".into()]))]
            }
            "RetireGrant" => return vec![text("KeyId", &self.arn), self.made("GrantId")],
            "RevokeGrant" => vec![self.made("GrantId")],
            "GenerateRandom" => return vec![("NumberOfBytes", Value::Int(1))],
            "CreateAlias" | "UpdateAlias" => return vec![alias(), text("TargetKeyId", &self.key)],
            "DeleteAlias" => return vec![alias()],
            "Decrypt" => return vec![self.made("CiphertextBlob")],
            "ReEncrypt" => return vec![self.made("CiphertextBlob"), text("DestinationKeyId", &self.other)],
            "Encrypt" => vec![blob("Plaintext")],
            "GenerateDataKey" | "GenerateDataKeyWithoutPlaintext" => vec![text("KeySpec", "AES_256")],
            "GenerateDataKeyPair" | "GenerateDataKeyPairWithoutPlaintext" => vec![text("KeyPairSpec", "ECC_NIST_P256")],
            "Sign" => vec![blob("Message"), text("SigningAlgorithm", "ECDSA_SHA_256")],
            "Verify" => vec![blob("Message"), text("SigningAlgorithm", "ECDSA_SHA_256"), self.made("Signature")],
            "GenerateMac" => vec![blob("Message"), text("MacAlgorithm", "HMAC_SHA_256")],
            "VerifyMac" => vec![blob("Message"), text("MacAlgorithm", "HMAC_SHA_256"), self.made("Mac")],
            "DeriveSharedSecret" => vec![text("KeyAgreementAlgorithm", "ECDH"), self.made("PublicKey")],
            "Encapsulate" => vec![text("EncapsulationAlgorithm", "ML_KEM")],
            "Decapsulate" => vec![text("EncapsulationAlgorithm", "ML_KEM"), self.made("SharedSecretCiphertextBlob")],
            "GetParametersForImport" => wrapping().to_vec(),
            "ImportKeyMaterial" => vec![blob("ImportToken"), blob("EncryptedKeyMaterial"), never()],
            "PutKeyPolicy" => vec![text("Policy", POLICY)],
            "ReplicateKey" => vec![text("ReplicaRegion", "ap-south-1")],
            "UpdatePrimaryRegion" => vec![text("PrimaryRegion", THERE)],
            "TagResource" => vec![("Tags", tags())],
            "UntagResource" => vec![("TagKeys", Value::List(vec!["a".into()]))],
            "UpdateKeyDescription" => vec![text("Description", "d")],
            _ => Vec::new(),
        };
        [self.id()].into_iter().chain(more).collect()
    }
}

const BOB: &str = "arn:aws:iam::111122223333:user/bob";

const POLICY: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}}"#;

pub(crate) fn tags() -> Value {
    Value::List(vec![Value::from([("TagKey", Value::from("a")), ("TagValue", Value::from("b"))])])
}

fn alias() -> (&'static str, Value) {
    ("AliasName", Value::from("alias/app"))
}

fn never() -> (&'static str, Value) {
    ("ExpirationModel", Value::from("KEY_MATERIAL_DOES_NOT_EXPIRE"))
}

fn wrapping() -> [(&'static str, Value); 2] {
    let wrapping = [("WrappingAlgorithm", "RSAES_OAEP_SHA_256"), ("WrappingKeySpec", "RSA_2048")];
    wrapping.map(|(name, text)| (name, Value::from(text)))
}

fn bytes(reply: &Value, name: &str) -> Vec<u8> {
    member(reply, name).as_bytes().expect("bytes").to_vec()
}

/// What the file calls the answer of a call.
pub(crate) fn cell(reply: &Result<Value, Error>, arn: &str) -> String {
    let Err(error) = reply else { return "Succeed".to_owned() };
    let (name, message) = (error.exception.name(), error.message.as_deref().unwrap_or_default());
    let states = ["disabled", "pending deletion", "not pending deletion", "pending import", "creating", "updating"];
    if let Some(state) = states.into_iter().find(|state| message == format!("{arn} is {state}.")) {
        return format!("{name}:{}", state.replace(' ', "-"));
    }
    if message == format!("{arn} origin is EXTERNAL which is not valid for this operation.") {
        return format!("{name}:origin");
    }
    // Made-up material gets as far as its token, and no further.
    if name == "InvalidImportTokenException" { "Succeed".to_owned() } else { format!("{error}") }
}

#[test]
fn every_state_that_a_key_can_be_brought_into_has_the_published_effect_on_every_operation() {
    let mut wrong = Vec::new();
    let mut cells = 0;
    // What is on no key is asked in `key_stores.rs`, in the states that a store has.
    for (operation, row) in published().into_iter().filter(|(name, _)| !name.contains("CustomKeyStore")) {
        for state in STATES {
            let (wanted, waits) = (&row[state], state == "PendingImport");
            if wanted == "NotApplicable" || (waits && NEVER_IMPORTED.contains(&operation.as_str())) {
                continue;
            }
            let scene = Scene::new(&operation, state);
            let found = cell(&scene.call(&operation, HERE, scene.request(&operation)), &scene.arn);
            cells += 1;
            if found != *wanted {
                wrong.push(format!("{operation} on a key in {state}: {found}, the specification says {wanted}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells\n{}", wrong.len(), wrong.join("\n"));
    // 50 operations in five states, without the two cells above.
    assert_eq!(cells, 248);
}

/// Every cell of the table is asked for in a test, but for those whose reasons stand in `passing.rs` and above.
#[test]
fn no_cell_is_left_out_but_those_that_cannot_be_reached() {
    let mut left_out: Vec<_> = passing::OUT_OF_REACH.iter().map(|(state, operation, _)| (*state, *operation)).collect();
    left_out.extend(NEVER_IMPORTED.map(|operation| ("PendingImport", operation)));
    left_out.sort_unstable();
    let mut found = Vec::new();
    let table = published();
    assert_eq!(table.len(), 56);
    for (operation, row) in &table {
        assert_eq!(row.len(), 8, "states of {operation}");
        for (state, _) in row.iter().filter(|(_, cell)| *cell != "NotApplicable") {
            let is_reached = match state.as_str() {
                _ if operation.contains("CustomKeyStore") => key_stores::asks(operation),
                "Unavailable" => key_stores::asks(operation),
                "Creating" | "Updating" => !left_out.contains(&(state, operation)),
                "PendingImport" => !NEVER_IMPORTED.contains(&operation.as_str()),
                _ => STATES.contains(&state.as_str()),
            };
            found.extend((!is_reached).then_some((state.as_str(), operation.as_str())));
        }
    }
    found.sort_unstable();
    assert_eq!(found, left_out);
}
