//! What is asserted: how many, all, or in which order.

use std::fmt;

use crate::{audit::filter::Filter, error::Error, state::FormValue, wire::Value};

/// The most steps of an order.
const MOST: usize = 100;

/// The operations whose requests have an encryption context.
pub(super) const WITH_CONTEXT: [&str; 7] = [
    "Decrypt",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncrypt",
];

/// What is asserted of the records that a filter means.
pub(super) enum Rule {
    /// This many actions.
    Count { least: usize, most: usize, words: String },
    /// Each of them is as this filter says.
    All(Filter),
    /// These are among them, behind one another.
    InOrder(Vec<Filter>),
}

impl Rule {
    /// Reads the rule of a question: one of `times`, `at_least`, `at_most`, `never`, `all` and `in_order`; without one, at
    /// least one action is expected.
    pub(super) fn read(
        said: &FormValue<'_>,
        values: [&Value; 6],
        filter: impl Fn(&FormValue<'_>) -> Result<Filter, Error>,
    ) -> Result<Self, Error> {
        let [times, at_least, at_most, never, all, in_order] = values;
        let counts = [("times", times), ("at_least", at_least), ("at_most", at_most)];
        let mut rules = Vec::new();
        for (place, (name, value)) in counts.into_iter().enumerate() {
            let Some(count) = said.within(name, value).maybe_number(u32::MAX)? else { continue };
            let count = count as usize;
            let (least, most) =
                [(count, count), (count, usize::MAX), (0, count)].get(place).copied().unwrap_or_default();
            let words = ["exactly", "at least", "at most"].get(place).copied().unwrap_or_default();
            let noun = if count == 1 { "record" } else { "records" };
            rules.push(Self::Count { least, most, words: format!("{words} {count} {noun}") });
        }
        if said.within("never", never).maybe_flag()? == Some(true) {
            rules.push(Self::Count { least: 0, most: 0, words: "no record".to_owned() });
        }
        if *all != Value::Null {
            rules.push(Self::All(filter(&FormValue::named("all", all))?));
        }
        if *in_order != Value::Null {
            rules.push(Self::steps(&said.within("in_order", in_order), filter)?);
        }
        match (rules.pop(), rules.is_empty()) {
            (None, _) => Ok(Self::Count { least: 1, most: usize::MAX, words: "a record".to_owned() }),
            (Some(rule), true) => Ok(rule),
            (Some(_), false) => {
                Err(said.wrong("has several rules: say one of times, atLeast, atMost, never, all and inOrder"))
            }
        }
    }

    fn steps(said: &FormValue<'_>, filter: impl Fn(&FormValue<'_>) -> Result<Filter, Error>) -> Result<Self, Error> {
        let values = said.list("a list of filters", MOST)?;
        if values.is_empty() {
            return Err(said.wrong("is empty: name what is expected, in its order"));
        }
        let step = |(place, value): (usize, &Value)| {
            // An operation stands for a filter of operations.
            let named = value.as_text().map(|_| Value::from([("operation", value.clone())]));
            filter(&said.within(&format!("[{place}]"), named.as_ref().unwrap_or(value)))
        };
        values.iter().enumerate().map(step).collect::<Result<_, _>>().map(Self::InOrder)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count { words, .. } => f.write_str(words),
            Self::All(_) => f.write_str("all records"),
            Self::InOrder(_) => f.write_str("records in order"),
        }
    }
}
