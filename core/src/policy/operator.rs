//! The condition operators by name.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Condition operators".

use std::cmp::Ordering;
use std::fmt;

/// What a comparison compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Equal,
    EqualButForCase,
    Like,
    Numeric(Relation),
    Date(Relation),
    Bool,
    Binary,
    Address,
    Arn,
    Null,
}

/// How a request's value must compare with a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Relation {
    pub(super) const fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

macro_rules! comparisons {
    ($($name:ident $negated:ident $family:expr;)+) => {
        /// A condition operator without its prefix and suffix.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Comparison { $(#[doc = concat!("`", stringify!($name), "`")] $name,)+ }

        impl Comparison {
            /// All comparisons.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name in a policy.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)+ }
            }

            pub(super) const fn negated(self) -> bool {
                match self { $(Self::$name => $negated,)+ }
            }

            pub(super) const fn family(self) -> Family {
                match self { $(Self::$name => $family,)+ }
            }
        }
    };
}

comparisons! {
    StringEquals              false Family::Equal;
    StringNotEquals           true  Family::Equal;
    StringEqualsIgnoreCase    false Family::EqualButForCase;
    StringNotEqualsIgnoreCase true  Family::EqualButForCase;
    StringLike                false Family::Like;
    StringNotLike             true  Family::Like;
    NumericEquals             false Family::Numeric(Relation::Equal);
    NumericNotEquals          true  Family::Numeric(Relation::Equal);
    NumericLessThan           false Family::Numeric(Relation::Less);
    NumericLessThanEquals     false Family::Numeric(Relation::LessOrEqual);
    NumericGreaterThan        false Family::Numeric(Relation::Greater);
    NumericGreaterThanEquals  false Family::Numeric(Relation::GreaterOrEqual);
    DateEquals                false Family::Date(Relation::Equal);
    DateNotEquals             true  Family::Date(Relation::Equal);
    DateLessThan              false Family::Date(Relation::Less);
    DateLessThanEquals        false Family::Date(Relation::LessOrEqual);
    DateGreaterThan           false Family::Date(Relation::Greater);
    DateGreaterThanEquals     false Family::Date(Relation::GreaterOrEqual);
    Bool                      false Family::Bool;
    BinaryEquals              false Family::Binary;
    IpAddress                 false Family::Address;
    NotIpAddress              true  Family::Address;
    ArnEquals                 false Family::Arn;
    ArnNotEquals              true  Family::Arn;
    ArnLike                   false Family::Arn;
    ArnNotLike                true  Family::Arn;
    Null                      false Family::Null;
}

/// How an operator treats the values of a multivalued key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetOperator {
    /// Every value must satisfy the comparison; true without values.
    ForAllValues,
    /// At least one value must satisfy it; false without values.
    ForAnyValue,
}

impl SetOperator {
    /// The name in a policy.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ForAllValues => "ForAllValues",
            Self::ForAnyValue => "ForAnyValue",
        }
    }
}

/// A condition operator: `ForAnyValue:StringLikeIfExists`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operator {
    /// The prefix.
    pub set: Option<SetOperator>,
    /// The comparison.
    pub comparison: Comparison,
    /// The suffix `IfExists`: a missing key satisfies the condition.
    pub if_exists: bool,
}

impl Operator {
    /// Reads an operator; case does not matter. `Null` does not have `IfExists`.
    pub fn parse(text: &str) -> Option<Self> {
        let (set, rest) = match text.split_once(':') {
            Some((set, rest)) => (Some(set_operator(set)?), rest),
            None => (None, text),
        };
        let (name, if_exists) = match strip_if_exists(rest) {
            Some(name) => (name, true),
            None => (rest, false),
        };
        let mut all = Comparison::ALL.iter().copied();
        let comparison = all.find(|comparison| comparison.name().eq_ignore_ascii_case(name))?;
        let exists = !(if_exists && comparison == Comparison::Null);
        exists.then_some(Self { set, comparison, if_exists })
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(set) = self.set {
            write!(f, "{}:", set.name())?;
        }
        f.write_str(self.comparison.name())?;
        f.write_str(if self.if_exists { "IfExists" } else { "" })
    }
}

fn set_operator(name: &str) -> Option<SetOperator> {
    let both = [SetOperator::ForAllValues, SetOperator::ForAnyValue];
    both.into_iter().find(|set| set.name().eq_ignore_ascii_case(name))
}

fn strip_if_exists(name: &str) -> Option<&str> {
    let at = name.len().checked_sub("IfExists".len())?;
    let (name, suffix) = (name.get(..at)?, name.get(at..)?);
    suffix.eq_ignore_ascii_case("IfExists").then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_written_as_they_are_read() {
        for &comparison in Comparison::ALL {
            for prefix in ["", "ForAllValues:", "ForAnyValue:"] {
                for suffix in ["", "IfExists"] {
                    let text = format!("{prefix}{}{suffix}", comparison.name());
                    let known = (comparison, suffix) != (Comparison::Null, "IfExists");
                    let operator = Operator::parse(&text);
                    assert_eq!(operator.map(|operator| operator.to_string()), known.then_some(text));
                }
            }
        }
    }

    #[test]
    fn case_does_not_matter_to_operators() {
        let operator = Operator::parse("foranyvalue:stringlikeifexists").expect("an operator");
        assert_eq!(operator.to_string(), "ForAnyValue:StringLikeIfExists");
    }

    #[test]
    fn unknown_operators_are_none() {
        for text in ["", "StringEqual", "ForSomeValue:StringEquals", ":Bool", "IfExists", "ForAnyValue:", "Bool:Bool"] {
            assert_eq!(Operator::parse(text), None, "{text}");
        }
    }
}
