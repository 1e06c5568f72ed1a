//! One request between its shape and its handler, with its types hidden from the path.

use super::{
    execution::Execution,
    resolve::{Resolver, Subject},
};
use crate::{
    call::Stop,
    wire::{ApiReply, ApiRequest, Checked, Shape, Table, Typed, Value},
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

struct Handled<S, R> {
    request: S,
    keys: Keys<S>,
    handler: Handler<S, R>,
}

impl<S: Typed, R: ApiReply> Request for Handled<S, R> {
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
        (self.handler)(self.request, execution).map(ApiReply::into_value)
    }
}

/// Takes a request that has passed its shape, for a handler.
pub(crate) fn taken<S: Shape<Rust = S> + Typed + 'static, R: ApiReply + 'static>(
    checked: Checked,
    handler: Handler<S, R>,
    keys: Keys<S>,
) -> Box<dyn Request> {
    Box::new(Handled { request: S::take(checked), keys, handler })
}

/// The description of a handler's request.
pub(crate) const fn input<S: Shape, R>(_: Handler<S, R>) -> &'static Table {
    S::TABLE
}

/// The description of a handler's reply.
pub(crate) const fn output<S, R: ApiReply>(_: Handler<S, R>) -> Option<&'static Table> {
    R::TABLE
}

/// Whether a handler's request is that of the operation: the table holds each row against it.
pub(crate) const fn is_of<S: ApiRequest<Reply = R>, R: ApiReply>(operation: &str, _: Handler<S, R>) -> bool {
    let (said, own) = (operation.as_bytes(), S::OPERATION.as_bytes());
    let mut at = 0;
    while at < said.len() && at < own.len() && said[at] == own[at] {
        at += 1;
    }
    at == said.len() && at == own.len()
}
