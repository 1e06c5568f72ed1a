//! Calls of enclaves: what the policy sees, what comes back, and what is refused.

use std::sync::OnceLock;

use pocket_kms::{
    CryptoProvider, Error, Exception, Options, Span, Time, Value, World,
    attestation::{Platform, Trust},
    enclave::{Attested, Enclave, Measurements, Spec},
};

const START: Time = Time::from_millis(1_767_225_600_000);
const IMAGE: &[u8] = b"an enclave image";

/// A world with an enclave. (Its RSA key is what takes time; one for all tests.)
struct Stage {
    world: World,
    enclave: Enclave,
}

fn stage() -> &'static Stage {
    static STAGE: OnceLock<Stage> = OnceLock::new();
    STAGE.get_or_init(|| {
        let world = world();
        let measurements = Measurements::of_image(IMAGE).with_instance("i-0123456789abcdef0");
        let enclave = world.enclave(Spec { measurements, ..Spec::default() }).expect("an enclave");
        Stage { world, enclave }
    })
}

fn world() -> World {
    let options = Options { seed: Some(b"nitro".to_vec().into()), now: Some(START), ..Options::default() };
    World::new(options, CryptoProvider::default(), [0; 32])
}

fn call<const N: usize>(world: &World, operation: &str, input: [(&'static str, Value); N]) -> Result<Value, Error> {
    world.call(operation, Value::from(input), None, None, Time::default()).reply
}

fn recipient(document: Vec<u8>) -> Value {
    let algorithm = ("KeyEncryptionAlgorithm", Value::from("RSAES_OAEP_SHA_256"));
    Value::from([("AttestationDocument", Value::Blob(document)), algorithm])
}

fn attested(stage: &Stage) -> Value {
    recipient(stage.enclave.attestation_document(stage.world.now(Time::default())).expect("a document"))
}

fn new_key<const N: usize>(world: &World, input: [(&'static str, Value); N]) -> Value {
    let reply = call(world, "CreateKey", input).expect("a key");
    reply.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).expect("a key id").clone()
}

fn encrypted(world: &World, key: &Value, plaintext: &[u8]) -> Value {
    let input = [("KeyId", key.clone()), ("Plaintext", Value::Blob(plaintext.to_vec()))];
    let reply = call(world, "Encrypt", input).expect("a ciphertext");
    reply.member("CiphertextBlob").expect("a blob").clone()
}

/// What the enclave reads in a reply.
fn opened(enclave: &Enclave, reply: &Value) -> Vec<u8> {
    let sealed = reply.member("CiphertextForRecipient").and_then(Value::as_bytes).expect("an answer for the enclave");
    enclave.open(sealed).expect("a plaintext").to_vec()
}

/// A policy with which callers of the account may do everything, but decrypt only under this condition.
fn policy(key: &str, value: &str) -> Value {
    let root = r#""Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Resource":"*""#;
    let deny = format!(r#""Condition":{{"StringNotEqualsIgnoreCase":{{"{key}":"{value}"}}}}"#);
    Value::from(format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"kms:*",{root}}},
        {{"Effect":"Deny","Action":"kms:Decrypt",{root},{deny}}}]}}"#
    ))
}

#[test]
fn every_operation_that_has_a_recipient_is_among_those_below() {
    use pocket_kms::{operations::TABLE, wire::Table};
    let takes_recipient = |table: &Table| matches!(table, Table::Structure { members, .. } if members.iter().any(|member| member.name == "Recipient"));
    let found: Vec<&str> = TABLE.iter().filter(|row| takes_recipient(row.input)).map(|row| row.name).collect();
    let told = ["Decrypt", "DeriveSharedSecret", "GenerateDataKey", "GenerateDataKeyPair", "GenerateRandom"];
    assert_eq!(found, told);
}

#[test]
fn decrypt_answers_the_enclave_and_not_the_caller() {
    let stage = stage();
    let key = new_key(&stage.world, []);
    let blob = encrypted(&stage.world, &key, b"secret");
    let input = [("CiphertextBlob", blob), ("Recipient", attested(stage))];
    let reply = call(&stage.world, "Decrypt", input).expect("a reply");
    assert_eq!(opened(&stage.enclave, &reply), b"secret");
    assert_eq!(reply.member("Plaintext"), None);
    assert_eq!(reply.member("KeyMaterialId"), None);
    assert!(reply.member("KeyId").is_some() && reply.member("EncryptionAlgorithm").is_some());
}

