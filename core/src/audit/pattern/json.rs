//! Patterns of JSON: comparisons of properties, joined by `&&` and `||`.

use super::{reading::Reading, regex::Regex};
use crate::{
    text::is_like,
    wire::{Value, decimal},
};

/// How deeply parentheses nest.
const DEEPEST: usize = 32;

/// The most wildcard selectors and regular expressions of a pattern (the guide's quotas).
const MOST_WILDCARDS: usize = 3;
const MOST_REGEXES: usize = 2;

/// What must hold.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    All(Vec<Self>),
    Any(Vec<Self>),
    Test(Vec<Step>, Test),
}

/// A step of a property selector.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Member(String),
    Element(usize),
    /// Any member, or any element.
    Any,
    AnyElement,
}

/// What is asked of a property.
#[derive(Clone, Debug)]
pub(super) enum Test {
    Absent,
    Null,
    Flag(bool),
    /// A text in which asterisks stand for any text; whether it is to differ.
    Like {
        text: String,
        differs: bool,
    },
    Regex {
        regex: Regex,
        differs: bool,
    },
    Number(Relation, f64),
}

/// How numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

struct Reader<'a> {
    reading: Reading<'a>,
    wildcards: usize,
    regexes: usize,
}

impl Condition {
    /// Reads a pattern in braces.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut reader = Reader { reading: Reading::of(text), wildcards: 0, regexes: 0 };
        reader.reading.takes("{");
        let condition = reader.any(0)?;
        if !reader.reading.takes("}") {
            return Err(format!("lacks a && or || or the }} at its end before '{}'", reader.reading.rest()));
        }
        if !reader.reading.is_at_end() {
            return Err(format!("goes on behind its end: '{}'", reader.reading.rest()));
        }
        if reader.wildcards > MOST_WILDCARDS {
            return Err("has more than three wildcard selectors".to_owned());
        }
        if reader.regexes > MOST_REGEXES {
            return Err("has more than two regular expressions".to_owned());
        }
        Ok(condition)
    }

    /// Whether it holds of a value.
    pub(super) fn holds(&self, value: &Value) -> bool {
        match self {
            Self::All(conditions) => conditions.iter().all(|condition| condition.holds(value)),
            Self::Any(conditions) => conditions.iter().any(|condition| condition.holds(value)),
            Self::Test(steps, Test::Absent) => !found(value, steps, &mut |_| true),
            Self::Test(steps, test) => found(value, steps, &mut |found| test.holds(found)),
        }
    }
}

/// Whether a selector leads to something for which `fits` holds.
fn found(value: &Value, steps: &[Step], fits: &mut dyn FnMut(&Value) -> bool) -> bool {
    let Some((step, rest)) = steps.split_first() else { return fits(value) };
    match (step, value) {
        (Step::Member(name), _) => value.member(name).is_some_and(|inner| found(inner, rest, fits)),
        (Step::Element(place), Value::List(values)) => values.get(*place).is_some_and(|inner| found(inner, rest, fits)),
        (Step::Any | Step::AnyElement, Value::List(values)) => values.iter().any(|inner| found(inner, rest, fits)),
        (Step::Any, Value::Map(members)) => members.iter().any(|(_, inner)| found(inner, rest, fits)),
        _ => false,
    }
}

impl Test {
    fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Null, Value::Null) => true,
            (Self::Flag(wanted), Value::Bool(flag)) => wanted == flag,
            (Self::Number(relation, wanted), Value::Int(_) | Value::Float(_)) => {
                value.as_float().is_some_and(|number| relation.holds(number, *wanted))
            }
            // A number may have been written as a text, and the other way round.
            (Self::Number(relation @ (Relation::Equal | Relation::Unequal), wanted), Value::Text(text)) => {
                (decimal(text) == Some(*wanted)) == (*relation == Relation::Equal)
            }
            (Self::Like { text, differs }, _) => shown(value).is_some_and(|shown| is_like(&shown, text) != *differs),
            (Self::Regex { regex, differs }, _) => shown(value).is_some_and(|shown| regex.is_in(&shown) != *differs),
            _ => false,
        }
    }
}

/// A value node as text; nothing for null, lists and structures.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Int(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        _ => None,
    }
}

impl Relation {
    #[expect(clippy::float_cmp, reason = "a pattern names the number exactly")]
    fn holds(self, number: f64, wanted: f64) -> bool {
        match self {
            Self::Equal => number == wanted,
            Self::Unequal => number != wanted,
            Self::Less => number < wanted,
            Self::LessOrEqual => number <= wanted,
            Self::Greater => number > wanted,
            Self::GreaterOrEqual => number >= wanted,
        }
    }
}

