//! One condition: an operator, a condition key, and the values that the policy expects.

use std::cmp::Ordering;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::constants::{Decimal, Moment, Range, Ranges};
use super::facts::{Values, folded};
use super::operator::{Family, Operator, Relation, SetOperator};
use super::pattern::{Dialect, Pattern, sixth_field};
use super::weighing::{Actual, Column, Sorted, Weighing};

/// A condition of a statement, compiled.
#[derive(Clone, Debug)]
pub struct Condition {
    operator: Operator,
    key: Box<str>,
    name: Box<str>,
    expected: Box<[Box<str>]>,
    test: Test,
}

/// The expected values as constants of the operator's type.
#[derive(Clone, Debug)]
enum Test {
    Text(Box<[Pattern]>),
    Bool(Box<[Pattern]>),
    Arn(Box<[Pattern]>),
    Number(Relation, Sorted<Decimal<'static>>),
    Date(Relation, Sorted<Moment>),
    Bytes(Sorted<Vec<u8>>),
    Address(Ranges),
    Null(Box<[Option<bool>]>),
}

/// How many different values a condition compares, and how many of them equal a constant (or relate to one as the
/// operator requires).
struct Tally {
    matched: usize,
    all: usize,
    /// Whether a further value has a type that is not the operator's. Such a value satisfies neither a comparison nor
    /// its negation.
    strangers: bool,
}

impl Condition {
    /// Compiles a condition; `variables` says whether the document's version knows them.
    pub(super) fn compile(operator: Operator, key: &str, expected: Vec<String>, variables: bool) -> Self {
        Self {
            operator,
            key: key.into(),
            name: folded(key).into(),
            test: Test::compile(operator.comparison.family(), &expected, variables),
            expected: expected.into_iter().map(Into::into).collect(),
        }
    }

    /// The operator.
    pub fn operator(&self) -> Operator {
        self.operator
    }

    /// The condition key, as the policy writes it.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The values that the policy expects, as it writes them.
    pub fn expected(&self) -> impl Iterator<Item = &str> {
        self.expected.iter().map(|value| &**value)
    }

    /// The name of the condition key, in lower case.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The expected values as patterns; none where they are of another type.
    pub(super) fn patterns(&self) -> &[Pattern] {
        match &self.test {
            Test::Text(patterns) | Test::Bool(patterns) | Test::Arn(patterns) => patterns,
            Test::Number(..) | Test::Date(..) | Test::Bytes(_) | Test::Address(_) | Test::Null(_) => &[],
        }
    }

    /// Whether every text can be compared, and not ARNs alone.
    pub(super) const fn compares_texts(&self) -> bool {
        matches!(self.test, Test::Text(_))
    }

    /// Whether one of the expected values has the operator's type.
    pub(super) fn has_constants(&self) -> bool {
        match &self.test {
            Test::Text(patterns) | Test::Bool(patterns) | Test::Arn(patterns) => !patterns.is_empty(),
            Test::Number(_, numbers) => !numbers.values.is_empty(),
            Test::Date(_, moments) => !moments.values.is_empty(),
            Test::Bytes(constants) => !constants.values.is_empty(),
            Test::Address(ranges) => ranges.len() > 0,
            Test::Null(_) => true,
        }
    }

    /// Whether all of the expected values have the operator's type.
    pub(super) fn is_comparable(&self) -> bool {
        self.test.all_comparable()
    }

    /// What `Null` says of a key that is absent, or present; `None` for other operators.
    pub(super) fn null_for(&self, absent: bool) -> Option<bool> {
        match &self.test {
            Test::Null(expected) => Some(expected.contains(&Some(absent))),
            _ => None,
        }
    }

    /// Whether the condition holds for a request without the key.
    pub(super) fn holds_for_none(&self) -> bool {
        match self.operator.set {
            None => self.operator.if_exists || self.operator.comparison.negated(),
            Some(SetOperator::ForAllValues) => true,
            Some(SetOperator::ForAnyValue) => self.operator.if_exists,
        }
    }

    /// What the request has under this condition's key.
    pub(super) fn actual<'a>(&'a self, weighing: &Weighing<'a>) -> Actual<'a> {
        weighing.actual(&self.name)
    }

