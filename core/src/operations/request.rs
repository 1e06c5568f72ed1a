//! One request between its shape and its handler, with its types hidden from the path.

use super::{
    execution::Execution,
    resolve::{Resolver, Subject},
};
use crate::{
    call::Stop,
    error::Error,
    wire::{self, Shape, Table, Typed, Value},
};

/// A request whose shape has been checked.
pub(crate) trait Request {
    /// The keys that the request is about.
    fn subjects(&self, resolver: &Resolver<'_>) -> Result<Vec<Subject>, Stop>;

    /// The request as conditions see it: the members that its operation has, and no others.
    fn typed(&self) -> &dyn Typed;

    /// Performs the operation.
    fn perform(self: Box<Self>, execution: &mut Execution<'_>) -> Result<Value, Stop>;
}

/// A handler of one operation.
pub(crate) type Handler<S, R> = fn(S, &mut Execution<'_>) -> Result<R, Stop>;

/// How a request names the keys that it is about.
pub(crate) enum Keys<S> {
    /// It names none.
    None,
    /// One member names the key.
    One(fn(&S) -> &str),
    /// It takes a closer look.
    Own(fn(&S, &Resolver<'_>) -> Result<Vec<Subject>, Stop>),
}

/// What an operation replies: a structure, or nothing.
pub(crate) trait Reply {
    /// The description of the structure.
    const TABLE: Option<&'static Table>;

    /// The reply as a value.
    fn into_value(self) -> Value;
}

impl<R: Shape<Rust = R>> Reply for R {
    const TABLE: Option<&'static Table> = Some(R::TABLE);

    fn into_value(self) -> Value {
        R::write(self)
    }
}

impl Reply for () {
    const TABLE: Option<&'static Table> = None;

    fn into_value(self) -> Value {
        Value::Null
    }
}

struct Handled<S, R> {
    request: S,
    keys: Keys<S>,
    handler: Handler<S, R>,
}

impl<S: Typed, R: Reply> Request for Handled<S, R> {
    fn subjects(&self, resolver: &Resolver<'_>) -> Result<Vec<Subject>, Stop> {
        match &self.keys {
            Keys::None => Ok(Vec::new()),
            Keys::One(name) => Ok(vec![resolver.key(name(&self.request))?]),
            Keys::Own(look) => look(&self.request, resolver),
        }
    }

    fn typed(&self) -> &dyn Typed {
        &self.request
    }

    fn perform(self: Box<Self>, execution: &mut Execution<'_>) -> Result<Value, Stop> {
        (self.handler)(self.request, execution).map(Reply::into_value)
    }
}

/// Reads a request for a handler.
pub(crate) fn read<S: Shape<Rust = S> + Typed + 'static, R: Reply + 'static>(
    value: &Value,
    handler: Handler<S, R>,
    keys: Keys<S>,
) -> Result<Box<dyn Request>, Error> {
    let request = wire::read::<S>(value)?;
    Ok(Box::new(Handled { request, keys, handler }))
}

/// The description of a handler's request.
pub(crate) const fn input<S: Shape, R>(_: Handler<S, R>) -> &'static Table {
    S::TABLE
}

/// The description of a handler's reply.
pub(crate) const fn output<S, R: Reply>(_: Handler<S, R>) -> Option<&'static Table> {
    R::TABLE
}