#[test]
fn a_data_key_comes_sealed_for_the_enclave_and_encrypted_under_the_key() {
    let stage = stage();
    let key = new_key(&stage.world, []);
    let input = [("KeyId", key), ("KeySpec", Value::from("AES_256")), ("Recipient", attested(stage))];
    let reply = call(&stage.world, "GenerateDataKey", input).expect("a reply");
    assert_eq!((reply.member("Plaintext"), reply.member("KeyMaterialId")), (None, None));
    let data_key = opened(&stage.enclave, &reply);
    assert_eq!(data_key.len(), 32);
    let blob = reply.member("CiphertextBlob").expect("a blob").clone();
    let reply = call(&stage.world, "Decrypt", [("CiphertextBlob", blob)]).expect("a reply");
    assert_eq!(reply.member("Plaintext").and_then(Value::as_bytes), Some(&data_key[..]));
}

#[test]
fn a_private_data_key_comes_sealed_for_the_enclave() {
    let stage = stage();
    let key = new_key(&stage.world, []);
    let input = [("KeyId", key), ("KeyPairSpec", Value::from("ECC_NIST_P256")), ("Recipient", attested(stage))];
    let reply = call(&stage.world, "GenerateDataKeyPair", input).expect("a reply");
    assert_eq!((reply.member("PrivateKeyPlaintext"), reply.member("KeyMaterialId")), (None, None));
    assert!(reply.member("PublicKey").is_some());
    let private_key = opened(&stage.enclave, &reply);
    let blob = reply.member("PrivateKeyCiphertextBlob").expect("a blob").clone();
    let reply = call(&stage.world, "Decrypt", [("CiphertextBlob", blob)]).expect("a reply");
    assert_eq!(reply.member("Plaintext").and_then(Value::as_bytes), Some(&private_key[..]));
}

#[test]
fn random_bytes_come_sealed_for_the_enclave() {
    let stage = stage();
    let input = [("NumberOfBytes", Value::Int(1024)), ("Recipient", attested(stage))];
    let reply = call(&stage.world, "GenerateRandom", input).expect("a reply");
    assert_eq!(reply.member("Plaintext"), None);
    assert_eq!(opened(&stage.enclave, &reply).len(), 1024);
}

#[test]
fn a_shared_secret_comes_sealed_for_the_enclave() {
    let stage = stage();
    let spec = || [("KeySpec", Value::from("ECC_NIST_P256")), ("KeyUsage", Value::from("KEY_AGREEMENT"))];
    let (ours, theirs) = (new_key(&stage.world, spec()), new_key(&stage.world, spec()));
    let public = |key: &Value| {
        let reply = call(&stage.world, "GetPublicKey", [("KeyId", key.clone())]).expect("a public key");
        reply.member("PublicKey").expect("a public key").clone()
    };
    let input = |key: &Value, peer: &Value| {
        let algorithm = ("KeyAgreementAlgorithm", Value::from("ECDH"));
        [("KeyId", key.clone()), algorithm, ("PublicKey", public(peer)), ("Recipient", attested(stage))]
    };
    let [key_id, algorithm, public_key, _] = input(&theirs, &ours);
    let plain = call(&stage.world, "DeriveSharedSecret", [key_id, algorithm, public_key]).expect("a reply");
    let reply = call(&stage.world, "DeriveSharedSecret", input(&ours, &theirs)).expect("a reply");
    assert_eq!(reply.member("SharedSecret"), None);
    let secret = plain.member("SharedSecret").and_then(Value::as_bytes);
    assert_eq!(secret, Some(&opened(&stage.enclave, &reply)[..]));
}

#[test]
fn a_policy_can_ask_for_an_image_or_a_register() {
    let stage = stage();
    let registers = Measurements::of_image(IMAGE);
    let zeros = "0".repeat(96);
    let image = image_digest();
    assert_ne!(registers, Measurements::default());
    for (key, value, allowed) in [
        ("kms:RecipientAttestation:ImageSha384", image.as_str(), true),
        ("kms:RecipientAttestation:ImageSha384", &image.to_uppercase(), true),
        ("kms:RecipientAttestation:PCR0", &image, true),
        ("kms:RecipientAttestation:PCR1", &zeros, true),
        ("kms:RecipientAttestation:ImageSha384", &zeros, false),
        ("kms:RecipientAttestation:PCR4", &zeros, false),
        ("kms:RecipientAttestation:PCR16", &zeros, false),
        ("kms:RecipientAttestation:PCR01", &zeros, false),
        ("kms:RecipientAttestation:NitroTPMPCR1", &zeros, false),
        // Hexadecimal without a prefix is the only form.
        ("kms:RecipientAttestation:PCR1", &format!("0x{zeros}"), false),
    ] {
        let id = new_key(&stage.world, [("Policy", policy(key, value))]);
        let blob = encrypted(&stage.world, &id, b"secret");
        let with = [("CiphertextBlob", blob.clone()), ("Recipient", attested(stage))];
        let with = call(&stage.world, "Decrypt", with).map_err(|error| error.exception);
        assert_eq!(with.is_ok(), allowed, "{key} {value}: {with:?}");
        let without = call(&stage.world, "Decrypt", [("CiphertextBlob", blob)]).expect_err("a refusal");
        assert_eq!(without.exception, Exception::AccessDeniedException, "{key} without a document");
    }
}