    /// Whether the request satisfies the condition.
    pub(super) fn holds<'a>(&'a self, weighing: &Weighing<'a>) -> bool {
        match self.actual(weighing) {
            Actual::Few(values) => self.holds_for_few(values.as_ref(), weighing),
            Actual::Many(column) => self.holds_for_many(&column, weighing),
        }
    }

    fn holds_for_few(&self, actual: Option<&Values<'_>>, weighing: &Weighing<'_>) -> bool {
        if let Test::Null(expected) = &self.test {
            let absent = actual.is_none_or(|values| values.as_slice().is_empty());
            return expected.contains(&Some(absent));
        }
        match (self.operator.set, actual) {
            (None, None) => self.holds_for_none(),
            (None, Some(Values::One(value))) => self.satisfied_by(value, weighing),
            // A multivalued key needs a set operator even when it has only one value.
            (None, Some(Values::Many(_))) => false,
            (Some(set), _) => self.holds_for_set(set, actual, weighing),
        }
    }

    fn holds_for_set(&self, set: SetOperator, actual: Option<&Values<'_>>, weighing: &Weighing<'_>) -> bool {
        let mut values = actual.map_or(&[][..], Values::as_slice).iter();
        match set {
            SetOperator::ForAllValues => values.all(|value| self.satisfied_by(value, weighing)),
            SetOperator::ForAnyValue if values.len() == 0 => self.holds_for_none(),
            SetOperator::ForAnyValue => values.any(|value| self.satisfied_by(value, weighing)),
        }
    }

    /// As [`Condition::holds_for_few`], for a key that has at least one value: compares all values at once.
    fn holds_for_many(&self, column: &Column<'_>, weighing: &Weighing<'_>) -> bool {
        let negated = self.operator.comparison.negated();
        let satisfied = |tally: &Tally| match tally {
            _ if !self.test.all_comparable() && negated => (0, false),
            tally if negated => (tally.all - tally.matched, tally.matched == 0 && !tally.strangers),
            tally => (tally.matched, tally.matched == tally.all && !tally.strangers),
        };
        match (&self.test, self.operator.set, &column.values) {
            (Test::Null(expected), ..) => expected.contains(&Some(false)),
            (_, None, Values::Many(_)) => false,
            (_, None | Some(SetOperator::ForAllValues), _) => satisfied(&self.test.tally(column, weighing)).1,
            (_, Some(SetOperator::ForAnyValue), _) => satisfied(&self.test.tally(column, weighing)).0 > 0,
        }
    }

    /// Whether one value of the request satisfies the comparison. A value whose type is not the operator's
    /// satisfies neither a comparison nor its negation.
    fn satisfied_by(&self, actual: &str, weighing: &Weighing<'_>) -> bool {
        let any = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.matches(actual, weighing));
        let matched = match &self.test {
            Test::Text(patterns) => Some(any(patterns)),
            Test::Bool(patterns) => boolean(actual).map(|_| any(patterns)),
            Test::Arn(patterns) => Some(sixth_field(actual).is_some() && any(patterns)),
            Test::Number(relation, numbers) => {
                Decimal::parse(actual).map(|actual| numbers.any_related(*relation, &actual))
            }
            Test::Date(relation, moments) => {
                Moment::parse(actual).map(|actual| moments.any_related(*relation, &actual))
            }
            Test::Bytes(constants) => {
                BASE64.decode(actual).ok().map(|actual| constants.any_related(Relation::Equal, &actual))
            }
            Test::Address(ranges) => actual.parse().ok().map(|actual| ranges.contain(actual)),
            Test::Null(_) => None,
        };
        weighing.steps.add(1 + actual.len());
        if self.operator.comparison.negated() {
            matched == Some(false) && self.test.all_comparable()
        } else {
            matched == Some(true)
        }
    }
}

