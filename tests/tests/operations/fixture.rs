//! A world in which every key spec has its keys, made once for all tests, and short ways to use them.

use std::{
    collections::BTreeMap,
    sync::{Mutex, OnceLock, PoisonError},
};

use pocket_kms::{
    CryptoProvider, Error, Exception, Options, Time, Value, World,
    algorithms::{self, Algorithms, Row},
    api::{EncryptionAlgorithmSpec, KeySpec, KeyUsageType, MessageType, SigningAlgorithmSpec},
    names::Partition,
};

pub(crate) const NOW: Time = Time::from_millis(1_800_000_000_000);
/// One Region of each kind: they differ in the key specs that they offer.
pub(crate) const REGIONS: [&str; 2] = ["us-east-1", "cn-north-1"];

/// The key of a spec and a usage in a Region.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub(crate) region: &'static str,
    pub(crate) row: &'static Row,
    pub(crate) algorithms: &'static Algorithms,
}

pub(crate) fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        // The RSA keys of all sizes are there at once; how they came to be is nothing that is tested here.
        let seed = Some(b"operations".to_vec().into());
        let options = Options { seed, now: Some(NOW), insecure_key_pool: true, ..Options::default() };
        World::new(options, CryptoProvider::default(), [0; 32])
    })
}

pub(crate) fn call<const N: usize>(
    region: &str,
    operation: &str,
    input: [(&'static str, Value); N],
) -> Result<Value, Error> {
    world().call(operation, Value::from(input), Some(region), None, NOW).reply
}

pub(crate) fn bytes(reply: &Value, member: &str) -> Vec<u8> {
    reply.member(member).and_then(Value::as_bytes).unwrap_or_else(|| panic!("{member} in {reply:?}")).to_vec()
}

pub(crate) fn blob(bytes: &[u8]) -> Value {
    Value::Blob(bytes.to_vec())
}

/// The exception of a refusal.
pub(crate) fn exception(reply: Result<Value, Error>) -> Option<Exception> {
    reply.err().map(|error| error.exception)
}

/// The id of a new key.
pub(crate) fn create(region: &str, spec: KeySpec, usage: KeyUsageType, origin: &str) -> Result<String, Error> {
    let input = [("KeySpec", spec.as_str()), ("KeyUsage", usage.as_str()), ("Origin", origin)];
    let reply = call(region, "CreateKey", input.map(|(name, text)| (name, Value::from(text))))?;
    let id = reply.member("KeyMetadata").and_then(|data| data.member("KeyId")).and_then(Value::as_text);
    Ok(id.expect("a key id").to_owned())
}

/// Every spec with every usage in every Region that offers it.
pub(crate) fn keys() -> Vec<Key> {
    let mut keys = Vec::new();
    for region in REGIONS {
        let partition = if region.starts_with("cn-") { Partition::AwsCn } else { Partition::Aws };
        for row in KeySpec::ALL.iter().filter_map(|spec| algorithms::row(*spec, partition)) {
            keys.extend(row.usages.iter().map(|algorithms| Key { region, row, algorithms }));
        }
    }
    // What is the same everywhere is tried once.
    keys.retain(|key| key.region == REGIONS[0] || key.row.offer == algorithms::Offer::ChinaOnly);
    keys
}

impl Key {
    /// Its id; the key is made at the first need.
    pub(crate) fn id(self) -> Value {
        static IDS: Mutex<BTreeMap<(KeySpec, KeyUsageType, &str), String>> = Mutex::new(BTreeMap::new());
        let usage = self.algorithms.usage();
        let mut ids = IDS.lock().unwrap_or_else(PoisonError::into_inner);
        let id = ids.entry((self.row.spec, usage, self.region)).or_insert_with(|| {
            create(self.region, self.row.spec, usage, "AWS_KMS").unwrap_or_else(|error| panic!("{self:?}: {error}"))
        });
        Value::from(id.as_str())
    }

    pub(crate) fn call<const N: usize>(
        self,
        operation: &str,
        input: [(&'static str, Value); N],
    ) -> Result<Value, Error> {
        let mut members = vec![("KeyId".to_owned(), self.id())];
        members.extend(input.into_iter().map(|(name, value)| (name.to_owned(), value)));
        world().call(operation, Value::from_iter(members), Some(self.region), None, NOW).reply
    }

    pub(crate) fn encrypt(self, algorithm: EncryptionAlgorithmSpec, plaintext: &[u8]) -> Result<Value, Error> {
        let algorithm = Value::from(algorithm.as_str());
        self.call("Encrypt", [("Plaintext", blob(plaintext)), ("EncryptionAlgorithm", algorithm)])
    }

    pub(crate) fn decrypt(self, algorithm: EncryptionAlgorithmSpec, sealed: &[u8]) -> Result<Value, Error> {
        let algorithm = Value::from(algorithm.as_str());
        self.call("Decrypt", [("CiphertextBlob", blob(sealed)), ("EncryptionAlgorithm", algorithm)])
    }

    pub(crate) fn sign(self, algorithm: SigningAlgorithmSpec, of: MessageType, message: &[u8]) -> Result<Value, Error> {
        self.call("Sign", signing(algorithm, of, message))
    }

    pub(crate) fn verify(
        self,
        algorithm: SigningAlgorithmSpec,
        of: MessageType,
        message: &[u8],
        signature: &[u8],
    ) -> Result<Value, Error> {
        let [message, of, algorithm] = signing(algorithm, of, message);
        self.call("Verify", [message, of, algorithm, ("Signature", blob(signature))])
    }

    pub(crate) fn public_key(self) -> Vec<u8> {
        bytes(&self.call("GetPublicKey", []).expect("a public key"), "PublicKey")
    }
}

fn signing(algorithm: SigningAlgorithmSpec, of: MessageType, message: &[u8]) -> [(&'static str, Value); 3] {
    [
        ("Message", blob(message)),
        ("MessageType", Value::from(of.as_str())),
        ("SigningAlgorithm", Value::from(algorithm.as_str())),
    ]
}

/// A message that an algorithm takes as this type: its length is the API reference's (`Sign`).
pub(crate) fn message(algorithm: SigningAlgorithmSpec, of: MessageType) -> Option<Vec<u8>> {
    super::messages::lengths(algorithm, of).map(|lengths| vec![0x6d; 48.clamp(*lengths.start(), *lengths.end())])
}
