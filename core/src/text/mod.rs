//! Short texts: hexadecimal digits, and text that is built in place.

pub(crate) mod hex;
mod inline;

pub(crate) use inline::Inline;
