//! A world with a row of every kind, and the calls that tell whether all of it has come through a snapshot.

use pocket_kms::{
    CryptoProvider, Options, Span, Time, Value, World,
    crypto::{hash::Hash, random::Random, rsa::Encryption},
    enclave::{Measurements, Spec},
    wire,
};

const START: Time = Time::from_millis(1_767_225_600_500);
const DAY: i64 = 86_400_000;

/// The world while it is being filled, and the calls to make after it has been restored.
struct Author {
    world: World,
    calls: Vec<String>,
}

/// Where a call is made, and by whom.
#[derive(Clone, Copy, Default)]
struct Place {
    region: Option<&'static str>,
    caller: Option<&'static str>,
}

const HERE: Place = Place { region: None, caller: None };
const CHINA: Place = Place { region: Some("cn-north-1"), caller: None };
const STRANGER: Place = Place { region: None, caller: Some("444455556666") };

/// A populated world, and one call a line.
pub(crate) fn populate() -> (World, Vec<String>) {
    let seed = Some(b"golden snapshot".to_vec().into());
    let options = Options { seed, now: Some(START), insecure_key_pool: true, ..Options::default() };
    let mut author = Author { world: World::new(options, CryptoProvider::default(), [0; 32]), calls: Vec::new() };
    author.generated_keys();
    author.enclave();
    author.dying_keys();
    author.imported_keys();
    for place in [HERE, CHINA, STRANGER] {
        author.later(place, "ListKeys", []);
        author.later(place, "ListAliases", []);
    }
    // Once more, after what is due soon has fallen due.
    let described = author.calls.iter().filter(|call| call.contains("\"DescribeKey\"")).cloned().collect::<Vec<_>>();
    author.calls.push("{\"advance_days\":41}".to_owned());
    author.calls.extend(described);
    (author.world, author.calls)
}

impl Author {
    fn after(&self, span: Span) -> Time {
        self.world.now(START).after(span)
    }

