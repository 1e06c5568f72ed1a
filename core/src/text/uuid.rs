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
    const PLACES: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
    let mut text = [b'-'; 36];
    for (byte, place) in bytes.iter().zip(PLACES) {
        [text[place], text[place + 1]] = hex::digits(*byte);
    }
    Inline::full(text)
}

/// What stands between the hyphens of a text: digits, if it is a UUID.
pub(crate) fn digits(text: &str) -> Option<[u8; 32]> {
    let text: &[u8; 36] = text.as_bytes().try_into().ok()?;
    let mut digits = [0; 32];
    let mut place = 0;
    for (at, byte) in text.iter().enumerate() {
        let between = matches!(at, 8 | 13 | 18 | 23);
        if between != (*byte == b'-') {
            return None;
        }
        if !between {
            digits[place] = *byte;
            place += 1;
        }
    }
    Some(digits)
}
