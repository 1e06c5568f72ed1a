//! LookupEvents of CloudTrail: what is asked, and the events as it tells them (AUD-104, AUD-105).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use super::any_record::AnyRecord;
use crate::{
    error::Error,
    names::{AccountId, Region},
    order::sorted,
    time::{Span, Time},
    wire::Value,
};

/// The most events of a page, and how many it has that says nothing else (API_LookupEvents).
const PAGE: usize = 50;

/// The longest value of an attribute (API_LookupAttribute).
const LONGEST: usize = 2000;

/// How far back the history reaches (AUD-105).
const REACH: Span = Span::from_days(90);

/// The service of all events.
const SOURCE: &str = "kms.amazonaws.com";

/// What the events are asked for.
const ATTRIBUTES: [(&str, Attribute); 8] = [
    ("AccessKeyId", Attribute::AccessKeyId),
    ("EventId", Attribute::EventId),
    ("EventName", Attribute::EventName),
    ("EventSource", Attribute::EventSource),
    ("ReadOnly", Attribute::ReadOnly),
    ("ResourceName", Attribute::ResourceName),
    ("ResourceType", Attribute::ResourceType),
    ("Username", Attribute::Username),
];

/// An attribute of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attribute {
    AccessKeyId,
    EventId,
    EventName,
    EventSource,
    ReadOnly,
    ResourceName,
    ResourceType,
    Username,
}

/// A request for events of an account in a Region.
#[derive(Debug)]
pub(crate) struct Lookup {
    attribute: Option<(Attribute, String)>,
    from: Option<Time>,
    to: Option<Time>,
    /// Whether events of Insights are asked for: there are none.
    insight: bool,
    most: usize,
    /// The time and the number behind which a page begins.
    token: Option<(i64, u64)>,
    /// What a token is good for: everything that was asked, but for the size of the page.
    seal: [u8; 16],
}

