//! No secret is ever printed: every operation is driven, and everything that can be printed is searched.

use std::{collections::HashSet, fmt::Debug};

use base64::{Engine, prelude::BASE64_STANDARD};
use pocket_kms::{
    Call, Caller, CryptoProvider, Error, Kms, Options, Outcome, Region, Step, Value, World,
    algorithms::MaterialKind,
    crypto::{hash::Hash, random::Random, rsa::Encryption},
    enclave::{Enclave, Spec},
    http::{Connection, Request},
    operations,
    state::Change,
    wire,
};

use crate::fixture::{NOW, bytes};

const PLAINTEXT: &[u8] = b"attack at dawn, said the plaintext of this test";
const IMPORTED: [u8; 32] = noise(37);
const PASSWORD: &str = "Xq7wEr9tYu3iOp5aSd1fGh8jKl2z";
const SECRET_ACCESS_KEY: &str = "TheSecretAccessKeyOfAProxyThatNobodyMayEverSee+1/2=";
const SEED: &[u8] = b"the seed from which a whole world grows";
const ROOT_KEY: [u8; 32] = noise(61);

/// Bytes that nobody prints by chance.
const fn noise(step: u8) -> [u8; 32] {
    let mut bytes = [0x9d_u8; 32];
    let mut place = 1;
    while place < 32 {
        bytes[place] = bytes[place - 1].wrapping_mul(5).wrapping_add(step);
        place += 1;
    }
    bytes
}

/// How many bytes in a row count as a leak.
const LEAK: usize = 8;
/// How many letters every spelling of that many bytes has at least.
const BEGIN: usize = 8;
/// How many bytes at the start of a private key say only what kind it is.
const HEAD: usize = 16;

/// What was printed, and what must not be in it.
#[derive(Default)]
struct Search {
    printed: Vec<String>,
    secrets: Vec<(String, Vec<u8>)>,
}

impl Search {
    fn print(&mut self, thing: &impl Debug) {
        self.printed.push(format!("{thing:?}"));
        self.printed.push(format!("{thing:#?}"));
    }

    fn text(&mut self, text: impl Into<String>) {
        self.printed.push(text.into());
    }

    fn secret(&mut self, name: &str, bytes: &[u8]) {
        assert!(bytes.len() >= LEAK, "{name} is too short to be searched for");
        self.secrets.push((name.to_owned(), bytes.to_vec()));
    }

    /// Everything that was printed in which a part of a secret stands, in whatever spelling.
    fn leaks(&self) -> Vec<String> {
        let bare = self.printed.iter().map(|text| text.split_whitespace().collect::<String>());
        let texts: Vec<String> = self.printed.iter().cloned().chain(bare).collect();
        // Most spellings are ruled out by their first letters; only what is left is searched for in earnest.
        let begins: HashSet<&[u8]> = texts.iter().flat_map(|text| text.as_bytes().windows(BEGIN)).collect();
        let mut leaks = Vec::new();
        for (name, secret) in &self.secrets {
            let spelled = secret.windows(LEAK).step_by(LEAK).flat_map(spellings);
            for spelling in spelled.filter(|spelling| begins.contains(&spelling.as_bytes()[..BEGIN])) {
                let found = texts.iter().filter(|text| text.contains(&spelling));
                leaks.extend(found.map(|text| format!("{name} as {spelling} in {}", &text[..text.len().min(300)])));
            }
        }
        leaks
    }
}

/// Some bytes as they might be printed: raw, hexadecimal, base64, a list of numbers.
fn spellings(part: &[u8]) -> Vec<String> {
    let numbers = |spell: fn(&u8) -> String| part.iter().map(spell).collect::<Vec<_>>().join(",");
    // Three bytes are four letters; where the text begins is anybody's guess.
    let letters = (0..3).map(|start| {
        let whole = (part.len() - start) / 3 * 3;
        BASE64_STANDARD.encode(&part[start..start + whole])
    });
    let mut all: Vec<String> = letters.collect();
    all.push(hex::encode(part));
    all.push(hex::encode_upper(part));
    all.push(numbers(u8::to_string));
    all.push(numbers(|byte| format!("0x{byte:02x}")));
    all.extend(std::str::from_utf8(part).ok().map(ToOwned::to_owned));
    all.push(part.escape_ascii().to_string());
    all
}

