//! The encryption contexts that may have been meant, and from where each is known.

use std::collections::BTreeSet;

use crate::{
    ciphertext::Context,
    names::{GrantId, GrantName, KeyArn},
    order::set,
    state::State,
    wire::Value,
    world::{World, audit::Recorded},
};

/// How many contexts are tried.
const MOST_TRIED: usize = 1000;

/// From where a context is known.
pub(super) enum Source {
    /// It has no pairs.
    Empty,
    /// It is the one that was given without one of its pairs.
    Without(String),
    /// It is the one that was given, without spaces at the ends of its texts.
    Trimmed,
    /// A constraint of a grant has it.
    Grant(GrantId),
    /// A record shows it.
    Record(Recorded),
}

impl Source {
    /// A sentence about it.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Empty => "It opens without an encryption context.".to_owned(),
            Self::Without(name) => {
                format!("It opens with the encryption context that was given without the pair \"{name}\".")
            }
            Self::Trimmed => {
                "It opens with the encryption context that was given without the spaces at the ends of its texts."
                    .to_owned()
            }
            Self::Grant(grant) => format!("It opens with the encryption context that the grant {grant} demands."),
            Self::Record(Recorded { operation, .. }) => {
                format!("It opens with an encryption context that a record of {operation} shows.")
            }
        }
    }

    pub(super) fn to_value(&self) -> Value {
        let (kind, grant, record) = match self {
            Self::Empty => ("empty", None, None),
            Self::Without(_) => ("shorter", None, None),
            Self::Trimmed => ("trimmed", None, None),
            Self::Grant(grant) => ("grant", Some(grant), None),
            Self::Record(record) => ("record", None, Some(record)),
        };
        Value::named(&mut [
            ("Kind", Some(kind.into())),
            ("GrantId", grant.map(|grant| grant.to_string().into())),
            ("EventId", record.and_then(|record| record.event.as_deref()).map(Value::from)),
            ("EventName", record.map(|record| record.operation.as_str().into())),
            ("EventTime", record.map(|record| Value::Time(record.time))),
        ])
    }
}

/// Tries contexts, each once, until one opens.
struct Tries<'a> {
    opens: &'a dyn Fn(&Context) -> bool,
    tried: BTreeSet<Context>,
    found: Option<(Context, Source)>,
}

impl Tries<'_> {
    /// Whether it is worth to go on.
    fn on(&mut self, context: Context, source: Source) -> bool {
        if self.found.is_some() || self.tried.len() >= MOST_TRIED {
            return false;
        }
        if self.tried.insert(context.clone()) && (self.opens)(&context) {
            self.found = Some((context, source));
        }
        self.found.is_none()
    }
}

/// The context under which something opens, among those that are known, and how many were tried.
pub(super) fn search(
    world: &World,
    state: &State,
    keys: &[KeyArn],
    given: &Context,
    opens: &dyn Fn(&Context) -> bool,
) -> (usize, Option<(Context, Source)>) {
    let mut tries = Tries { opens, tried: set([given.clone()]), found: None };
    near(given, &mut tries);
    for key in keys {
        let grants = state.grants_behind(GrantName { key: *key, id: GrantId::FIRST });
        let constraints = grants.filter_map(|(name, row)| Some((name.id, row.context.as_ref()?)));
        for (grant, constraint) in constraints.take(MOST_TRIED) {
            let pairs = constraint.pairs.iter().map(|(name, value)| (name.to_string(), value.to_string()));
            tries.on(pairs.collect(), Source::Grant(grant));
        }
    }
    world.recorded_contexts(&mut |context, record| tries.on(context, Source::Record(record)));
    // The one that was given is not another one.
    (tries.tried.len() - 1, tries.found)
}

/// Those that differ a little from the one that was given.
fn near(given: &Context, tries: &mut Tries<'_>) {
    tries.on(Context::new(), Source::Empty);
    let trimmed = given.iter().map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
    tries.on(trimmed.collect(), Source::Trimmed);
    for name in given.keys() {
        let mut shorter = given.clone();
        shorter.remove(name);
        tries.on(shorter, Source::Without(name.clone()));
    }
}
