//! Parses what hosts pass as text, numbers or bytes, in one place: every host reports a refusal in the same words.

mod access_key;
mod fault;
mod meant;
mod members;
mod named;
mod proxy;
mod sender;
mod session;
mod written;

use std::str::FromStr;

pub(crate) use access_key::{AccessKey, access_key};
pub use fault::fault;
pub use meant::meant;
pub(crate) use members::camel;
pub use named::{named, settings};
pub use proxy::proxy_answer;
pub use sender::sender;
pub(crate) use written::written;
use zeroize::Zeroizing;

use crate::{
    caller::Caller,
    error::Error,
    names::{AccountId, Region},
    policy,
    time::{Span, Time},
};

/// As many characters of what cannot be read stand in a sentence.
const LONGEST_SHOWN: usize = 200;

/// The key that seals the secrets of a snapshot. Dropping it wipes it.
pub type RootKey = Zeroizing<[u8; 32]>;

/// An account: twelve digits.
///
/// # Errors
/// A `ValidationException` with a sentence of ours, as everywhere in this module.
pub fn account(text: &str) -> Result<AccountId, Error> {
    AccountId::parse(text).ok_or_else(|| refused(&format!("an account is twelve digits, not '{}'", shown(text))))
}

/// A Region.
pub fn region(text: &str) -> Result<Region, Error> {
    Region::parse(text).ok_or_else(|| refused(&format!("'{}' is not a Region", shown(text))))
}

/// A caller in a Region: an account, the ARN of a principal of the Region's partition, or the name of an AWS service.
pub fn caller(text: &str, region: Region) -> Result<Caller, Error> {
    let caller = text.parse()?;
    reaches(&caller, region).map(|()| caller)
}

/// Refuses a caller whose partition is not the Region's.
pub(crate) fn reaches(caller: &Caller, region: Region) -> Result<(), Error> {
    if caller.reaches(region) {
        return Ok(());
    }
    let (arn, there) = (caller.arn(region), region.partition().as_str());
    Err(refused(&format!(
        "'{arn}' cannot call {region}: the principals of that Region have ARNs that begin with arn:{there}:"
    )))
}

impl FromStr for AccountId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        account(text)
    }
}

impl FromStr for Region {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        region(text)
    }
}

impl FromStr for Caller {
    type Err = Error;

    /// Reads what [`Caller::parse`] reads.
    fn from_str(text: &str) -> Result<Self, Error> {
        let sentence = || {
            refused(&format!(
                "'{}' is neither an account id, nor the ARN of a principal, such as \
                 arn:aws:iam::111122223333:user/Alice, nor the name of a service",
                shown(text)
            ))
        };
        Self::parse(text).ok_or_else(sentence)
    }
}

/// A length of time, such as `30d`.
pub fn span(text: &str) -> Result<Span, Error> {
    if text.trim_start().starts_with('-') {
        return Err(refused("a clock does not advance backwards; set it instead"));
    }
    let sentence = || {
        let units = "numbers with units are, such as 30d, 1d 12h or 250ms";
        refused(&format!("'{}' is not a length of time: {units}", shown(text)))
    };
    Span::parse(text).ok_or_else(sentence)
}

/// An instant, in milliseconds since 1970, within the years 1 to 9999.
pub fn instant(millis: f64) -> Result<Time, Error> {
    Time::from_seconds(millis / 1000.0).ok_or_else(|| refused("the date is not a valid one of the years 1 to 9999"))
}

/// An instant as text: what conditions of policies take. A date and a time with their zone, `2030-01-01T00:00:00Z` or
/// `2030-01-01T02:00:00+02:00`; a year, a month or a day, which begin at midnight in UTC; or seconds since 1970.
pub fn moment(text: &str) -> Result<Time, Error> {
    let sentence = || {
        refused(&format!(
            "'{}' is not an instant of the years 1 to 9999: write it like 2030-01-01T00:00:00Z, \
             2030-01-01T02:00:00+02:00 or 2030-01-01, which begins in UTC",
            shown(text)
        ))
    };
    policy::instant(text).ok_or_else(sentence)
}

/// A root key: 32 bytes.
pub fn root_key(bytes: &[u8]) -> Result<RootKey, Error> {
    let sentence = || refused(&format!("the root key must be 32 bytes long, not {}", bytes.len()));
    bytes.try_into().map(Zeroizing::new).map_err(|_| sentence())
}

/// As much of a text as a sentence shows.
fn shown(text: &str) -> String {
    text.chars().take(LONGEST_SHOWN).collect()
}

fn refused(sentence: &str) -> Error {
    Error::argument(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_refused_with_a_sentence_that_shows_it() {
        let here = region("us-east-1").expect("a Region");
        let refusals = [
            account("12").map(drop),
            account("\u{0661}11122223333").map(drop),
            region("us-east").map(drop),
            caller("Alice", here).map(drop),
            caller("arn:aws-cn:iam::111122223333:root", here).map(drop),
            span("3x").map(drop),
            span("-3d").map(drop),
            instant(f64::NAN).map(drop),
            instant(253_402_300_800_000.0).map(drop),
            moment("tomorrow").map(drop),
            moment("2030-01-01T00:00:00").map(drop),
            moment("+10000-01-01").map(drop),
            moment("999999999999999").map(drop),
            root_key(&[0; 31]).map(drop),
        ];
        let shown = ["'12'", "not '", "'us-east'", "'Alice'", "arn:aws:", "'3x'", "backwards", "date"];
        let instants = ["9999", "'tomorrow'", "+02:00", "+10000", "9999", "31"];
        let shown = shown.into_iter().chain(instants);
        for (refusal, shown) in refusals.into_iter().zip(shown) {
            let sentence = refusal.expect_err("a refusal").message.unwrap_or_default();
            assert!(sentence.contains(shown), "{sentence}");
        }
    }

    #[test]
    fn a_sentence_does_not_grow_with_what_cannot_be_read() {
        let (here, long) = (region("us-east-1").expect("a Region"), "x".repeat(1_000_000));
        let arn = format!("arn:aws:iam::111122223333:user/{long}:");
        let read = [
            account(&long).map(drop),
            region(&long).map(drop),
            caller(&long, here).map(drop),
            caller(&arn, here).map(drop),
            span(&long).map(drop),
            moment(&long).map(drop),
        ];
        for refusal in read {
            let sentence = refusal.expect_err("a refusal").message.unwrap_or_default();
            assert!(sentence.contains('\'') && sentence.len() < 500, "{} bytes", sentence.len());
        }
    }
}
