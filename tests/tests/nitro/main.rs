//! Nitro Enclaves: attestation documents, the answers to them, and the calls that carry both.

mod calls;
mod documents;
mod envelopes;

use base64::{Engine, engine::general_purpose::STANDARD};

/// A published vector: base64 in a text.
fn vector(text: &str) -> Vec<u8> {
    let text: String = text.split_whitespace().collect();
    STANDARD.decode(text).expect("base64")
}
