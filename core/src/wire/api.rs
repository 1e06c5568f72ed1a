//! Requests and replies in Rust's own types: what a program in Rust sends and reads, where others use values.

use super::{Shape, Table, Value, reply};
use crate::error::Error;

/// The request of one operation, such as [`Encrypt`](crate::api::Encrypt). `shape!` implements it.
///
/// A request is sent with [`Client::send`](crate::Client::send), or becomes the input of a [`Call`](crate::Call) with
/// [`into_input`](Self::into_input).
pub trait ApiRequest: Shape<Rust = Self> + Sized {
    /// The operation's name on the wire, such as `Encrypt`.
    const OPERATION: &'static str;

    /// What the operation replies; `()` where it replies nothing.
    type Reply: ApiReply;

    /// The request as a value.
    fn into_input(self) -> Value {
        Self::write(self)
    }
}

/// The reply of an operation: a structure, or nothing.
pub trait ApiReply: Sized {
    /// The description of the structure.
    const TABLE: Option<&'static Table>;

    /// The reply as a value.
    fn into_value(self) -> Value;

    /// Reads what [`into_value`](Self::into_value) has written.
    ///
    /// # Errors
    /// `ValidationException` or `SerializationException`, when the value is not such a reply.
    fn from_value(value: &Value) -> Result<Self, Error>;
}

impl<R: Shape<Rust = R>> ApiReply for R {
    const TABLE: Option<&'static Table> = Some(R::TABLE);

    fn into_value(self) -> Value {
        R::write(self)
    }

    fn from_value(value: &Value) -> Result<Self, Error> {
        reply(value, R::TABLE).map(R::take)
    }
}

impl ApiReply for () {
    const TABLE: Option<&'static Table> = None;

    fn into_value(self) -> Value {
        Value::Null
    }

    fn from_value(_: &Value) -> Result<Self, Error> {
        Ok(())
    }
}
