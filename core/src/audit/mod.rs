//! What is told about a call once it is decided: records of CloudTrail, as data.
//!
//! Nothing here decides, and nothing that was decided looks here: without records, every reply is the same.

mod additional;
pub(crate) mod alarms;
pub(crate) mod any_record;
mod caused;
mod deliveries;
mod details;
pub(crate) mod diff;
mod elements;
mod events;
pub(crate) mod export;
pub(crate) mod filter;
mod identity;
pub(crate) mod imported;
mod json;
pub(crate) mod lookup;
pub mod metrics;
mod network;
mod operations;
mod parameters;
pub(crate) mod pattern;
pub(crate) mod privilege;
mod record;
mod resources;
mod service;

pub(crate) use caused::MadeKey;
pub(crate) use deliveries::is_told_to_several;
pub use events::{Event, RuleState};
pub use identity::Identity;
pub use record::{Record, Resource};
pub(crate) use service::of_happened;

use crate::{
    access::{Checked, Decision},
    attestation::Attestation,
    call::Call,
    ciphertext::Blob,
    error::Error,
    ids::Ids,
    material::MaterialId,
    names::AliasName,
    operations::{Operation, StoreFacts, Subject},
    state::State,
    wire::{Seen, Typed, Value},
};
use operations::{Reaches, Row, Tells, shows_nothing};

/// What a record shows of a request: it is read before the handler takes the request.
#[derive(Clone, Debug, Default)]
pub(crate) struct ShownRequest {
    /// `requestParameters` as JSON text; `None` where nothing remains to be shown.
    parameters: Option<Box<str>>,
    /// The alias that the request is about.
    alias: Option<AliasName>,
    /// The material that a ciphertext names.
    sealed_under: Option<MaterialId>,
    /// The name that a key store gets.
    new_store_name: Option<Box<str>>,
    /// The cluster that a key store gets.
    new_cluster: Option<Box<str>>,
}

/// The facts of a decided call.
pub(crate) struct Facts<'a> {
    pub(crate) call: &'a Call,
    pub(crate) operation: &'static Operation,
    /// What the call has found: who exists, and under which unique ids.
    pub(crate) state: &'a State,
    /// The keys that the call is about.
    pub(crate) subjects: &'a [Subject],
    /// The custom key stores that it is about.
    pub(crate) stores: &'a [StoreFacts],
    /// What authorization was asked, whatever it said.
    pub(crate) checks: &'a [Checked],
    /// How it decided, where it refused.
    pub(crate) decisions: &'a [Decision],
    /// Whether every check has let the call through: records of other calls show neither parameters nor keys (AUD-84).
    pub(crate) authorized: bool,
    pub(crate) attestation: Option<&'a Attestation>,
    /// What is shown of the request; `None` when it was not let through.
    pub(crate) asked: Option<ShownRequest>,
    pub(crate) reply: &'a Result<Value, Error>,
    /// Whether the call has changed anything.
    pub(crate) changed: bool,
    /// The AWS managed keys that the call was the first to use.
    pub(crate) made: &'a [MadeKey],
    pub(crate) ids: &'a Ids,
}

impl ShownRequest {
    /// What a record is to show of a request.
    pub(crate) fn of(operation: &Operation, request: &dyn Typed) -> Self {
        let Some(row) = Row::of(operation) else { return Self::default() };
        let text = |name| request.member(name).and_then(|member| member.text());
        let mut asked = Self { parameters: parameters::of(row, operation, request), ..Self::default() };
        match row.reaches {
            Reaches::KeyAndAlias | Reaches::AliasAndKey => asked.alias = text("AliasName").and_then(AliasName::parse),
            _ => {}
        }
        match row.tells {
            Tells::Use => asked.sealed_under = sealed_under(request),
            Tells::Store => {
                asked.new_store_name = text("NewCustomKeyStoreName").map(Box::from);
                asked.new_cluster = text("CloudHsmClusterId").map(Box::from);
            }
            _ => {}
        }
        asked
    }
}

/// The material that the ciphertext of a request names, if a dry run does not leave it aside. Other replies than that of a
/// dry run, and that to who attests, name it themselves.
fn sealed_under(request: &dyn Typed) -> Option<MaterialId> {
    request.member("DryRun").or_else(|| request.member("Recipient"))?;
    let Some(Seen::Bytes(blob)) = request.member("CiphertextBlob") else { return None };
    let is_left_aside =
        matches!(request.member("DryRunModifiers"), Some(Seen::List(modifiers)) if !modifiers.is_empty());
    let blob = Blob::parse(blob).ok().filter(|_| !is_left_aside)?;
    Some(*blob.material_id())
}

impl Facts<'_> {
    /// Whether the record shows what was asked, and of what. Of a call that authorization did not let through it shows
    /// nothing (AUD-84).
    fn shows_request(&self) -> bool {
        self.authorized && !self.reply.as_ref().is_err_and(shows_nothing)
    }
}

/// Adds the records of a call: its own first, one for each account that is told of it, then those of what it has caused
/// (AUD-191), and of the VPC endpoint through which it came.
pub(crate) fn of_call(mut facts: Facts<'_>, records: &mut Vec<Record>) {
    let parameters = facts.asked.as_mut().and_then(|asked| asked.parameters.take());
    let facts = &facts;
    let parameters = parameters.filter(|_| facts.shows_request());
    let body = deliveries::of(record::body(facts, parameters), facts, records);
    caused::of(facts, &body, records);
    // Few calls need further ids, and those that do draw them in this order.
    let mut further = None;
    let mut id = || further.get_or_insert_with(|| Ids::further(&facts.call.entropy).skip(1)).next();
    for made in facts.made {
        records.extend(id().map(|id| caused::managed(made, &body, id)));
    }
    if facts.call.recording.network_activity {
        records.extend(id().and_then(|id| network::of(facts, &body.identity, id)));
    }
}