#[test]
fn the_search_finds_what_is_there() {
    let secret: Vec<u8> = (100..132).collect();
    let spelled = [
        format!("{secret:?}"),
        format!("{secret:#?}"),
        format!("{secret:02x?}"),
        hex::encode(&secret),
        BASE64_STANDARD.encode(&secret),
        BASE64_STANDARD.encode([&[1], secret.as_slice()].concat()),
        BASE64_STANDARD.encode([&[1, 2], secret.as_slice()].concat()),
        String::from_utf8_lossy(&secret).into_owned(),
    ];
    for text in spelled {
        let mut search = Search::default();
        search.secret("a secret", &secret);
        search.text(text.replace(", ", ",0x").replace("[64,", "[0x64,"));
        search.text(text.clone());
        assert!(!search.leaks().is_empty(), "{text}");
        search.printed = vec!["nothing".to_owned()];
        assert!(search.leaks().is_empty());
    }
}

/// Calls of which everything is kept that can be printed.
struct Desk {
    kms: Kms,
    search: Search,
    calls: u64,
    succeeded: Vec<String>,
}

impl Desk {
    fn call(&mut self, operation: &str, input: Value) -> Result<Value, Error> {
        self.call_in("us-east-1", operation, input)
    }

    fn call_in(&mut self, region: &str, operation: &str, input: Value) -> Result<Value, Error> {
        self.calls += 1;
        let digest = Hash::Sha256.digest(format!("entropy {}", self.calls).as_bytes());
        let entropy: [u8; 32] = digest.as_ref().try_into().expect("32 bytes");
        self.search.secret("entropy", &entropy);
        let call = Call::new(
            operation,
            input,
            Caller::parse("111122223333").expect("an account"),
            Region::parse(region).expect("a Region"),
            NOW,
            entropy,
        );
        self.search.print(&call);
        let step = self.kms.call(&call);
        self.search.print(&step);
        let Step::Done(outcome) = step else { panic!("nobody may be asked") };
        self.keep(operation, &outcome);
        outcome.reply
    }

    fn keep(&mut self, operation: &str, outcome: &Outcome) {
        for change in &outcome.changes {
            self.search.print(change);
            self.search.text(serde_json::to_string(change).expect("a change in JSON"));
            self.material(change);
        }
        match &outcome.reply {
            Ok(reply) => {
                self.succeeded.push(operation.to_owned());
                self.secrets_of(operation, reply);
            }
            Err(error) => {
                self.search.text(error.to_string());
                let response = pocket_kms::http::Response::new(&outcome.reply, "id", NOW);
                self.search.print(&response);
                self.search.text(String::from_utf8_lossy(&response.body));
            }
        }
    }

    fn material(&mut self, change: &Change) {
        let Change::Secrets { row: Some(row), .. } = change else { return };
        let Some(material) = &row.secret else { return };
        let raw = material.expose();
        self.search.secret("key material", if raw.len() > 64 { &raw[HEAD..] } else { raw });
        self.search.print(material);
    }

    fn secrets_of(&mut self, operation: &str, reply: &Value) {
        let Value::Map(members) = reply else { return };
        for (name, value) in members {
            if let Value::Secret(secret) = value
                && name != "PublicKey"
            {
                let head = if name == "PrivateKeyPlaintext" { HEAD } else { 0 };
                self.search.secret(&format!("{name} of {operation}"), &secret[head..]);
            }
        }
    }

    fn key(&mut self, spec: &str, usage: &str, origin: &str) -> Value {
        let input = [("KeySpec", spec), ("KeyUsage", usage), ("Origin", origin)];
        let reply = self.call("CreateKey", Value::from(input.map(|(name, text)| (name, Value::from(text)))));
        reply.expect("a key").member("KeyMetadata").and_then(|data| data.member("KeyId")).cloned().expect("an id")
    }

