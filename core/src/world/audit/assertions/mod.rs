//! Assertions about what was recorded: which hold, and what to tell of those that do not.

mod message;
mod rule;

use std::collections::BTreeSet;

use super::{
    history::{Source, number},
    recorder::Span,
};
use crate::{
    audit::{
        any_record::AnyRecord,
        filter::{Filter, operations},
    },
    error::Error,
    state::FormValue,
    time::Time,
    wire::Value,
    world::World,
};
use message::{Shown, line};
use rule::Rule;

/// How many of the newest records are looked at for those that are nearest to what was asserted.
const LOOKED_AT: usize = 10_000;

/// How many records a message shows.
const SHOWN: usize = 5;

/// What a rule comes to.
struct Verdict {
    holds: bool,
    /// How many actions the filter means.
    count: usize,
    message: String,
    /// The records that the message shows, with their numbers.
    shown: Vec<(u64, Value)>,
}

/// The records of an assertion.
struct Ground<'a> {
    source: &'a Source,
    after: u64,
}

impl World {
    /// The answer to `assert`.
    pub(super) fn asserted(&self, question: &Value, _: Time) -> Result<Value, Error> {
        let said = FormValue::named("question", question);
        let [_, of, after, operation, filter, rest @ ..] = said.structure([
            "question",
            "of",
            "after",
            "operation",
            "filter",
            "times",
            "at_least",
            "at_most",
            "never",
            "all",
            "in_order",
        ])?;
        let source = self.source(&said.within("of", of))?;
        if matches!(source, Source::Own(_)) && !self.audit_options().is_on() {
            return Err(said.wrong("the world keeps no records, so nothing can be asserted: its audit is off"));
        }
        let ground = Ground { source: &source, after: number(&said.within("after", after))?.unwrap_or(0) };
        let mut filter = self.filter_of(&FormValue::named("filter", filter), &source)?;
        if let Some(names) = operations(&said.within("operation", operation), source.written())? {
            filter = filter.of_operations(names);
        }
        let rule = Rule::read(&said, rest, |said| self.filter_of(said, &source))?;
        let verdict = match &rule {
            Rule::Count { least, most, .. } => ground.counted(&filter, *least, *most, &rule),
            Rule::All(wanted) => ground.all(filter, wanted),
            Rule::InOrder(steps) => ground.in_order(&filter, steps),
        };
        let Verdict { holds, count, mut message, shown } = verdict;
        if source.dropped() > 0 {
            message += &["\n(", &source.dropped().to_string(), " older records are not kept any more.)"].concat();
        }
        let (numbers, records) = shown.into_iter().map(|(number, record)| (Value::count(number), record)).unzip();
        Ok(Value::from([
            ("holds", Value::Bool(holds)),
            ("count", Value::count(count)),
            ("message", Value::from(message)),
            ("records", Value::List(records)),
            ("numbers", Value::List(numbers)),
        ]))
    }
}