/// SHA-384 of 48 zero bytes and the SHA-384 of the image.
fn image_digest() -> String {
    use pocket_kms::crypto::hash::Hash;
    let digest = Hash::Sha384.digest(IMAGE);
    hex::encode(Hash::Sha384.digest(&[&[0; 48], digest.as_ref()].concat()))
}

#[test]
fn an_instance_with_nitro_tpm_has_registers_of_its_own() {
    let world = world();
    let measurements = Measurements::default().with(4, vec![0xab; 48]).expect("a register");
    let spec = Spec { platform: Platform::NitroTpm, measurements, ..Spec::default() };
    let instance = world.enclave(spec).expect("an instance");
    let document = instance.attestation_document(START).expect("a document");
    let value = "ab".repeat(48);
    for (key, allowed) in [("NitroTPMPCR4", true), ("PCR4", false)] {
        let id = new_key(&world, [("Policy", policy(&format!("kms:RecipientAttestation:{key}"), &value))]);
        let blob = encrypted(&world, &id, b"secret");
        let input = [("CiphertextBlob", blob), ("Recipient", recipient(document.clone()))];
        let reply = call(&world, "Decrypt", input);
        assert_eq!(reply.is_ok(), allowed, "{key}: {reply:?}");
    }
}

/// The answer of GenerateRandom to a recipient.
fn refused(world: &World, recipient: Value) -> String {
    let input = [("NumberOfBytes", Value::Int(1)), ("Recipient", recipient)];
    let error = call(world, "GenerateRandom", input).expect_err("a refusal");
    assert_eq!(error.exception, Exception::ValidationException);
    error.message.expect("a sentence")
}

#[test]
fn a_document_that_is_not_valid_is_refused_with_its_reason() {
    let stage = stage();
    let now = stage.world.now(Time::default());
    let own = |edit: fn(&mut Vec<u8>)| {
        let mut document = stage.enclave.attestation_document(now).expect("a document");
        edit(&mut document);
        refused(&stage.world, recipient(document))
    };
    assert!(own(|document| document.truncate(100)).ends_with("it is not a COSE_Sign1 message in CBOR"));
    assert!(own(|document| *document.last_mut().expect("a byte") ^= 1).ends_with("its signature does not verify"));
    let later = refused(
        &stage.world,
        recipient(stage.enclave.attestation_document(now.after(Span::from_days(1))).expect("a document")),
    );
    assert!(later.ends_with("a certificate has expired or is not valid yet"), "{later}");
    let keyed = |public_key: Option<Vec<u8>>| {
        let attested = Attested { public_key, ..Attested::default() };
        refused(&stage.world, recipient(stage.enclave.attest(now, attested).expect("a document")))
    };
    assert!(keyed(None).ends_with("it has no public key"));
    assert!(keyed(Some(b"dummy".to_vec())).ends_with("its public key is not an RSA key of 2048 to 4096 bits"));
}

#[test]
fn a_document_that_is_not_valid_meets_no_condition() {
    let stage = stage();
    let id = new_key(&stage.world, [("Policy", policy("kms:RecipientAttestation:ImageSha384", &image_digest()))]);
    let blob = encrypted(&stage.world, &id, b"secret");
    let mut document = stage.enclave.attestation_document(stage.world.now(Time::default())).expect("a document");
    document.truncate(1000);
    let input = [("CiphertextBlob", blob), ("Recipient", recipient(document))];
    let error = call(&stage.world, "Decrypt", input).expect_err("a refusal");
    assert_eq!(error.exception, Exception::AccessDeniedException);
}

