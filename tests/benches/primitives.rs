//! Measures calls with the native provider and with the one in pure Rust, beside AWS-LC itself.
//!
//! A call with the native provider may take 1.10 times as long as what it calls, and 5 microseconds for everything that
//! is not cryptography.

mod measure;

use std::hint::black_box;

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement, hmac, kem,
    rand::SystemRandom,
    rsa::{
        KeyPair, KeySize, OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, OaepPublicEncryptingKey,
        PrivateDecryptingKey,
    },
    signature::{self as lc, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, ParsedPublicKey, PqdsaKeyPair},
};
use measure::{Measure, alternately};
use pocket_kms::{CryptoProvider, Options, Time, Value, World, wire::Name};

const NOW: Time = Time::from_millis(1_800_000_000_000);
const MESSAGE: [u8; 1024] = [7; 1024];
/// What a call may take for itself, in microseconds.
const OWN: f64 = 5.0;

fn main() {
    let kms = Kms { native: world(pocket_kms_aws_lc::PROVIDER), pure: world(CryptoProvider::default()) };
    rsa(&kms);
    ecdsa(&kms);
    ed25519(&kms);
    ml_dsa(&kms);
    key_agreement(&kms);
    ml_kem(&kms);
    mac(&kms);
    encryption(&kms);
}

/// A world that records no calls: what telling costs is measured for itself.
fn world(provider: CryptoProvider) -> World {
    let mut options = Options::default();
    options.audit.kept = 0;
    World::new(options, provider, [9; 32])
}

type Members = Vec<(&'static str, Value)>;

/// A world with each provider.
struct Kms {
    native: World,
    pure: World,
}

/// A new key in one of them.
struct Key<'a> {
    world: &'a World,
    id: Value,
}

impl<'a> Key<'a> {
    fn new(world: &'a World, spec: &str, usage: &str) -> Self {
        let input = Value::from([("KeySpec", spec.into()), ("KeyUsage", usage.into())]);
        let made = world.call("CreateKey", input, None, None, NOW).reply.expect("a key");
        let id = made.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).expect("a key id");
        Self { world, id: id.clone() }
    }

    /// A request about the key.
    fn input(&self, members: &Members) -> Value {
        let members = members.iter().map(|(name, value)| (Name::Borrowed(*name), value.clone()));
        Value::Map([("KeyId".into(), self.id.clone())].into_iter().chain(members).collect())
    }

    fn call(&self, operation: &str, input: Value) -> Value {
        self.world.call(operation, input, None, None, NOW).reply.expect(operation)
    }

    fn told(&self, operation: &str, members: &Members, name: &str) -> Value {
        self.call(operation, self.input(members)).member(name).expect(name).clone()
    }
}

impl Kms {
    /// An operation of a key with each provider, and what AWS-LC takes for the same.
    fn measure<R>(
        &self,
        operation: &str,
        what: &str,
        (spec, usage): (&str, &str),
        members: impl Fn(&Key<'_>) -> Members,
        mut theirs: impl FnMut() -> R,
    ) {
        for (world, name, own, at_most) in [(&self.native, "", OWN, Some(1.1)), (&self.pure, "Pure Rust: ", 0.0, None)]
        {
            let key = Key::new(world, spec, usage);
            let input = key.input(&members(&key));
            let (ours, theirs) =
                alternately(|| drop(black_box(key.call(operation, input.clone()))), || drop(black_box(theirs())));
            let less = if own > 0.0 { ", less 5 µs" } else { "" };
            let what = &format!("{name}{operation} {what}{less}");
            let (ours, theirs) = ((ours - own).max(0.0), Some(theirs));
            Measure { what, ours, unit: "µs", beside: "AWS-LC itself", theirs, at_most }.print();
        }
    }

    /// Sign and Verify of 1 KiB; `valid` is a signature of AWS-LC's.
    fn signatures<R>(
        &self,
        spec: &str,
        algorithm: &'static str,
        sign: impl FnMut() -> R,
        public: &ParsedPublicKey,
        valid: &[u8],
    ) {
        let what = &format!("with {algorithm} and {spec}");
        let request = || vec![("Message", Value::Blob(MESSAGE.to_vec())), ("SigningAlgorithm", algorithm.into())];
        self.measure("Sign", what, (spec, "SIGN_VERIFY"), |_| request(), sign);
        let signed = |key: &Key<'_>| {
            let signature = key.told("Sign", &request(), "Signature");
            [request(), vec![("Signature", signature)]].concat()
        };
        let verify = || public.verify_sig(&MESSAGE, valid).expect("a valid signature");
        self.measure("Verify", what, (spec, "SIGN_VERIFY"), signed, verify);
    }
}

