//! Imports as their callers see them: a desk at which parameters are asked for, and material is wrapped and sent.

mod identity;
mod presence;
mod related;
mod several;
mod tokens;
mod wrapping;

use std::{rc::Rc, sync::OnceLock};

use zeroize::Zeroizing;

use super::*;
use crate::{
    algorithms::MaterialKind,
    call::{Answerable, Answers, HostAnswer, Question},
    crypto::{CryptoProvider, hash::Hash, random::Random, rsa::Encryption},
    error::{Error, Exception},
    material::Material,
    time::{Span, Time},
    wire::Value,
    world::{Options, Progress, World},
};

const START: Time = Time::from_millis(1_800_000_000_000);
const DAY: i64 = 86_400_000;
const FOREVER: (&str, &str) = ("ExpirationModel", "KEY_MATERIAL_DOES_NOT_EXPIRE");

/// A world, and the Region in which its calls arrive. It asks for RSA keys, which are made once for all tests.
struct Desk {
    world: Rc<World>,
    region: &'static str,
}

/// What GetParametersForImport gave.
struct Parcel {
    public_key: Vec<u8>,
    token: Vec<u8>,
    algorithm: AlgorithmSpec,
}

fn desk() -> Desk {
    let options = Options { seed: Some(b"import".to_vec().into()), now: Some(START), ..Options::default() };
    Desk { world: World::new(options, CryptoProvider::default(), [0; 32]).into(), region: "us-east-1" }
}

impl Desk {
    /// The same world, where calls arrive in another Region.
    fn there(&self, region: &'static str) -> Self {
        Self { world: Rc::clone(&self.world), region }
    }

