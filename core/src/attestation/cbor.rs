//! The part of CBOR (RFC 8949) in which attestation documents are written: items of definite length, one by one.

use ciborium_ll::{Decoder, Encoder, Header, simple};

use super::Invalid;

/// Reads items from a slice, each as the kind that the caller expects. It neither recurses nor allocates.
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) const fn new(input: &'a [u8]) -> Self {
        Self(input)
    }

    fn header(&mut self) -> Result<Header, Invalid> {
        let mut decoder = Decoder::from(self.0);
        let header = decoder.pull().map_err(|_| Invalid::Encoding)?;
        self.0 = self.0.get(decoder.offset()..).ok_or(Invalid::Encoding)?;
        Ok(header)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Invalid> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Invalid::Encoding)?;
        self.0 = rest;
        Ok(taken)
    }

    /// The number of items of an array, which may bear `tag`.
    pub(super) fn tagged_array(&mut self, tag: u64) -> Result<usize, Invalid> {
        match self.header()? {
            Header::Array(Some(items)) => Ok(items),
            Header::Tag(found) if found == tag => self.array(),
            _ => Err(Invalid::Encoding),
        }
    }

    /// The number of items of an array.
    pub(super) fn array(&mut self) -> Result<usize, Invalid> {
        match self.header()? {
            Header::Array(Some(items)) => Ok(items),
            _ => Err(Invalid::Encoding),
        }
    }

    /// The number of pairs of a map.
    pub(super) fn map(&mut self) -> Result<usize, Invalid> {
        match self.header()? {
            Header::Map(Some(pairs)) => Ok(pairs),
            _ => Err(Invalid::Encoding),
        }
    }

    /// A byte string.
    pub(super) fn bytes(&mut self) -> Result<&'a [u8], Invalid> {
        self.bytes_or_null()?.ok_or(Invalid::Encoding)
    }

    /// A byte string, or nothing.
    pub(super) fn bytes_or_null(&mut self) -> Result<Option<&'a [u8]>, Invalid> {
        match self.header()? {
            Header::Bytes(Some(length)) => self.take(length).map(Some),
            Header::Simple(simple::NULL) => Ok(None),
            _ => Err(Invalid::Encoding),
        }
    }

    /// A text.
    pub(super) fn text(&mut self) -> Result<&'a str, Invalid> {
        match self.header()? {
            Header::Text(Some(length)) => std::str::from_utf8(self.take(length)?).map_err(|_| Invalid::Encoding),
            _ => Err(Invalid::Encoding),
        }
    }

    /// A number that is not negative.
    pub(super) fn unsigned(&mut self) -> Result<u64, Invalid> {
        match self.header()? {
            Header::Positive(number) => Ok(number),
            _ => Err(Invalid::Encoding),
        }
    }

    /// Checks that nothing follows.
    pub(super) const fn end(&self) -> Result<(), Invalid> {
        if self.0.is_empty() { Ok(()) } else { Err(Invalid::Encoding) }
    }
}

/// Writes items one after the other, each with the shortest head.
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    fn encode<E>(&mut self, write: impl FnOnce(&mut Encoder<&mut Vec<u8>>) -> Result<(), E>) {
        // Memory takes whatever is written to it.
        let _ = write(&mut Encoder::from(&mut self.0));
    }

    pub(super) fn array(&mut self, items: usize) {
        self.encode(|encoder| encoder.push(Header::Array(Some(items))));
    }

    pub(super) fn map(&mut self, pairs: usize) {
        self.encode(|encoder| encoder.push(Header::Map(Some(pairs))));
    }

    pub(super) fn unsigned(&mut self, number: u64) {
        self.encode(|encoder| encoder.push(Header::Positive(number)));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.encode(|encoder| encoder.text(text, None));
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.encode(|encoder| encoder.bytes(bytes, None));
    }

    pub(super) fn bytes_or_null(&mut self, bytes: Option<&[u8]>) {
        match bytes {
            Some(bytes) => self.bytes(bytes),
            None => self.encode(|encoder| encoder.push(Header::Simple(simple::NULL))),
        }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut writer = Writer::new();
        writer.array(5);
        writer.text("pcrs");
        writer.unsigned(u64::MAX);
        writer.bytes(&[7; 300]);
        writer.bytes_or_null(None);
        writer.map(0);
        let bytes = writer.into_bytes();
        let mut reader = Reader::new(&bytes);
        assert_eq!(reader.array(), Ok(5));
        assert_eq!(reader.text(), Ok("pcrs"));
        assert_eq!(reader.unsigned(), Ok(u64::MAX));
        assert_eq!(reader.bytes(), Ok(&[7; 300][..]));
        assert_eq!(reader.bytes_or_null(), Ok(None));
        assert_eq!(reader.map(), Ok(0));
        assert_eq!(reader.end(), Ok(()));
    }

    #[test]
    fn lengths_beyond_the_input_and_indefinite_lengths_are_refused() {
        // A byte string of 2^64-1 bytes, one of unknown length, a cut one, an array and a map without an end.
        assert_eq!(Reader::new(&[0x5b, 255, 255, 255, 255, 255, 255, 255, 255]).bytes(), Err(Invalid::Encoding));
        assert_eq!(Reader::new(&[0x5f, 0x41, 1, 0xff]).bytes(), Err(Invalid::Encoding));
        assert_eq!(Reader::new(&[0x58]).bytes(), Err(Invalid::Encoding));
        assert_eq!(Reader::new(&[0x9f, 0xff]).array(), Err(Invalid::Encoding));
        assert_eq!(Reader::new(&[0xbf, 0xff]).map(), Err(Invalid::Encoding));
        assert_eq!(Reader::new(&[]).text(), Err(Invalid::Encoding));
        assert_eq!(Reader::new(&[0x61, 0xff]).text(), Err(Invalid::Encoding));
    }
}
