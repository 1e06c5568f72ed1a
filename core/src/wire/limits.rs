//! The limits of a request in every encoding: how long it is, how deep it nests, and which numbers there are.

use super::Value;
use crate::error::Error;

/// The deepest nesting that is read; the deepest shape of the API has four levels.
const DEEPEST: u8 = 16;

/// The longest request, in bytes of JSON text; the longest of the API carries an attestation document.
pub const MAX_REQUEST_BYTES: usize = 1 << 20;

/// The longest number in JSON text, such as `-2.2250738585072014e-308`.
const LONGEST_SCALAR: usize = 25;

/// The longest form of one byte in JSON text, such as `\u0007`.
const LONGEST_ESCAPE: usize = 6;

/// How many more bytes a request may have.
///
/// A host that copies values of its own language spends them while it copies, so that a list which stands a million
/// times in another one is refused before memory is full of it.
#[derive(Clone, Copy, Debug)]
pub struct Room(usize);

impl Default for Room {
    fn default() -> Self {
        Self(MAX_REQUEST_BYTES)
    }
}

impl Room {
    /// Takes `bytes` away.
    ///
    /// # Errors
    /// `RequestEntityTooLargeException` where the request is longer than [`MAX_REQUEST_BYTES`].
    pub fn spend(&mut self, bytes: usize) -> Result<(), Error> {
        self.0 = self.0.checked_sub(bytes).ok_or_else(|| Error::too_large(MAX_REQUEST_BYTES))?;
        Ok(())
    }
}

/// How many more levels of lists and structures may be opened.
#[derive(Clone, Copy, Debug)]
pub struct Depth(u8);

impl Depth {
    /// Outside of the outermost structure.
    pub const OUTSIDE: Self = Self(DEEPEST);

    /// One level further in.
    ///
    /// # Errors
    /// `SerializationException` where the request nests too deeply; one that contains itself always does.
    pub fn deeper(self) -> Result<Self, Error> {
        self.0.checked_sub(1).map(Self).ok_or_else(|| Error::unreadable("it nests too deeply"))
    }
}

impl Value {
    /// Holds a request to its limits, whichever host has built it: as long as its shortest JSON text (a number counts
    /// as one digit) and as deep as JSON may nest.
    ///
    /// # Errors
    /// `RequestEntityTooLargeException` or `SerializationException`, as over HTTP.
    pub fn admit(&self) -> Result<(), Error> {
        // Nearly every request fits, even if its texts were nothing but escapes: then nobody reads them.
        let fits = self.measure(Depth::OUTSIDE, &mut Room::default(), &|text| 2 + LONGEST_ESCAPE * text.len());
        fits.or_else(|_| self.measure(Depth::OUTSIDE, &mut Room::default(), &quoted))
    }

    /// Takes the length of the value's JSON text away, in which texts have the length that `quoted` says. Recurses no further
    /// than `depth` goes.
    fn measure(&self, depth: Depth, room: &mut Room, quoted: &impl Fn(&str) -> usize) -> Result<(), Error> {
        match self {
            Self::Null | Self::Bool(_) | Self::Int(_) | Self::Float(_) | Self::Time(_) => room.spend(1),
            Self::Text(text) => room.spend(quoted(text)),
            Self::Blob(bytes) => room.spend(in_base64(bytes)),
            Self::Secret(bytes) => room.spend(in_base64(bytes)),
            Self::List(values) => {
                let deeper = depth.deeper()?;
                room.spend(1 + values.len().max(1))?;
                values.iter().try_for_each(|value| value.measure(deeper, room, quoted))
            }
            Self::Map(members) => {
                let deeper = depth.deeper()?;
                room.spend(1 + members.len().max(1))?;
                members.iter().try_for_each(|(name, value)| {
                    room.spend(quoted(name) + 1)?;
                    value.measure(deeper, room, quoted)
                })
            }
        }
    }

    /// How long the value's JSON text is at most.
    pub(super) fn longest_json(&self) -> usize {
        match self {
            Self::Null | Self::Bool(_) | Self::Int(_) | Self::Float(_) | Self::Time(_) => LONGEST_SCALAR,
            Self::Text(text) => quoted(text),
            Self::Blob(bytes) => in_base64(bytes),
            Self::Secret(bytes) => in_base64(bytes),
            Self::List(values) => values.iter().fold(2, |length, value| length + value.longest_json() + 1),
            Self::Map(members) => {
                members.iter().fold(2, |length, (name, value)| length + quoted(name) + value.longest_json() + 2)
            }
        }
    }

    /// A number that may have a fraction.
    ///
    /// # Errors
    /// `SerializationException` for infinities and NaN: JSON has neither.
    pub fn number(number: f64) -> Result<Self, Error> {
        number.is_finite().then_some(Self::Float(number)).ok_or_else(|| Error::unreadable("a number is not finite"))
    }
}

/// The length of a text in JSON.
fn quoted(text: &str) -> usize {
    2 + text.len() + if has_escapes(text) { escapes(text) } else { 0 }
}

/// Whether JSON writes the text otherwise than it is. Nearly no text has anything to escape: one look at all bytes without a
/// branch says so.
pub(super) fn has_escapes(text: &str) -> bool {
    let is_escaped = |byte| u8::from(byte < 0x20) | u8::from(byte == b'"') | u8::from(byte == b'\\');
    text.bytes().fold(0, |has, byte| has | is_escaped(byte)) != 0
}

/// How many bytes escapes add to a text in JSON.
fn escapes(text: &str) -> usize {
    let escapes = text.bytes().map(|byte| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => 1,
        0x00..0x20 => 5,
        _ => 0,
    });
    escapes.sum()
}

/// The length of bytes in JSON.
fn in_base64(bytes: &[u8]) -> usize {
    2 + 4 * bytes.len().div_ceil(3)
}

/// The refusal of a value that no encoding can say, such as a set or a function; `kind` is the host's name of its type.
pub fn foreign(kind: &str) -> Error {
    Error::unreadable(&format!("it holds a value of the type {kind}"))
}

/// The refusal of a member whose name is not a text.
pub fn foreign_name(kind: &str) -> Error {
    Error::unreadable(&format!("the name of a member is of the type {kind}, not text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_levels_are_read_and_no_more() {
        let mut depth = Ok(Depth::OUTSIDE);
        for _ in 0..DEEPEST {
            depth = depth.and_then(Depth::deeper);
        }
        assert!(depth.is_ok_and(|depth| depth.deeper().is_err()));
    }

    #[test]
    fn a_request_is_as_long_as_its_json_text() {
        let text = "quote \" line \n bell \u{7}";
        let value = Value::from([
            ("Text", Value::from(text)),
            ("Blob", Value::Blob(vec![7; 100])),
            ("List", Value::List(vec![Value::from("a"), Value::List(vec![]), Value::Int(5)])),
            ("Map", Value::Map(vec![])),
        ]);
        let length = crate::wire::to_json(&value).len();
        for (room, fits) in [(length, true), (length - 1, false)] {
            let measured = value.measure(Depth::OUTSIDE, &mut Room(room), &quoted);
            assert_eq!(measured.is_ok(), fits, "{room} of {length}");
        }
    }

    #[test]
    fn what_no_encoding_can_say_is_called_by_its_name() {
        assert!(foreign("set").to_string().ends_with("a value of the type set"));
        assert!(foreign_name("int").to_string().contains("of the type int"));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(Value::number(number).is_err(), "{number}");
        }
        assert_eq!(Value::number(0.5), Ok(Value::Float(0.5)));
    }
}
