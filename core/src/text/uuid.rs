//! UUIDs (RFC 9562): their text, and the bits that say their version.

use super::{Inline, hex};

/// Sixteen bytes as those of a UUID of a version.
pub(crate) const fn versioned(mut bytes: [u8; 16], version: u8) -> [u8; 16] {
    bytes[6] = bytes[6] & 0x0f | version << 4;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    bytes
}

/// Where the digits of each byte stand in the text.
const PLACES: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

/// The text, in lower case.
pub(crate) fn text(bytes: &[u8; 16]) -> Inline<36> {
    let mut text = [b'-'; 36];
    for (byte, place) in bytes.iter().zip(PLACES) {
        [text[place], text[place + 1]] = hex::digits(*byte);
    }
    Inline::full(text)
}

/// Reads a text in lower case.
pub(crate) fn parse(text: &[u8; 36]) -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    for (byte, place) in bytes.iter_mut().zip(PLACES) {
        *byte = hex::byte([text[place], text[place + 1]])?;
    }
    [8, 13, 18, 23].iter().all(|place| text[*place] == b'-').then_some(bytes)
}
