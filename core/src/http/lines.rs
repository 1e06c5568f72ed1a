//! The lines of a head and of chunks, byte by byte: where they end, and what must not stand in them.

use crate::error::Error;

/// A line as it arrives. It ends with CR and LF; either of them alone is refused, because two readers of one
/// connection that disagree on where a line ends see two different requests (RFC 9112 section 11.2).
#[derive(Default)]
pub(super) struct Lines {
    length: usize,
    after_cr: bool,
}

/// What a byte means to the line in which it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The line goes on.
    Inside,
    /// The line ends here.
    End {
        /// Whether nothing stood in it.
        empty: bool,
    },
}

impl Lines {
    /// Looks at the next byte.
    pub(super) fn next(&mut self, byte: u8) -> Result<Place, Error> {
        match (byte, std::mem::replace(&mut self.after_cr, byte == b'\r')) {
            (b'\n', true) => Ok(Place::End { empty: std::mem::take(&mut self.length) == 0 }),
            (b'\n', false) | (_, true) => Err(Error::not_http("a line does not end with CR and LF")),
            (b'\r', false) => Ok(Place::Inside),
            (0x00..0x20 | 0x7f, false) if byte != b'\t' => Err(Error::not_http("it holds a control character")),
            _ => {
                self.length += 1;
                Ok(Place::Inside)
            }
        }
    }
}
