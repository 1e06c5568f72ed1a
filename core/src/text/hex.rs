//! Hexadecimal digits in lower case.

use std::fmt;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The value of each digit, and one that no digit has for all other bytes.
static VALUES: [u8; 256] = {
    let (mut values, mut value) = ([0xff; 256], 0);
    while value < 16 {
        values[DIGITS[value as usize] as usize] = value;
        value += 1;
    }
    values
};

/// The two digits of a byte.
pub(crate) const fn digits(byte: u8) -> [u8; 2] {
    [DIGITS[(byte >> 4) as usize], DIGITS[(byte & 15) as usize]]
}

/// Writes bytes as digits, all of them at once.
pub(crate) fn write<const N: usize>(bytes: &[u8; N], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let digits = bytes.map(digits);
    f.write_str(std::str::from_utf8(digits.as_flattened()).unwrap_or_default())
}

/// Bytes as digits.
pub(crate) fn encode(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| digits(*byte)).map(char::from).collect()
}

/// Reads exactly `N` bytes, in lower case.
pub(crate) fn decode<const N: usize>(digits: impl AsRef<[u8]>) -> Option<[u8; N]> {
    let (mut bytes, digits) = ([0; N], digits.as_ref());
    if digits.len() != 2 * N {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = self::byte([pair[0], pair[1]])?;
    }
    Some(bytes)
}

/// The byte of two digits, in lower case.
pub(crate) fn byte([high, low]: [u8; 2]) -> Option<u8> {
    let (high, low) = (VALUES[usize::from(high)], VALUES[usize::from(low)]);
    (high | low < 16).then_some(high << 4 | low)
}
