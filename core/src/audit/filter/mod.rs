//! The one way to say which records are meant (AUD-216): for history, exports, assertions and whatever else asks.

mod keys;
mod parts;
mod reading;

pub(crate) use keys::{KeyName, mark_of};
use parts::Part;
pub(crate) use reading::{Written, operations};

use super::any_record::AnyRecord;

/// Which records are meant: those of which everything holds that it says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// What is cheap to ask comes first.
    parts: Vec<Part>,
}

/// A member of a filter that does not hold of a record: what is wanted, and what the record has.
#[derive(Clone, Debug)]
pub(crate) struct Miss {
    pub(crate) member: &'static str,
    pub(crate) wanted: String,
    pub(crate) found: String,
    /// How far a record is from what is meant that differs here.
    pub(crate) weight: u32,
}

impl Filter {
    /// Whether a record is meant.
    pub(crate) fn matches(&self, told: AnyRecord<'_>) -> bool {
        self.parts.iter().all(|part| part.holds(told))
    }

    /// Every member that does not hold of a record.
    pub(crate) fn misses(&self, told: AnyRecord<'_>) -> Vec<Miss> {
        self.parts.iter().filter(|part| !part.holds(told)).map(|part| part.miss(told)).collect()
    }

    /// The keys that are meant, for an index: `None` where a filter names none, or by a name that leads to none.
    pub(crate) fn keys(&self) -> Option<&[KeyName]> {
        let keys = self.parts.iter().find_map(|part| match part {
            Part::Key(keys) => Some(&keys[..]),
            _ => None,
        })?;
        keys.iter().all(KeyName::is_marked).then_some(keys)
    }

    /// Whether operations are named.
    pub(crate) fn has_operation(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Operation(_)))
    }

    /// Whether something is said of the encryption context.
    pub(crate) fn has_context(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Context(_)))
    }

    /// What is meant, in words: `operation Decrypt, key 1234abcd-...`.
    pub(crate) fn shown(&self) -> String {
        let shown: Vec<String> = self.parts.iter().map(|part| [part.member(), " ", &part.wanted()].concat()).collect();
        if shown.is_empty() { "anything".to_owned() } else { shown.join(", ") }
    }

    /// The same filter, of records that show what was asked alone: CloudTrail does not of calls that were refused early.
    pub(crate) fn with_parameters(mut self) -> Self {
        self.parts.push(Part::Parameters);
        self
    }

    /// The same filter with another condition on operations.
    pub(crate) fn of_operations(mut self, names: Vec<String>) -> Self {
        self.parts.retain(|part| !matches!(part, Part::Operation(_)));
        self.parts.insert(0, Part::Operation(names));
        self
    }
}
