//! What is told about a call once it is decided: records of CloudTrail, as data.
//!
//! Nothing here decides, and nothing that was decided looks here: without records, every reply is the same.

mod additional;
mod deliveries;
mod elements;
mod identity;
mod operations;
mod parameters;
mod record;
mod resources;
mod service;

pub use identity::Identity;
pub use record::{Check, Record, Resource};
pub(crate) use service::of_happened;

use crate::{
    access,
    access::Action,
    attestation::Attestation,
    call::Call,
    error::Error,
    ids::Ids,
    operations::{Operation, StoreFacts, Subject},
    wire::{Typed, Value},
};

/// What a record shows of a request: it is read before the handler takes the request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// `requestParameters` as JSON text; `None` where nothing remains to be shown.
    parameters: Option<Box<str>>,
    /// The alias that the request is about.
    alias: Option<Box<str>>,
}

/// The facts of a decided call.
pub(crate) struct Facts<'a> {
    pub(crate) call: &'a Call,
    pub(crate) operation: &'static Operation,
    /// The keys that the call is about.
    pub(crate) subjects: &'a [Subject],
    /// The custom key stores that it is about.
    pub(crate) stores: &'a [StoreFacts],
    /// What authorization was asked, whatever it said.
    pub(crate) checks: &'a [(Action, access::Resource)],
    /// Whether every check has let the call through: records of other calls show neither parameters nor keys (AUD-84).
    pub(crate) authorized: bool,
    pub(crate) attestation: Option<&'a Attestation>,
    /// What is shown of the request; `None` when it was not let through.
    pub(crate) asked: Option<&'a Asked>,
    pub(crate) reply: &'a Result<Value, Error>,
    pub(crate) ids: &'a Ids,
}

impl Asked {
    /// What a record is to show of a request.
    pub(crate) fn of(operation: &Operation, request: &dyn Typed) -> Self {
        let alias = request.member("AliasName").and_then(|name| name.text().map(Box::from));
        Self { parameters: parameters::of(operation, request), alias }
    }
}

/// The records of a call: its own first, one for each account that is told of it, then those of what it has caused
/// (AUD-191).
pub(crate) fn of_call(facts: &Facts<'_>) -> Vec<Record> {
    deliveries::of(record::body(facts), facts)
}
