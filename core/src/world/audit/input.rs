//! The input of a request for CloudWatch, as each of its protocols gives it: in the query protocol, all of it is text.

use crate::{arguments, error::Error, http::Fault, time::Time, wire::Value};

/// The longest text of a member, in bytes.
const LONGEST: usize = 8192;

/// A structure, and what leads to it.
pub(super) struct In<'a> {
    place: String,
    value: &'a Value,
}

/// What a member is, or why the request is refused.
type Found<T> = Result<T, (Fault, Error)>;

impl<'a> In<'a> {
    /// The whole input.
    pub(super) const fn whole(value: &'a Value) -> Self {
        Self { place: String::new(), value }
    }

    fn member(&self, name: &str) -> Option<&'a Value> {
        self.value.member(name).filter(|value| **value != Value::Null)
    }

    /// The name of a member with what leads to it.
    fn at(&self, name: &str) -> String {
        [&self.place, name].concat()
    }

    /// The refusal of a value.
    pub(super) fn wrong(&self, name: &str, what: &str) -> (Fault, Error) {
        (Fault::Value, Error::parameter_value(&self.at(name), what))
    }

    /// The refusal of a request in which a member is missing.
    pub(super) fn missing(&self, name: &str) -> (Fault, Error) {
        (Fault::Missing, Error::parameter_required(&self.at(name)))
    }

    pub(super) fn text(&self, name: &str) -> Found<Option<&'a str>> {
        let Some(value) = self.member(name) else { return Ok(None) };
        let text = value.as_text().filter(|text| !text.is_empty() && text.len() <= LONGEST);
        text.map(Some).ok_or_else(|| self.wrong(name, "a text of 1 to 8192 bytes"))
    }

    /// A text that must be there.
    pub(super) fn needed(&self, name: &str) -> Found<&'a str> {
        self.text(name)?.ok_or_else(|| self.missing(name))
    }

    /// A whole number from 1 to `most`.
    pub(super) fn number(&self, name: &str, most: i64) -> Found<Option<i64>> {
        let number = match self.member(name) {
            None => return Ok(None),
            Some(Value::Int(number)) => Some(*number),
            Some(Value::Text(text)) => text.parse().ok(),
            Some(_) => None,
        };
        let number = number.filter(|number| (1..=most).contains(number));
        number.map(Some).ok_or_else(|| self.wrong(name, &["a whole number from 1 to ", &most.to_string()].concat()))
    }

    pub(super) fn flag(&self, name: &str) -> Found<Option<bool>> {
        match self.member(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(Value::Text(text)) if text == "true" || text == "false" => Ok(Some(text == "true")),
            Some(_) => Err(self.wrong(name, "true or false")),
        }
    }

    /// An instant that must be there.
    pub(super) fn time(&self, name: &str) -> Found<Time> {
        let value = self.member(name).ok_or_else(|| self.missing(name))?;
        let time = match value {
            Value::Text(text) => arguments::moment(text).ok(),
            other => other.as_time(),
        };
        time.ok_or_else(|| self.wrong(name, "a time stamp"))
    }

    pub(super) fn structure(&self, name: &str) -> Found<Option<Self>> {
        match self.member(name) {
            None => Ok(None),
            Some(value @ Value::Map(_)) => Ok(Some(Self { place: [&self.place, name, "."].concat(), value })),
            Some(_) => Err(self.wrong(name, "a structure")),
        }
    }

    /// The structures of a list.
    pub(super) fn list(&self, name: &str, most: usize) -> Found<Vec<Self>> {
        let values = self.values(name, most)?;
        let within = |(at, value): (usize, &'a Value)| match value {
            Value::Map(_) => {
                Ok(Self { place: [&self.place, name, ".member.", &(at + 1).to_string(), "."].concat(), value })
            }
            _ => Err(self.wrong(name, "a list of structures")),
        };
        values.iter().enumerate().map(within).collect()
    }

    /// The texts of a list.
    pub(super) fn texts(&self, name: &str, most: usize) -> Found<Vec<&'a str>> {
        let values = self.values(name, most)?;
        values.iter().map(|value| value.as_text().ok_or_else(|| self.wrong(name, "a list of texts"))).collect()
    }

    fn values(&self, name: &str, most: usize) -> Found<&'a [Value]> {
        match self.member(name) {
            None => Ok(&[]),
            Some(Value::List(values)) if values.len() <= most => Ok(values),
            // An empty list of the query protocol.
            Some(Value::Text(text)) if text.is_empty() => Ok(&[]),
            Some(_) => Err(self.wrong(name, &["a list of at most ", &most.to_string(), " elements"].concat())),
        }
    }

    /// How many things an answer before has told, which its token says.
    pub(super) fn token(&self) -> Found<usize> {
        let Some(token) = self.text("NextToken")? else { return Ok(0) };
        let number = token.parse::<u32>().ok().filter(|number| number.to_string() == token);
        number.map(|number| number as usize).ok_or_else(|| (Fault::Token, Error::next_token()))
    }
}
