//! A body in chunks (RFC 9112 section 7.1), as it arrives.

use super::{
    LONGEST_BODY,
    buffer::Buffer,
    head::{LONGEST_HEAD, Taken},
    lines::{Lines, Place},
};
use crate::error::Error;

/// The longest line with the size of a chunk, in bytes: sixteen digits, and what nobody reads behind them.
const LONGEST_SIZE: usize = 256;

/// The most bytes of a transfer: in chunks of one byte each the longest body takes six times its length, and what chunks
/// say besides is of no use to anyone.
pub(super) const LONGEST_TRANSFER: usize = 8 * LONGEST_BODY;

/// Takes the chunks of one body.
#[derive(Default)]
pub(super) struct ChunkReader {
    stage: Stage,
    lines: Lines,
    /// The line with a size, as far as it has arrived.
    line: Vec<u8>,
    transferred: usize,
    trailers: usize,
}

/// What comes next.
#[derive(Clone, Copy, Default)]
enum Stage {
    /// The size of a chunk.
    #[default]
    Size,
    /// How many bytes of a chunk are still to come.
    Data(usize),
    /// The end of the line behind a chunk.
    End,
    /// The trailers, which nobody reads, and the empty line behind them.
    Trailers,
}

impl ChunkReader {
    /// Takes bytes up to the end of what comes next, and appends those of chunks to `body`.
    pub(super) fn take(&mut self, bytes: &[u8], body: &mut Buffer) -> Result<Taken, Error> {
        let taken = match self.stage {
            Stage::Size => self.size(bytes, body),
            Stage::Data(left) => {
                let used = left.min(bytes.len());
                self.stage = if used == left { Stage::End } else { Stage::Data(left - used) };
                Ok(Taken { used, whole: false, copied: body.append(&bytes[..used]) })
            }
            Stage::End => self.end(bytes),
            Stage::Trailers => self.trailers(bytes),
        }?;
        self.transferred += taken.used;
        if self.transferred > LONGEST_TRANSFER { Err(Error::too_large(LONGEST_BODY)) } else { Ok(taken) }
    }

    fn size(&mut self, bytes: &[u8], body: &Buffer) -> Result<Taken, Error> {
        for (at, byte) in bytes.iter().enumerate() {
            let place = self.lines.next(*byte)?;
            self.line.push(*byte);
            if self.line.len() > LONGEST_SIZE {
                return Err(Error::not_http("the size of a chunk is too long"));
            }
            if place != Place::Inside {
                self.stage = match chunk_size(&self.line)? {
                    0 => Stage::Trailers,
                    size if size > LONGEST_BODY - body.len() => return Err(Error::too_large(LONGEST_BODY)),
                    size => Stage::Data(size),
                };
                self.line.clear();
                return Ok(Taken { used: at + 1, whole: false, copied: at + 1 });
            }
        }
        Ok(Taken { used: bytes.len(), whole: false, copied: bytes.len() })
    }

    fn end(&mut self, bytes: &[u8]) -> Result<Taken, Error> {
        for (at, byte) in bytes.iter().enumerate() {
            match self.lines.next(*byte)? {
                Place::End { empty: true } => {
                    self.stage = Stage::Size;
                    return Ok(Taken { used: at + 1, whole: false, copied: 0 });
                }
                Place::Inside if *byte == b'\r' => {}
                _ => return Err(Error::not_http("a chunk does not end where it should")),
            }
        }
        Ok(Taken { used: bytes.len(), whole: false, copied: 0 })
    }

    fn trailers(&mut self, bytes: &[u8]) -> Result<Taken, Error> {
        for (at, byte) in bytes.iter().enumerate() {
            self.trailers += 1;
            if self.trailers > LONGEST_HEAD {
                return Err(Error::not_http("the trailers are too long"));
            }
            if self.lines.next(*byte)? == (Place::End { empty: true }) {
                return Ok(Taken { used: at + 1, whole: true, copied: 0 });
            }
        }
        Ok(Taken { used: bytes.len(), whole: false, copied: 0 })
    }
}

/// The size that a line says, which begins with a digit: without one, the parser would read zero.
fn chunk_size(line: &[u8]) -> Result<usize, Error> {
    let parsed = line.first().filter(|first| first.is_ascii_hexdigit()).map(|_| httparse::parse_chunk_size(line));
    match parsed {
        Some(Ok(httparse::Status::Complete((_, size)))) => Ok(usize::try_from(size).unwrap_or(usize::MAX)),
        _ => Err(Error::not_http("a chunk has no size")),
    }
}