fn rsa(kms: &Kms) {
    for (spec, size) in [("RSA_2048", KeySize::Rsa2048), ("RSA_4096", KeySize::Rsa4096)] {
        let key = KeyPair::generate(size).expect("a key");
        let mut signature = vec![0; key.public_modulus_len()];
        let sign = || {
            key.sign(&lc::RSA_PSS_SHA256, &SystemRandom::new(), &MESSAGE, black_box(&mut signature))
                .expect("a signature");
        };
        let mut valid = vec![0; key.public_modulus_len()];
        key.sign(&lc::RSA_PSS_SHA256, &SystemRandom::new(), &MESSAGE, &mut valid).expect("a signature");
        let public = ParsedPublicKey::new(&lc::RSA_PSS_2048_8192_SHA256, key.public_key().as_ref()).expect("a key");
        kms.signatures(spec, "RSASSA_PSS_SHA_256", sign, &public, &valid);
        oaep(kms, spec, size);
    }
}

fn oaep(kms: &Kms, spec: &str, size: KeySize) {
    let private = PrivateDecryptingKey::generate(size).expect("a key");
    let public = OaepPublicEncryptingKey::new(private.public_key()).expect("a key");
    let private = OaepPrivateDecryptingKey::new(private).expect("a key");
    let (mut sealed, mut opened) = (vec![0; public.ciphertext_size()], vec![0; private.min_output_size()]);
    let mut seal = || public.encrypt(&OAEP_SHA256_MGF1SHA256, &[1; 32], &mut sealed, None).expect("a ciphertext").len();
    seal();
    let what = &format!("with RSAES_OAEP_SHA_256 and {spec}");
    let algorithm = || ("EncryptionAlgorithm", Value::from("RSAES_OAEP_SHA_256"));
    let request = || vec![("Plaintext", Value::Blob(vec![1; 32])), algorithm()];
    kms.measure("Encrypt", what, (spec, "ENCRYPT_DECRYPT"), |_| request(), seal);
    let members =
        |key: &Key<'_>| vec![("CiphertextBlob", key.told("Encrypt", &request(), "CiphertextBlob")), algorithm()];
    kms.measure("Decrypt", what, (spec, "ENCRYPT_DECRYPT"), members, || {
        private.decrypt(&OAEP_SHA256_MGF1SHA256, &sealed, &mut opened, None).expect("a plaintext").len()
    });
}

fn ecdsa(kms: &Kms) {
    for (spec, algorithm, signing, verification) in [
        ("ECC_NIST_P256", "ECDSA_SHA_256", &lc::ECDSA_P256_SHA256_ASN1_SIGNING, &lc::ECDSA_P256_SHA256_ASN1),
        ("ECC_NIST_P384", "ECDSA_SHA_384", &lc::ECDSA_P384_SHA384_ASN1_SIGNING, &lc::ECDSA_P384_SHA384_ASN1),
        ("ECC_NIST_P521", "ECDSA_SHA_512", &lc::ECDSA_P521_SHA512_ASN1_SIGNING, &lc::ECDSA_P521_SHA512_ASN1),
        ("ECC_SECG_P256K1", "ECDSA_SHA_256", &lc::ECDSA_P256K1_SHA256_ASN1_SIGNING, &lc::ECDSA_P256K1_SHA256_ASN1),
    ] {
        let key = EcdsaKeyPair::generate(signing).expect("a key");
        let sign = || key.sign(&SystemRandom::new(), &MESSAGE).expect("a signature");
        let public = ParsedPublicKey::new(verification, key.public_key().as_ref()).expect("a key");
        kms.signatures(spec, algorithm, sign, &public, sign().as_ref());
    }
}

fn ed25519(kms: &Kms) {
    let key = Ed25519KeyPair::generate().expect("a key");
    let public = ParsedPublicKey::new(&lc::ED25519, key.public_key().as_ref()).expect("a key");
    let sign = || key.sign(&MESSAGE);
    kms.signatures("ECC_NIST_EDWARDS25519", "ED25519_SHA_512", sign, &public, key.sign(&MESSAGE).as_ref());
}

fn ml_dsa(kms: &Kms) {
    for (spec, signing, verification) in [
        ("ML_DSA_44", &lc::ML_DSA_44_SIGNING, &lc::ML_DSA_44),
        ("ML_DSA_65", &lc::ML_DSA_65_SIGNING, &lc::ML_DSA_65),
        ("ML_DSA_87", &lc::ML_DSA_87_SIGNING, &lc::ML_DSA_87),
    ] {
        let key = PqdsaKeyPair::generate(signing).expect("a key");
        let (mut signature, mut valid) = (vec![0; signing.signature_len()], vec![0; signing.signature_len()]);
        key.sign(&MESSAGE, &mut valid).expect("a signature");
        let public = ParsedPublicKey::new(verification, key.public_key().as_ref()).expect("a key");
        let sign = || key.sign(&MESSAGE, &mut signature).expect("a signature");
        kms.signatures(spec, "ML_DSA_SHAKE_256", sign, &public, &valid);
    }
}

