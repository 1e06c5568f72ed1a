//! Short text that is built in place.

use std::fmt;

/// Text of at most `N` bytes, built without an allocation. What is written at once is allocated at once, so a name that
/// goes through here becomes a `String` in one step.
pub(crate) struct Inline<const N: usize> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> Inline<N> {
    /// The parts one after the other. They fit, because every caller knows how long its parts can be; what did not fit
    /// would be missing.
    pub(crate) fn of(parts: &[&str]) -> Self {
        let mut text = Self { bytes: [0; N], length: 0 };
        for part in parts {
            let end = text.length + part.len();
            if let Some(place) = text.bytes.get_mut(text.length..end) {
                place.copy_from_slice(part.as_bytes());
                text.length = end;
            }
        }
        text
    }

    /// Text that fills its place.
    pub(crate) const fn full(bytes: [u8; N]) -> Self {
        Self { bytes, length: N }
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        // It is made of whole texts.
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

impl<const N: usize> fmt::Display for Inline<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
