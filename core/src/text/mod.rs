//! Short texts: hexadecimal digits, UUIDs, text that is built in place, and enumerations of words.

pub(crate) mod hex;
mod inline;
pub(crate) mod uuid;
mod words;

pub(crate) use inline::Inline;
pub(crate) use words::words;
