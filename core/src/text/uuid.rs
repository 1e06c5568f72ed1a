//! UUIDs (RFC 9562): their text, and the bits that say their version.

use super::{Inline, hex};

/// Sixteen bytes as those of a UUID of a version.
pub(crate) const fn versioned(mut bytes: [u8; 16], version: u8) -> [u8; 16] {
    bytes[6] = bytes[6] & 0x0f | version << 4;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    bytes
}

/// The text, in lower case.
pub(crate) fn text(bytes: &[u8; 16]) -> Inline<36> {
    let mut text = [b'-'; 36];
    let mut place = 0;
    for (at, byte) in bytes.iter().enumerate() {
        place += usize::from(matches!(at, 4 | 6 | 8 | 10));
        text[place..place + 2].copy_from_slice(&hex::digits(*byte));
        place += 2;
    }
    Inline::of(&[std::str::from_utf8(&text).unwrap_or_default()])
}

/// What stands between the hyphens of a text: digits, if it is a UUID.
pub(crate) fn digits(text: &str) -> Option<[u8; 32]> {
    let (mut parts, mut digits) = (text.split('-'), [0; 32]);
    let mut rest = &mut digits[..];
    for length in [8, 4, 4, 4, 12] {
        let part = parts.next().filter(|part| part.len() == length)?;
        let (place, behind) = rest.split_at_mut(length);
        place.copy_from_slice(part.as_bytes());
        rest = behind;
    }
    parts.next().is_none().then_some(digits)
}
