//! How the measuring programs measure, and the lines of JSON that `cargo xtask bench` gathers.

use std::time::{Duration, Instant};

use serde::Serialize;

/// Windows of each side. They take turns, so that a busy moment of the machine hits both; the median counts.
const WINDOWS: usize = 301;
/// How long a window should last: shorter than the turns that a system gives its processes.
const WINDOW: Duration = Duration::from_millis(1);

/// One line: a ratio where there is something beside it, whose greatest value `at_most` is; else `ours` by itself.
#[derive(Default, Serialize)]
pub(crate) struct Measure<'a> {
    pub(crate) what: &'a str,
    pub(crate) ours: f64,
    pub(crate) unit: &'a str,
    pub(crate) beside: &'a str,
    pub(crate) theirs: Option<f64>,
    pub(crate) at_most: Option<f64>,
}

impl Measure<'_> {
    pub(crate) fn print(&self) {
        println!("{}", serde_json::to_string(self).expect("numbers and text"));
    }
}

/// Microseconds that one call takes on each side: the medians of windows that take turns.
pub(crate) fn alternately(mut ours: impl FnMut(), mut theirs: impl FnMut()) -> (f64, f64) {
    let calls = (calls(&mut ours), calls(&mut theirs));
    let rounds = (0..WINDOWS).map(|_| (window(calls.0, &mut ours), window(calls.1, &mut theirs)));
    let (ours, theirs) = rounds.unzip();
    (median(ours), median(theirs))
}

/// The value in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// How many calls fill a window.
fn calls(call: &mut impl FnMut()) -> u32 {
    let mut calls = 1;
    while calls < 1 << 20 && window(calls, call) * f64::from(calls) < WINDOW.as_secs_f64() * 1e6 {
        calls *= 2;
    }
    calls
}

/// Microseconds that one of `calls` calls takes.
fn window(calls: u32, call: &mut impl FnMut()) -> f64 {
    let begun = Instant::now();
    for _ in 0..calls {
        call();
    }
    begun.elapsed().as_secs_f64() * 1e6 / f64::from(calls)
}