fn key_agreement(kms: &Kms) {
    for (spec, algorithm) in [
        ("ECC_NIST_P256", &agreement::ECDH_P256),
        ("ECC_NIST_P384", &agreement::ECDH_P384),
        ("ECC_NIST_P521", &agreement::ECDH_P521),
    ] {
        let key = agreement::PrivateKey::generate(algorithm).expect("a key");
        let peer = agreement::PrivateKey::generate(algorithm).expect("a key").compute_public_key().expect("a key");
        let members = |key: &Key<'_>| {
            let peer = Key::new(key.world, spec, "KEY_AGREEMENT").told("GetPublicKey", &Vec::new(), "PublicKey");
            vec![("KeyAgreementAlgorithm", "ECDH".into()), ("PublicKey", peer)]
        };
        kms.measure("DeriveSharedSecret", &format!("with {spec}"), (spec, "KEY_AGREEMENT"), members, || {
            let peer = agreement::UnparsedPublicKey::new(algorithm, peer.as_ref());
            agreement::agree(&key, peer, (), |secret| Ok(secret.to_vec())).expect("a secret")
        });
    }
}

fn ml_kem(kms: &Kms) {
    for (spec, algorithm) in
        [("ML_KEM_512", &kem::ML_KEM_512), ("ML_KEM_768", &kem::ML_KEM_768), ("ML_KEM_1024", &kem::ML_KEM_1024)]
    {
        let key = kem::DecapsulationKey::generate(algorithm).expect("a key");
        let public = key.encapsulation_key().expect("a key");
        let (sealed, _) = public.encapsulate().expect("a secret");
        let (what, usage) = (&format!("with {spec}"), (spec, "ENCAPSULATE_DECAPSULATE"));
        let request = || vec![("EncapsulationAlgorithm", Value::from("ML_KEM"))];
        kms.measure("Encapsulate", what, usage, |_| request(), || public.encapsulate().expect("a secret"));
        let members = |key: &Key<'_>| {
            let name = "SharedSecretCiphertextBlob";
            [request(), vec![(name, key.told("Encapsulate", &request(), name))]].concat()
        };
        kms.measure("Decapsulate", what, usage, members, || key.decapsulate(sealed.as_ref().into()).expect("a secret"));
    }
}

fn mac(kms: &Kms) {
    for (spec, name, algorithm) in [
        ("HMAC_256", "HMAC_SHA_256", hmac::HMAC_SHA256),
        ("HMAC_384", "HMAC_SHA_384", hmac::HMAC_SHA384),
        ("HMAC_512", "HMAC_SHA_512", hmac::HMAC_SHA512),
    ] {
        let secret = hmac::Key::new(algorithm, &[1; 64]);
        let members = |_: &Key<'_>| vec![("Message", Value::Blob(MESSAGE.to_vec())), ("MacAlgorithm", name.into())];
        kms.measure("GenerateMac", &format!("with {name}"), (spec, "GENERATE_VERIFY_MAC"), members, || {
            hmac::sign(&secret, &MESSAGE)
        });
    }
}

fn encryption(kms: &Kms) {
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &[1; 32]).expect("a key"));
    for length in [32, 4096] {
        let usage = ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
        let what = &format!("of {length} bytes with AES-256-GCM");
        let request = || vec![("Plaintext", Value::Blob(vec![7; length]))];
        let seal = || {
            let (mut buffer, nonce) = (vec![7; length], Nonce::assume_unique_for_key([2; 12]));
            let tag = key.seal_in_place_separate_tag(nonce, Aad::empty(), black_box(&mut buffer)).expect("a tag");
            [buffer.as_slice(), tag.as_ref()].concat()
        };
        let sealed = seal();
        kms.measure("Encrypt", what, usage, |_| request(), seal);
        let members = |key: &Key<'_>| vec![("CiphertextBlob", key.told("Encrypt", &request(), "CiphertextBlob"))];
        kms.measure("Decrypt", what, usage, members, || {
            let (mut buffer, nonce) = (sealed.clone(), Nonce::assume_unique_for_key([2; 12]));
            key.open_in_place(nonce, Aad::empty(), &mut buffer).expect("a plaintext").to_vec()
        });
    }
}
