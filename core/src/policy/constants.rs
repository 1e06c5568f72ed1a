//! The typed constants of condition values: decimals, moments and address ranges.

use crate::{order::sorted, time::Time};
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::borrow::Cow;
use std::cmp::Ordering;

/// A decimal number of any length: sign, digits, and perhaps a fraction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal<'a> {
    negative: bool,
    /// Without leading zeros.
    whole: Cow<'a, str>,
    /// Without trailing zeros.
    fraction: Cow<'a, str>,
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.compare(other)
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a> Decimal<'a> {
    /// Reads `-12.50`; no exponents, no spaces.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if fraction.is_empty() || !all_digits(whole) || !all_digits(fraction) || digits.is_empty() {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        Some(Self {
            negative: negative && !(whole.is_empty() && fraction.is_empty()),
            whole: Cow::Borrowed(whole),
            fraction: Cow::Borrowed(fraction),
        })
    }

    /// The same number, independent of the text it was read from.
    pub(super) fn into_owned(self) -> Decimal<'static> {
        Decimal {
            negative: self.negative,
            whole: Cow::Owned(self.whole.into_owned()),
            fraction: Cow::Owned(self.fraction.into_owned()),
        }
    }

    fn compare_size(&self, other: &Decimal<'_>) -> Ordering {
        let whole = self.whole.len().cmp(&other.whole.len());
        whole.then_with(|| self.whole.cmp(&other.whole)).then_with(|| self.fraction.cmp(&other.fraction))
    }

    /// How this number compares with another one.
    pub(super) fn compare(&self, other: &Decimal<'_>) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.compare_size(other),
            (true, true) => other.compare_size(self),
            (negative, _) => {
                if negative {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        }
    }
}

/// A moment in time: seconds since 1970 and nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    seconds: i64,
    nanos: u32,
}

impl Moment {
    /// Reads a date of the W3C's profile of ISO 8601, or epoch seconds. Four digits are a year.
    pub(super) fn parse(text: &str) -> Option<Self> {
        calendar(text).or_else(|| epoch(text))
    }
}

/// Reads an instant as conditions do, down to milliseconds.
pub(crate) fn instant(text: &str) -> Option<Time> {
    let Moment { seconds, nanos } = Moment::parse(text)?;
    Time::within_years(seconds.checked_mul(1000)?.checked_add(i64::from(nanos / 1_000_000))?)
}

/// `1546257599` or `1546257599.0`
fn epoch(text: &str) -> Option<Moment> {
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
    Some(Moment { seconds: number(seconds, 1..=15)?, nanos: nanos(fraction)? })
}

