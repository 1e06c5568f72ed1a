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
