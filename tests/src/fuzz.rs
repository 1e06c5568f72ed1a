//! The bodies of the fuzz targets: for any bytes they must not panic, loop forever, or accept what they cannot repeat.
//!
//! `fuzz/` wraps each for libFuzzer; a test replays the corpora on every run.

#![expect(clippy::missing_panics_doc, reason = "a target panics when it has found something")]

mod proxies;
mod records;

use std::sync::OnceLock;

pub use proxies::{proxy_answer, proxy_request};
pub use records::{audit, trail};

use crate::fuzz_templates::template;

use pocket_kms::{
    Answerable, Answers, Call, Caller, CryptoProvider, Exception, Kms, Options, Region, Step, Time, Value, World,
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
    policy::{Context as Facts, Document, Kind, Principal, PrincipalKind, Request, Values},
    wire,
};

/// A fuzz target: its name, which is that of its corpus, and its body.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 16] = [
    ("attestation", attestation),
    ("audit", audit),
    ("ciphertext", ciphertext),
    ("directory", directory),
    ("evaluation", evaluation),
    ("http", http),
    ("import", import),
    ("policy", policy),
    ("proxy_answer", proxy_answer),
    ("proxy_request", proxy_request),
    ("signature", signature),
    ("spki", spki),
    ("stores", stores),
    ("template", template),
    ("trail", trail),
    ("wire", wire),
];

/// Within the three hours for which the certificates of the published document are valid.
const NOW: Time = Time::from_millis(1_800_000_000_000);

/// Every kind of policy document.
const KINDS: [Kind; 6] = [
    Kind::ResourcePolicy,
    Kind::IdentityPolicy,
    Kind::SessionPolicy,
    Kind::ServiceControlPolicy,
    Kind::ResourceControlPolicy,
    Kind::EndpointPolicy,
];

/// Policy documents of every kind.
pub fn policy(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for kind in KINDS {
        match Document::parse(text, kind) {
            Ok(document) => drop(format!("{document:?}")),
            Err(malformed) => assert!(!malformed.to_string().is_empty()),
        }
    }
}

/// Requests to policy documents: a line for each of the caller, the action and the resource, one for the context (texts
/// and lists of texts, as JSON), and the document. To evaluate and to explain come to the same verdict, and every
/// statement has its finding.
pub fn evaluation(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut lines = text.splitn(5, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let (arn, action, resource, context, policy) = (line(), line(), line(), line(), line());
    let facts = facts(context);
    let account = arn.split(':').nth(4).unwrap_or_default();
    for kind in KINDS {
        let Ok(document) = Document::parse(policy, kind) else { continue };
        let names = [arn];
        for kind in [
            PrincipalKind::User,
            PrincipalKind::RoleSession { role: arn },
            PrincipalKind::FederatedUser { user: arn },
            PrincipalKind::Root,
            PrincipalKind::Service { names: &names },
        ] {
            let principal = Principal { kind, account, arn, unique_id: None, bounded: action.is_empty() };
            let request = Request { principal: &principal, action, resource, facts: &facts };
            let explained = document.explain(&request);
            assert_eq!(explained.verdict, document.evaluate(&request));
            assert_eq!(explained.findings.len(), document.statements().len());
        }
    }
}

/// The context of a request.
fn facts(json: &str) -> Facts {
    let mut facts = Facts::new();
    let Ok(Value::Map(members)) = wire::from_json(json.as_bytes()) else { return facts };
    for (key, value) in members {
        let texts = match &value {
            Value::Text(text) => Values::one(text.clone()),
            Value::List(all) => {
                Values::many(all.iter().filter_map(|one| one.as_text().map(ToOwned::to_owned)).collect::<Vec<_>>())
            }
            _ => continue,
        };
        facts.insert(&key, texts);
    }
    facts
}

/// Directories in JSON: what is refused leaves nothing, and what is registered can be told and registered again.
pub fn directory(data: &[u8]) {
    let Ok(entries) = wire::from_json(data) else { return };
    let world = world().fork([0; 32]);
    let before = world.directory();
    if world.register(&entries, NOW).is_err() {
        assert_eq!(world.directory(), before);
        return;
    }
    let told = world.directory();
    assert!(world.register(&told, NOW).is_ok(), "what is told can be registered: {told:?}");
    assert_eq!(world.directory(), told);
}

/// What custom key stores stand on, registered and acted on by its owners, one after the other: what is refused leaves
/// everything as it is, and what is told can be registered.
pub fn stores(data: &[u8]) {
    let Ok(Value::List(steps)) = wire::from_json(data) else { return };
    let world = world().fork([0; 32]);
    for step in steps.iter().take(40) {
        let before = world.stores_setup();
        let done = match (step.member("cluster").and_then(Value::as_text), step) {
            (Some(id), Value::Map(members)) => {
                // The new cluster of restore stands beside the one that is acted on.
                let named = members.iter().position(|(name, _)| name == "cluster");
                let action = members.iter().enumerate().filter(|(at, _)| Some(*at) != named);
                world.on_cluster(id, &Value::Map(action.map(|(_, member)| member.clone()).collect()), NOW).map(drop)
            }
            _ => world.register_stores(step, NOW),
        };
        if done.is_err() {
            assert_eq!(world.stores_setup(), before);
        }
    }
    let told = world.stores_setup();
    assert!(world.register_stores(&told, NOW).is_ok(), "what is told can be registered: {told:?}");
    assert_eq!(world.stores_setup(), told);
}

/// HTTP requests to a world that has the secret of [`SIGNER`]: nobody who does not have it comes in by its name.
pub fn signature(data: &[u8]) {
    let mut connection = Connection::new();
    connection.receive(data);
    while let Some(arrival) = connection.next_arrival(NOW) {
        let Arrival::Request(request) = arrival else { continue };
        let status = signed_world().http(&request, NOW).status;
        let credentials = ["Credential=", SIGNER, "/"].concat();
        let said = request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        let said: Vec<String> = said.map(|(_, value)| String::from_utf8_lossy(value).into_owned()).collect();
        if let [said] = &said[..]
            && said.contains(&credentials)
            && said.matches("Credential=").count() == 1
        {
            assert_ne!(status, 200, "a request that nobody has signed");
        }
    }
}

/// The access key whose secret no corpus has.
pub const SIGNER: &str = "AKIAIOSFODNN7EXAMPLE";

fn signed_world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let world = World::new(Options { now: Some(NOW), ..Options::default() }, CryptoProvider::default(), [1; 32]);
        let key = Value::from([("principal", Value::from("111122223333")), ("secret", Value::from("nobody knows it"))]);
        assert!(world.register(&Value::from([("accessKeys", Value::from([(SIGNER, key)]))]), NOW).is_ok());
        world
    })
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
    let call = call(operation, input, [7; 32], Answers::of(Answerable::default().keys(true)));
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
                Arrival::Refused(refusal) => {
                    assert!((400..500).contains(&refusal.status) && !connection.keeps_alive());
                    assert!(refusal.bytes(false).starts_with(b"HTTP/1.1 4"));
                }
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
        let mut reply = |operation, input| match kms.call(&call(operation, input, [9; 32], Answers::default())) {
            Step::Done(outcome) => outcome.reply.unwrap_or_default(),
            Step::Ask(_) => Value::Null,
        };
        let made = reply("CreateKey", Value::from([]));
        let id = made.member("KeyMetadata").and_then(|data| data.member("KeyId")).cloned().unwrap_or_default();
        reply("CreateAlias", Value::from([("AliasName", Value::from("alias/fuzz")), ("TargetKeyId", id)]));
        kms
    })
}
