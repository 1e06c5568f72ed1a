//! Measures calls with the native provider beside AWS-LC itself, and key generation beside OpenSSL.
//!
//! A call may take 1.2 times as long as what it calls, and 10 microseconds for all that is no cryptography.

mod measure;

use std::{
    hint::black_box,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    rand::SystemRandom,
    rsa::{
        KeyPair, KeySize, OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, OaepPublicEncryptingKey,
        PrivateDecryptingKey,
    },
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, ML_DSA_65_SIGNING, PqdsaKeyPair, RSA_PSS_SHA256},
};
use measure::{Measure, alternately};
use pocket_kms::{Options, Time, Value, World};

const NOW: Time = Time::from_millis(1_800_000_000_000);
const MESSAGE: [u8; 1024] = [7; 1024];
/// What a call may take for itself, in microseconds.
const OWN: f64 = 10.0;
/// Keys of which the median is taken: the search for primes takes now a third, now three times of it.
const KEYS: usize = 21;

fn main() {
    let kms = Kms(World::new(Options::default(), pocket_kms_aws_lc::PROVIDER, [9; 32]));
    for (spec, size) in [("RSA_2048", KeySize::Rsa2048), ("RSA_4096", KeySize::Rsa4096)] {
        let key = KeyPair::generate(size).expect("a key");
        let mut signature = vec![0; key.public_modulus_len()];
        kms.signs(spec, "RSASSA_PSS_SHA_256", || {
            key.sign(&RSA_PSS_SHA256, &SystemRandom::new(), &MESSAGE, black_box(&mut signature)).expect("a signature");
        });
        decryption(&kms, spec, size);
    }
    let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).expect("a key");
    kms.signs("ECC_NIST_P256", "ECDSA_SHA_256", || {
        black_box(key.sign(&SystemRandom::new(), &MESSAGE).expect("a signature"));
    });
    let key = PqdsaKeyPair::generate(&ML_DSA_65_SIGNING).expect("a key");
    let mut signature = vec![0; ML_DSA_65_SIGNING.signature_len()];
    kms.signs("ML_DSA_65", "ML_DSA_SHAKE_256", || {
        key.sign(&MESSAGE, black_box(&mut signature)).expect("a signature");
    });
    encryption(&kms);
    generation(&kms);
}

/// A world with the native provider.
struct Kms(World);

impl Kms {
    fn call<const N: usize>(&self, operation: &str, input: [(&str, Value); N]) -> Value {
        self.0.call(operation, Value::from(input), None, None, NOW).reply.expect(operation)
    }

    fn key(&self, spec: &str, usage: &str) -> Value {
        let made = self.call("CreateKey", [("KeySpec", spec.into()), ("KeyUsage", usage.into())]);
        made.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).expect("a key id").clone()
    }

    fn signs(&self, spec: &str, algorithm: &str, theirs: impl FnMut()) {
        let key = self.key(spec, "SIGN_VERIFY");
        let ours = || {
            let message = ("Message", Value::Blob(MESSAGE.to_vec()));
            black_box(self.call("Sign", [("KeyId", key.clone()), message, ("SigningAlgorithm", algorithm.into())]));
        };
        compare(&format!("Sign of 1 KiB with {algorithm} and {spec}"), ours, theirs);
    }
}

fn compare(what: &str, ours: impl FnMut(), theirs: impl FnMut()) {
    let (ours, theirs) = alternately(ours, theirs);
    let what = &format!("{what}, less 10 µs");
    let (ours, theirs) = ((ours - OWN).max(0.0), Some(theirs));
    Measure { what, ours, unit: "µs", beside: "AWS-LC itself", theirs, at_most: Some(1.2) }.print();
}