#[test]
fn a_recipient_shows_its_document_and_need_not_name_the_only_algorithm() {
    let stage = stage();
    let [document, algorithm] = ["AttestationDocument", "KeyEncryptionAlgorithm"];
    let only = |name: &'static str, value: Value| refused(&stage.world, Value::from([(name, value)]));
    let null = "Value null at 'recipient.";
    let without_document = only(algorithm, Value::from("RSAES_OAEP_SHA_256"));
    assert!(without_document.contains(&format!("{null}attestationDocument'")), "{without_document}");
    let valid = stage.enclave.attestation_document(stage.world.now(Time::default())).expect("a document");
    let input = [("NumberOfBytes", Value::Int(8)), ("Recipient", Value::from([(document, Value::Blob(valid))]))];
    let reply = call(&stage.world, "GenerateRandom", input).expect("random bytes for the enclave");
    assert!(reply.member("CiphertextForRecipient").is_some() && reply.member("Plaintext").is_none(), "{reply:?}");
    let oversized = only(document, Value::Blob(vec![0x84; 262_145]));
    assert!(oversized.contains("Member must have length less than or equal to 262144"), "{oversized}");
    let input = [("KeyEncryptionAlgorithm", Value::from("RSAES_OAEP_SHA_1"))];
    assert!(refused(&stage.world, Value::from(input)).contains("Member must satisfy enum value set"));
}

#[test]
fn a_world_believes_no_other_world() {
    let enclave = &stage().enclave;
    let document = enclave.attestation_document(START).expect("a document");
    let options = Options { seed: Some(b"another".to_vec().into()), now: Some(START), ..Options::default() };
    let other = World::new(options, CryptoProvider::default(), [0; 32]);
    assert!(refused(&other, recipient(document.clone())).ends_with("its root certificate is not trusted"));
    // A world with the same seed does not trust it either, as long as it has no enclave.
    assert!(refused(&world(), recipient(document)).ends_with("its root certificate is not trusted"));
}

#[test]
fn forks_and_restored_worlds_believe_what_their_origin_believed() {
    let stage = stage();
    let fork = stage.world.fork([1; 32]);
    let bytes = stage.world.snapshot(&[7; 32]).expect("a snapshot");
    let restored = World::restore(&bytes, &[7; 32], CryptoProvider::default(), [2; 32]).expect("a world");
    for world in [fork, restored] {
        let input = [("NumberOfBytes", Value::Int(8)), ("Recipient", attested(stage))];
        let reply = call(&world, "GenerateRandom", input).expect("a reply");
        assert_eq!(opened(&stage.enclave, &reply).len(), 8);
        let own = world.enclave(Spec::default()).expect("an enclave");
        let document = own.attestation_document(START).expect("a document");
        let input = [("NumberOfBytes", Value::Int(8)), ("Recipient", recipient(document))];
        assert!(call(&stage.world, "GenerateRandom", input).is_ok(), "the test root is the same");
    }
}

#[test]
fn the_host_chooses_the_root() {
    let certificate = {
        let document = stage().enclave.attestation_document(START).expect("a document");
        // The root is the first certificate of the bundle.
        let place = document.windows(8).position(|window| window == b"cabundle").expect("a bundle") + 12;
        let length = usize::from(u16::from_be_bytes([document[place - 2], document[place - 1]]));
        document[place..place + length].to_vec()
    };
    let trust = Trust::root(&certificate).expect("a root");
    let options = Options { now: Some(START), trust, ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [3; 32]);
    let document = stage().enclave.attestation_document(START).expect("a document");
    let input = [("NumberOfBytes", Value::Int(8)), ("Recipient", recipient(document))];
    assert!(call(&world, "GenerateRandom", input).is_ok());
}

#[test]
fn a_dry_run_with_a_document_ends_as_every_dry_run() {
    let stage = stage();
    let key = new_key(&stage.world, []);
    let dry_run = ("DryRun", Value::Bool(true));
    let input = [("KeyId", key), ("KeySpec", Value::from("AES_128")), ("Recipient", attested(stage)), dry_run];
    let error = call(&stage.world, "GenerateDataKey", input).expect_err("a refusal");
    assert_eq!(error.exception, Exception::DryRunOperationException);
}

#[test]
fn operations_without_a_recipient_pay_no_heed_to_one() {
    let stage = stage();
    let key = new_key(&stage.world, []);
    let input = [("KeyId", key), ("KeySpec", Value::from("AES_128")), ("Recipient", Value::from("nonsense"))];
    assert!(call(&stage.world, "GenerateDataKeyWithoutPlaintext", input).is_ok());
}

#[test]
fn a_seeded_world_repeats_its_enclaves_and_answers() {
    let replies = || {
        let world = world();
        let enclave = world.enclave(Spec::default()).expect("an enclave");
        let document = enclave.attestation_document(START).expect("a document");
        let input = [("NumberOfBytes", Value::Int(8)), ("Recipient", recipient(document.clone()))];
        (document, call(&world, "GenerateRandom", input).expect("a reply"))
    };
    assert_eq!(replies(), replies());
}