impl Reader<'_> {
    /// Conditions of which one must hold.
    fn any(&mut self, depth: usize) -> Result<Condition, String> {
        let mut conditions = vec![self.all(depth)?];
        while self.reading.takes("||") {
            conditions.push(self.all(depth)?);
        }
        Ok(if conditions.len() == 1 { conditions.remove(0) } else { Condition::Any(conditions) })
    }

    /// Conditions of which all must hold.
    fn all(&mut self, depth: usize) -> Result<Condition, String> {
        let mut conditions = vec![self.one(depth)?];
        while self.reading.takes("&&") {
            conditions.push(self.one(depth)?);
        }
        Ok(if conditions.len() == 1 { conditions.remove(0) } else { Condition::All(conditions) })
    }

    fn one(&mut self, depth: usize) -> Result<Condition, String> {
        if !self.reading.takes("(") {
            let steps = self.selector()?;
            return self.test().map(|test| Condition::Test(steps, test));
        }
        if depth >= DEEPEST {
            return Err(format!("nests more than {DEEPEST} parentheses"));
        }
        let condition = self.any(depth + 1)?;
        if !self.reading.takes(")") {
            return Err(format!("lacks a ) before '{}'", self.reading.rest()));
        }
        Ok(condition)
    }

    /// A property selector, such as `$.userIdentity.arn`.
    fn selector(&mut self) -> Result<Vec<Step>, String> {
        if !self.reading.takes("$") {
            let rest = self.reading.rest();
            return Err(format!("lacks a property selector, which begins with $., before '{rest}'"));
        }
        let mut steps = Vec::new();
        loop {
            if self.reading.adjoins(".*") {
                steps.push(Step::Any);
            } else if self.reading.adjoins(".[") || self.reading.adjoins("[") {
                steps.push(self.bracket()?);
            } else if self.reading.adjoins(".") {
                let name = self.reading.run(|sign| sign.is_alphanumeric() || sign == '-' || sign == '_');
                if name.is_empty() {
                    return Err(format!("lacks the name of a property before '{}'", self.reading.rest()));
                }
                steps.push(Step::Member(name.to_owned()));
            } else {
                break;
            }
        }
        let wildcards = steps.iter().filter(|step| matches!(step, Step::Any | Step::AnyElement)).count();
        if wildcards > 1 {
            return Err("has more than one wildcard in a property selector".to_owned());
        }
        self.wildcards += wildcards;
        if steps.is_empty() { Err("has a $ that selects no property".to_owned()) } else { Ok(steps) }
    }

    /// What stands behind an opening bracket.
    fn bracket(&mut self) -> Result<Step, String> {
        if self.reading.adjoins("*]") {
            return Ok(Step::AnyElement);
        }
        if self.reading.adjoins("\"") {
            return Err("has double quotation marks in brackets: a name stands in single ones, $.['a.b']".to_owned());
        }
        if self.reading.adjoins("'") {
            let name = self.reading.until('\'').filter(|_| self.reading.adjoins("]"));
            return name.map(|name| Step::Member(name.to_owned())).ok_or("lacks the '] behind a name".to_owned());
        }
        let digits = self.reading.run(|sign| sign.is_ascii_digit());
        let place = digits.parse().ok().filter(|_| self.reading.adjoins("]"));
        place.map(Step::Element).ok_or("has brackets with something else than a number, * or a name in them".to_owned())
    }

    /// What is asked of a property.
    fn test(&mut self) -> Result<Test, String> {
        if self.reading.takes_word("NOT") {
            let exists = self.reading.takes_word("EXISTS");
            return exists.then_some(Test::Absent).ok_or("has a NOT without EXISTS".to_owned());
        }
        if self.reading.takes_word("IS") {
            return self.is();
        }
        if self.reading.takes_word("EXISTS") {
            return Err("has EXISTS, which CloudWatch Logs does not have: compare with *".to_owned());
        }
        let relations = [
            ("!=", Relation::Unequal),
            ("<=", Relation::LessOrEqual),
            (">=", Relation::GreaterOrEqual),
            ("=", Relation::Equal),
            ("<", Relation::Less),
            (">", Relation::Greater),
        ];
        let relation = relations.into_iter().find(|(sign, _)| self.reading.takes(sign)).map(|(_, relation)| relation);
        let relation = relation
            .ok_or_else(|| format!("lacks one of = != < <= > >= IS and NOT EXISTS before '{}'", self.reading.rest()))?;
        self.compared(relation)
    }

    fn is(&mut self) -> Result<Test, String> {
        let tests = [("NULL", Test::Null), ("TRUE", Test::Flag(true)), ("FALSE", Test::Flag(false))];
        if self.reading.takes_word("NOT") {
            return Err("has IS NOT, which CloudWatch Logs does not have".to_owned());
        }
        let test = tests.into_iter().find(|(word, _)| self.reading.takes_word(word)).map(|(_, test)| test);
        test.ok_or("has an IS without NULL, TRUE or FALSE".to_owned())
    }

    /// What a property is compared with.
    fn compared(&mut self, relation: Relation) -> Result<Test, String> {
        let differs = relation == Relation::Unequal;
        let ordered = !matches!(relation, Relation::Equal | Relation::Unequal);
        if !ordered && self.reading.takes("%") {
            let regex = self.reading.until('%').ok_or("lacks the % at the end of a regular expression")?;
            self.regexes += 1;
            return Ok(Test::Regex { regex: Regex::read(regex)?, differs });
        }
        if !ordered && self.reading.takes("\"") {
            let text = self.reading.quoted().ok_or("lacks the quotation mark at the end of a text")?;
            return Ok(Test::Like { text, differs });
        }
        self.reading.takes("");
        let word = self.reading.run(|sign| !sign.is_whitespace() && !"\"%(){}&|=!<>".contains(sign));
        if word.is_empty() {
            return Err(format!("lacks a value before '{}'", self.reading.rest()));
        }
        match decimal(word) {
            Some(number) => Ok(Test::Number(relation, number)),
            None if ordered => Err(format!("compares with '{word}', which is not a number")),
            None => Ok(Test::Like { text: word.to_owned(), differs }),
        }
    }
}
