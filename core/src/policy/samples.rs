//! Values by which a condition is tried: among them stand some that satisfy it, where it can be satisfied, and some that do
//! not.

use super::{condition::Condition, facts::Facts, operator::Family, weighing::Weighing};
use crate::wire::decimal;

/// A text that no policy means.
const STRANGER: &str = "pocket-kms-witness";

impl Condition {
    /// Values with which the condition may hold, and others.
    pub(crate) fn samples(&self) -> Vec<String> {
        let expected: Vec<&str> = self.expected().collect();
        let own = |text: &str| text.to_owned();
        let mut samples: Vec<String> = match self.operator().comparison.family() {
            Family::Bool | Family::Null => ["true", "false", STRANGER].map(own).into(),
            Family::Numeric(_) => expected.iter().flat_map(|text| around(text)).collect(),
            Family::Date(_) => {
                let far = ["2000-01-01T00:00:00Z", "2199-01-01T00:00:00Z"];
                expected.iter().copied().chain(far).map(own).collect()
            }
            Family::Address => {
                let networks = expected.iter().map(|text| text.split('/').next().unwrap_or(text));
                networks.chain(["198.51.100.7", "2001:db8:5::7", "203.0.113.77"]).map(own).collect()
            }
            Family::Binary => expected.iter().copied().chain(["AA=="]).map(own).collect(),
            Family::Arn => {
                let filled = expected.iter().flat_map(|text| ["x", "123456789012"].map(|fill| filled(text, fill)));
                filled.chain(["arn:aws:iam::123456789012:role/pocket-kms-witness".to_owned()]).collect()
            }
            Family::Equal | Family::EqualButForCase => {
                expected.iter().map(|text| literal(text)).chain([own(STRANGER)]).collect()
            }
            Family::Like => {
                let filled = expected.iter().flat_map(|text| ["", "x", "0"].map(|fill| filled(text, fill)));
                filled.chain([own(STRANGER)]).collect()
            }
        };
        samples.dedup();
        samples
    }

    /// Whether the condition holds for a request.
    pub(crate) fn holds_for(&self, facts: &dyn Facts) -> bool {
        self.holds(&Weighing::new(facts))
    }
}

/// A number, and numbers before and behind it.
fn around(text: &str) -> Vec<String> {
    let near = decimal(text).map(|number| [number - 1.0, number + 1.0].map(|number| number.to_string()));
    [text.to_owned()].into_iter().chain(near.into_iter().flatten()).collect()
}

/// A text that a pattern matches: its wildcards are filled.
fn filled(pattern: &str, fill: &str) -> String {
    let single = fill.chars().next().unwrap_or('x').to_string();
    literal(&pattern.replace("${*}", "\u{1}").replace("${?}", "\u{2}").replace('*', fill).replace('?', &single))
        .replace('\u{1}', "*")
        .replace('\u{2}', "?")
}

fn literal(text: &str) -> String {
    text.replace("${*}", "*").replace("${?}", "?").replace("${$}", "$")
}
