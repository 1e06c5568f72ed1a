//! The alarms of a world, and their changes at the world's time.
//!
//! An alarm is judged at the end of each minute, by the periods that end there (the page *Alarm evaluation* of the CloudWatch
//! guide); one that looks back for more than a day, at each full hour. It is not judged at every minute that has passed, but
//! where something can have changed: near values, and where a gauge crosses the threshold.

use std::collections::VecDeque;

use super::{
    definition::Alarm,
    state::{BEYOND, State, judge},
};
use crate::{audit::metrics::MINUTE, order::sorted, time::Time, wire::Value};

/// The most alarms of a world (a decision).
pub(crate) const MOST_ALARMS: usize = 1000;

/// The most changes that are kept.
const MOST_CHANGES: usize = 10_000;

/// The alarms of a world.
#[derive(Clone, Default)]
pub(crate) struct Alarms {
    watched: Vec<Watched>,
    changes: VecDeque<Turn>,
    /// How many changes there ever were.
    turned: u64,
}

/// An alarm, and where it stands.
#[derive(Clone)]
struct Watched {
    alarm: Alarm,
    state: State,
    since: Time,
    /// The minute at whose beginning it was judged last.
    judged: i64,
    reason: String,
}

/// A change of an alarm.
#[derive(Clone)]
struct Turn {
    number: u64,
    name: String,
    at: Time,
    from: State,
    to: State,
    reason: String,
}

/// What an alarm sees of the world.
pub(crate) trait Eyes {
    /// The value of the minutes from one to another; `None` where there is none.
    fn value(&self, range: (i64, i64)) -> Option<f64>;
    /// The minutes in which something was told, or a gauge has changed, in their order.
    fn told(&self) -> Vec<i64>;
    /// What values are compared with.
    fn threshold(&self) -> f64;
}

impl Alarms {
    /// Puts an alarm. One of the same name is replaced, and stays in its state (PutMetricAlarm); false where there are too
    /// many.
    pub(crate) fn put(&mut self, alarm: Alarm, now: Time) -> bool {
        let judged = now.millis().div_euclid(MINUTE) - 1;
        if let Some(old) = self.watched.iter_mut().find(|old| old.alarm.name == alarm.name) {
            (old.alarm, old.judged) = (alarm, judged);
            return true;
        }
        if self.watched.len() >= MOST_ALARMS {
            return false;
        }
        let (state, reason) = (State::InsufficientData, "The alarm was put just now.".to_owned());
        self.watched.push(Watched { alarm, state, since: now, judged, reason });
        true
    }

    /// Removes an alarm; false where none has this name.
    pub(crate) fn remove(&mut self, name: &str) -> bool {
        let before = self.watched.len();
        self.watched.retain(|watched| watched.alarm.name != name);
        self.watched.len() < before
    }

    /// Forgets what has changed after an instant.
    pub(crate) fn until(&mut self, now: Time) {
        self.changes.retain(|turn| turn.at <= now);
        for watched in self.watched.iter_mut().filter(|watched| watched.since > now) {
            let last = self.changes.iter().rev().find(|turn| turn.name == watched.alarm.name);
            (watched.state, watched.since) = last.map_or((State::InsufficientData, now), |turn| (turn.to, turn.at));
            watched.reason = last.map(|turn| turn.reason.clone()).unwrap_or_default();
        }
    }

    /// Judges all alarms up to an instant.
    pub(crate) fn judge<'a>(&mut self, now: Time, eyes: &dyn Fn(&Alarm) -> Box<dyn Eyes + 'a>) {
        let mut turns = Vec::new();
        for watched in &mut self.watched {
            let eyes = eyes(&watched.alarm);
            watched.go_on(now, &*eyes, &mut turns);
        }
        for mut turn in sorted(turns, |one, other| one.at.cmp(&other.at)) {
            self.turned += 1;
            turn.number = self.turned;
            self.changes.push_back(turn);
        }
        let over = self.changes.len().saturating_sub(MOST_CHANGES);
        self.changes.drain(..over);
    }

    /// All alarms, and their changes behind a number: `alarms`, `changes`, `next` and `dropped`.
    pub(crate) fn to_value(&self, after: u64) -> Value {
        let alarms = self.watched.iter().map(Watched::to_value).collect();
        let changes = self.changes.iter().filter(|turn| turn.number > after).map(Turn::to_value).collect();
        let oldest = self.changes.front().map_or(self.turned, |turn| turn.number - 1);
        Value::from([
            ("alarms", Value::List(alarms)),
            ("changes", Value::List(changes)),
            ("next", Value::count(self.turned)),
            ("dropped", Value::count(oldest)),
        ])
    }
}

