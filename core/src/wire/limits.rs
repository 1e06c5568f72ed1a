//! What every encoding holds a request to: how deep it nests, and which numbers there are.

use super::Value;
use crate::error::Error;

/// The deepest nesting that is read; the deepest shape of the API has four levels.
const DEEPEST: u8 = 16;

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
    /// A number that may have a fraction.
    ///
    /// # Errors
    /// `SerializationException` for infinities and what is no number: JSON has neither.
    pub fn number(number: f64) -> Result<Self, Error> {
        number.is_finite().then_some(Self::Float(number)).ok_or_else(|| Error::unreadable("a number is not finite"))
    }
}

/// The refusal of a value that no encoding can say, such as a set or a function; `kind` is the host's name of its type.
pub fn foreign(kind: &str) -> Error {
    Error::unreadable(&format!("it holds a value of the type {kind}"))
}

/// The refusal of a member whose name is no text.
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
