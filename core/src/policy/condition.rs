//! One condition: an operator, a condition key, and the values that the policy expects.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::constants::{Decimal, Moment, Range};
use super::facts::{Facts, Values, folded};
use super::operator::{Family, Operator, Relation, SetOperator};
use super::pattern::{Dialect, Pattern, sixth_field};

/// A condition of a statement, compiled.
#[derive(Clone, Debug)]
pub struct Condition {
    operator: Operator,
    key: Box<str>,
    name: Box<str>,
    expected: Box<[Box<str>]>,
    test: Test,
}

/// The expected values as constants of the operator's type; `None` where a value is none of that type.
#[derive(Clone, Debug)]
enum Test {
    Text(Box<[Pattern]>),
    Bool(Box<[Pattern]>),
    Arn(Box<[Pattern]>),
    Number(Relation, Box<[Option<Decimal<'static>>]>),
    Date(Relation, Box<[Option<Moment>]>),
    Bytes(Box<[Option<Vec<u8>>]>),
    Address(Box<[Option<Range>]>),
    Null(Box<[Option<bool>]>),
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

    /// What the request has under this condition's key.
    pub(super) fn actual<'a>(&self, facts: &'a dyn Facts) -> Option<Values<'a>> {
        facts.value(&self.name)
    }

    /// Whether the request satisfies the condition.
    pub(super) fn holds(&self, facts: &dyn Facts) -> bool {
        let actual = self.actual(facts);
        if let Test::Null(expected) = &self.test {
            let absent = actual.is_none_or(|values| values.as_slice().is_empty());
            return expected.contains(&Some(absent));
        }
        match (self.operator.set, &actual) {
            (None, None) => self.operator.if_exists || self.operator.comparison.negated(),
            (None, Some(Values::One(value))) => self.satisfied_by(value, facts),
            // A multivalued key needs a set operator, also where it happens to have one value.
            (None, Some(Values::Many(_))) => false,
            (Some(set), _) => self.holds_for_set(set, actual.as_ref(), facts),
        }
    }

    fn holds_for_set(&self, set: SetOperator, actual: Option<&Values<'_>>, facts: &dyn Facts) -> bool {
        let mut values = actual.map_or(&[][..], Values::as_slice).iter();
        match set {
            SetOperator::ForAllValues => values.all(|value| self.satisfied_by(value, facts)),
            SetOperator::ForAnyValue if values.len() == 0 => self.operator.if_exists,
            SetOperator::ForAnyValue => values.any(|value| self.satisfied_by(value, facts)),
        }
    }

    /// Whether one value of the request satisfies the comparison. A value of another type than the operator's
    /// satisfies neither a comparison nor its negation.
    fn satisfied_by(&self, actual: &str, facts: &dyn Facts) -> bool {
        match &self.test {
            Test::Text(patterns) => self.judge(patterns, |pattern| Some(pattern.matches(actual, facts))),
            Test::Bool(patterns) => {
                let boolean = ["true", "false"].iter().any(|text| text.eq_ignore_ascii_case(actual));
                boolean && self.judge(patterns, |pattern| Some(pattern.matches(actual, facts)))
            }
            Test::Arn(patterns) => {
                let arn = sixth_field(actual).is_some();
                self.judge(patterns, |pattern| Some(arn && pattern.matches(actual, facts)))
            }
            Test::Number(relation, numbers) => Decimal::parse(actual).is_some_and(|actual| {
                self.judge(numbers, |number| number.as_ref().map(|number| relation.holds(actual.compare(number))))
            }),
            Test::Date(relation, moments) => Moment::parse(actual).is_some_and(|actual| {
                self.judge(moments, |moment| moment.map(|moment| relation.holds(actual.cmp(&moment))))
            }),
            Test::Bytes(constants) => BASE64.decode(actual).is_ok_and(|actual| {
                self.judge(constants, |constant| constant.as_ref().map(|constant| *constant == actual))
            }),
            Test::Address(ranges) => {
                actual.parse().is_ok_and(|actual| self.judge(ranges, |range| range.map(|range| range.contains(actual))))
            }
            Test::Null(_) => false,
        }
    }

    /// One constant must match; under a negated operator none may, and all must be comparable.
    fn judge<T>(&self, constants: &[T], matches: impl Fn(&T) -> Option<bool>) -> bool {
        if self.operator.comparison.negated() {
            constants.iter().all(|constant| matches(constant) == Some(false))
        } else {
            constants.iter().any(|constant| matches(constant) == Some(true))
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
                Self::Number(relation, each(expected, |text| Decimal::parse(text).map(Decimal::into_owned)))
            }
            Family::Date(relation) => Self::Date(relation, each(expected, Moment::parse)),
            Family::Binary => Self::Bytes(each(expected, |text| BASE64.decode(text).ok())),
            Family::Address => Self::Address(each(expected, Range::parse)),
            Family::Null => Self::Null(each(expected, boolean)),
        }
    }
}

fn each<T>(texts: &[String], compile: impl Fn(&str) -> T) -> Box<[T]> {
    texts.iter().map(|text| compile(text)).collect()
}

/// A bare `*` stands for every ARN. The guide is silent about it; policies in the wild rely on it.
fn arn_pattern(text: &str, variables: bool) -> Pattern {
    let dialect = if text == "*" { Dialect::Like } else { Dialect::Arn };
    Pattern::compile(text, dialect, variables)
}

fn boolean(text: &str) -> Option<bool> {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    match () {
        () if is("true") => Some(true),
        () if is("false") => Some(false),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::Context;
    use super::*;

    fn condition(operator: &str, expected: &[&str]) -> Condition {
        let operator = Operator::parse(operator).expect(operator);
        let expected = expected.iter().map(|&text| text.to_owned()).collect();
        Condition::compile(operator, "Test:Key", expected, true)
    }

    /// Whether the operator accepts `actual` where the policy expects `expected`.
    fn holds(operator: &str, expected: &[&str], actual: &str) -> bool {
        condition(operator, expected).holds(&Context::new().with("test:key", actual))
    }

    fn holds_for_many(operator: &str, expected: &[&str], actual: &[&str]) -> bool {
        condition(operator, expected).holds(&Context::new().with_many("test:key", actual.iter().copied()))
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
                assert_eq!(condition(name, &["true"]).holds(&()), name.contains("Not"), "{name}");
                assert!(condition(&format!("{name}IfExists"), &["true"]).holds(&()), "{name}");
            }
            assert!(condition(&format!("ForAllValues:{name}"), &["true"]).holds(&()), "{name}");
            let any = condition(&format!("ForAnyValue:{name}"), &["true"]).holds(&());
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
        assert!(condition("Null", &["TRUE"]).holds(&()) && !condition("Null", &["false"]).holds(&()));
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
}
