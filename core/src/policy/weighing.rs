//! One evaluation of a request: its facts, those prepared for the next condition, and the steps taken so far.

use crate::order::sorted;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::rc::Rc;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::constants::{Decimal, Moment};
use super::facts::{Facts, Values};
use super::pattern::{Pattern, sixth_field};
use super::texts::{Matched, Texts};

/// Each pattern reads a text of at most this many bytes on its own.
pub(super) const SHORT_TEXT_BYTES: usize = 512;

/// At most this many values are compared one by one.
const FEW_VALUES: usize = 16;

/// How much work has been done, in steps of about the same size: a comparison, a character, or 64 places of a text.
#[derive(Debug, Default)]
pub(super) struct Steps(Cell<u64>);

impl Steps {
    pub(super) fn add(&self, steps: usize) {
        self.0.set(self.0.get().saturating_add(steps as u64));
    }

    pub(super) fn get(&self) -> u64 {
        self.0.get()
    }
}

/// A request on its way through a document.
pub(super) struct Weighing<'a> {
    pub(super) facts: &'a dyn Facts,
    pub(super) steps: Steps,
    /// The condition keys with long values, or with many.
    columns: RefCell<BTreeMap<&'a str, Rc<Column<'a>>>>,
    /// The action and the resource, if they are long.
    action: OnceCell<Texts>,
    resource: OnceCell<Texts>,
}

/// What a request has under a condition key.
pub(super) enum Actual<'a> {
    /// Few short values, or none.
    Few(Option<Values<'a>>),
    /// Long values, or many.
    Many(Rc<Column<'a>>),
}

impl<'a> Weighing<'a> {
    pub(super) fn new(facts: &'a dyn Facts) -> Self {
        Self {
            facts,
            steps: Steps::default(),
            columns: RefCell::default(),
            action: OnceCell::new(),
            resource: OnceCell::new(),
        }
    }

    /// What the request has under a condition key, which comes in lower case.
    pub(super) fn actual(&self, key: &'a str) -> Actual<'a> {
        self.steps.add(1);
        if let Some(known) = self.columns.borrow().get(key) {
            return Actual::Many(Rc::clone(known));
        }
        match self.facts.value(key) {
            Some(values) if is_much(&values) => {
                let column = Rc::new(Column::new(values));
                self.columns.borrow_mut().insert(key, Rc::clone(&column));
                Actual::Many(column)
            }
            few => Actual::Few(few),
        }
    }

    /// Whether one of the patterns matches the action, which is always the same one.
    pub(super) fn action_matches(&self, patterns: &[Pattern], action: &str) -> bool {
        self.any_matches(patterns, action, &self.action, true)
    }

    /// Whether one of the patterns matches the resource, which is always the same one.
    pub(super) fn resource_matches(&self, patterns: &[Pattern], resource: &str) -> bool {
        self.any_matches(patterns, resource, &self.resource, false)
    }

    fn any_matches(&self, patterns: &[Pattern], text: &str, prepared: &OnceCell<Texts>, folded: bool) -> bool {
        if text.len() <= SHORT_TEXT_BYTES {
            return patterns.iter().any(|pattern| pattern.matches(text, self));
        }
        let texts = prepared.get_or_init(|| Texts::new(std::iter::once(text), folded, &self.steps));
        texts.matched(patterns, self).count() > 0
    }
}

impl Actual<'_> {
    /// The values for an explanation.
    pub(super) fn shown(&self) -> Option<Arc<[String]>> {
        match self {
            Self::Few(values) => values.as_ref().map(shown),
            Self::Many(column) => Some(Arc::clone(column.shown.get_or_init(|| shown(&column.values)))),
        }
    }
}

fn shown(values: &Values<'_>) -> Arc<[String]> {
    values.as_slice().iter().map(|value| value.clone().into_owned()).collect()
}

fn is_much(values: &Values<'_>) -> bool {
    let values = values.as_slice();
    values.len() > FEW_VALUES || values.iter().map(|value| value.len()).sum::<usize>() > SHORT_TEXT_BYTES
}

/// The values of a condition key, prepared once for each type that a condition compares.
pub(super) struct Column<'a> {
    pub(super) values: Values<'a>,
    exact: OnceCell<Texts>,
    folded: OnceCell<Texts>,
    arns: OnceCell<Matched>,
    numbers: OnceCell<Sorted<Decimal<'static>>>,
    moments: OnceCell<Sorted<Moment>>,
    bytes: OnceCell<Sorted<Vec<u8>>>,
    addresses: OnceCell<Sorted<IpAddr>>,
    booleans: OnceCell<Sorted<bool>>,
    shown: OnceCell<Arc<[String]>>,
}

