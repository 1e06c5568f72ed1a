//! The members of a filter: whether they hold, and what a record has instead.

use super::{KeyName, Miss};
use crate::{
    audit::{any_record::AnyRecord, pattern::Pattern},
    names::{AccountId, Region},
    text::is_like,
    time::Time,
    wire::{self, Value},
};

/// Pairs of an encryption context; any value will do where none is said.
pub(super) type Pairs = Vec<(String, Option<String>)>;

/// One member of a filter.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// One of these names; an asterisk stands for any text.
    Operation(Vec<String>),
    Outcome(Outcome),
    Error(String),
    ReadOnly(bool),
    Account(AccountId),
    Region(Region),
    From(Time),
    To(Time),
    Via(String),
    Key(Vec<KeyName>),
    Request(String),
    Event(String),
    Shared(String),
    /// One of these, with asterisks as above.
    Caller(Vec<String>),
    Alias(String),
    Grant(String),
    /// Pairs that must be there; without a value, their names.
    Context(Pairs),
    Pattern(String, Box<Pattern>),
    /// The record shows request parameters.
    Parameters,
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Ok,
    Refused,
    Denied,
}

/// The request parameters that may hold an alias.
const NAMES: [&str; 5] = ["keyId", "aliasName", "targetKeyId", "sourceKeyId", "destinationKeyId"];

/// The request parameters that are encryption contexts.
const CONTEXTS: [&str; 3] = ["encryptionContext", "sourceEncryptionContext", "destinationEncryptionContext"];

impl Outcome {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Refused => "refused",
            Self::Denied => "denied",
        }
    }

    fn of(error: Option<&str>) -> Self {
        match error {
            None => Self::Ok,
            Some("AccessDenied" | "AccessDeniedException" | "VpceAccessDenied") => Self::Denied,
            Some(_) => Self::Refused,
        }
    }
}