fn decryption(kms: &Kms, spec: &str, size: KeySize) {
    let key = kms.key(spec, "ENCRYPT_DECRYPT");
    let algorithm = || ("EncryptionAlgorithm", Value::from("RSAES_OAEP_SHA_256"));
    let plaintext = ("Plaintext", Value::Blob(vec![1; 32]));
    let sealed = kms.call("Encrypt", [("KeyId", key.clone()), plaintext, algorithm()]);
    let sealed = sealed.member("CiphertextBlob").expect("a ciphertext").clone();
    let ours = || {
        let blob = ("CiphertextBlob", sealed.clone());
        black_box(kms.call("Decrypt", [("KeyId", key.clone()), blob, algorithm()]));
    };

    let private = PrivateDecryptingKey::generate(size).expect("a key");
    let public = OaepPublicEncryptingKey::new(private.public_key()).expect("a key");
    let private = OaepPrivateDecryptingKey::new(private).expect("a key");
    let (mut ciphertext, mut opened) = (vec![0; public.ciphertext_size()], vec![0; private.min_output_size()]);
    public.encrypt(&OAEP_SHA256_MGF1SHA256, &[1; 32], &mut ciphertext, None).expect("a ciphertext");
    let theirs = || {
        let opened = private.decrypt(&OAEP_SHA256_MGF1SHA256, &ciphertext, &mut opened, None);
        black_box(opened.expect("a plaintext"));
    };
    compare(&format!("Decrypt with RSAES_OAEP_SHA_256 and {spec}"), ours, theirs);
}

fn encryption(kms: &Kms) {
    let id = kms.key("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT");
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &[1; 32]).expect("a key"));
    for length in [32, 4096] {
        let ours = || {
            let plaintext = ("Plaintext", Value::Blob(vec![7; length]));
            black_box(kms.call("Encrypt", [("KeyId", id.clone()), plaintext]));
        };
        let theirs = || {
            let (mut buffer, nonce) = (vec![7; length], Nonce::assume_unique_for_key([2; 12]));
            let _tag =
                black_box(key.seal_in_place_separate_tag(nonce, Aad::empty(), black_box(&mut buffer)).expect("a tag"));
        };
        compare(&format!("Encrypt of {length} bytes with AES-256-GCM"), ours, theirs);
    }
}

/// The median of key generation, beside OpenSSL's where the command is found.
fn generation(kms: &Kms) {
    let openssl = version();
    let start = openssl.as_ref().map_or(0.0, |_| fastest(|| openssl_runs(&["version"])));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..KEYS {
        ours.push(milliseconds(|| drop(kms.key("RSA_4096", "SIGN_VERIFY"))));
        theirs.push(match openssl {
            Some(_) => milliseconds(|| openssl_runs(&["genrsa", "4096"])) - start,
            None => milliseconds(|| drop(KeyPair::generate(KeySize::Rsa4096))),
        });
    }
    let (whose, at_most) = openssl.map_or_else(
        || ("AWS-LC itself (no `openssl` here)".to_owned(), 1.2),
        |version| (format!("{version}, less its start"), 1.0),
    );
    let what = &format!("CreateKey of RSA_4096, median of {KEYS}");
    let (ours, theirs) = (median(ours), Some(median(theirs)));
    Measure { what, ours, unit: "ms", beside: &whose, theirs, at_most: Some(at_most) }.print();
}

/// What the `openssl` command calls itself; `None` where there is none, or one of another family.
fn version() -> Option<String> {
    let said = Command::new("openssl").arg("version").output().ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    let words: Vec<_> = said.split_whitespace().take(2).collect();
    (words.first() == Some(&"OpenSSL")).then(|| words.join(" "))
}

fn openssl_runs(arguments: &[&str]) {
    let mut command = Command::new("openssl");
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    assert!(command.status().is_ok_and(|status| status.success()), "openssl {arguments:?}");
}

fn fastest(mut run: impl FnMut()) -> f64 {
    (0..5).map(|_| milliseconds(&mut run)).fold(f64::MAX, f64::min)
}

fn milliseconds(run: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    run();
    let taken: Duration = begun.elapsed();
    taken.as_secs_f64() * 1e3
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