    /// Makes a call now.
    fn call<const N: usize>(&self, place: Place, operation: &str, input: [(&'static str, Value); N]) -> Value {
        let answer = self.world.call(operation, Value::from(input), place.region, place.caller, START);
        answer.reply.unwrap_or_else(|error| panic!("{operation}: {error}"))
    }

    /// Notes a call to be made on the restored world.
    fn later<const N: usize>(&mut self, place: Place, operation: &str, input: [(&'static str, Value); N]) {
        let mut line = vec![("call", Value::from(operation)), ("input", Value::from(input))];
        line.extend(place.region.map(|region| ("region", Value::from(region))));
        line.extend(place.caller.map(|caller| ("caller", Value::from(caller))));
        let line = line.into_iter().map(|(name, value)| (name.to_owned().into(), value)).collect();
        self.calls.push(String::from_utf8(wire::to_json(&Value::Map(line))).expect("text"));
    }

    fn key<const N: usize>(&mut self, place: Place, input: [(&'static str, &str); N]) -> Value {
        let reply = self.call(place, "CreateKey", input.map(|(name, text)| (name, Value::from(text))));
        let id = reply.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).cloned().expect("an id");
        self.later(place, "DescribeKey", [("KeyId", id.clone())]);
        self.later(place, "GetKeyPolicy", [("KeyId", id.clone())]);
        id
    }

    fn sealed(&mut self, place: Place, key: &Value) {
        let input = [("KeyId", key.clone()), ("Plaintext", Value::Blob(b"golden".to_vec()))];
        let blob = self.call(place, "Encrypt", input).member("CiphertextBlob").cloned().expect("a blob");
        self.later(place, "Decrypt", [("CiphertextBlob", blob)]);
    }

    fn signed(&mut self, key: &Value, algorithm: &str) {
        let message = || ("Message", Value::Blob(b"golden".to_vec()));
        let common = || [("KeyId", key.clone()), ("SigningAlgorithm", Value::from(algorithm)), message()];
        let signature = self.call(HERE, "Sign", common()).member("Signature").cloned().expect("a signature");
        let [key_id, algorithm, message] = common();
        self.later(HERE, "Verify", [key_id, algorithm, message, ("Signature", signature)]);
        self.later(HERE, "GetPublicKey", [("KeyId", key.clone())]);
    }

    fn generated_keys(&mut self) {
        let key = self.key(HERE, [("Description", "an ordinary key")]);
        self.sealed(HERE, &key);
        for name in ["alias/golden", "alias/second"] {
            self.call(HERE, "CreateAlias", [("AliasName", Value::from(name)), ("TargetKeyId", key.clone())]);
        }
        let tag = |name: &str, value: &str| Value::from([("TagKey", name.into()), ("TagValue", value.into())]);
        let tags = Value::List(vec![tag("team", "blue"), tag("cost", "12")]);
        self.call(HERE, "TagResource", [("KeyId", key.clone()), ("Tags", tags)]);
        self.later(HERE, "ListResourceTags", [("KeyId", key)]);
        self.later(HERE, "DescribeKey", [("KeyId", Value::from("alias/golden"))]);
        let shared = self.key(HERE, [("Policy", OWN_POLICY)]);
        self.later(STRANGER, "DescribeKey", [("KeyId", arn(&shared))]);
        let primary = self.call(HERE, "CreateKey", [("MultiRegion", Value::Bool(true))]);
        let primary = primary.member("KeyMetadata").and_then(|data| data.member("KeyId")).cloned().expect("an id");
        self.later(HERE, "DescribeKey", [("KeyId", primary.clone())]);
        self.sealed(HERE, &primary);
        let chinese = self.key(CHINA, []);
        self.sealed(CHINA, &chinese);
        self.key(STRANGER, []);
        let key = self.key(HERE, [("KeySpec", "RSA_2048"), ("KeyUsage", "SIGN_VERIFY")]);
        self.signed(&key, "RSASSA_PKCS1_V1_5_SHA_256");
        let key = self.key(HERE, [("KeySpec", "ECC_NIST_P256"), ("KeyUsage", "SIGN_VERIFY")]);
        self.signed(&key, "ECDSA_SHA_256");
        let key = self.key(HERE, [("KeySpec", "ML_DSA_44"), ("KeyUsage", "SIGN_VERIFY")]);
        self.signed(&key, "ML_DSA_SHAKE_256");
        let key = self.key(HERE, [("KeySpec", "HMAC_256"), ("KeyUsage", "GENERATE_VERIFY_MAC")]);
        let message = ("Message", Value::Blob(b"golden".to_vec()));
        self.later(HERE, "GenerateMac", [("KeyId", key), ("MacAlgorithm", "HMAC_SHA_256".into()), message]);
    }

    /// The world believes in documents of its own enclaves, and goes on to do so.
    fn enclave(&mut self) {
        let measurements = Measurements::of_image(b"an enclave image");
        let enclave = self.world.enclave(Spec { measurements, ..Spec::default() }).expect("an enclave");
        let document = enclave.attestation_document(self.world.now(START)).expect("a document");
        let algorithm = ("KeyEncryptionAlgorithm", Value::from("RSAES_OAEP_SHA_256"));
        let recipient = Value::from([("AttestationDocument", Value::Blob(document)), algorithm]);
        let key = self.key(HERE, []);
        let input = [("KeyId", key.clone()), ("Plaintext", Value::Blob(b"golden".to_vec()))];
        let blob = self.call(HERE, "Encrypt", input).member("CiphertextBlob").cloned().expect("a blob");
        let dry_run = ("DryRun", Value::Bool(true));
        self.later(HERE, "Decrypt", [("CiphertextBlob", blob), ("Recipient", recipient), dry_run]);
    }

    /// The input of an import that wraps `material` for a key.
    fn parcel(&self, key: &Value, material: &[u8], until: Option<Time>) -> [(&'static str, Value); 5] {
        let wrapping = [("WrappingAlgorithm", "RSAES_OAEP_SHA_256".into()), ("WrappingKeySpec", "RSA_2048".into())];
        let [algorithm, spec] = wrapping;
        let parameters = self.call(HERE, "GetParametersForImport", [("KeyId", key.clone()), algorithm, spec]);
        let bytes = |name: &str| parameters.member(name).and_then(Value::as_bytes).expect("bytes").to_vec();
        let public = CryptoProvider::default().rsa.load_public(&bytes("PublicKey")).expect("an RSA key");
        let mut random = Random::from_entropy(&[1; 32]);
        let wrapped = public.encrypt(Encryption::Oaep(Hash::Sha256), material, &mut random).expect("a text that fits");
        [
            ("KeyId", key.clone()),
            ("ImportToken", Value::Blob(bytes("ImportToken"))),
            ("EncryptedKeyMaterial", Value::Blob(wrapped)),
            ("ExpirationModel", if until.is_some() { EXPIRES } else { LASTS }.into()),
            ("ValidTo", until.map_or(Value::Null, Value::Time)),
        ]
    }

    fn external(&mut self, material: &[u8], until: Option<Time>) -> Value {
        let key = self.key(HERE, [("Origin", "EXTERNAL")]);
        self.call(HERE, "ImportKeyMaterial", self.parcel(&key, material, until));
        self.sealed(HERE, &key);
        key
    }

    fn imported_keys(&mut self) {
        let lasting = self.external(&[7; 32], None);
        let again = self.parcel(&lasting, &[7; 32], Some(self.after(Span::from_days(300))));
        self.later(HERE, "ImportKeyMaterial", again);
        let other = self.parcel(&lasting, &[8; 32], None);
        self.later(HERE, "ImportKeyMaterial", other);
        self.external(&[9; 32], Some(self.after(Span::from_millis(40 * DAY))));
        let expired = self.external(&[10; 32], Some(self.after(Span::from_millis(DAY / 4))));
        let deleted = self.external(&[11; 32], None);
        self.call(HERE, "DeleteImportedKeyMaterial", [("KeyId", deleted.clone())]);
        // The name of the first material of a key is drawn, and what is drawn may change on purpose: none is imported.
        self.key(HERE, [("Origin", "EXTERNAL")]);
        self.world.advance(Span::from_millis(DAY / 2), START).expect("a time that the clock reaches");
        for (key, material) in [(&expired, 10), (&deleted, 11)] {
            let parcel = self.parcel(key, &[material; 32], None);
            self.later(HERE, "ImportKeyMaterial", parcel);
            self.later(HERE, "DescribeKey", [("KeyId", key.clone())]);
        }
    }

    fn dying_keys(&mut self) {
        let window = |days| ("PendingWindowInDays", Value::Int(days));
        let gone = self.key(HERE, [("Description", "deleted")]);
        self.sealed(HERE, &gone);
        self.call(HERE, "ScheduleKeyDeletion", [("KeyId", gone), window(7)]);
        self.world.advance(Span::from_days(8), START).expect("a time that the clock reaches");
        let dying = self.key(HERE, [("Description", "to be deleted")]);
        self.sealed(HERE, &dying);
        self.call(HERE, "ScheduleKeyDeletion", [("KeyId", dying), window(10)]);
        let disabled = self.key(HERE, [("Description", "disabled")]);
        self.sealed(HERE, &disabled);
        self.call(HERE, "DisableKey", [("KeyId", disabled)]);
    }
}

fn arn(key: &Value) -> Value {
    Value::from(format!("arn:aws:kms:us-east-1:111122223333:key/{}", key.as_text().expect("an id")))
}

const LASTS: &str = "KEY_MATERIAL_DOES_NOT_EXPIRE";
const EXPIRES: &str = "KEY_MATERIAL_EXPIRES";

/// A policy that lets another account in.
const OWN_POLICY: &str = r#"{"Version":"2012-10-17","Statement":[
{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"},
{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"kms:DescribeKey","Resource":"*"}]}"#;