/// `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or a date with a time.
fn calendar(text: &str) -> Option<Moment> {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut fields = date.split('-');
    let year = number(fields.next()?, 4..=4)?;
    let month = fields.next().map_or(Some(1), |month| number(month, 2..=2))?;
    let day = fields.next();
    if fields.next().is_some() || (time.is_some() && day.is_none()) {
        return None;
    }
    let day = day.map_or(Some(1), |day| number(day, 2..=2))?;
    let midnight = days(year, month, day)? * 86_400;
    match time {
        None => Some(Moment { seconds: midnight, nanos: 0 }),
        Some(time) => time_of_day(time, midnight),
    }
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.s`, then `Z`, `+hh:mm` or `-hh:mm`.
fn time_of_day(text: &str, midnight: i64) -> Option<Moment> {
    let at = text.find(['Z', '+', '-'])?;
    let (clock, zone) = text.split_at(at);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut fields = clock.split(':').map(|field| number(field, 2..=2));
    let (hour, minute) = (fields.next()??, fields.next()??);
    let second = fields.next().unwrap_or(Some(0))?;
    let exists = hour < 24 && minute < 60 && second < 61 && fields.next().is_none();
    exists.then_some(())?;
    Some(Moment { seconds: midnight + hour * 3600 + minute * 60 + second - offset(zone)?, nanos: nanos(fraction)? })
}

/// Seconds east of Greenwich.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let (sign, distance) = match zone.strip_prefix('-') {
        Some(west) => (-1, west),
        None => (1, zone.strip_prefix('+')?),
    };
    let (hours, minutes) = distance.split_once(':')?;
    let (hours, minutes) = (number(hours, 2..=2)?, number(minutes, 2..=2)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Days since 1970-01-01 in the Gregorian calendar; `None` for a date that does not exist.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    const BEFORE: [i64; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let index = usize::try_from(month.checked_sub(1)?).ok()?;
    let (before, after) = (*BEFORE.get(index)?, *BEFORE.get(index + 1)?);
    let length = after - before + i64::from(leap && month == 2);
    let past = year - 1;
    let leap_days = past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400);
    let start = past * 365 + leap_days - 719_162 + before + i64::from(leap && month > 2);
    (1..=length).contains(&day).then_some(start + day - 1)
}

/// A number with this many digits.
fn number(text: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<i64> {
    let digits = lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// The digits behind a decimal point as billionths; finer digits are cut off.
fn nanos(fraction: &str) -> Option<u32> {
    let digits = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let billionths = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
    digits.then(|| billionths.fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0')))
}

/// A range of addresses in CIDR notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    address: IpAddr,
    prefix: u32,
}

impl Range {
    /// Reads `203.0.113.0/24`, `2001:db8::/32`, or a bare address, which is a range of one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(number(prefix, 1..=3)?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Some(bits), |prefix| u32::try_from(prefix).ok())?;
        (prefix <= bits).then_some(Self { address, prefix })
    }

    /// The first and the last address.
    fn ends(&self) -> (IpAddr, IpAddr) {
        match self.address {
            IpAddr::V4(address) => {
                let host = u32::MAX.checked_shr(self.prefix).unwrap_or(0);
                let first = address.to_bits() & !host;
                (Ipv4Addr::from_bits(first).into(), Ipv4Addr::from_bits(first | host).into())
            }
            IpAddr::V6(address) => {
                let host = u128::MAX.checked_shr(self.prefix).unwrap_or(0);
                let first = address.to_bits() & !host;
                (Ipv6Addr::from_bits(first).into(), Ipv6Addr::from_bits(first | host).into())
            }
        }
    }
}

/// Ranges of addresses, joined where they overlap, in order. The two families never contain each other.
#[derive(Clone, Debug)]
pub(super) struct Ranges {
    /// The first and the last address of each.
    ends: Box<[(IpAddr, IpAddr)]>,
    /// Whether a further constant is not a range.
    pub(super) strangers: bool,
}

impl Ranges {
    pub(super) fn new(ranges: impl Iterator<Item = Option<Range>>) -> Self {
        let mut strangers = false;
        let known = ranges.inspect(|range| strangers |= range.is_none()).flatten();
        let mut ends = sorted(known.map(|range| range.ends()).collect(), Ord::cmp);
        ends.dedup_by(|(first, last), (_, before)| {
            let overlap = *first <= *before;
            *before = if overlap { (*before).max(*last) } else { *before };
            overlap
        });
        Self { ends: ends.into(), strangers }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether an address lies in one of them.
    pub(super) fn contain(&self, address: IpAddr) -> bool {
        let behind = self.ends.partition_point(|(first, _)| *first <= address);
        self.ends[..behind].last().is_some_and(|(_, last)| address <= *last)
    }

    /// How many of these addresses, which are in order, lie in one of them.
    pub(super) fn contained(&self, addresses: &[IpAddr]) -> usize {
        let within = |(first, last): &(IpAddr, IpAddr)| {
            let before = addresses.partition_point(|address| address < first);
            addresses.partition_point(|address| address <= last) - before
        };
        self.ends.iter().map(within).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn compared(one: &str, other: &str) -> Ordering {
        let (one, other) = (Decimal::parse(one).expect(one), Decimal::parse(other).expect(other));
        one.compare(&other)
    }

    fn moment(text: &str) -> (i64, u32) {
        let moment = Moment::parse(text).expect(text);
        (moment.seconds, moment.nanos)
    }

    fn contains(range: &str, address: &str) -> bool {
        Ranges::new([Some(Range::parse(range).expect(range))].into_iter()).contain(address.parse().expect(address))
    }

    #[test]
    fn decimals_compare_as_numbers() {
        for (one, other) in [("9", "10"), ("-10", "-9"), ("-1", "0"), ("0.45", "0.5"), ("-0.1", "0.1")] {
            assert_eq!(compared(one, other), Ordering::Less, "{one} {other}");
            assert_eq!(compared(other, one), Ordering::Greater, "{one} {other}");
        }
        for (one, other) in [("10", "10.0"), ("-0", "+0.00"), ("007", "7"), (".5", "0.50")] {
            assert_eq!(compared(one, other), Ordering::Equal, "{one} {other}");
        }
        let long = "9".repeat(400);
        assert_eq!(compared(&long, "10"), Ordering::Greater);
    }

    #[test]
    fn what_is_no_decimal_is_none() {
        for text in ["", "-", "+", ".", "1.", "1e3", "12abc", " 1", "1 ", "--1", "0x10", "١"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn dates_have_the_forms_of_the_w3c_profile() {
        assert_eq!(moment("2024-01-01T00:00:00Z"), (1_704_067_200, 0));
        assert_eq!(moment("2024"), (1_704_067_200, 0));
        assert_eq!(moment("2024-03"), moment("2024-02-29T23:00-01:00"));
        assert_eq!(moment("2024-01-01T01:30+01:30"), (1_704_067_200, 0));
        assert_eq!(moment("2023-12-31T19:00:00.25-05:00"), (1_704_067_200, 250_000_000));
        assert_eq!(moment("1969-12-31T23:59:59Z"), (-1, 0));
        assert_eq!(moment("1704067200"), (1_704_067_200, 0));
        assert_eq!(moment("1546257599.0"), (1_546_257_599, 0));
    }

    #[test]
    fn dates_that_never_were_are_none() {
        for text in [
            "",
            "T",
            "2023-02-29",
            "2024-13",
            "2024-00-01",
            "2024-1-1",
            "2024-01-01T00:00",
            "2024-01-01T25:00Z",
            "2024-01T00:00Z",
            "2024-01-01T00Z",
            "2024-01-01T00:00:00.Z",
            "2024-01-01T00:00:00+1",
            "2024-01-01T00:00Z01:00",
            "not a date",
            "-1",
            "12345678901234567890",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_lies_in_ranges_of_its_own_family_only() {
        assert!(contains("203.0.113.0/24", "203.0.113.255") && !contains("203.0.113.0/24", "203.0.114.0"));
        assert!(contains("0.0.0.0/0", "255.1.2.3") && !contains("0.0.0.0/0", "::1"));
        assert!(contains("2001:DB8::1", "2001:db8:0:0:0:0:0:1") && contains("::/0", "2001:db8::"));
        assert!(contains("192.0.2.1", "192.0.2.1") && !contains("192.0.2.1", "192.0.2.2"));
    }

    #[test]
    fn what_is_no_range_is_none() {
        for text in ["", "/", "1.2.3.4/33", "::/129", "1.2.3.4/", "1.2.3.4/-1", "1.2.3.4/+8", "1.2.3", "01.2.3.4"] {
            assert_eq!(Range::parse(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn decimals_compare_as_integers_do(one: i64, other: i64) {
            prop_assert_eq!(compared(&one.to_string(), &other.to_string()), one.cmp(&other));
        }

        #[test]
        fn days_follow_each_other(year in 1i64..9999, month in 1i64..=12, day in 1i64..=31) {
            if let Some(today) = days(year, month, day) {
                let next = [(year, month, day + 1), (year, month + 1, 1), (year + 1, 1, 1)];
                let tomorrow = next.iter().find_map(|&(year, month, day)| days(year, month, day));
                prop_assert_eq!(tomorrow, Some(today + 1));
            }
        }

        #[test]
        fn constants_never_panic(text in "\\PC*") {
            let _ = (Decimal::parse(&text), Moment::parse(&text), Range::parse(&text));
        }
    }
}
