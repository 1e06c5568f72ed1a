//! The statistics of CloudWatch, as far as values of KMS have a use for them (AUD-204).

use crate::{order::sorted, wire::decimal};

/// What becomes of the values of a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Statistic {
    /// How many there are.
    SampleCount,
    /// Their sum.
    Sum,
    /// The least.
    Minimum,
    /// The greatest.
    Maximum,
    /// The sum by how many there are.
    Average,
    /// The value at or below which this percentage of the values lies.
    Percentile(f64),
}

/// The values of a period, equal ones counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values(Vec<(i64, u64)>);

/// The names of the statistics that are told.
pub(crate) const STATISTICS: &str = "Sum, Average, Minimum, Maximum, SampleCount, or a percentile such as p99.9";

impl Statistic {
    /// Reads a name as CloudWatch writes it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "SampleCount" => Self::SampleCount,
            "Sum" => Self::Sum,
            "Minimum" => Self::Minimum,
            "Maximum" => Self::Maximum,
            "Average" => Self::Average,
            _ => {
                let number =
                    text.strip_prefix('p').filter(|number| number.starts_with(|sign: char| sign.is_ascii_digit()));
                let number = number.filter(|number| number.bytes().all(|sign| sign.is_ascii_digit() || sign == b'.'));
                Self::Percentile(decimal(number?).filter(|number| (0.0..=100.0).contains(number))?)
            }
        })
    }

    /// The statistic of some values; `None` where there are none.
    pub(crate) fn of(self, values: &Values) -> Option<f64> {
        let count = values.count();
        if count == 0 {
            return None;
        }
        let all = || values.0.iter().map(|(value, _)| *value);
        Some(match self {
            Self::SampleCount => float(count),
            Self::Sum => values.sum(),
            Self::Average => values.sum() / float(count),
            Self::Minimum => all().min().map_or(0.0, signed),
            Self::Maximum => all().max().map_or(0.0, signed),
            Self::Percentile(percent) => values.percentile(percent),
        })
    }
}

impl Values {
    /// Adds a value this many times.
    pub(crate) fn add(&mut self, value: i64, times: u64) {
        match self.0.last_mut() {
            Some((last, count)) if *last == value => *count += times,
            _ => self.0.push((value, times)),
        }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> u64 {
        self.0.iter().map(|(_, count)| *count).sum()
    }

    /// Their sum.
    pub(crate) fn sum(&self) -> f64 {
        self.0.iter().map(|(value, count)| signed(*value) * float(*count)).sum()
    }

    /// The least value at or below which this percentage of the values lies: the nearest rank (a decision; CloudWatch does not say how
    /// it rounds).
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank is at most the count")]
    fn percentile(&self, percent: f64) -> f64 {
        let rank = ((percent / 100.0 * float(self.count())).ceil() as u64).max(1);
        let mut passed = 0;
        for (value, count) in sorted(self.0.clone(), |one, other| one.0.cmp(&other.0)) {
            passed += count;
            if passed >= rank {
                return signed(value);
            }
        }
        0.0
    }
}

#[expect(clippy::cast_precision_loss, reason = "CloudWatch tells every number as a double")]
const fn float(number: u64) -> f64 {
    number as f64
}

#[expect(clippy::cast_precision_loss, reason = "CloudWatch tells every number as a double")]
const fn signed(number: i64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statistics_are_those_of_cloudwatch() {
        let mut values = Values::default();
        for (value, times) in [(10, 1), (20, 3), (250, 1)] {
            values.add(value, times);
        }
        let of = |name: &str| Statistic::parse(name).expect("a statistic").of(&values);
        assert_eq!(
            ["SampleCount", "Sum", "Average", "Minimum", "Maximum"].map(of),
            [5.0, 320.0, 64.0, 10.0, 250.0].map(Some)
        );
        assert_eq!(
            ["p0", "p20", "p50", "p80", "p80.1", "p100"].map(of),
            [10.0, 10.0, 20.0, 20.0, 250.0, 250.0].map(Some)
        );
        assert_eq!(Statistic::Sum.of(&Values::default()), None);
    }

    #[test]
    fn what_is_not_a_statistic_is_not_read() {
        for name in ["", "sum", "p", "p101", "p-1", "pNaN", "p1e1", "tm99", "IQM", "p1.2.3"] {
            assert_eq!(Statistic::parse(name), None, "{name}");
        }
    }
}