impl Ground<'_> {
    /// Gives `take` each action that a filter means once, by its first record: several accounts may be told of a call, it may
    /// be recorded in two Regions, and once more at a VPC endpoint.
    fn each(&self, filter: &Filter, newest_first: bool, take: &mut dyn FnMut(u64, AnyRecord<'_>) -> bool) {
        let mut seen = BTreeSet::new();
        let span = Span { after: self.after, newest_first, ..Span::ALL };
        self.source.search(filter, span, &mut |number, told| {
            let again = told.request().is_some_and(|request| !seen.insert((request, told.name())));
            again || take(number, told)
        });
    }

    /// A rule about how many actions there are.
    fn counted(&self, filter: &Filter, least: usize, most: usize, rule: &Rule) -> Verdict {
        let (mut count, mut lines, mut shown) = (0, Vec::new(), Vec::new());
        self.each(filter, false, &mut |number, told| {
            count += 1;
            if lines.len() < SHOWN {
                lines.push(line(Shown { number, told, misses: &[] }));
                shown.push((number, told.to_value()));
            }
            true
        });
        let holds = (least..=most).contains(&count);
        let mut message = format!("expected {rule} of {}, found {count}", filter.shown());
        if count < least {
            let (near, records) = self.nearest(filter);
            message += if near.is_empty() { "; nothing was recorded" } else { "; the nearest:" };
            message::add(&mut message, &near, near.len());
            shown.extend(records);
        } else if count > 0 {
            message += ":";
            message::add(&mut message, &lines, count);
        }
        Verdict { holds, count, message, shown }
    }

    /// The rule that every action that a filter means is as another one wants it.
    fn all(&self, mut filter: Filter, wanted: &Filter) -> Verdict {
        if wanted.has_context() && !filter.has_operation() {
            // Other operations have no context that could be the wanted one.
            filter = filter.of_operations(rule::WITH_CONTEXT.map(str::to_owned).to_vec()).with_parameters();
        }
        let (mut count, mut differing, mut lines, mut shown) = (0, 0, Vec::new(), Vec::new());
        self.each(&filter, false, &mut |number, told| {
            count += 1;
            let misses = wanted.misses(told);
            if !misses.is_empty() {
                differing += 1;
                if lines.len() < SHOWN {
                    lines.push(line(Shown { number, told, misses: &misses }));
                    shown.push((number, told.to_value()));
                }
            }
            true
        });
        let (all, shown_wanted) = (filter.shown(), wanted.shown());
        let mut message = format!("expected {shown_wanted} of all records of {all}, and {differing} of {count} differ");
        if differing > 0 {
            message += ":";
            message::add(&mut message, &lines, differing);
        }
        Verdict { holds: differing == 0, count, message, shown }
    }

    /// The rule that there are actions behind one another.
    fn in_order(&self, filter: &Filter, steps: &[Filter]) -> Verdict {
        let (mut done, mut lines, mut shown) = (0, Vec::new(), Vec::new());
        self.each(filter, false, &mut |number, told| {
            if steps.get(done).is_some_and(|step| step.matches(told)) {
                done += 1;
                lines.push(line(Shown { number, told, misses: &[] }));
                shown.push((number, told.to_value()));
            }
            done < steps.len()
        });
        let Some(missing) = steps.get(done) else {
            let mut message = format!("expected no such order of {} records, found", steps.len());
            message::add(&mut message, &lines, lines.len());
            return Verdict { holds: true, count: done, message, shown };
        };
        let behind = lines.last().map_or_else(|| "from the beginning on".to_owned(), |line| format!("behind {line}"));
        let mut message = format!(
            "expected record {} of {} to be of {}, and there is none {behind}",
            done + 1,
            steps.len(),
            missing.shown()
        );
        let last = shown.last().map_or(self.after, |(number, _)| *number);
        let (near, records) = Ground { source: self.source, after: last }.nearest(missing);
        if !near.is_empty() {
            message += "; the nearest:";
            message::add(&mut message, &near, near.len());
        }
        Verdict { holds: false, count: done, message, shown: records }
    }

    /// The records that differ the least from what a filter means, the newest of those that differ alike first.
    fn nearest(&self, filter: &Filter) -> (Vec<String>, Vec<(u64, Value)>) {
        let mut found: Vec<(u32, u64, String, Value)> = Vec::new();
        let mut looked_at = 0;
        self.each(&Filter::default(), true, &mut |number, told| {
            let misses = filter.misses(told);
            let weight = misses.iter().map(|miss| miss.weight).sum();
            let place = found.partition_point(|(of, ..)| *of <= weight);
            if place < SHOWN {
                found.insert(place, (weight, number, line(Shown { number, told, misses: &misses }), told.to_value()));
                found.truncate(SHOWN);
            }
            looked_at += 1;
            looked_at < LOOKED_AT
        });
        // Those that are much farther away than the best would only distract.
        let best = found.first().map_or(0, |(weight, ..)| *weight);
        found.retain(|(weight, ..)| *weight <= best.max(2) * 2);
        found.into_iter().map(|(_, number, line, record)| (line, (number, record))).unzip()
    }
}