impl Part {
    /// What the member is called.
    pub(super) const fn member(&self) -> &'static str {
        match self {
            Self::Operation(_) => "operation",
            Self::Outcome(_) => "outcome",
            Self::Error(_) => "error",
            Self::ReadOnly(_) => "read_only",
            Self::Account(_) => "account",
            Self::Region(_) => "region",
            Self::From(_) => "from",
            Self::To(_) => "to",
            Self::Via(_) => "via",
            Self::Key(_) => "key",
            Self::Request(_) => "request_id",
            Self::Event(_) => "event_id",
            Self::Shared(_) => "shared_id",
            Self::Caller(_) => "caller",
            Self::Alias(_) => "alias",
            Self::Grant(_) => "grant",
            Self::Context(_) => "encryption_context",
            Self::Pattern(..) => "pattern",
            Self::Parameters => "shown parameters",
        }
    }

    /// Whether the member holds of a record.
    pub(super) fn holds(&self, told: AnyRecord<'_>) -> bool {
        match self {
            Self::Operation(names) => names.iter().any(|name| is_like(told.name(), name)),
            Self::Outcome(outcome) => {
                let found = Outcome::of(told.error());
                found == *outcome || (*outcome, found) == (Outcome::Refused, Outcome::Denied)
            }
            Self::Error(code) => told.error().is_some_and(|found| is_like(found, code)),
            Self::ReadOnly(flag) => told.is_read_only() == *flag,
            Self::Account(account) => told.account() == Some(*account),
            Self::Region(region) => told.region() == Some(*region),
            Self::From(time) => told.time() >= *time,
            Self::To(time) => told.time() <= *time,
            Self::Via(service) => told.via().is_some_and(|via| {
                is_like(via, service) || via.strip_suffix(".amazonaws.com").is_some_and(|via| is_like(via, service))
            }),
            Self::Key(keys) => {
                told.has_key(&mut |key| keys.iter().any(|name| name.fits(key)))
                    || keys.iter().any(|name| matches!(name, KeyName::Alias(alias) if has_used(told, alias)))
            }
            Self::Request(id) => told.ids().request.is_some_and(|found| found.eq_ignore_ascii_case(id)),
            Self::Event(id) => told.ids().event.is_some_and(|found| found.eq_ignore_ascii_case(id)),
            Self::Shared(id) => told.ids().shared.is_some_and(|found| found.eq_ignore_ascii_case(id)),
            Self::Caller(names) => told.callers().iter().any(|found| names.iter().any(|name| is_like(found, name))),
            Self::Alias(name) => has_used(told, name),
            Self::Grant(id) => {
                let shows = |id: &str| told.shown().iter().any(|shown| text(shown, "grantId") == Some(id));
                told.is_allowed_by(id) || (told.mentions(id) && shows(id))
            }
            Self::Context(pairs) => has_context(told, pairs),
            Self::Pattern(_, pattern) => pattern.matches(&told.to_value()),
            Self::Parameters => told.shows_parameters(),
        }
    }

    /// What the member wants, to be shown.
    pub(super) fn wanted(&self) -> String {
        match self {
            Self::Operation(names) | Self::Caller(names) => names.join(" or "),
            Self::Outcome(outcome) => outcome.name().to_owned(),
            Self::ReadOnly(flag) => flag.to_string(),
            Self::Parameters => "of any kind".to_owned(),
            Self::Account(account) => account.to_string(),
            Self::Region(region) => region.to_string(),
            Self::From(time) | Self::To(time) => time.to_string(),
            Self::Key(keys) => keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or "),
            Self::Error(text)
            | Self::Via(text)
            | Self::Request(text)
            | Self::Event(text)
            | Self::Shared(text)
            | Self::Alias(text)
            | Self::Grant(text)
            | Self::Pattern(text, _) => text.clone(),
            Self::Context(pairs) => {
                let pair = |(name, value): &(String, Option<String>)| {
                    (name.clone().into(), value.as_deref().map_or(Value::from("*"), Value::from))
                };
                json(&Value::Map(pairs.iter().map(pair).collect()))
            }
        }
    }

    /// What a record has where the member wants something else.
    fn found(&self, told: AnyRecord<'_>) -> String {
        let none = || "nothing".to_owned();
        match self {
            Self::Operation(_) => told.name().to_owned(),
            Self::Outcome(_) => Outcome::of(told.error()).name().to_owned(),
            Self::Error(_) => told.error().map_or_else(|| "no error".to_owned(), str::to_owned),
            Self::ReadOnly(_) => told.is_read_only().to_string(),
            Self::Account(_) => told.account().map_or_else(none, |account| account.to_string()),
            Self::Region(_) => told.region().map_or_else(none, |region| region.to_string()),
            Self::From(_) | Self::To(_) => told.time().to_string(),
            Self::Via(_) => told.via().map_or_else(none, str::to_owned),
            Self::Key(_) => {
                let mut keys = Vec::new();
                told.has_key(&mut |key| {
                    keys.push(key.to_string());
                    false
                });
                keys.dedup();
                if keys.is_empty() { none() } else { keys.join(" and ") }
            }
            Self::Request(_) => told.ids().request.unwrap_or_else(none),
            Self::Event(_) => told.ids().event.unwrap_or_else(none),
            Self::Shared(_) => told.ids().shared.unwrap_or_else(none),
            Self::Caller(_) => told.callers().into_iter().next().unwrap_or_else(none),
            Self::Alias(_) => {
                let [parameters, ..] = told.shown();
                let named = NAMES.iter().find_map(|name| text(&parameters, name));
                named.map_or_else(none, str::to_owned)
            }
            Self::Grant(_) => {
                let shown = told.shown();
                shown.iter().find_map(|shown| text(shown, "grantId")).map_or_else(none, str::to_owned)
            }
            Self::Context(_) => {
                let [parameters, ..] = told.shown();
                let context = CONTEXTS.iter().find_map(|name| parameters.member(name));
                context.map_or_else(|| "no encryption context".to_owned(), json)
            }
            Self::Pattern(..) => "what it does not match".to_owned(),
            Self::Parameters => none(),
        }
    }

    pub(super) fn miss(&self, told: AnyRecord<'_>) -> Miss {
        let weight = match self {
            Self::Operation(_) => 8,
            Self::Key(_) => 4,
            Self::Caller(_) | Self::Context(_) => 2,
            _ => 1,
        };
        Miss { member: self.member(), wanted: self.wanted(), found: self.found(told), weight }
    }
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.member(name)?.as_text()
}

fn json(value: &Value) -> String {
    String::from_utf8_lossy(&wire::to_json(value)).into_owned()
}

/// Whether the request of a record has named an alias; the name may lack its `alias/`, and be an ARN.
fn has_used(told: AnyRecord<'_>, alias: &str) -> bool {
    let bare = |name: &str| name.split_once("alias/").map(|(before, name)| (before.to_owned(), name.to_owned()));
    let (before, name) = bare(alias).unwrap_or_else(|| (String::new(), alias.to_owned()));
    let [parameters, ..] = told.shown();
    let used = NAMES.iter().filter_map(|member| text(&parameters, member)).filter_map(bare);
    used.into_iter()
        .any(|(place, used)| is_like(&used, &name) && (before.is_empty() || place.is_empty() || place == before))
}

/// Whether one of the encryption contexts of a request has all pairs.
fn has_context(told: AnyRecord<'_>, pairs: &[(String, Option<String>)]) -> bool {
    let is_plain = |text: &str| !text.contains(['"', '\\']) && !text.chars().any(char::is_control);
    let texts = pairs.iter().flat_map(|(name, value)| [Some(name), value.as_ref()]).flatten();
    if texts.into_iter().any(|text| is_plain(text) && !told.mentions(text)) {
        return false;
    }
    let [parameters, ..] = told.shown();
    CONTEXTS.iter().filter_map(|name| parameters.member(name)).any(|context| {
        pairs.iter().all(|(name, wanted)| match (text(context, name), wanted) {
            (Some(found), Some(wanted)) => found == wanted,
            (found, None) => found.is_some(),
            (None, _) => false,
        })
    })
}
