//! The bodies of the fuzz targets: for any bytes they must not panic, loop forever, or accept what they cannot repeat.
//!
//! `fuzz/` wraps each for libFuzzer; a test replays the corpora on every run.

#![expect(clippy::missing_panics_doc, reason = "a target panics when it has found something")]

use std::sync::OnceLock;

use pocket_kms::{
    Answers, Call, Caller, CryptoProvider, Exception, Kms, Options, Region, Step, Time, Value, World,
    algorithms::{KeyType, TABLE},
    attestation::{Attestation, Trust},
    ciphertext::{Context, Envelope},
    crypto::{
        CryptoError,
        curve::NamedCurve,
        lattice::{DsaSet, KemSet},
    },
    http::{Arrival, Connection, LONGEST_BODY},
    material::Material,
    operations,
    policy::{Document, Kind},
    wire,
};

/// A fuzz target: its name, which is that of its corpus, and its body.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 7] = [
    ("attestation", attestation),
    ("ciphertext", ciphertext),
    ("http", http),
    ("import", import),
    ("policy", policy),
    ("spki", spki),
    ("wire", wire),
];

/// Within the three hours for which the certificates of the published document are valid.
const NOW: Time = Time::from_millis(1_800_000_000_000);

/// Policy documents of both kinds.
pub fn policy(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for kind in [Kind::ResourcePolicy, Kind::IdentityPolicy] {
        match Document::parse(text, kind) {
            Ok(document) => drop(format!("{document:?}")),
            Err(malformed) => assert!(!malformed.to_string().is_empty()),
        }
    }
}

/// Ciphertext blobs of symmetric keys: a blob that parses has the length that it names, and no other key opens it.
pub fn ciphertext(data: &[u8]) {
    let Ok(envelope) = Envelope::parse(data) else { return };
    let description = envelope.describe();
    assert_eq!(description.length, data.len());
    assert!(description.plaintext_length < data.len());
    for row in TABLE.iter().filter(|row| row.key_type == KeyType::Symmetric) {
        let material = Material::from_bytes(row.material, vec![0; 32].into());
        assert!(envelope.open(&CryptoProvider::default(), &material, &Context::new()).is_err());
    }
}

/// Requests in JSON: the first byte chooses the operation, the rest is the body.
pub fn wire(data: &[u8]) {
    let Some((choice, body)) = data.split_first() else { return };
    let operation = operations::TABLE[usize::from(*choice) % operations::TABLE.len()].name;
    let Ok(input) = wire::from_json(body) else { return };
    assert!(wire::from_json(&wire::to_json(&input)).is_ok(), "what is read can be written and read again");
    // RSA keys take long to make: the core asks the host, which never answers.
    let call = call(operation, input, [7; 32], Answers::Given(Vec::new()));
    let Step::Done(outcome) = kms().decide(&call) else { return };
    if let Err(error) = &outcome.reply {
        assert!(outcome.changes.is_empty(), "{operation}: {error}");
        assert_ne!(error.exception, Exception::KMSInternalException, "{operation}: {error}");
    }
}

/// Attestation documents under the root of AWS, at a time for which AWS made none: the core must trust none of them.
pub fn attestation(data: &[u8]) {
    let verified = Attestation::verify(data, NOW, &Trust::default(), &CryptoProvider::default());
    assert!(verified.is_err());
}

/// Imported key material, for every kind: what the core accepts gets one form, and the core accepts that form again.
pub fn import(data: &[u8]) {
    let provider = CryptoProvider::default();
    // The material before it is unwrapped, under a key that is not its own (RFC 5649).
    assert!(provider.wrapping.unwrap(&[0x5a; 32], data).is_err());
    for kind in TABLE.iter().map(|row| row.material) {
        let Ok(material) = Material::import(kind, data.to_vec().into(), &provider) else { continue };
        let again = Material::import(kind, material.expose().to_vec().into(), &provider);
        assert_eq!(again.as_ref(), Ok(&material), "{kind:?}");
    }
}

/// Peers' public keys, for every kind: what a provider accepts gets one form, and the provider accepts that form again.
pub fn spki(data: &[u8]) {
    let provider = CryptoProvider::default();
    again(data, |spki| provider.rsa.load_public(spki)?.spki());
    again(data, |spki| provider.edwards.load_public(spki)?.spki());
    again(data, |spki| provider.sm2.load_public(spki)?.spki());
    for curve in NamedCurve::ALL {
        again(data, |spki| provider.curve.load_public(curve, spki)?.spki());
    }
    for set in DsaSet::ALL {
        again(data, |spki| provider.ml_dsa.load_public(set, spki)?.spki());
    }
    for set in KemSet::ALL {
        again(data, |spki| provider.ml_kem.load_public(set, spki)?.spki());
    }
}

fn again(data: &[u8], read: impl Fn(&[u8]) -> Result<Vec<u8>, CryptoError>) {
    if let Ok(canonical) = read(data) {
        assert_eq!(read(&canonical).as_ref(), Ok(&canonical));
    }
}

/// Bytes of a connection: the first one gives the length of the pieces into which the rest is cut.
pub fn http(data: &[u8]) {
    let Some((cut, bytes)) = data.split_first() else { return };
    let mut connection = Connection::new();
    for piece in bytes.chunks(usize::from(*cut) + 1) {
        connection.receive(piece);
        while let Some(arrival) = connection.next_arrival(NOW) {
            match arrival {
                Arrival::Request(request) => {
                    assert!(request.body.len() <= LONGEST_BODY);
                    if let Err(response) = world().begin_http(&request, NOW) {
                        assert!(!response.bytes(connection.keeps_alive()).is_empty());
                    }
                }
                Arrival::Send(bytes) if bytes.starts_with(b"HTTP/1.1 4") => assert!(!connection.keeps_alive()),
                Arrival::Send(bytes) => assert!(bytes.starts_with(b"HTTP/1.1 100 ")),
            }
        }
    }
}

fn call(operation: &str, input: Value, entropy: [u8; 32], answers: Answers) -> Call {
    let caller = Caller::parse("111122223333").unwrap_or_else(|| unreachable!("twelve digits"));
    let region = Region::parse("us-east-1").unwrap_or_else(|| unreachable!("a Region"));
    Call::new(operation, input, caller, region, NOW, entropy).with_answers(answers)
}

fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| World::new(Options::default(), CryptoProvider::default(), [1; 32]))
}

/// A world with a symmetric key that the alias `alias/fuzz` names.
fn kms() -> &'static Kms {
    static KMS: OnceLock<Kms> = OnceLock::new();
    KMS.get_or_init(|| {
        let mut kms = Kms::default();
        let mut reply = |operation, input| match kms.call(&call(operation, input, [9; 32], Answers::NeverAsk)) {
            Step::Done(outcome) => outcome.reply.unwrap_or_default(),
            Step::Ask(_) => Value::Null,
        };
        let made = reply("CreateKey", Value::from([]));
        let id = made.member("KeyMetadata").and_then(|data| data.member("KeyId")).cloned().unwrap_or_default();
        reply("CreateAlias", Value::from([("AliasName", Value::from("alias/fuzz")), ("TargetKeyId", id)]));
        kms
    })
}