/// The different values of one type, in order.
#[derive(Clone, Debug)]
pub(super) struct Sorted<T> {
    pub(super) values: Box<[T]>,
    /// Whether a further value has another type.
    pub(super) strangers: bool,
}

impl<T: Ord> Sorted<T> {
    pub(super) fn new(values: impl Iterator<Item = Option<T>>) -> Self {
        let mut strangers = false;
        let known = values.inspect(|value| strangers |= value.is_none()).flatten();
        let mut known = sorted(known.collect(), Ord::cmp);
        known.dedup();
        Self { values: known.into(), strangers }
    }
}

impl<'a> Column<'a> {
    pub(super) fn new(values: Values<'a>) -> Self {
        Self {
            values,
            exact: OnceCell::new(),
            folded: OnceCell::new(),
            arns: OnceCell::new(),
            numbers: OnceCell::new(),
            moments: OnceCell::new(),
            bytes: OnceCell::new(),
            addresses: OnceCell::new(),
            booleans: OnceCell::new(),
            shown: OnceCell::new(),
        }
    }

    /// The values as texts; `folded`: case does not matter.
    pub(super) fn texts(&self, folded: bool, steps: &Steps) -> &Texts {
        let cell = if folded { &self.folded } else { &self.exact };
        let values = self.values.as_slice().iter();
        cell.get_or_init(|| Texts::new(values.map(AsRef::as_ref), folded, steps))
    }

    /// Which of the values are ARNs.
    pub(super) fn arns(&self, steps: &Steps) -> &Matched {
        let values = self.values.as_slice();
        let is_arn = |number: usize| values.get(number).is_some_and(|value| sixth_field(value).is_some());
        self.arns.get_or_init(|| self.texts(false, steps).those(is_arn))
    }

    pub(super) fn numbers(&self, steps: &Steps) -> &Sorted<Decimal<'static>> {
        self.typed(&self.numbers, steps, |text| Decimal::parse(text).map(Decimal::into_owned))
    }

    pub(super) fn moments(&self, steps: &Steps) -> &Sorted<Moment> {
        self.typed(&self.moments, steps, Moment::parse)
    }

    pub(super) fn bytes(&self, steps: &Steps) -> &Sorted<Vec<u8>> {
        self.typed(&self.bytes, steps, |text| BASE64.decode(text).ok())
    }

    pub(super) fn addresses(&self, steps: &Steps) -> &Sorted<IpAddr> {
        self.typed(&self.addresses, steps, |text| text.parse().ok())
    }

    pub(super) fn booleans(&self, steps: &Steps) -> &Sorted<bool> {
        self.typed(&self.booleans, steps, super::condition::boolean)
    }

    fn typed<'c, T: Ord>(
        &'c self,
        cell: &'c OnceCell<Sorted<T>>,
        steps: &Steps,
        parse: fn(&str) -> Option<T>,
    ) -> &'c Sorted<T> {
        let values = self.values.as_slice();
        cell.get_or_init(|| {
            steps.add(values.iter().map(|value| value.len() + 1).sum());
            Sorted::new(values.iter().map(|value| parse(value)))
        })
    }
}