    fn good<const N: usize>(&mut self, operation: &str, input: [(&'static str, Value); N]) -> Value {
        self.call(operation, Value::from(input)).unwrap_or_else(|error| panic!("{operation}: {error}"))
    }

    fn bad<const N: usize>(&mut self, operation: &str, input: [(&'static str, Value); N]) {
        assert!(self.call(operation, Value::from(input)).is_err(), "{operation} was to fail");
    }
}

fn text(text: &str) -> Value {
    Value::from(text)
}

fn blob(bytes: &[u8]) -> Value {
    Value::Blob(bytes.to_vec())
}

fn desk() -> Desk {
    let mut search = Search::default();
    search.secret("the plaintext", PLAINTEXT);
    search.secret("imported material", &IMPORTED);
    Desk { kms: Kms::default(), search, calls: 0, succeeded: Vec::new() }
}

/// Plaintexts in and out, and refusals with a plaintext in the request.
fn encryption(desk: &mut Desk) {
    let key = desk.key("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "AWS_KMS");
    let plaintext = || ("Plaintext", blob(PLAINTEXT));
    let sealed = desk.good("Encrypt", [("KeyId", key.clone()), plaintext()]);
    let sealed = || ("CiphertextBlob", sealed.member("CiphertextBlob").cloned().expect("a blob"));
    desk.good("Decrypt", [sealed()]);
    desk.good("ReEncrypt", [sealed(), ("DestinationKeyId", key.clone())]);
    desk.good("GenerateRandom", [("NumberOfBytes", Value::Int(64))]);
    for operation in ["GenerateDataKey", "GenerateDataKeyWithoutPlaintext"] {
        desk.good(operation, [("KeyId", key.clone()), ("KeySpec", text("AES_256"))]);
    }
    for operation in ["GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext"] {
        for spec in ["ECC_NIST_P256", "ECC_NIST_EDWARDS25519", "ML_KEM_512"] {
            desk.good(operation, [("KeyId", key.clone()), ("KeyPairSpec", text(spec))]);
        }
    }
    // A plaintext in base64 is a text; so is one that landed in another member by mistake.
    let in_base64 = || Value::from(BASE64_STANDARD.encode(PLAINTEXT));
    desk.good("Encrypt", [("KeyId", key.clone()), ("Plaintext", in_base64())]);
    desk.bad("Encrypt", [("KeyId", text("alias/none")), ("Plaintext", in_base64())]);
    desk.bad(
        "Encrypt",
        [("KeyId", key.clone()), ("Plaintext", Value::from(format!("{}!", BASE64_STANDARD.encode(PLAINTEXT))))],
    );
    desk.bad("Encrypt", [("KeyId", key.clone()), ("Plaintext", blob(&PLAINTEXT.repeat(100)))]);
    desk.bad("Encrypt", [("KeyId", key.clone()), ("Plaintext", Value::List(vec![blob(PLAINTEXT)]))]);
    desk.bad("Encrypt", [("KeyId", key.clone()), plaintext(), ("EncryptionAlgorithm", text("SM2PKE"))]);
    desk.bad("Encrypt", [("KeyId", key.clone()), plaintext(), ("DryRun", Value::Bool(true))]);
    desk.bad("Decrypt", [sealed(), ("EncryptionContext", Value::from([("a", text("b"))]))]);
    desk.bad("Sign", [("KeyId", key), ("Message", blob(PLAINTEXT)), ("SigningAlgorithm", text("ECDSA_SHA_256"))]);
}

/// What private keys do.
fn key_pairs(desk: &mut Desk) {
    for (spec, algorithm) in [
        ("RSA_2048", "RSASSA_PSS_SHA_256"),
        ("ECC_NIST_P384", "ECDSA_SHA_384"),
        ("ECC_NIST_EDWARDS25519", "ED25519_SHA_512"),
        ("ML_DSA_44", "ML_DSA_SHAKE_256"),
    ] {
        let key = desk.key(spec, "SIGN_VERIFY", "AWS_KMS");
        let message = || [("KeyId", key.clone()), ("Message", blob(PLAINTEXT)), ("SigningAlgorithm", text(algorithm))];
        let signature = desk.good("Sign", message()).member("Signature").cloned().expect("a signature");
        let [id, said, named] = message();
        desk.good("Verify", [id, said, named, ("Signature", signature)]);
        let [id, said, named] = message();
        desk.bad("Verify", [id, said, named, ("Signature", blob(&[1; 64]))]);
        desk.good("GetPublicKey", [("KeyId", key.clone())]);
    }
    let key = desk.key("HMAC_256", "GENERATE_VERIFY_MAC", "AWS_KMS");
    let message = || [("KeyId", key.clone()), ("Message", blob(PLAINTEXT)), ("MacAlgorithm", text("HMAC_SHA_256"))];
    let mac = desk.good("GenerateMac", message()).member("Mac").cloned().expect("a code");
    let [id, said, named] = message();
    desk.good("VerifyMac", [id, said, named, ("Mac", mac)]);
    let [id, said, named] = message();
    desk.bad("VerifyMac", [id, said, named, ("Mac", blob(&[1; 32]))]);
    let key = desk.key("ECC_NIST_P256", "KEY_AGREEMENT", "AWS_KMS");
    let public = desk.good("GetPublicKey", [("KeyId", key.clone())]).member("PublicKey").cloned().expect("a key");
    let ecdh = || ("KeyAgreementAlgorithm", text("ECDH"));
    desk.good("DeriveSharedSecret", [("KeyId", key.clone()), ecdh(), ("PublicKey", public)]);
    desk.bad("DeriveSharedSecret", [("KeyId", key), ecdh(), ("PublicKey", blob(&[1; 91]))]);
    let key = desk.key("ML_KEM_768", "ENCAPSULATE_DECAPSULATE", "AWS_KMS");
    let algorithm = || ("EncapsulationAlgorithm", text("ML_KEM"));
    let made = desk.good("Encapsulate", [("KeyId", key.clone()), algorithm()]);
    let sealed = made.member("SharedSecretCiphertextBlob").cloned().expect("a ciphertext");
    desk.good("Decapsulate", [("KeyId", key.clone()), algorithm(), ("SharedSecretCiphertextBlob", sealed)]);
    desk.bad("Decapsulate", [("KeyId", key), algorithm(), ("SharedSecretCiphertextBlob", blob(&[1; 10]))]);
}

/// Material that comes in, wrong and right, and goes again.
fn imports(desk: &mut Desk) {
    let key = desk.key("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "EXTERNAL");
    let wrapping = [("WrappingAlgorithm", text("RSAES_OAEP_SHA_256")), ("WrappingKeySpec", text("RSA_2048"))];
    let [algorithm, spec] = wrapping;
    let parameters = desk.good("GetParametersForImport", [("KeyId", key.clone()), algorithm, spec]);
    let public = CryptoProvider::default().rsa.load_public(&bytes(&parameters, "PublicKey")).expect("an RSA key");
    let mut random = Random::from_entropy(&[1; 32]);
    let mut wrapped = |material: &[u8]| {
        let sealed = public.encrypt(Encryption::Oaep(Hash::Sha256), material, &mut random);
        ("EncryptedKeyMaterial", Value::Blob(sealed.expect("a text that fits")))
    };
    let token = || ("ImportToken", parameters.member("ImportToken").cloned().expect("a token"));
    let lasting = || ("ExpirationModel", text("KEY_MATERIAL_DOES_NOT_EXPIRE"));
    desk.bad("ImportKeyMaterial", [("KeyId", key.clone()), token(), wrapped(&IMPORTED[..31]), lasting()]);
    desk.bad("ImportKeyMaterial", [("KeyId", key.clone()), token(), wrapped(&IMPORTED)]);
    desk.bad(
        "ImportKeyMaterial",
        [("KeyId", key.clone()), token(), ("EncryptedKeyMaterial", blob(&IMPORTED)), lasting()],
    );
    desk.good("ImportKeyMaterial", [("KeyId", key.clone()), token(), wrapped(&IMPORTED), lasting()]);
    desk.good("DeleteImportedKeyMaterial", [("KeyId", key)]);
}

/// Grants, whose tokens are worth something to their grantee alone.
fn grants(desk: &mut Desk) {
    let key = desk.key("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "AWS_KMS");
    let id = || ("KeyId", key.clone());
    let bob = || text("arn:aws:iam::111122223333:user/bob");
    let grant = || {
        let operations = ("Operations", Value::List(vec![text("Decrypt"), text("DescribeKey")]));
        [id(), operations, ("GranteePrincipal", bob()), ("RetiringPrincipal", bob())]
    };
    let made = desk.good("CreateGrant", grant());
    desk.good("ListGrants", [id()]);
    desk.good("ListRetirableGrants", [("RetiringPrincipal", bob())]);
    let name = |reply: &Value, name: &'static str| (name, reply.member(name).cloned().expect(name));
    desk.good("RevokeGrant", [id(), name(&made, "GrantId")]);
    let again = desk.good("CreateGrant", grant());
    desk.good("RetireGrant", [name(&again, "GrantToken")]);
}

/// What key stores show to what is behind them.
fn key_stores(desk: &mut Desk) {
    desk.search.secret("the password of kmsuser", PASSWORD.as_bytes());
    desk.search.secret("the secret access key of a proxy", SECRET_ACCESS_KEY.as_bytes());
    let store = |name: &str| {
        let cluster = ("CloudHsmClusterId", text("cluster-7a23b4cdefg"));
        let anchor = ("TrustAnchorCertificate", text("a certificate"));
        [("CustomKeyStoreName", text(name)), cluster, anchor, ("KeyStorePassword", text(PASSWORD))]
    };
    let made = desk.good("CreateCustomKeyStore", store("store"));
    desk.bad("CreateCustomKeyStore", store("another"));
    let id = || ("CustomKeyStoreId", made.member("CustomKeyStoreId").cloned().expect("an id"));
    desk.good("UpdateCustomKeyStore", [id(), ("KeyStorePassword", text(PASSWORD))]);
    desk.good("ConnectCustomKeyStore", [id()]);
    desk.bad("UpdateCustomKeyStore", [id(), ("KeyStorePassword", text(PASSWORD))]);
    let key = desk.good("CreateKey", [id(), ("Origin", text("AWS_CLOUDHSM"))]);
    let key = key.member("KeyMetadata").and_then(|data| data.member("KeyId")).cloned().expect("an id");
    desk.good("Encrypt", [("KeyId", key), ("Plaintext", blob(PLAINTEXT))]);
    desk.good("DisconnectCustomKeyStore", [id()]);
    desk.good("DescribeCustomKeyStores", []);
    desk.bad("DeleteCustomKeyStore", [id()]);
    let credential =
        [("AccessKeyId", text("BETWEEN2TENAND3TENCHARACTERS")), ("RawSecretAccessKey", text(SECRET_ACCESS_KEY))];
    let external = [
        ("CustomKeyStoreName", text("external")),
        ("CustomKeyStoreType", text("EXTERNAL_KEY_STORE")),
        ("XksProxyConnectivity", text("PUBLIC_ENDPOINT")),
        ("XksProxyUriEndpoint", text("https://xks.example.com")),
        ("XksProxyUriPath", text("/example/kms/xks/v1")),
        ("XksProxyAuthenticationCredential", Value::from(credential)),
    ];
    let made = desk.good("CreateCustomKeyStore", external);
    let id = || ("CustomKeyStoreId", made.member("CustomKeyStoreId").cloned().expect("an id"));
    desk.good("UpdateCustomKeyStore", [id(), ("XksProxyUriPath", text("/moved/kms/xks/v1"))]);
    desk.good("DeleteCustomKeyStore", [id()]);
}

/// Everything that touches no secret of its own.
fn housekeeping(desk: &mut Desk) {
    let key = desk.key("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "AWS_KMS");
    let id = || ("KeyId", key.clone());
    let alias = || ("AliasName", text("alias/secrets"));
    desk.good("CreateAlias", [alias(), ("TargetKeyId", key.clone())]);
    desk.good("UpdateAlias", [alias(), ("TargetKeyId", key.clone())]);
    desk.good("ListAliases", []);
    desk.good("DeleteAlias", [alias()]);
    let tag = Value::from([("TagKey", text("a")), ("TagValue", text("b"))]);
    desk.good("TagResource", [id(), ("Tags", Value::List(vec![tag]))]);
    desk.good("ListResourceTags", [id()]);
    desk.good("UntagResource", [id(), ("TagKeys", Value::List(vec![text("a")]))]);
    let policy = desk.good("GetKeyPolicy", [id()]).member("Policy").cloned().expect("a policy");
    desk.good("PutKeyPolicy", [id(), ("Policy", policy)]);
    desk.good("UpdateKeyDescription", [id(), ("Description", text("described"))]);
    desk.good("EnableKeyRotation", [id(), ("RotationPeriodInDays", Value::Int(90))]);
    for operation in
        ["RotateKeyOnDemand", "GetKeyRotationStatus", "ListKeyRotations", "DisableKeyRotation", "GetKeyLastUsage"]
    {
        desk.good(operation, [id()]);
    }
    let made = desk.good("CreateKey", [("MultiRegion", Value::Bool(true))]);
    let related = made.member("KeyMetadata").and_then(|data| data.member("KeyId")).cloned().expect("an id");
    desk.good("ReplicateKey", [("KeyId", related.clone()), ("ReplicaRegion", text("eu-west-1"))]);
    desk.good("UpdatePrimaryRegion", [("KeyId", related), ("PrimaryRegion", text("eu-west-1"))]);
    for operation in
        ["DescribeKey", "ListKeyPolicies", "DisableKey", "EnableKey", "ScheduleKeyDeletion", "CancelKeyDeletion"]
    {
        desk.good(operation, [id()]);
    }
    desk.good("ListKeys", []);
}

#[test]
fn nothing_that_is_printed_holds_a_secret() {
    let mut desk = desk();
    encryption(&mut desk);
    key_pairs(&mut desk);
    imports(&mut desk);
    grants(&mut desk);
    key_stores(&mut desk);
    housekeeping(&mut desk);
    for row in operations::TABLE {
        let done = desk.succeeded.iter().any(|operation| operation == row.name);
        assert!(done, "{} is driven", row.name);
    }
    let Desk { kms, mut search, .. } = desk;
    search.print(&kms);
    for row in kms.state().rows() {
        search.print(&row);
        search.text(serde_json::to_string(&row).expect("a row in JSON"));
    }
    assert!(search.secrets.len() > 80 && search.printed.len() > 500, "the search is worth something");
    assert_eq!(search.leaks(), [""; 0]);
}

#[test]
fn nothing_that_a_world_prints_holds_a_secret() {
    let mut search = Search::default();
    let options = Options { seed: Some(SEED.into()), now: Some(NOW), ..Options::default() };
    search.secret("the seed", SEED);
    search.secret("the root key", &ROOT_KEY);
    search.secret("the plaintext", PLAINTEXT);
    search.print(&options);
    let world = World::new(options, CryptoProvider::default(), [0; 32]);
    let key = world.call("CreateKey", Value::from([]), None, None, NOW);
    search.print(&key);
    let id = key.reply.expect("a key").member("KeyMetadata").and_then(|data| data.member("KeyId")).cloned();
    let input = Value::from([("KeyId", id.expect("an id")), ("Plaintext", blob(PLAINTEXT))]);
    let mut call = world.begin("Encrypt", input.clone(), None, None, NOW).expect("a call");
    search.print(&call);
    search.print(&world.step(&mut call));
    for operation in ["Encrypt", "Decrypt"] {
        let headers = [
            ("X-Amz-Target", format!("TrentService.{operation}")),
            ("Authorization", "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/kms/aws4_request".to_owned()),
            ("X-Amz-Security-Token", String::from_utf8_lossy(PLAINTEXT).into_owned()),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.into_bytes())).to_vec();
        let request = Request::new("POST", "/", headers, wire::to_json(&input));
        search.print(&request);
        search.print(&world.http(&request, NOW));
    }
    let mut connection = Connection::new();
    connection.receive(PLAINTEXT);
    search.print(&connection);
    let bytes = world.snapshot(&ROOT_KEY).expect("a snapshot");
    search.text(bytes.escape_ascii().to_string());
    search.print(&World::restore(&bytes, &[0; 32], CryptoProvider::default(), [0; 32]).err());
    let changes = world.changes(0);
    search.print(&changes);
    for change in changes.to_values(0) {
        search.print(&change);
        search.text(String::from_utf8_lossy(&wire::to_json(&change)));
    }
    let enclave: Enclave = world.enclave(Spec::default()).expect("an enclave");
    search.print(&enclave);
    search.secret("the key of an enclave", &enclave.private_key()[HEAD + 320..]);
    search.print(&world);
    search.print(&world.fork([0; 32]));
    assert!(search.secrets.len() >= 4);
    assert_eq!(search.leaks(), [""; 0]);
}

#[test]
fn the_kinds_of_material_are_named_in_print_and_no_more() {
    let mut random = Random::from_entropy(&[4; 32]);
    let provider = CryptoProvider::default();
    for kind in [MaterialKind::Aes256, MaterialKind::P256, MaterialKind::Ed25519, MaterialKind::MlKem512] {
        let material = pocket_kms::material::Material::generate(kind, &provider, &mut random).expect("material");
        assert_eq!(format!("{material:?}"), format!("Material({kind:?})"));
    }
}