impl Test {
    fn compile(family: Family, expected: &[String], variables: bool) -> Self {
        let patterns = |dialect| each(expected, |text| Pattern::compile(text, dialect, variables));
        match family {
            Family::Equal => Self::Text(patterns(Dialect::Literal)),
            Family::EqualButForCase => Self::Text(patterns(Dialect::Folded)),
            Family::Like => Self::Text(patterns(Dialect::Like)),
            Family::Bool => Self::Bool(patterns(Dialect::Folded)),
            Family::Arn => Self::Arn(each(expected, |text| arn_pattern(text, variables))),
            Family::Numeric(relation) => {
                let numbers = expected.iter().map(|text| Decimal::parse(text).map(Decimal::into_owned));
                Self::Number(relation, Sorted::new(numbers))
            }
            Family::Date(relation) => {
                Self::Date(relation, Sorted::new(expected.iter().map(|text| Moment::parse(text))))
            }
            Family::Binary => Self::Bytes(Sorted::new(expected.iter().map(|text| BASE64.decode(text).ok()))),
            Family::Address => Self::Address(Ranges::new(expected.iter().map(|text| Range::parse(text)))),
            Family::Null => Self::Null(each(expected, boolean)),
        }
    }

    /// Whether all constants have the operator's type. A single one that does not keeps a negation from holding.
    fn all_comparable(&self) -> bool {
        match self {
            Self::Text(_) | Self::Bool(_) | Self::Arn(_) | Self::Null(_) => true,
            Self::Number(_, numbers) => !numbers.strangers,
            Self::Date(_, moments) => !moments.strangers,
            Self::Bytes(constants) => !constants.strangers,
            Self::Address(ranges) => !ranges.strangers,
        }
    }

    fn tally(&self, column: &Column<'_>, weighing: &Weighing<'_>) -> Tally {
        let steps = &weighing.steps;
        match self {
            Self::Text(patterns) => {
                let folded = patterns.first().is_some_and(Pattern::is_folded);
                let texts = column.texts(folded, steps);
                Tally { matched: texts.matched(patterns, weighing).count(), all: texts.count(), strangers: false }
            }
            Self::Arn(patterns) => {
                let texts = column.texts(false, steps);
                let matched = texts.matched(patterns, weighing).and(column.arns(steps));
                Tally { matched: matched.count(), all: texts.count(), strangers: false }
            }
            Self::Bool(patterns) => {
                let actual = column.booleans(steps);
                let matches = |value: &&bool| {
                    let text = if **value { "true" } else { "false" };
                    patterns.iter().any(|pattern| pattern.matches(text, weighing))
                };
                Tally {
                    matched: actual.values.iter().filter(matches).count(),
                    all: actual.values.len(),
                    strangers: actual.strangers,
                }
            }
            Self::Number(relation, numbers) => numbers.tally(*relation, column.numbers(steps), weighing),
            Self::Date(relation, moments) => moments.tally(*relation, column.moments(steps), weighing),
            Self::Bytes(constants) => constants.tally(Relation::Equal, column.bytes(steps), weighing),
            Self::Address(ranges) => {
                let actual = column.addresses(steps);
                steps.add(ranges.len());
                let matched = ranges.contained(&actual.values);
                Tally { matched, all: actual.values.len(), strangers: actual.strangers }
            }
            Self::Null(_) => Tally { matched: 0, all: 0, strangers: true },
        }
    }
}

/// The constants of a condition, in order.
impl<T: Ord> Sorted<T> {
    /// Whether a value has this relation to one of the constants.
    fn any_related(&self, relation: Relation, actual: &T) -> bool {
        let with = |constant: Option<&T>| constant.is_some_and(|constant| relation.holds(actual.cmp(constant)));
        match relation {
            Relation::Equal => self.values.binary_search(actual).is_ok(),
            Relation::Less | Relation::LessOrEqual => with(self.values.last()),
            Relation::Greater | Relation::GreaterOrEqual => with(self.values.first()),
        }
    }

    fn tally(&self, relation: Relation, actual: &Self, weighing: &Weighing<'_>) -> Tally {
        weighing.steps.add(self.values.len());
        let values = &actual.values;
        let below = |constant: Option<&T>, lower: fn(Ordering) -> bool| {
            constant.map(|constant| values.partition_point(|value| lower(value.cmp(constant))))
        };
        let matched = match relation {
            Relation::Equal => self.values.iter().filter(|constant| values.binary_search(constant).is_ok()).count(),
            Relation::Less => below(self.values.last(), Ordering::is_lt).unwrap_or(0),
            Relation::LessOrEqual => below(self.values.last(), Ordering::is_le).unwrap_or(0),
            Relation::Greater => values.len() - below(self.values.first(), Ordering::is_le).unwrap_or(values.len()),
            Relation::GreaterOrEqual => {
                values.len() - below(self.values.first(), Ordering::is_lt).unwrap_or(values.len())
            }
        };
        Tally { matched, all: values.len(), strangers: actual.strangers }
    }
}

