//! CBOR as Smithy's RPC protocol writes it: values of any kind.

use ciborium_ll::{Decoder, Encoder, Header, simple};

use crate::{
    time::Time,
    wire::{Members, Value},
};

/// How deep values may nest: the inputs of CloudWatch nest five times.
const DEEPEST: u8 = 16;

/// The tag of an instant (RFC 8949 section 3.4.2).
const EPOCH: u64 = 1;

/// Reads one value that is all of the bytes; `None` where they are something else.
pub(super) fn read(bytes: &[u8]) -> Option<Value> {
    let mut reader = Reader(bytes);
    let value = reader.value(DEEPEST)?;
    reader.0.is_empty().then_some(value)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn header(&mut self) -> Option<Header> {
        let mut decoder = Decoder::from(self.0);
        let header = decoder.pull().ok()?;
        self.0 = self.0.get(decoder.offset()..)?;
        Some(header)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn value(&mut self, deep: u8) -> Option<Value> {
        let header = self.header()?;
        self.value_of(header, deep.checked_sub(1)?)
    }

    #[expect(clippy::cast_precision_loss, reason = "CloudWatch has no number that large")]
    fn value_of(&mut self, header: Header, deep: u8) -> Option<Value> {
        Some(match header {
            Header::Positive(number) => i64::try_from(number).map_or(Value::Float(number as f64), Value::Int),
            // It stands for -1 - number.
            Header::Negative(number) => Value::Int(-1 - i64::try_from(number).ok()?),
            Header::Float(number) => Value::Float(number),
            Header::Simple(simple::FALSE) => Value::Bool(false),
            Header::Simple(simple::TRUE) => Value::Bool(true),
            Header::Simple(simple::NULL | simple::UNDEFINED) => Value::Null,
            Header::Text(length) => Value::Text(self.text(length)?),
            Header::Bytes(Some(length)) => Value::Blob(self.take(length)?.to_vec()),
            Header::Array(length) => self.array(length, deep)?,
            Header::Map(length) => self.map(length, deep)?,
            Header::Tag(EPOCH) => Value::Time(self.value(deep)?.as_time()?),
            Header::Tag(_) => self.value(deep)?,
            _ => return None,
        })
    }

    /// A text of one length, or of parts.
    fn text(&mut self, length: Option<usize>) -> Option<String> {
        let Some(length) = length else {
            let mut text = String::new();
            loop {
                match self.header()? {
                    Header::Break => return Some(text),
                    Header::Text(Some(length)) => text.push_str(std::str::from_utf8(self.take(length)?).ok()?),
                    _ => return None,
                }
            }
        };
        std::str::from_utf8(self.take(length)?).ok().map(str::to_owned)
    }

    fn array(&mut self, length: Option<usize>, deep: u8) -> Option<Value> {
        let mut values = Vec::new();
        while length.is_none_or(|length| values.len() < length) {
            match self.header()? {
                Header::Break if length.is_none() => break,
                header => values.push(self.value_of(header, deep.checked_sub(1)?)?),
            }
        }
        Some(Value::List(values))
    }

    fn map(&mut self, length: Option<usize>, deep: u8) -> Option<Value> {
        let mut members = Members::new();
        while length.is_none_or(|length| members.len() < length) {
            let name = match self.header()? {
                Header::Break if length.is_none() => break,
                Header::Text(length) => self.text(length)?,
                _ => return None,
            };
            members.push((name.into(), self.value(deep)?));
        }
        Some(Value::Map(members))
    }
}

/// Writes a value.
pub(super) fn write(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    put(value, &mut bytes);
    bytes
}

fn put(value: &Value, to: &mut Vec<u8>) {
    let header = match value {
        Value::Null => Header::Simple(simple::NULL),
        Value::Bool(flag) => Header::Simple(if *flag { simple::TRUE } else { simple::FALSE }),
        Value::Int(number) => match u64::try_from(*number) {
            Ok(number) => Header::Positive(number),
            // It is written as -1 - number, which is all of its bits turned.
            Err(_) => Header::Negative((!number).cast_unsigned()),
        },
        Value::Float(number) => Header::Float(*number),
        Value::Time(time) => return put_time(*time, to),
        Value::Text(text) => {
            push(Header::Text(Some(text.len())), to);
            return to.extend_from_slice(text.as_bytes());
        }
        Value::Blob(_) | Value::Secret(_) => {
            let bytes = value.as_bytes().unwrap_or_default();
            push(Header::Bytes(Some(bytes.len())), to);
            return to.extend_from_slice(bytes);
        }
        Value::List(values) => {
            push(Header::Array(Some(values.len())), to);
            return values.iter().for_each(|value| put(value, to));
        }
        Value::Map(members) => {
            push(Header::Map(Some(members.len())), to);
            for (name, value) in members {
                push(Header::Text(Some(name.len())), to);
                to.extend_from_slice(name.as_bytes());
                put(value, to);
            }
            return;
        }
    };
    push(header, to);
}

fn put_time(time: Time, to: &mut Vec<u8>) {
    push(Header::Tag(EPOCH), to);
    push(Header::Float(time.seconds()), to);
}

fn push(header: Header, to: &mut Vec<u8>) {
    // Memory takes whatever is written to it.
    let _ = Encoder::from(to).push(header);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let time = Value::Time(Time::from_millis(1_800_000_000_500));
        let value = Value::from([
            ("Texts", Value::List(vec!["a".into(), "\u{e4}".into()])),
            ("Numbers", Value::List([0, 23, 24, -1, -25, i64::MAX, i64::MIN].map(Value::Int).to_vec())),
            ("Others", Value::List(vec![Value::Null, true.into(), Value::Float(0.1), time, vec![1, 2].into()])),
        ]);
        assert_eq!(read(&write(&value)), Some(value));
    }

    #[test]
    fn lengths_may_be_left_open_and_what_is_not_whole_is_not_read() {
        let open = b"\xbf\x61A\x9f\x01\x7f\x61b\x61c\xff\xff\xff";
        let value = Value::from([("A", Value::List(vec![1.into(), "bc".into()]))]);
        assert_eq!(read(open), Some(value));
        for end in 0..open.len() {
            assert_eq!(read(&open[..end]), None, "{end}");
        }
        assert_eq!(read(&[0x81; 100]), None);
        assert_eq!(read(b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff\x01"), None);
        assert_eq!(read(b"\x01\x01"), None);
    }
}
