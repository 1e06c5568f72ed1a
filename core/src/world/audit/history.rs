//! The question for records, and what other questions need of it: which set of records is meant, and which of its records.

use std::sync::Arc;

use super::recorder::{KeptRecords, Span};
use crate::{
    audit::{
        Record,
        any_record::AnyRecord,
        filter::{Filter, Written},
        imported::Imported,
    },
    error::Error,
    state::FormValue,
    time::Time,
    wire::Value,
    world::{World, lock},
};

/// How many records an answer holds that says nothing else, and at most.
const USUAL: u32 = 10_000;
const MOST: u32 = 100_000;

/// Records of which something is asked: those of the world, or those that trail files have brought.
pub(super) enum Source {
    Own(KeptRecords),
    Imported(Arc<Vec<Imported>>),
}

impl Source {
    /// Whose names a filter may have.
    pub(super) const fn written(&self) -> Written {
        match self {
            Self::Own(_) => Written::Here,
            Self::Imported(_) => Written::Anywhere,
        }
    }

    /// How many records were dropped.
    pub(super) const fn dropped(&self) -> u64 {
        match self {
            Self::Own(kept) => kept.dropped,
            Self::Imported(_) => 0,
        }
    }

    /// The instant at which imported records end.
    pub(super) fn now(&self) -> Option<Time> {
        match self {
            Self::Own(_) => None,
            Self::Imported(records) => records.last().map(|record| record.time),
        }
    }

    /// The number of the newest record.
    pub(super) fn newest(&self) -> u64 {
        match self {
            Self::Own(kept) => kept.newest,
            Self::Imported(records) => records.len() as u64,
        }
    }

    /// The number of the oldest record that is kept.
    pub(super) const fn oldest(&self) -> u64 {
        match self {
            Self::Own(kept) => kept.oldest,
            Self::Imported(_) => 1,
        }
    }

    /// Gives `take` the records that are meant, with their numbers, until it wants no more.
    pub(super) fn search<'k>(&'k self, filter: &Filter, span: Span, take: &mut dyn FnMut(u64, AnyRecord<'k>) -> bool) {
        match self {
            Self::Own(kept) => kept.search(filter, span, take),
            Self::Imported(records) => {
                let mut visit = |(number, record): (u64, &'k Imported)| {
                    let told = AnyRecord::Imported(record);
                    let is_meant = number > span.after && number < span.before && filter.matches(told);
                    !is_meant || take(number, told)
                };
                let all = (1..).zip(records.iter());
                if span.newest_first {
                    let all: Vec<_> = all.collect();
                    all.into_iter().rev().all(&mut visit);
                } else {
                    let mut all = all;
                    all.all(&mut visit);
                }
            }
        }
    }
}

impl World {
    /// The records of which a question asks: those of the set that `of` names, or of the world.
    pub(super) fn source(&self, of: &FormValue<'_>) -> Result<Source, Error> {
        let journal = lock(&self.journal);
        let Some(name) = of.maybe_text("the name of an imported set of records")? else {
            return Ok(Source::Own(journal.recorder.read()));
        };
        let set = journal.recorder.imported.get(name);
        set.map(Source::Imported).ok_or_else(|| of.wrong(format!("no set of records was imported as '{name}'")))
    }

    /// Reads the filter of a question.
    pub(super) fn filter_of(&self, said: &FormValue<'_>, source: &Source) -> Result<Filter, Error> {
        Filter::read(said, self.seen().state(), source.written())
    }

    /// The records that this world has made and that a filter means, with their numbers, oldest first.
    pub(super) fn found(&self, filter: &Filter) -> Vec<(u64, Record)> {
        let kept = lock(&self.journal).recorder.read();
        let mut found = Vec::new();
        kept.search(filter, Span::ALL, &mut |number, told| {
            if let AnyRecord::Own(record) = told {
                found.push((number, record.clone()));
            }
            true
        });
        found
    }

    /// The answer to `records`.
    pub(super) fn recorded(&self, question: &Value, _: Time) -> Result<Value, Error> {
        let said = FormValue::named("question", question);
        let [_, filter, of, after, before, limit, order] =
            said.structure(["question", "filter", "of", "after", "before", "limit", "order"])?;
        let source = self.source(&said.within("of", of))?;
        let filter = self.filter_of(&FormValue::named("filter", filter), &source)?;
        let span = span(&said.within("after", after), &said.within("before", before), &said.within("order", order))?;
        let limit = said.within("limit", limit).maybe_number(MOST)?.unwrap_or(USUAL) as usize;
        let (mut records, mut numbers, mut more) = (Vec::new(), Vec::new(), false);
        source.search(&filter, span, &mut |number, told| {
            more = numbers.len() >= limit;
            if !more {
                records.push(told.to_value());
                numbers.push(number);
            }
            !more
        });
        let read = if span.newest_first { source.oldest() } else { source.newest().max(span.after) };
        let next = if more {
            numbers.last().copied().unwrap_or(if span.newest_first { span.before } else { span.after })
        } else {
            read
        };
        Ok(Value::from([
            ("records", Value::List(records)),
            ("numbers", Value::List(numbers.into_iter().map(Value::count).collect())),
            ("next", Value::count(next)),
            ("more", Value::Bool(more)),
            ("oldest", Value::count(source.oldest())),
            ("dropped", Value::count(source.dropped())),
        ]))
    }
}

/// Which records a question wants.
pub(super) fn span(after: &FormValue<'_>, before: &FormValue<'_>, order: &FormValue<'_>) -> Result<Span, Error> {
    let what = "oldest or newest, which says what comes first";
    let newest_first = match order.maybe_text(what)? {
        None | Some("oldest") => false,
        Some("newest") => true,
        Some(_) => return Err(order.must_be(what)),
    };
    let (after, before) = (number(after)?.unwrap_or(0), number(before)?.unwrap_or(u64::MAX));
    Ok(Span { after, before, newest_first })
}

/// The number of a record.
pub(super) fn number(said: &FormValue<'_>) -> Result<Option<u64>, Error> {
    match said.value {
        Value::Null => Ok(None),
        Value::Int(number) => u64::try_from(*number).map(Some).map_err(|_| said.must_be("the number of a record")),
        _ => Err(said.must_be("the number of a record")),
    }
}
