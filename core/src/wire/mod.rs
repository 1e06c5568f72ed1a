//! Values on the wire and the shapes that read them: every constraint is a type, and one error lists all violations.
//!
//! A request arrives in one of three encodings (JSON text, JavaScript objects, Python dictionaries); each becomes a
//! [`Value`]. Its [`Table`] checks it, collecting every violated constraint, and a
//! [`Shape`] takes what has passed into a typed structure.

mod api;
mod base64_text;
mod checked;
mod decimal;
mod encoding;
mod limits;
pub(crate) mod macros;
mod member;
mod names;
mod reader;
mod secret;
mod seen;
mod table;
mod value;

pub use api::{ApiReply, ApiRequest};
pub use encoding::{from_json, to_json};
pub use limits::{Depth, MAX_REQUEST_BYTES, Room, foreign, foreign_name};
pub use member::IntoMember;
pub(crate) use secret::wipe;
pub use secret::{SecretBytes, SecretText};
pub use seen::{Seen, Typed};
pub use table::{Length, Member, Pattern, Table};
pub use value::{Members, Name, Value};

pub(crate) use base64_text::Base64;
pub(crate) use checked::{Always, Checked, Occurrence, Optional, Required};
pub(crate) use decimal::decimal;
pub(crate) use macros::{blob, choice, flag, list, map, number, shape, text, timestamp};
pub(crate) use names::Names;

pub use crate::error::Violation;

use crate::error::Error;

/// A type of the API: how it is described, read and written.
pub trait Shape {
    /// What a value of this type is in Rust.
    type Rust;
    /// The row of the API's tables that describes the type.
    const TABLE: &'static Table;

    /// Takes a value that has passed the table.
    fn take(checked: Checked) -> Self::Rust;

    /// The value as whoever decides about the request sees it.
    fn see(rust: &Self::Rust) -> Seen<'_>;

    /// Writes a value.
    fn write(rust: Self::Rust) -> Value;
}

/// Checks a whole request.
///
/// # Errors
/// `ValidationException` that names all violations, or `SerializationException`.
pub(crate) fn check(value: &Value, table: &'static Table) -> Result<Checked, Error> {
    reader::check(value, table)
}

/// Reads a whole reply.
///
/// # Errors
/// `ValidationException` or `SerializationException`, when the value is not such a reply.
fn reply(value: &Value, table: &'static Table) -> Result<Checked, Error> {
    reader::reply(value, table)
}
