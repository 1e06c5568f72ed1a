//! The request context: the facts about a request, by the names of condition keys.

use super::doubt::Open;
use crate::order::sorted;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The values of one condition key.
///
/// All values are text: numbers in decimal, booleans as `true` and `false`, dates in ISO 8601 or epoch seconds,
/// binary values in base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values<'a> {
    /// The value of a key that has one.
    One(Cow<'a, str>),
    /// The values of a multivalued key: none, one or more.
    Many(Vec<Cow<'a, str>>),
}

impl<'a> Values<'a> {
    /// A single value.
    pub fn one(value: impl Into<Cow<'a, str>>) -> Self {
        Self::One(value.into())
    }

    /// The values of a multivalued key.
    pub fn many<V: Into<Cow<'a, str>>>(values: impl IntoIterator<Item = V>) -> Self {
        Self::Many(values.into_iter().map(Into::into).collect())
    }

    /// The values as a list.
    pub fn as_slice(&self) -> &[Cow<'a, str>] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }
}

/// Looks up the values of condition keys. A document asks for a key when, and only when, a policy mentions it.
///
/// A policy may ask thousands of times, and a request may have thousands of names. An implementation therefore folds
/// the names of a request at most once, sorts them, and looks a key up in logarithmic time.
pub trait Facts {
    /// The values of `key`, or `None` where the request context does not have it.
    ///
    /// Names of condition keys are case-insensitive, tag keys inside them included: `key` is already in lower case.
    /// The same key has the same values for as long as a document evaluates one request.
    fn value(&self, key: &str) -> Option<Values<'_>>;

    /// What `key` may have, where nobody has made the request yet and `value` cannot tell; `None` where it tells, which is
    /// always so for the facts of a request.
    fn open(&self, key: &str) -> Option<Open<'_>> {
        _ = key;
        None
    }
}

/// A context without facts.
impl Facts for () {
    fn value(&self, _key: &str) -> Option<Values<'_>> {
        None
    }
}

impl<F: Facts + ?Sized> Facts for &F {
    fn value(&self, key: &str) -> Option<Values<'_>> {
        (**self).value(key)
    }

    fn open(&self, key: &str) -> Option<Open<'_>> {
        (**self).open(key)
    }
}

/// The second answers for keys that the first does not have.
impl<A: Facts, B: Facts> Facts for (A, B) {
    fn value(&self, key: &str) -> Option<Values<'_>> {
        self.0.value(key).or_else(|| self.1.value(key))
    }
}

/// A request context as a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    values: BTreeMap<String, Values<'static>>,
}

impl Context {
    /// A context without keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a key. Of two names that differ in case only, the first stays.
    pub fn insert(&mut self, key: &str, values: Values<'static>) {
        self.values.entry(folded(key).into_owned()).or_insert(values);
    }

    /// All keys with their values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Values<'static>)> {
        self.values.iter().map(|(key, values)| (key.as_str(), values))
    }

    /// This context with a single-valued key.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.insert(key, Values::One(Cow::Owned(value.into())));
        self
    }

    /// This context with a multivalued key.
    #[must_use]
    pub fn with_many<V: Into<String>>(mut self, key: &str, values: impl IntoIterator<Item = V>) -> Self {
        let values = values.into_iter().map(|value| Cow::Owned(value.into()));
        self.insert(key, Values::Many(values.collect()));
        self
    }
}

impl Facts for Context {
    fn value(&self, key: &str) -> Option<Values<'_>> {
        self.values.get(key).map(|values| match values {
            Values::One(value) => Values::One(Cow::Borrowed(value)),
            Values::Many(values) => Values::many(values.iter().map(|value| &**value)),
        })
    }
}

/// What a request has under names that its caller chose (the pairs of an encryption context, tags), with the names
/// folded once and sorted.
#[derive(Clone, Debug)]
pub(crate) struct FoldedNames<'a, T> {
    entries: Vec<(Cow<'a, str>, T)>,
}

impl<'a, T> FoldedNames<'a, T> {
    /// Folds and sorts the names. Of two names that differ in case only, the first stays.
    pub(crate) fn new(pairs: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let entries = pairs.into_iter().map(|(name, value)| (folded(name), value)).collect();
        let mut entries: Vec<(Cow<'_, str>, T)> = sorted(entries, |(one, _), (other, _)| one.cmp(other));
        entries.dedup_by(|(later, _), (earlier, _)| later == earlier);
        Self { entries }
    }

    /// The value of a name in lower case, as [`Facts::value`] gets it.
    pub(crate) fn get(&self, folded: &str) -> Option<&T> {
        let at = self.entries.binary_search_by(|(name, _)| (**name).cmp(folded)).ok()?;
        self.entries.get(at).map(|(_, value)| value)
    }
}

/// The name of a condition key in the form that [`Facts`] get: names are not case-sensitive.
///
/// Every character is folded by itself, as patterns do it; the library's folding of texts has tables more, for a letter
/// that Greek writes otherwise at the end of a word.
pub fn folded(key: &str) -> Cow<'_, str> {
    if !key.is_ascii() {
        return Cow::Owned(key.chars().flat_map(char::to_lowercase).collect());
    }
    let is_folded = !key.bytes().any(|byte| byte.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(key) } else { Cow::Owned(key.to_ascii_lowercase()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_condition_keys_are_case_insensitive() {
        let context = Context::new().with("aws:PrincipalTag/Team", "red");
        assert_eq!(context.value("aws:principaltag/team"), Some(Values::one("red")));
    }

    #[test]
    fn names_that_a_caller_chose_are_found_whatever_their_case() {
        let names = FoldedNames::new([("Team", 1), ("a", 2), ("TEAM", 3), ("É", 4)]);
        assert_eq!(
            ["team", "a", "é", "Team", "b"].map(|name| names.get(name).copied()),
            [Some(1), Some(2), Some(4), None, None]
        );
    }

    #[test]
    fn of_two_names_that_differ_in_case_the_first_stays() {
        let context = Context::new().with("aws:username", "bob").with("aws:UserName", "eve");
        assert_eq!(context.value("aws:username"), Some(Values::one("bob")));
    }

    #[test]
    fn the_first_of_two_sources_knows_better() {
        let request = Context::new().with("aws:username", "bob");
        let host = Context::new().with("aws:username", "eve").with("aws:sourceip", "192.0.2.1");
        let both = (&request, &host);
        assert_eq!(both.value("aws:username"), Some(Values::one("bob")));
        assert_eq!(both.value("aws:sourceip"), Some(Values::one("192.0.2.1")));
        assert_eq!(both.value("aws:userid"), None);
    }
}
