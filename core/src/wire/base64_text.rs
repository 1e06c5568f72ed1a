//! Bytes that JSON holds as text: base64 on the way out and in, wiped wherever they have been.

use super::SecretBytes;
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use zeroize::Zeroizing;

/// Secret bytes as a member of what is kept.
#[derive(Clone)]
pub(crate) struct Base64(pub(crate) SecretBytes);

impl Base64 {
    /// The bytes of a text; `None` when it is not base64.
    pub(crate) fn decode(text: &str) -> Option<Self> {
        decode(text).ok().map(Self)
    }

    /// The length of `n` bytes as text.
    pub(crate) const fn length(bytes: usize) -> usize {
        bytes.div_ceil(3) * 4
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(SecretBytes::new(bytes.to_vec()))
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Zeroizing::new(BASE64_STANDARD.encode(&*self.0)))
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Reading)
    }
}

struct Reading;

impl de::Visitor<'_> for Reading {
    type Value = Base64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("base64")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Base64, E> {
        decode(text).map(Base64).map_err(E::custom)
    }
}

/// Decodes bytes that may be secret: they are written into room that is there from the start.
pub(super) fn decode(text: &str) -> Result<SecretBytes, base64::DecodeSliceError> {
    let mut bytes = SecretBytes::new(vec![0; base64::decoded_len_estimate(text.len())]);
    let length = BASE64_STANDARD.decode_slice(text, &mut bytes)?;
    bytes.truncate(length);
    Ok(bytes)
}
