//! A value of a JSON form that hosts register, and the way to it: every refusal names the place.

use std::collections::BTreeSet;

use crate::{
    arguments::camel,
    error::Error,
    names::{AccountId, Region},
    wire::{Members, Value},
};

/// The longest text that stands in the form, except for documents, in characters.
const LONGEST: usize = 2048;

/// A value and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct FormValue<'a> {
    up: Option<&'a FormValue<'a>>,
    /// The last step to the value; of the whole form, what it is called.
    step: &'a str,
    pub(crate) value: &'a Value,
}

impl<'a> FormValue<'a> {
    /// The whole form, and what it is called where nothing else says where something is wrong: `the directory`.
    pub(crate) const fn whole(called: &'a str, value: &'a Value) -> Self {
        Self { up: None, step: called, value }
    }

    /// A whole form with a name, with which all places in it begin.
    pub(crate) const fn named(step: &'a str, value: &'a Value) -> Self {
        static ABOVE: FormValue<'static> = FormValue::whole("", &Value::Null);
        Self { up: Some(&ABOVE), step, value }
    }

    /// A value within this one.
    pub(crate) const fn within<'b>(&'b self, step: &'b str, value: &'b Value) -> FormValue<'b> {
        FormValue { up: Some(self), step, value }
    }

    /// The refusal of this value.
    pub(crate) fn wrong(&self, problem: impl Into<String>) -> Error {
        let (mut steps, mut at) = (Vec::new(), self);
        while let Some(up) = at.up {
            steps.push(at.step);
            at = up;
        }
        steps.reverse();
        Error::form(at.step, &steps, &problem.into())
    }

    /// The refusal of a value that must be something else.
    pub(crate) fn must_be(&self, what: &str) -> Error {
        self.wrong(format!("must be {what}"))
    }

    /// Whether something is said at all.
    pub(crate) fn is_there(&self) -> bool {
        *self.value != Value::Null
    }

    /// The members of a map, each named once; none where nothing is said.
    pub(crate) fn members(&self, what: &str) -> Result<&'a Members, Error> {
        static NONE: Members = Members::new();
        let members = match self.value {
            Value::Map(members) => members,
            Value::Null => &NONE,
            _ => return Err(self.must_be(what)),
        };
        let mut seen = BTreeSet::new();
        match members.iter().find(|(name, _)| !seen.insert(name)) {
            Some((name, _)) => Err(self.within(name, &Value::Null).wrong("is given twice")),
            None => Ok(members),
        }
    }

    /// The values of a structure in the order of `names`, which are written as Python does; null where one is not said.
    pub(crate) fn structure<const N: usize>(&self, names: [&'static str; N]) -> Result<[&'a Value; N], Error> {
        let (mut values, mut seen) = ([const { &Value::Null }; N], [false; N]);
        self.fill(&names, &mut values, &mut seen)?;
        Ok(values)
    }

    /// Reads a structure of any number of members; those that are not said stay as they are.
    fn fill(&self, names: &[&'static str], values: &mut [&'a Value], seen: &mut [bool]) -> Result<(), Error> {
        for (name, value) in self.members("a structure")? {
            let place = names.iter().position(|known| *known == name || camel(known) == **name);
            let Some(place) = place else {
                let known: Vec<String> = names.iter().map(|name| camel(name)).collect();
                let known = known.join(", ");
                return Err(self.within(name, value).wrong(format!("is not known here: there are {known}")));
            };
            if std::mem::replace(&mut seen[place], true) {
                return Err(self.within(name, value).wrong("is given twice"));
            }
            values[place] = value;
        }
        Ok(())
    }

    /// The elements of a list; none where nothing is said.
    pub(crate) fn list(&self, what: &str, most: usize) -> Result<&'a [Value], Error> {
        match self.value {
            Value::Null => Ok(&[]),
            Value::List(values) if values.len() <= most => Ok(values),
            Value::List(_) => Err(self.wrong(format!("has more than {most} elements"))),
            _ => Err(self.must_be(what)),
        }
    }

    /// A text that is not empty.
    pub(crate) fn text(&self, what: &str) -> Result<&'a str, Error> {
        let text = self.value.as_text().filter(|text| !text.is_empty() && text.len() <= LONGEST);
        text.ok_or_else(|| self.must_be(what))
    }

    /// A text; `None` where nothing is said.
    pub(crate) fn maybe_text(&self, what: &str) -> Result<Option<&'a str>, Error> {
        if self.is_there() { self.text(what).map(Some) } else { Ok(None) }
    }

    /// A truth; `None` where nothing is said.
    pub(crate) fn maybe_flag(&self) -> Result<Option<bool>, Error> {
        match self.value {
            Value::Bool(flag) => Ok(Some(*flag)),
            Value::Null => Ok(None),
            _ => Err(self.must_be("true or false")),
        }
    }

    /// An account.
    pub(crate) fn account(&self) -> Result<AccountId, Error> {
        let what = "an account: twelve digits";
        AccountId::parse(self.text(what)?).ok_or_else(|| self.must_be(what))
    }

    /// A Region.
    pub(crate) fn region(&self) -> Result<Region, Error> {
        let what = "the name of a Region, such as us-east-1";
        Region::parse(self.text(what)?).ok_or_else(|| self.must_be(what))
    }

    /// A whole number from 0 to `most`; `None` where nothing is said.
    pub(crate) fn maybe_number(&self, most: u32) -> Result<Option<u32>, Error> {
        let number = match self.value {
            Value::Null => return Ok(None),
            Value::Int(number) => u32::try_from(*number).ok().filter(|number| *number <= most),
            _ => None,
        };
        number.map(Some).ok_or_else(|| self.wrong(format!("must be a whole number from 0 to {most}")))
    }
}