impl Lookup {
    /// Reads a request.
    ///
    /// # Errors
    /// The exceptions of LookupEvents.
    pub(crate) fn read(input: &Value, account: AccountId, region: Region) -> Result<Self, Error> {
        let member = |name: &str| input.member(name).filter(|value| **value != Value::Null);
        let attribute = member("LookupAttributes").map(attribute).transpose()?.flatten();
        let time = |name: &str| {
            let time = member(name).map(|value| value.as_time().ok_or_else(|| Error::lookup_time(name)));
            time.transpose()
        };
        let (from, to) = (time("StartTime")?, time("EndTime")?);
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err(Error::lookup_times_reversed());
        }
        let insight = match member("EventCategory").map(Value::as_text) {
            None => false,
            Some(Some("insight")) => true,
            Some(other) => return Err(Error::lookup_category(other.unwrap_or_default())),
        };
        let most = match member("MaxResults") {
            None => PAGE,
            Some(Value::Int(most)) => {
                let most = usize::try_from(*most).ok().filter(|most| (1..=PAGE).contains(most));
                most.ok_or_else(|| Error::lookup_max_results(PAGE))?
            }
            Some(_) => return Err(Error::lookup_max_results(PAGE)),
        };
        let seal = seal(&[
            format!("{account} {region} {insight}"),
            format!("{:?} {:?}", from.map(Time::millis), to.map(Time::millis)),
            format!("{attribute:?}"),
        ]);
        let token =
            member("NextToken").map(|token| unsealed(token, seal).ok_or_else(Error::lookup_token)).transpose()?;
        Ok(Self { attribute, from, to, insight, most, token, seal })
    }

    /// Whether a record of the account and Region, with this number, stands behind the start of the page and is meant, as far
    /// as this can be told without reading all of it.
    pub(crate) fn reaches(&self, number: u64, told: AnyRecord<'_>, now: Time) -> bool {
        let time = second(told.time());
        if self.insight || told.is_network_activity() || time < second(now) - REACH.millis() / 1000 {
            return false;
        }
        let within = self.from.is_none_or(|from| time >= second(from)) && self.to.is_none_or(|to| time <= second(to));
        let behind = self.token.is_none_or(|token| (time, number) < token);
        within
            && behind
            && self.attribute.as_ref().is_none_or(|(attribute, value)| match attribute {
                Attribute::EventName => told.name() == value,
                Attribute::ReadOnly => told.is_read_only() == (value == "true"),
                Attribute::EventSource => value == SOURCE,
                Attribute::EventId => told.ids().event.as_ref() == Some(value),
                _ => true,
            })
    }

    /// The event of a record, if it is meant.
    pub(crate) fn event(&self, told: AnyRecord<'_>) -> Option<Value> {
        let event = event(told)?;
        let meant = self.attribute.as_ref().is_none_or(|(attribute, value)| {
            let named = |name: &str| event.member(name).and_then(Value::as_text) == Some(value);
            let of_resource = |name: &str| match event.member("Resources") {
                Some(Value::List(resources)) => {
                    resources.iter().any(|of| of.member(name).and_then(Value::as_text) == Some(value))
                }
                _ => false,
            };
            match attribute {
                Attribute::AccessKeyId => named("AccessKeyId"),
                Attribute::Username => named("Username"),
                Attribute::ResourceName => of_resource("ResourceName"),
                Attribute::ResourceType => of_resource("ResourceType"),
                _ => true,
            }
        });
        meant.then_some(event)
    }

    /// The answer with those of these records that are meant, each with its number.
    pub(crate) fn answer(&self, records: Vec<(u64, AnyRecord<'_>)>) -> Value {
        // The newest one is the first; of the same second, the one that was made last.
        let place = |(number, told): &(u64, AnyRecord<'_>)| (second(told.time()), *number);
        let records = sorted(records, |one, other| place(other).cmp(&place(one)));
        let (mut events, mut last, mut more) = (Vec::new(), None, false);
        for (number, told) in records {
            let Some(event) = self.event(told) else { continue };
            more = events.len() >= self.most;
            if more {
                break;
            }
            last = Some((second(told.time()), number));
            events.push(event);
        }
        let next = last.filter(|_| more).map(|(time, number)| Value::from(sealed(time, number, self.seal)));
        Value::named(&mut [("Events", Some(Value::List(events))), ("NextToken", next)])
    }
}

/// What the attributes of a request ask for: there may be one.
fn attribute(value: &Value) -> Result<Option<(Attribute, String)>, Error> {
    let Value::List(attributes) = value else { return Err(Error::lookup_attributes("they must be a list")) };
    let attribute = match &attributes[..] {
        [] => return Ok(None),
        [attribute] => attribute,
        _ => return Err(Error::lookup_attributes("there can be one in a request")),
    };
    let text = |name: &str| attribute.member(name).and_then(Value::as_text);
    let known = || ATTRIBUTES.map(|(name, _)| name).join(", ");
    let found = ATTRIBUTES.iter().find(|(name, _)| text("AttributeKey") == Some(*name));
    let (name, attribute) =
        found.ok_or_else(|| Error::lookup_attributes(&format!("AttributeKey must be one of {}", known())))?;
    let value = text("AttributeValue").filter(|value| !value.is_empty());
    let value = value.ok_or_else(|| Error::lookup_attributes("AttributeValue must be a text that is not empty"))?;
    let length: usize = value.chars().map(|sign| if "_ ,\n".contains(sign) { 2 } else { 1 }).sum();
    if length > LONGEST {
        let problem = format!(
            "AttributeValue is longer than {LONGEST} characters, where _, spaces, commas and line feeds count twice"
        );
        return Err(Error::lookup_attributes(&problem));
    }
    if *attribute == Attribute::ReadOnly && !matches!(value, "true" | "false") {
        return Err(Error::lookup_attributes(&format!("the AttributeValue of {name} must be true or false")));
    }
    Ok(Some((*attribute, value.to_owned())))
}

/// An event as LookupEvents tells it; network activity is not a part of the history (AUD-102).
pub(crate) fn event(told: AnyRecord<'_>) -> Option<Value> {
    let record = told.to_value();
    let text = |name: &str| record.member(name).and_then(Value::as_text);
    if text("eventCategory").is_some_and(|category| category != "Management") {
        return None;
    }
    let identity = record.member("userIdentity").unwrap_or(&Value::Null);
    let owned = |name: &str| text(name).map(Value::from);
    let read_only = if told.is_read_only() { "true" } else { "false" };
    Some(Value::named(&mut [
        ("EventId", owned("eventID")),
        ("EventName", owned("eventName")),
        ("ReadOnly", Some(Value::from(read_only))),
        ("AccessKeyId", identity.member("accessKeyId").cloned()),
        ("EventTime", Some(Value::Int(second(told.time())))),
        ("EventSource", owned("eventSource")),
        ("Username", user_name(identity).map(Value::from)),
        ("Resources", Some(Value::List(if told.is_read_only() { Vec::new() } else { resources(&record) }))),
        ("CloudTrailEvent", Some(Value::from(told.to_json()))),
    ]))
}

/// The name of a user or of a session; a root user is `root` (a decision), and services have none.
fn user_name(identity: &Value) -> Option<&str> {
    let text = |name: &str| identity.member(name).and_then(Value::as_text);
    match text("type")? {
        "Root" => Some("root"),
        "AssumedRole" | "FederatedUser" => text("principalId")?.split_once(':').map(|(_, name)| name),
        _ => text("userName"),
    }
}

/// The keys that an operation has changed.
fn resources(record: &Value) -> Vec<Value> {
    let Some(Value::List(resources)) = record.member("resources") else { return Vec::new() };
    let names = resources.iter().filter_map(|of| of.member("ARN").and_then(Value::as_text));
    let keys = names.filter(|arn| arn.contains(":key/"));
    keys.map(|arn| Value::from([("ResourceType", Value::from("AWS::KMS::Key")), ("ResourceName", Value::from(arn))]))
        .collect()
}

/// The second of an instant: events say no more.
const fn second(time: Time) -> i64 {
    time.millis().div_euclid(1000)
}

fn seal(parts: &[String]) -> [u8; 16] {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.len().to_be_bytes());
        digest.update(part);
    }
    let digest: [u8; 32] = digest.finalize().into();
    let mut seal = [0; 16];
    seal.copy_from_slice(&digest[..16]);
    seal
}

/// The token that goes on behind an event.
fn sealed(time: i64, number: u64, seal: [u8; 16]) -> String {
    STANDARD.encode([&time.to_be_bytes()[..], &number.to_be_bytes(), &seal].concat())
}

/// Reads a token; `None` where it is not one, or one of another request.
fn unsealed(token: &Value, seal: [u8; 16]) -> Option<(i64, u64)> {
    let bytes: [u8; 32] = STANDARD.decode(token.as_text()?).ok()?.try_into().ok()?;
    let (time, rest) = bytes.split_first_chunk::<8>()?;
    let (number, own) = rest.split_first_chunk::<8>()?;
    (own == seal).then_some((i64::from_be_bytes(*time), u64::from_be_bytes(*number)))
}
