//! The encryption contexts that records show.

use super::recorder::Span;
use crate::{
    audit::filter::Filter,
    ciphertext::Context,
    time::Time,
    wire::Value,
    world::{World, lock},
};

/// The parameters that have one.
const PARAMETERS: [&str; 3] = ["encryptionContext", "sourceEncryptionContext", "destinationEncryptionContext"];

/// How many of the newest records are read.
const MOST_READ: usize = 10_000;

/// Where an encryption context stands.
pub(in crate::world) struct Recorded {
    pub(in crate::world) operation: String,
    pub(in crate::world) time: Time,
    pub(in crate::world) event: Option<String>,
}

impl World {
    /// Gives `take` the encryption contexts of what was recorded, newest first, until it wants no more.
    pub(in crate::world) fn recorded_contexts(&self, take: &mut dyn FnMut(Context, Recorded) -> bool) {
        let kept = lock(&self.journal).recorder.read();
        let mut read = 0;
        kept.search(&Filter::default(), Span { newest_first: true, ..Span::ALL }, &mut |_, told| {
            read += 1;
            if !told.mentions("ncryptionContext") {
                return read < MOST_READ;
            }
            let [parameters, ..] = told.shown();
            let contexts = PARAMETERS.iter().filter_map(|name| context(parameters.member(name)?));
            let mut wants = true;
            for context in contexts {
                let (operation, event) = (told.name().to_owned(), told.ids().event);
                wants = wants && take(context, Recorded { operation, time: told.time(), event });
            }
            wants && read < MOST_READ
        });
    }
}

fn context(value: &Value) -> Option<Context> {
    let Value::Map(pairs) = value else { return None };
    pairs.iter().map(|(name, value)| Some((name.to_string(), value.as_text()?.to_owned()))).collect()
}
