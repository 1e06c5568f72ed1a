//! ML-DSA and ML-KEM against the library `cryptography` of Python, whose OpenSSL is new enough to know them.
//!
//! `cargo xtask test` installs it; a bare `cargo test` on a machine without it skips these tests.

use std::path::PathBuf;
use std::process::Command;

use super::{Bench, generate, provider, random};
use pocket_kms::algorithms::MaterialKind;
use pocket_kms::api::{MessageType, SigningAlgorithmSpec::MlDsaShake256};

const MESSAGE: &[u8] = b"signed by one, verified by the other";
const SIGNERS: [MaterialKind; 3] = [MaterialKind::MlDsa44, MaterialKind::MlDsa65, MaterialKind::MlDsa87];
/// The library has no ML-KEM-512.
const KEMS: [MaterialKind; 2] = [MaterialKind::MlKem768, MaterialKind::MlKem1024];

/// The beginning of every script.
const PRELUDE: &str = "
import hashlib, pathlib, sys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
read = lambda name: pathlib.Path(name).read_bytes()
write = lambda name, data: pathlib.Path(name).write_bytes(data)
private = serialization.load_der_private_key(read('private.der'), None)
public = serialization.load_der_public_key(read('public.der'))
assert private.public_key().public_bytes_raw() == public.public_bytes_raw()
";

/// The Python of the tools, if any; when `POCKET_KMS_MODEL` names a folder, it must exist.
fn python() -> Option<PathBuf> {
    let given = std::env::var_os("POCKET_KMS_MODEL").map(PathBuf::from);
    let folder = given.clone().unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../.tools/python"));
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    assert!(given.is_none() || python.is_file(), "{} is not a Python", python.display());
    python.is_file().then_some(python)
}

/// Runs a script on the bench; `false` without Python. A script that fails has found a fault.
fn asked(bench: &Bench, script: &str) -> bool {
    let Some(python) = python() else {
        eprintln!("nobody to ask: `cargo xtask test --only rust` installs the library `cryptography`");
        return false;
    };
    let mut command = Command::new(python);
    let output = command.args(["-c", &format!("{PRELUDE}{script}")]).current_dir(&bench.0).output();
    let output = output.unwrap_or_else(|error| panic!("{error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    true
}

#[test]
fn another_library_verifies_our_ml_dsa_signatures_of_messages_and_representatives() {
    for kind in SIGNERS {
        let key = generate(kind);
        let bench = Bench::with(&key);
        bench.put("message", MESSAGE);
        let sign = |of, message: &[u8]| key.sign(&provider(), MlDsaShake256, of, message, &mut random()).unwrap();
        bench.put("raw", &sign(MessageType::Raw, MESSAGE));
        if !asked(
            &bench,
            "
public.verify(read('raw'), read('message'))
try:
    public.verify(read('raw'), b'another message')
    sys.exit('another message is verified')
except InvalidSignature:
    pass
head = hashlib.shake_256(public.public_bytes_raw()).digest(64)
write('mu', hashlib.shake_256(head + bytes(2) + read('message')).digest(64))
public.verify_mu(read('raw'), read('mu'))
",
        ) {
            return;
        }
        bench.put("external", &sign(MessageType::ExternalMu, &bench.take("mu")));
        asked(
            &bench,
            "
public.verify(read('external'), read('message'))
public.verify_mu(read('external'), read('mu'))
",
        );
    }
}

#[test]
fn we_verify_ml_dsa_signatures_of_another_library() {
    for kind in SIGNERS {
        let key = generate(kind);
        let bench = Bench::with(&key);
        bench.put("message", MESSAGE);
        if !asked(
            &bench,
            "
head = hashlib.shake_256(public.public_bytes_raw()).digest(64)
write('mu', hashlib.shake_256(head + bytes(2) + read('message')).digest(64))
write('raw', private.sign(read('message')))
write('external', private.sign_mu(read('mu')))
write('with context', private.sign(read('message'), b'context'))
",
        ) {
            return;
        }
        let mu = bench.take("mu");
        let verify = |of, message: &[u8], signature: &str| {
            key.verify(&provider(), MlDsaShake256, of, message, &bench.take(signature)).unwrap()
        };
        for signature in ["raw", "external"] {
            assert!(verify(MessageType::Raw, MESSAGE, signature), "{kind:?} {signature}");
            assert!(verify(MessageType::ExternalMu, &mu, signature), "{kind:?} {signature}");
            assert!(!verify(MessageType::Raw, b"another message", signature), "{kind:?} {signature}");
        }
        // KMS has no contexts: a signature with one does not verify for the bare message.
        assert!(!verify(MessageType::Raw, MESSAGE, "with context"), "{kind:?}");
    }
}

#[test]
fn both_open_what_the_other_encapsulated() {
    for kind in KEMS {
        let key = generate(kind);
        let bench = Bench::with(&key);
        let ours = key.encapsulate(&provider(), &mut random()).unwrap();
        bench.put("ours", &ours.ciphertext);
        if !asked(
            &bench,
            "
write('our secret', private.decapsulate(read('ours')))
secret, sealed = public.encapsulate()
write('their secret', secret)
write('theirs', sealed)
# FIPS 203, section 6.3: a changed ciphertext opens to another secret, which both compute alike.
write('changed', bytes([sealed[0] ^ 1]) + sealed[1:])
write('changed secret', private.decapsulate(read('changed')))
",
        ) {
            return;
        }
        assert_eq!(bench.take("our secret"), *ours.shared_secret, "{kind:?}");
        let open = |name: &str| key.decapsulate(&provider(), &bench.take(name)).unwrap().to_vec();
        assert_eq!(open("theirs"), bench.take("their secret"), "{kind:?}");
        assert_eq!(open("changed"), bench.take("changed secret"), "{kind:?}");
    }
}