impl Watched {
    /// Judges the alarm at every instant up to `now` at which it can change.
    fn go_on(&mut self, now: Time, eyes: &dyn Eyes, turns: &mut Vec<Turn>) {
        let present = now.millis().div_euclid(MINUTE);
        // Where the clock was turned back, the alarm begins there again.
        self.judged = self.judged.min(present);
        let step = if self.alarm.period * i64::from(self.alarm.points.0) > 1440 { 60 } else { 1 };
        // How long after a point came in it may still change the alarm.
        let range = (i64::from(self.alarm.points.0 + BEYOND) + 1) * self.alarm.period + 1;
        let told = eyes.told();
        let mut minute = next(self.judged, step);
        while minute <= present {
            let before = told.partition_point(|told| *told <= minute);
            let is_near =
                before.checked_sub(1).and_then(|last| told.get(last)).is_some_and(|last| minute - last <= range);
            let is_first = minute == next(self.judged, step);
            if is_near || is_first {
                self.judge_at(minute, eyes, turns);
                minute = next(minute, step);
                continue;
            }
            // Nothing is told until the next one: only time passes.
            let end = told.get(before).map_or(present, |next| (next - 1).min(present));
            let last = end - end.rem_euclid(step);
            if last >= minute && self.judged_at(last, eyes).0 != self.state {
                minute = self.first_other(minute, last, step, eyes);
                self.judge_at(minute, eyes, turns);
                minute = next(minute, step);
            } else {
                minute = next(end.max(minute), step);
            }
        }
        self.judged = present;
    }

    /// The first instant in a quiet time at which the alarm has another state: what a gauge shows changes in one direction.
    fn first_other(&self, mut from: i64, mut to: i64, step: i64, eyes: &dyn Eyes) -> i64 {
        while from < to {
            let middle = from + (to - from) / (2 * step) * step;
            if self.judged_at(middle, eyes).0 == self.state {
                from = middle + step;
            } else {
                to = middle;
            }
        }
        to
    }

    /// The state at the beginning of a minute, and the newest value.
    fn judged_at(&self, minute: i64, eyes: &dyn Eyes) -> (State, Option<f64>) {
        let (alarm, threshold) = (&self.alarm, eyes.threshold());
        let values: Vec<Option<f64>> = (0..i64::from(alarm.points.0 + BEYOND))
            .map(|back| {
                let end = minute - back * alarm.period;
                eyes.value((end - alarm.period, end))
            })
            .collect();
        let points: Vec<_> = values.iter().map(|value| value.map(|value| alarm.is_beyond(value, threshold))).collect();
        let needed = (alarm.points.0 as usize, alarm.points.1 as usize);
        let newest = values.into_iter().flatten().next();
        (judge(&points, needed, alarm.missing, self.state), newest)
    }

    fn judge_at(&mut self, minute: i64, eyes: &dyn Eyes, turns: &mut Vec<Turn>) {
        let (state, newest) = self.judged_at(minute, eyes);
        if state == self.state {
            return;
        }
        let at = Time::from_millis(minute * MINUTE).max(self.since);
        let reason = self.reason_for(state, newest, eyes.threshold());
        let (name, from) = (self.alarm.name.clone(), self.state);
        turns.push(Turn { number: 0, name, at, from, to: state, reason: reason.clone() });
        (self.state, self.since, self.reason) = (state, at, reason);
    }

    fn reason_for(&self, state: State, newest: Option<f64>, threshold: f64) -> String {
        let (needed, to_alarm) = self.alarm.points;
        let newest = newest.map_or_else(|| "no data".to_owned(), |value| format!("the newest is {value}"));
        let how = self.alarm.compares();
        match state {
            State::Alarm => {
                format!("At least {to_alarm} of the last {needed} data points were {how} {threshold} ({newest}).")
            }
            State::Ok => {
                format!("Fewer than {to_alarm} of the last {needed} data points were {how} {threshold} ({newest}).")
            }
            State::InsufficientData => format!("There is no data of the last {} periods.", needed + BEYOND),
        }
    }

    fn to_value(&self) -> Value {
        Value::from([
            ("name", self.alarm.name.as_str().into()),
            ("state", self.state.name().into()),
            ("since", Value::Time(self.since)),
            ("reason", self.reason.as_str().into()),
            ("alarm", self.alarm.form().clone()),
        ])
    }
}

impl Turn {
    fn to_value(&self) -> Value {
        Value::from([
            ("number", Value::count(self.number)),
            ("name", self.name.as_str().into()),
            ("time", Value::Time(self.at)),
            ("from", self.from.name().into()),
            ("to", self.to.name().into()),
            ("reason", self.reason.as_str().into()),
        ])
    }
}

/// The next instant at which an alarm is judged.
const fn next(minute: i64, step: i64) -> i64 {
    (minute.div_euclid(step) + 1) * step
}
