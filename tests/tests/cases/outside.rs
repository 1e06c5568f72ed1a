//! What steps do outside of KMS, with a library that knows nothing of it.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    rsa::{OAEP_SHA256_MGF1SHA256, OaepPublicEncryptingKey, PublicEncryptingKey},
    signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use pocket_kms::Value;

/// Opening with a tag that does not fit is the one thing that fails; every host says it so.
const UNFIT: &str = "the tag does not fit: the key, the nonce, the additional data or the ciphertext is another one";

const BEGIN: &str = "-----BEGIN PUBLIC KEY-----\n";
const END: &str = "-----END PUBLIC KEY-----\n";

/// Characters in a line of a PEM file.
const LINE: usize = 64;

/// Does this, with these members; gives what comes of it.
pub(crate) fn done(act: &str, input: &Value) -> Result<Value, String> {
    match act {
        "aesGcmEncrypt" => aes_gcm_encrypt(input),
        "aesGcmDecrypt" => aes_gcm_decrypt(input),
        "pem" => pem(input),
        "verify" => verify(input),
        "wrap" => wrap(input),
        act => Err(format!("nothing that is done outside of KMS is called {act}")),
    }
}

/// The tag stands behind the ciphertext.
fn aes_gcm_encrypt(input: &Value) -> Result<Value, String> {
    let mut text = bytes(input, "Plaintext")?.to_vec();
    let sealed = key(input)?.seal_in_place_append_tag(nonce(input)?, additional(input), &mut text);
    sealed.map_err(|_| "this plaintext cannot be encrypted")?;
    Ok(Value::from([("Ciphertext", Value::Blob(text))]))
}

fn aes_gcm_decrypt(input: &Value) -> Result<Value, String> {
    let mut text = bytes(input, "Ciphertext")?.to_vec();
    let opened = key(input)?.open_in_place(nonce(input)?, additional(input), &mut text).map_err(|_| UNFIT)?;
    Ok(Value::from([("Plaintext", Value::Blob(opened.to_vec()))]))
}

fn key(input: &Value) -> Result<LessSafeKey, String> {
    let key = UnboundKey::new(&AES_256_GCM, bytes(input, "Key")?).map_err(|_| "a key of AES-256 has 32 bytes")?;
    Ok(LessSafeKey::new(key))
}

fn nonce(input: &Value) -> Result<Nonce, String> {
    Nonce::try_assume_unique_for_key(bytes(input, "Nonce")?).map_err(|_| "a nonce has 12 bytes".to_owned())
}

fn additional(input: &Value) -> Aad<&[u8]> {
    Aad::from(input.member("AdditionalData").and_then(Value::as_bytes).unwrap_or_default())
}

/// The file in which OpenSSL and others take a public key.
fn pem(input: &Value) -> Result<Value, String> {
    let mut letters = BASE64_STANDARD.encode(bytes(input, "PublicKey")?);
    let mut lines = String::new();
    while !letters.is_empty() {
        let rest = letters.split_off(letters.len().min(LINE));
        lines = lines + &letters + "\n";
        letters = rest;
    }
    Ok(Value::from([("Pem", Value::Text(format!("{BEGIN}{lines}{END}")))]))
}

fn verify(input: &Value) -> Result<Value, String> {
    let lines = text(input, "Pem")?.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(END));
    let key = BASE64_STANDARD.decode(lines.ok_or("this is not a public key in PEM")?.replace('\n', ""));
    if text(input, "SigningAlgorithm")? != "ECDSA_SHA_256" {
        return Err("nobody verifies by another algorithm here".to_owned());
    }
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, key.map_err(|error| error.to_string())?);
    let key = key.parse().map_err(|_| "this is not a public key of P-256")?;
    let valid = key.verify_sig(bytes(input, "Message")?, bytes(input, "Signature")?).is_ok();
    Ok(Value::from([("SignatureValid", Value::Bool(valid))]))
}

/// Wraps key material under the wrapping key of `GetParametersForImport`.
fn wrap(input: &Value) -> Result<Value, String> {
    if text(input, "WrappingAlgorithm")? != "RSAES_OAEP_SHA_256" {
        return Err("nobody wraps by another algorithm here".to_owned());
    }
    let key = PublicEncryptingKey::from_der(bytes(input, "PublicKey")?).map_err(|error| error.to_string())?;
    let key = OaepPublicEncryptingKey::new(key).map_err(|_| "this is not a wrapping key")?;
    let mut wrapped = vec![0; key.ciphertext_size()];
    let done = key.encrypt(&OAEP_SHA256_MGF1SHA256, bytes(input, "KeyMaterial")?, &mut wrapped, None);
    let length = done.map_err(|_| "the key material is too long to be wrapped")?.len();
    wrapped.truncate(length);
    Ok(Value::from([("EncryptedKeyMaterial", Value::Blob(wrapped))]))
}

fn bytes<'a>(input: &'a Value, name: &str) -> Result<&'a [u8], String> {
    input.member(name).and_then(Value::as_bytes).ok_or_else(|| format!("{name} is missing, or no bytes"))
}

fn text<'a>(input: &'a Value, name: &str) -> Result<&'a str, String> {
    input.member(name).and_then(Value::as_text).ok_or_else(|| format!("{name} is missing, or no text"))
}
