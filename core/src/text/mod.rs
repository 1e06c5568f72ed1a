//! Short texts: hexadecimal digits, UUIDs, and text that is built in place.

pub(crate) mod hex;
mod inline;
pub(crate) mod uuid;

pub(crate) use inline::Inline;
