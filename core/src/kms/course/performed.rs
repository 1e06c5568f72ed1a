//! What was performed, what it has changed, and what is recorded of it.

use super::{CourseWriter, some};
use crate::{
    external::Exchange,
    state::{Change, Mark},
    wire::{self, Name, Seen, Value},
};

impl CourseWriter<'_> {
    /// The cryptography of the call, or what else its handler has done.
    pub(super) fn performance(&self) -> Value {
        let request = self.request.as_ref().map(|request| request.typed());
        let flag = |name| matches!(request.and_then(|request| request.member(name)), Some(Seen::Flag(true)));
        let mut facts = vec![
            (Name::Borrowed("cryptographic"), Value::Bool(self.is_cryptographic())),
            (Name::Borrowed("dryRun"), Value::Bool(flag("DryRun"))),
        ];
        facts.extend(self.context());
        facts.extend(some("given", self.given().into_iter()));
        facts.extend(some("answered", self.answered().into_iter()));
        facts.extend(some("exchanges", self.trail.exchanges.iter().map(Exchange::to_value)));
        if self.trail.caught_up.is_some() {
            facts.push((Name::Borrowed("caughtUp"), Value::Bool(true)));
        }
        Value::Map(facts)
    }

    fn is_cryptographic(&self) -> bool {
        self.operation.is_some_and(|operation| operation.is_cryptographic() || operation.name == "GenerateRandom")
    }

    /// The encryption contexts of the request: what is authenticated with a ciphertext, and kept in no secret.
    fn context(&self) -> Vec<(Name, Value)> {
        let Some(request) = &self.request else { return Vec::new() };
        let members = ["EncryptionContext", "SourceEncryptionContext", "DestinationEncryptionContext"];
        let contexts = members.into_iter().filter_map(|name| match request.typed().member(name)? {
            Seen::Pairs(pairs) if !pairs.is_empty() => {
                let pairs = pairs.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect();
                Some(Value::from([("member", Value::from(name)), ("pairs", pairs)]))
            }
            _ => None,
        });
        some("contexts", contexts)
    }

    /// The changes by their numbers, with table and name of the row; rows stand in the journal. And the keys whose last use
    /// is noted.
    pub(super) fn changes(&self) -> Value {
        let basis = self.kms.state.revision();
        let changes = self.ended.changes.iter().zip(basis + 1..).map(|(change, number)| row_of(change, number));
        let mut facts = vec![(Name::Borrowed("count"), Value::count(self.ended.changes.len()))];
        facts.extend(some("changes", changes));
        let marks = self.ended.ids.map(|ids| super::Kms::uses(self.call, self.trail, ids)).unwrap_or_default();
        let used = marks.iter().filter_map(|mark| match mark {
            Mark::LastUses { key, .. } => Some(key.to_string().into()),
            _ => None,
        });
        facts.extend(some("lastUseOf", used));
        Value::Map(facts)
    }

    /// The records that are made of the call, one for each account that is told.
    pub(super) fn records(&self) -> Value {
        let records = self.ended.records.iter().map(|record| {
            Value::from([
                ("eventId", Value::from(record.event_id().to_string())),
                ("eventName", record.name().into()),
                ("account", record.account().to_string().into()),
                ("region", record.region().to_string().into()),
                ("service", Value::Bool(record.is_service_event())),
            ])
        });
        Value::Map(some("records", records))
    }
}

/// A change, without the row itself: `number`, `table`, `key`, and whether the row is `removed`.
fn row_of(change: &Change, number: u64) -> Value {
    let text = serde_json::to_vec(&change.open()).ok();
    let written = text.and_then(|text| wire::from_json(&text).ok()).unwrap_or_default();
    let member = |name: &str| written.member(name).cloned().unwrap_or_default();
    Value::from([
        ("number", Value::count(number)),
        ("table", member("table")),
        ("key", member("key")),
        ("removed", Value::Bool(member("row") == Value::Null)),
    ])
}
