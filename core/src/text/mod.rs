//! Short texts: hexadecimal digits, UUIDs, text that is built in place or matched by asterisks, and enumerations of words.

mod fields;
pub(crate) mod hex;
mod inline;
mod like;
pub(crate) mod uuid;
mod words;

pub(crate) use fields::{fields, is_arn};
pub(crate) use inline::Inline;
pub(crate) use like::is_like;
pub(crate) use words::words;
