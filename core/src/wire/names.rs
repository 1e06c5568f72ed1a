//! Reading the name of a value of an enumeration: once for all enumerations, whose derived readers would each stand in
//! the module of a page.

use std::fmt;

use serde::de::{Error, Visitor};

/// The names of an enumeration; what is read is the place of one.
pub(crate) struct Names(pub(crate) &'static [&'static str]);

impl Visitor<'_> for Names {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one of {}", self.0.join(", "))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<usize, E> {
        let place = self.0.iter().position(|name| *name == text);
        place.ok_or_else(|| E::unknown_variant(text, self.0))
    }
}