fn each<T>(texts: &[String], compile: impl Fn(&str) -> T) -> Box<[T]> {
    texts.iter().map(|text| compile(text)).collect()
}

/// A bare `*` matches every ARN. The guide is silent about it; policies in the wild rely on it.
fn arn_pattern(text: &str, variables: bool) -> Pattern {
    let dialect = if text == "*" { Dialect::Like } else { Dialect::Arn };
    Pattern::compile(text, dialect, variables)
}

pub(super) fn boolean(text: &str) -> Option<bool> {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    match () {
        () if is("true") => Some(true),
        () if is("false") => Some(false),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::facts::{Context, Facts};
    use super::*;

    fn condition(operator: &str, expected: &[&str]) -> Condition {
        let operator = Operator::parse(operator).expect(operator);
        let expected = expected.iter().map(|&text| text.to_owned()).collect();
        Condition::compile(operator, "Test:Key", expected, true)
    }

    /// Whether a condition holds. Both ways to compare must agree.
    fn satisfied(condition: &Condition, facts: &dyn Facts) -> bool {
        let weighing = Weighing::new(facts);
        let Some(values) = facts.value(&condition.name) else { return condition.holds(&weighing) };
        let few = condition.holds_for_few(Some(&values), &weighing);
        if !values.as_slice().is_empty() {
            let column = Column::new(values);
            assert_eq!(condition.holds_for_many(&column, &weighing), few, "{condition:?}");
        }
        few
    }

    /// Whether the operator accepts `actual` where the policy expects `expected`.
    fn holds(operator: &str, expected: &[&str], actual: &str) -> bool {
        satisfied(&condition(operator, expected), &Context::new().with("test:key", actual))
    }

    fn holds_for_many(operator: &str, expected: &[&str], actual: &[&str]) -> bool {
        satisfied(&condition(operator, expected), &Context::new().with_many("test:key", actual.iter().copied()))
    }

    #[test]
    fn relations_hold_as_they_are_named() {
        for (name, less, equal, greater) in [
            ("Equals", false, true, false),
            ("NotEquals", true, false, true),
            ("LessThan", true, false, false),
            ("LessThanEquals", true, true, false),
            ("GreaterThan", false, false, true),
            ("GreaterThanEquals", false, true, true),
        ] {
            let numbers = ["9.5", "10", "10.5"].map(|actual| holds(&format!("Numeric{name}"), &["10.0"], actual));
            assert_eq!(numbers, [less, equal, greater], "Numeric{name}");
            let dates = ["2023-12-31T23:59:59.9Z", "1704067200", "2024-01-01T00:00:00.1Z"];
            let dates = dates.map(|actual| holds(&format!("Date{name}"), &["2024-01-01T01:00:00+01:00"], actual));
            assert_eq!(dates, [less, equal, greater], "Date{name}");
        }
    }

    #[test]
    fn a_value_of_another_type_satisfies_neither_a_comparison_nor_its_negation() {
        for (positive, negative, constant, other) in [
            ("NumericEquals", "NumericNotEquals", "1", "one"),
            ("DateEquals", "DateNotEquals", "2024-01-01", "tomorrow"),
            ("IpAddress", "NotIpAddress", "192.0.2.0/24", "localhost"),
        ] {
            assert!(!holds(positive, &[constant], other) && !holds(negative, &[constant], other), "{other}");
            assert!(!holds(positive, &[other], constant) && !holds(negative, &[other], constant), "{constant}");
        }
        assert!(holds("ArnNotLike", &["arn:aws:iam::1:role/*"], "AROAEXAMPLE"), "text is not like an ARN");
    }

    #[test]
    fn a_missing_key_satisfies_negations_and_if_exists_only() {
        for &comparison in super::super::operator::Comparison::ALL {
            let name = comparison.name();
            if name != "Null" {
                assert_eq!(condition(name, &["true"]).holds(&Weighing::new(&())), name.contains("Not"), "{name}");
                assert!(condition(&format!("{name}IfExists"), &["true"]).holds(&Weighing::new(&())), "{name}");
            }
            assert!(condition(&format!("ForAllValues:{name}"), &["true"]).holds(&Weighing::new(&())), "{name}");
            let any = condition(&format!("ForAnyValue:{name}"), &["true"]).holds(&Weighing::new(&()));
            assert_eq!(any, name == "Null", "{name}");
        }
    }

    #[test]
    fn a_multivalued_key_needs_a_set_operator() {
        assert!(!holds_for_many("StringEquals", &["a"], &["a"]));
        assert!(!holds_for_many("StringNotEquals", &["b"], &["a"]));
        assert!(!holds_for_many("StringEqualsIfExists", &["a"], &["a"]));
        assert!(holds_for_many("ForAnyValue:StringEquals", &["a"], &["b", "a"]));
        assert!(holds("ForAllValues:StringEquals", &["a"], "a"), "one value is a set of one");
    }

    #[test]
    fn null_asks_whether_there_is_a_value() {
        assert!(
            condition("Null", &["TRUE"]).holds(&Weighing::new(&()))
                && !condition("Null", &["false"]).holds(&Weighing::new(&()))
        );
        assert!(holds("Null", &["false"], "") && !holds("Null", &["true"], ""));
        assert!(holds_for_many("Null", &["true"], &[]) && holds_for_many("Null", &["false"], &["a"]));
        assert!(!holds("Null", &["maybe"], "a") && holds("Null", &["true", "false"], "a"));
    }

    #[test]
    fn booleans_are_true_or_false() {
        assert!(holds("Bool", &["TRUE"], "true") && !holds("Bool", &["yes"], "yes"));
    }

    #[test]
    fn binary_values_are_compared_byte_for_byte() {
        assert!(holds("BinaryEquals", &["QmluYXJ5"], "QmluYXJ5"));
        assert!(!holds("BinaryEquals", &["QmluYXJ5"], "Binary") && !holds("BinaryEquals", &["Binary"], "Binary!"));
    }

    #[test]
    fn a_bare_star_is_like_every_arn() {
        assert!(holds("ArnLike", &["*"], "arn:aws:sns:us-east-1:111122223333:T"));
        assert!(!holds("ArnLike", &["*"], "T") && !holds("ArnLike", &["arn:aws:sns:*"], "arn:aws:sns:a:1:T"));
    }

    #[test]
    fn a_variable_without_a_value_equals_nothing() {
        assert!(!holds("StringEquals", &["${aws:username}"], "bob"));
        assert!(holds("StringNotEquals", &["${aws:username}"], "bob"));
        assert!(holds("StringEquals", &["${aws:username, 'bob'}"], "bob"));
        assert!(!holds("StringNotLike", &["${aws:username}", "b*"], "bob"));
    }

    const VALUES: &[&str] = &[
        "",
        "true",
        "FALSE",
        "10",
        "9.5",
        "-3",
        "2024-01-01",
        "1704067200",
        "192.0.2.7",
        "2001:db8::1",
        "QmluYXJ5",
        "arn:aws:iam::1:role/a",
        "arn:aws:iam::1:role/b",
        "a",
        "A",
        "ab",
    ];
    const CONSTANTS: &[&str] = &[
        "true",
        "10",
        "9.5",
        "2024-01-01",
        "192.0.2.0/24",
        "192.0.2.0/29",
        "2001:db8::/32",
        "QmluYXJ5",
        "a",
        "a*",
        "*",
        "arn:aws:iam::*:role/a",
        "${aws:username}",
        "?",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

        #[test]
        fn all_values_at_once_are_judged_as_one_by_one(
            comparison in prop::sample::select(super::super::operator::Comparison::ALL),
            set in prop::sample::select(&["", "ForAllValues:", "ForAnyValue:"][..]),
            expected in prop::collection::vec(prop::sample::select(CONSTANTS), 1..4),
            actual in prop::collection::vec(prop::sample::select(VALUES), 1..5),
        ) {
            let condition = condition(&format!("{set}{}", comparison.name()), &expected);
            let facts = Context::new().with("aws:username", "ab");
            satisfied(&condition, &facts.clone().with("test:key", actual[0]));
            satisfied(&condition, &facts.with_many("test:key", actual));
        }
    }
}