    fn call<const N: usize>(&self, operation: &str, input: [(&'static str, Value); N]) -> Result<Value, Error> {
        let call = self.world.begin(operation, Value::from(input), Some(self.region), None, START);
        let mut call = call.expect("a call");
        call.answers = Answers::of(Answerable::default().keys(true));
        loop {
            match self.world.step(&mut call) {
                Progress::Done(answer) => return answer.reply,
                Progress::Ask(Question::GenerateKey(spec)) => {
                    call.answers.add(Question::GenerateKey(spec), Ok(HostAnswer::GeneratedKey(pair(spec).into())));
                }
                Progress::Ask(other) => panic!("a key is asked for, not {other:?}"),
            }
        }
    }

    fn key(&self, spec: &str, usage: &str) -> String {
        let input = [("Origin", "EXTERNAL"), ("KeySpec", spec), ("KeyUsage", usage)];
        let made = self.call("CreateKey", input.map(|(name, value)| (name, Value::from(value)))).expect("a key");
        member(member(&made, "KeyMetadata"), "KeyId").as_text().expect("an id").to_owned()
    }

    fn symmetric(&self) -> String {
        self.key("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT")
    }

    fn parameters(&self, key: &str, algorithm: AlgorithmSpec, wrapping: WrappingKeySpec) -> Result<Parcel, Error> {
        let input = [("WrappingAlgorithm", algorithm.as_str()), ("WrappingKeySpec", wrapping.as_str()), ("KeyId", key)];
        let reply = self.call("GetParametersForImport", input.map(|(name, value)| (name, Value::from(value))))?;
        let bytes = |name| member(&reply, name).as_bytes().expect("bytes").to_vec();
        Ok(Parcel { public_key: bytes("PublicKey"), token: bytes("ImportToken"), algorithm })
    }

    fn parcel(&self, key: &str) -> Parcel {
        self.parameters(key, AlgorithmSpec::RsaesOaepSha256, WrappingKeySpec::Rsa2048).expect("parameters")
    }

    fn import(&self, key: &str, parcel: &Parcel, material: &[u8]) -> Result<Value, Error> {
        self.send(key, &parcel.token, &parcel.wrap(material), [(FOREVER.0, Value::from(FOREVER.1))])
    }

    fn send<const N: usize>(
        &self,
        key: &str,
        token: &[u8],
        wrapped: &[u8],
        more: [(&'static str, Value); N],
    ) -> Result<Value, Error> {
        let mut input = vec![
            ("KeyId".to_owned(), Value::from(key)),
            ("ImportToken".to_owned(), Value::Blob(token.to_vec())),
            ("EncryptedKeyMaterial".to_owned(), Value::Blob(wrapped.to_vec())),
        ];
        input.extend(more.into_iter().map(|(name, value)| (name.to_owned(), value)));
        self.world.call("ImportKeyMaterial", Value::from_iter(input), Some(self.region), None, START).reply
    }

    /// A symmetric key with this material, which lasts.
    fn imported(&self, material: &[u8]) -> String {
        let key = self.symmetric();
        self.import(&key, &self.parcel(&key), material).expect("an import");
        key
    }

    fn describe(&self, key: &str) -> Value {
        member(&self.call("DescribeKey", [("KeyId", Value::from(key))]).expect("metadata"), "KeyMetadata").clone()
    }

    fn state(&self, key: &str) -> String {
        member(&self.describe(key), "KeyState").as_text().expect("a state").to_owned()
    }

    fn encrypt(&self, key: &str) -> Result<Vec<u8>, Error> {
        let input = [("KeyId", Value::from(key)), ("Plaintext", Value::Blob(b"hello".to_vec()))];
        let reply = self.call("Encrypt", input)?;
        Ok(member(&reply, "CiphertextBlob").as_bytes().expect("bytes").to_vec())
    }

    fn decrypt(&self, blob: &[u8]) -> Result<Value, Error> {
        self.call("Decrypt", [("CiphertextBlob", Value::Blob(blob.to_vec()))])
    }

    fn delete(&self, key: &str) -> Result<Value, Error> {
        self.call("DeleteImportedKeyMaterial", [("KeyId", Value::from(key))])
    }

    fn delete_one(&self, key: &str, id: &str) -> Result<Value, Error> {
        let input = [("KeyId", Value::from(key)), ("KeyMaterialId", Value::from(id))];
        self.call("DeleteImportedKeyMaterial", input)
    }

    /// Imports material of one repeated byte, as an import type; gives its id.
    fn import_as(&self, key: &str, parcel: &Parcel, byte: u8, import_type: &str) -> Result<String, Error> {
        let more = [("ImportType", Value::from(import_type)), (FOREVER.0, Value::from(FOREVER.1))];
        let reply = self.send(key, &parcel.token, &parcel.wrap(&[byte; 32]), more)?;
        Ok(member(&reply, "KeyMaterialId").as_text().expect("an id").to_owned())
    }

    fn rotate(&self, key: &str) -> Result<Value, Error> {
        self.call("RotateKeyOnDemand", [("KeyId", Value::from(key))])
    }

    /// One word for each material of a key: its state, and whether it is there.
    fn materials(&self, key: &str) -> Vec<String> {
        let word = |entry: &Value, name| member(entry, name).as_text().expect("a word").to_owned();
        let entries = self.entries(key);
        entries.iter().map(|one| [word(one, "KeyMaterialState"), word(one, "ImportState")].join(" ")).collect()
    }

    fn entries(&self, key: &str) -> Vec<Value> {
        let input = [("KeyId", Value::from(key)), ("IncludeKeyMaterial", Value::from("ALL_KEY_MATERIAL"))];
        let reply = self.call("ListKeyRotations", input).expect("a list");
        let Value::List(entries) = member(&reply, "Rotations") else { panic!("no list") };
        entries.clone()
    }

    fn set(&self, name: &'static str, number: i64) {
        self.world.set(&Value::from([(name, Value::Int(number))]), START).expect("a setting");
    }

    fn wait(&self, millis: i64) {
        self.world.advance(Span::from_millis(millis), START).expect("a time that the clock reaches");
    }
}

impl Parcel {
    /// Wraps as the owner of the material does.
    fn wrap(&self, material: &[u8]) -> Vec<u8> {
        self.wrap_as(self.algorithm, material)
    }

    fn wrap_as(&self, algorithm: AlgorithmSpec, material: &[u8]) -> Vec<u8> {
        let (provider, mut random) = (CryptoProvider::default(), Random::from_entropy(&[1; 32]));
        let mut oaep = |hash, text: &[u8]| {
            let public = provider.rsa.load_public(&self.public_key).expect("an RSA key");
            public.encrypt(Encryption::Oaep(hash), text, &mut random).expect("a text that fits")
        };
        let aes_key = [3; 32];
        match algorithm {
            AlgorithmSpec::RsaesOaepSha1 => oaep(Hash::Sha1, material),
            AlgorithmSpec::RsaesOaepSha256 => oaep(Hash::Sha256, material),
            AlgorithmSpec::RsaAesKeyWrapSha1 => [oaep(Hash::Sha1, &aes_key), kwp(&aes_key, material)].concat(),
            AlgorithmSpec::RsaAesKeyWrapSha256 => [oaep(Hash::Sha256, &aes_key), kwp(&aes_key, material)].concat(),
            AlgorithmSpec::Sm2pke => {
                let public = provider.sm2.load_public(&self.public_key).expect("an SM2 key");
                public.encrypt(material, &mut random).expect("a text that fits")
            }
            AlgorithmSpec::RsaesPkcs1V15 => panic!("no key is wrapped so"),
        }
    }
}

fn kwp(aes_key: &[u8], material: &[u8]) -> Vec<u8> {
    CryptoProvider::default().wrapping.wrap(aes_key, material).expect("a wrap")
}

fn member<'a>(value: &'a Value, name: &str) -> &'a Value {
    value.member(name).unwrap_or(&Value::Null)
}

/// One key pair for each RSA spec.
fn pair(spec: KeySpec) -> Vec<u8> {
    static PAIRS: [OnceLock<Vec<u8>>; 2] = [const { OnceLock::new() }; 2];
    let (place, kind) = match spec {
        KeySpec::Rsa2048 => (0, MaterialKind::Rsa2048),
        KeySpec::Rsa3072 => (1, MaterialKind::Rsa3072),
        _ => panic!("{spec} is not used here"),
    };
    PAIRS[place].get_or_init(|| material(kind)).clone()
}

fn material(kind: MaterialKind) -> Vec<u8> {
    let mut random = Random::from_entropy(&[2; 32]);
    Material::generate(kind, &CryptoProvider::default(), &mut random).expect("material").expose().to_vec()
}

/// Material as its owner has it, for the specs of this test.
fn owned(spec: &str, region: &str) -> Vec<u8> {
    match spec {
        "SYMMETRIC_DEFAULT" if region.starts_with("cn-") => vec![7; 16],
        "SYMMETRIC_DEFAULT" | "HMAC_256" => vec![7; 32],
        "HMAC_224" => vec![7; 28],
        "HMAC_384" => vec![7; 48],
        "HMAC_512" => vec![7; 64],
        "RSA_2048" => pair(KeySpec::Rsa2048),
        "RSA_3072" => pair(KeySpec::Rsa3072),
        "ECC_NIST_P256" => material(MaterialKind::P256),
        "ECC_NIST_P384" => material(MaterialKind::P384),
        "ECC_NIST_P521" => material(MaterialKind::P521),
        "ECC_SECG_P256K1" => material(MaterialKind::Secp256k1),
        "ECC_NIST_EDWARDS25519" => material(MaterialKind::Ed25519),
        "SM2" => material(MaterialKind::Sm2),
        _ => panic!("{spec} is not used here"),
    }
}

fn refused(reply: Result<Value, Error>) -> (Exception, Option<String>) {
    let error = reply.expect_err("a refusal");
    (error.exception, error.message)
}

fn silent(exception: Exception) -> (Exception, Option<String>) {
    (exception, None)
}
