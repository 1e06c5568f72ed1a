//! Bytes that JSON holds as text: base64 on the way out and in, wiped wherever they have been.

use super::SecretBytes;
use base64::Engine;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use zeroize::Zeroizing;

/// Reads and writes base64: bit for bit as `BASE64_STANDARD` does, in vectors where the processor has them. Of a request over
/// HTTP that encrypts a kibibyte, to go letter by letter is a sixth.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub(super) fn base64() -> &'static impl Engine {
    use base64::engine::{Simd, general_purpose::PAD};
    use std::sync::LazyLock;
    // Tables, and what the processor can: the same for as long as the process lives.
    static ENGINE: LazyLock<Simd> = LazyLock::new(|| Simd::standard(PAD));
    &*ENGINE
}

/// Reads and writes base64.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub(super) fn base64() -> &'static impl Engine {
    &base64::prelude::BASE64_STANDARD
}

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
        serializer.serialize_str(&Zeroizing::new(base64().encode(&*self.0)))
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
    let length = base64().decode_slice(text, &mut bytes)?;
    bytes.truncate(length);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::prelude::BASE64_STANDARD;

    /// Long enough that vectors are used, with every byte at every place of a vector.
    #[test]
    fn both_ways_of_reading_and_writing_give_the_same() {
        for length in (0..300).chain([1023, 1024, 4096]) {
            let bytes: Vec<u8> = (0..length).map(|place: usize| (place * 7 + length).to_le_bytes()[0]).collect();
            let text = base64().encode(&bytes);
            assert_eq!(text, BASE64_STANDARD.encode(&bytes), "{length} bytes");
            assert_eq!(decode(&text).map(|read| read.to_vec()), Ok(bytes), "{length} bytes");
        }
    }

    #[test]
    fn a_letter_that_is_not_one_of_base64_is_refused_wherever_it_stands() {
        let text = BASE64_STANDARD.encode([0xfb; 150]);
        for place in 0..text.len() {
            for letter in ["-", "_", "=", " ", "\n", "\u{80}"] {
                let mut text = text.clone();
                text.replace_range(place..=place, letter);
                let expected = BASE64_STANDARD.decode(&text).map_err(base64::DecodeSliceError::from);
                assert!(expected.is_err(), "{letter:?} at {place}");
                assert_eq!(decode(&text).map(|read| read.to_vec()), expected, "{letter:?} at {place}");
            }
        }
    }
}
