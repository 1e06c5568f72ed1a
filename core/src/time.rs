//! Instants and durations in milliseconds. The caller always gives them; nothing here reads a clock.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::Inline;

/// Milliseconds in a day.
const DAY: i64 = 86_400_000;

/// The months as dates in words name them.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The name at this place.
fn nth(names: &[&'static str], place: i64) -> &'static str {
    usize::try_from(place).ok().and_then(|place| names.get(place).copied()).unwrap_or_default()
}

/// An instant: milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(i64);

impl Time {
    /// The first instant with a four-digit year, 0001-01-01T00:00:00.000Z.
    pub const FIRST: Self = Self(-62_135_596_800_000);

    /// The last instant with a four-digit year, 9999-12-31T23:59:59.999Z. Nothing falls due then.
    pub const LAST: Self = Self(253_402_300_799_999);

    /// The instant `millis` milliseconds after the epoch, kept within the years 0001 to 9999.
    pub const fn from_millis(millis: i64) -> Self {
        if millis < Self::FIRST.0 {
            Self::FIRST
        } else if millis > Self::LAST.0 {
            Self::LAST
        } else {
            Self(millis)
        }
    }

    /// The instant `millis` milliseconds after the epoch; `None` outside of the years 0001 to 9999.
    pub const fn within_years(millis: i64) -> Option<Self> {
        if millis < Self::FIRST.0 || millis > Self::LAST.0 { None } else { Some(Self(millis)) }
    }

    /// The instant `seconds` seconds after the epoch, rounded to milliseconds; `None` if it is not a number, or lies
    /// outside of the years 0001 to 9999.
    #[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
    pub fn from_seconds(seconds: f64) -> Option<Self> {
        if seconds.is_nan() { None } else { Self::within_years((seconds * 1000.0).round() as i64) }
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Seconds since the epoch, as AWS JSON writes timestamps.
    #[expect(clippy::cast_precision_loss, reason = "four-digit years in milliseconds fit 53 bits")]
    pub fn seconds(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// The instant `span` later, at most the end of the year 9999.
    #[must_use]
    pub const fn after(self, span: Span) -> Self {
        Self::from_millis(self.0.saturating_add(span.0))
    }
}

impl Time {
    /// The date as HTTP writes it (RFC 9110 section 5.6.7): `Sun, 22 Nov 2026 02:30:00 GMT`.
    pub fn http_date(self) -> String {
        const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
        let days = self.0.div_euclid(DAY);
        let (year, month, day) = civil(days);
        let weekday = nth(&DAYS, days.rem_euclid(7));
        let month = nth(&MONTHS, month - 1);
        let second = self.0.rem_euclid(DAY) / 1000;
        // Every response has one, and formatting by a template takes two thousand instructions.
        let [hour, minute, second] = [second / 3600, second / 60 % 60, second % 60].map(two);
        let [century, year, day] = [year / 100, year % 100, day].map(two);
        let [day, century, year] = [&day, &century, &year].map(Inline::as_str);
        let [hour, minute, second] = [&hour, &minute, &second].map(Inline::as_str);
        let parts = [weekday, ", ", day, " ", month, " ", century, year, " ", hour, ":", minute, ":", second, " GMT"];
        Inline::<29>::of(&parts).as_str().to_owned()
    }
}

impl Time {
    /// ISO 8601 in UTC, its fraction of a second left out: `2026-11-22T02:30:00Z`.
    pub(crate) fn whole_seconds(self) -> String {
        let mut text = self.to_string();
        text.truncate(text.len() - ".000Z".len());
        text + "Z"
    }
}

impl Time {
    /// The form of the United States, in which records of CloudTrail have the dates of a request or a reply (AUD-111):
    /// `Nov 22, 2026, 2:30:00 AM`.
    pub(crate) fn in_words(self) -> String {
        let (year, month, day) = civil(self.0.div_euclid(DAY));
        let second = self.0.rem_euclid(DAY) / 1000;
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        let half = if hour < 12 { "AM" } else { "PM" };
        let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
        format!("{} {day}, {year}, {hour}:{minute:02}:{second:02} {half}", nth(&MONTHS, month - 1))
    }
}

impl Time {
    /// The basic format of ISO 8601, in which requests are signed: `20261122T023000Z`.
    pub fn basic(self) -> String {
        let text = self.to_string();
        let text: String = text.chars().filter(|sign| !matches!(sign, '-' | ':')).collect();
        text.split('.').next().unwrap_or_default().to_owned() + "Z"
    }
}

impl fmt::Display for Time {
    /// ISO 8601 in UTC: `2026-11-22T02:30:00.000Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.0.div_euclid(DAY));
        let rest = self.0.rem_euclid(DAY);
        let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60);
        let (second, milli) = (rest / 1000 % 60, rest % 1000);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
    }
}

/// The last two decimal digits of a number.
fn two(number: i64) -> Inline<2> {
    let digit = |number: i64| b'0' + u8::try_from(number.rem_euclid(10)).unwrap_or_default();
    Inline::full([digit(number / 10), digit(number)])
}

/// Year, month and day of a day count since 1970-01-01 in the proleptic Gregorian calendar.
///
/// Counts from 1 March, so that the leap day is the last of its year.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// A length of time in milliseconds, never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Span(i64);

impl Span {
    /// `millis` milliseconds; negative counts as zero.
    pub const fn from_millis(millis: i64) -> Self {
        Self(if millis < 0 { 0 } else { millis })
    }

    /// `days` times 24 hours.
    pub const fn from_days(days: i64) -> Self {
        Self::from_millis(days.saturating_mul(DAY))
    }

    /// The length in milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Both lengths one after the other.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Reads one or more numbers with units, by sign or by name: `30d`, `1d12h`, `500ms`, `1.5h`, `7 days`, `10y` (of 365
    /// days).
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = text.trim();
        if rest.is_empty() {
            return None;
        }
        let mut total = 0_i64;
        while !rest.is_empty() {
            let (part, after) = leading(rest)?;
            total = total.checked_add(part)?;
            rest = after.trim_start();
        }
        Some(Self(total))
    }
}

/// The first number and unit of a text in milliseconds, and what follows them.
fn leading(text: &str) -> Option<(i64, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').filter(|at| *at > 0)?;
    let (number, rest) = text.split_at(digits);
    let rest = rest.trim_start();
    let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (unit, after) = rest.split_at(letters);
    Some((times(number, unit_millis(unit)?)?, after))
}

/// The milliseconds of a unit, by its sign or its name.
fn unit_millis(unit: &str) -> Option<i64> {
    Some(match unit {
        "ms" | "millisecond" | "milliseconds" => 1,
        "s" | "sec" | "second" | "seconds" => 1000,
        "m" | "min" | "minute" | "minutes" => 60_000,
        "h" | "hour" | "hours" => 3_600_000,
        "d" | "day" | "days" => DAY,
        "w" | "week" | "weeks" => 7 * DAY,
        "y" | "year" | "years" => 365 * DAY,
        _ => return None,
    })
}

/// A number such as `7` or `1.5` times a unit, unless that is not a whole number of milliseconds.
fn times(number: &str, unit: i64) -> Option<i64> {
    let Some((whole, fraction)) = number.split_once('.') else {
        return number.parse::<i64>().ok()?.checked_mul(unit);
    };
    let whole = whole.parse::<i64>().ok()?.checked_mul(unit)?;
    let parts = 10_i64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let fraction = fraction.parse::<i64>().ok()?.checked_mul(unit)?;
    (fraction % parts == 0).then(|| whole.checked_add(fraction / parts))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_print_as_iso_8601() {
        assert_eq!(Time::from_millis(0).to_string(), "1970-01-01T00:00:00.000Z");
        assert_eq!(Time::from_millis(951_782_399_999).to_string(), "2000-02-28T23:59:59.999Z");
        assert_eq!(Time::from_millis(951_782_400_000).to_string(), "2000-02-29T00:00:00.000Z");
        assert_eq!(Time::from_millis(i64::MAX).to_string(), "9999-12-31T23:59:59.999Z");
        assert_eq!(Time::from_millis(i64::MIN).to_string(), "0001-01-01T00:00:00.000Z");
    }

    #[test]
    fn instants_print_as_dates_inside_of_records() {
        for (millis, date) in [
            (784_111_777_000, "Nov 6, 1994, 8:49:37 AM"),
            (951_782_400_999, "Feb 29, 2000, 12:00:00 AM"),
            (951_825_600_000, "Feb 29, 2000, 12:00:00 PM"),
            (-1, "Dec 31, 1969, 11:59:59 PM"),
        ] {
            assert_eq!(Time::from_millis(millis).in_words(), date);
        }
    }

    #[test]
    fn instants_print_as_dates_of_http() {
        // The first one is the example of RFC 9110.
        for (millis, date) in [
            (784_111_777_000, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400_999, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        ] {
            assert_eq!(Time::from_millis(millis).http_date(), date);
        }
    }

    #[test]
    fn spans_are_read_with_units() {
        assert_eq!(Span::parse("30d"), Some(Span::from_days(30)));
        assert_eq!(Span::parse("1d 12h"), Some(Span::from_millis(36 * 3_600_000)));
        assert_eq!(Span::parse("250ms"), Some(Span::from_millis(250)));
        for week in ["1w", "7 days", "7days", "1 week", "6 days 24 hours", "0.5 weeks 3.5d", "168.0h"] {
            assert_eq!(Span::parse(week), Some(Span::from_days(7)), "{week:?}");
        }
        assert_eq!(Span::parse("1.5h"), Some(Span::from_millis(90 * 60_000)));
        assert_eq!(Span::parse("0.001s"), Some(Span::from_millis(1)));
        for nonsense in
            ["", " ", "d", "3", "3x", "-3d", "99999999999999999999d", "1.5ms", ".5h", "1.h", "1.2.3d", "1 day,"]
        {
            assert_eq!(Span::parse(nonsense), None, "{nonsense:?}");
        }
    }

    #[test]
    fn seconds_keep_milliseconds() {
        let time = Time::from_seconds(1_502_910_355.475).expect("finite");
        assert_eq!(time.millis(), 1_502_910_355_475);
        assert!((time.seconds() - 1_502_910_355.475).abs() < 1e-6);
        for beyond in [f64::NAN, f64::INFINITY, 253_402_300_800.0, -62_135_596_801.0] {
            assert_eq!(Time::from_seconds(beyond), None, "{beyond}");
        }
        assert_eq!(Time::from_seconds(253_402_300_799.999), Some(Time::LAST));
    }
}
