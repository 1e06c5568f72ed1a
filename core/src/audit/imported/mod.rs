//! Records from trail files, of any version from 1.02 to 1.11.

mod split;

use super::any_record::IdTexts;
use crate::{
    arguments,
    names::{AccountId, KeyArn, Region},
    time::Time,
    wire::{self, Value},
};

/// The service whose records are kept.
const SOURCE: &str = "kms.amazonaws.com";

/// A record that a trail file has brought: its text, and what filters ask of it.
#[derive(Clone, Debug)]
pub(crate) struct Imported {
    /// The record as JSON text in one line.
    pub(crate) text: Box<str>,
    pub(crate) time: Time,
    pub(crate) name: Box<str>,
    pub(crate) account: Option<AccountId>,
    pub(crate) region: Option<Region>,
    pub(crate) error: Option<Box<str>>,
    pub(crate) read_only: bool,
    pub(crate) callers: Box<[String]>,
    pub(crate) via: Option<Box<str>>,
    pub(crate) keys: Box<[KeyArn]>,
    pub(crate) ids: IdTexts,
}

/// What a trail file has brought.
#[derive(Debug, Default)]
pub(crate) struct Brought {
    pub(crate) records: Vec<Imported>,
    /// How many records of other services there were.
    pub(crate) skipped: usize,
}

impl Brought {
    /// Reads a trail file (`{"Records": [...]}`), an answer of LookupEvents (`{"Events": [...]}`), a list of records, a
    /// single record, or one record a line. Records of other services than KMS are counted, not kept.
    ///
    /// # Errors
    /// What is wrong, and where, as the end of a sentence.
    pub(crate) fn read(text: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(text).map_err(|_| "is not text in UTF-8: unpack a .gz file first".to_owned())?;
        let mut brought = Self::default();
        for value in split::values(text.trim_start_matches('\u{feff}'))? {
            for record in split::records(value)? {
                let place = brought.records.len() + brought.skipped + 1;
                brought.take(record).map_err(|problem| format!("has a record (number {place}) that {problem}"))?;
            }
        }
        Ok(brought)
    }

    /// Reads records that this library has written, each as a text.
    pub(crate) fn read_own(texts: &[String]) -> Result<Vec<Imported>, String> {
        let mut brought = Self::default();
        texts.iter().try_for_each(|text| brought.take(text))?;
        Ok(brought.records)
    }

    fn take(&mut self, text: &str) -> Result<(), String> {
        if !text.contains(SOURCE) && text.contains("eventSource") {
            self.skipped += 1;
            return Ok(());
        }
        let json = |text: &str| serde_json::from_str::<Value>(text).map_err(|cause| format!("is not JSON: {cause}"));
        let record = json(text)?;
        let event = record.member("CloudTrailEvent").and_then(Value::as_text);
        self.take_one(&event.map(json).transpose()?.unwrap_or(record))
    }

    fn take_one(&mut self, record: &Value) -> Result<(), String> {
        let text = |name: &str| record.member(name).and_then(Value::as_text);
        let source = text("eventSource").ok_or("is not a record of CloudTrail: it has no eventSource")?;
        if source != SOURCE {
            self.skipped += 1;
            return Ok(());
        }
        let version = text("eventVersion").unwrap_or_default();
        if !version.starts_with("1.") {
            return Err(format!("has the version '{version}', and 1.02 to 1.11 can be read"));
        }
        let name = text("eventName").ok_or("has no eventName")?;
        let time = text("eventTime").and_then(|time| arguments::moment(time).ok()).ok_or("has no eventTime")?;
        let identity = record.member("userIdentity").unwrap_or(&Value::Null);
        let owned = |name: &str| text(name).map(str::to_owned);
        self.records.push(Imported {
            text: String::from_utf8(wire::to_json(record)).unwrap_or_default().into(),
            time,
            name: name.into(),
            account: text("recipientAccountId").or_else(|| account(identity)).and_then(AccountId::parse),
            region: text("awsRegion").and_then(Region::parse),
            error: text("errorCode").map(Box::from),
            read_only: read_only(record, name),
            callers: callers(identity),
            via: identity.member("invokedBy").and_then(Value::as_text).map(Box::from),
            keys: keys(record),
            ids: IdTexts { request: owned("requestID"), event: owned("eventID"), shared: owned("sharedEventID") },
        });
        Ok(())
    }
}

fn account(identity: &Value) -> Option<&str> {
    identity.member("accountId")?.as_text()
}

/// What the record says, which versions before 1.02 and network activity events do not.
fn read_only(record: &Value, name: &str) -> bool {
    match record.member("readOnly") {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::Text(text)) => text == "true",
        _ => ["Describe", "Get", "List"].iter().any(|verb| name.starts_with(verb)),
    }
}

/// The names of a caller: its ARN, that of the issuer of its session, its account, and the name of a service.
fn callers(identity: &Value) -> Box<[String]> {
    let issuer = identity.member("sessionContext").and_then(|context| context.member("sessionIssuer"));
    let text = |value: Option<&Value>| value.and_then(Value::as_text).map(str::to_owned);
    let is_service = identity.member("type").and_then(Value::as_text).is_none_or(|kind| kind == "AWSService");
    let names = [
        text(identity.member("arn")),
        text(issuer.and_then(|issuer| issuer.member("arn"))),
        text(identity.member("principalId")),
        text(identity.member("accountId")).filter(|_| !is_service),
        text(identity.member("invokedBy")).filter(|_| is_service),
    ];
    names.into_iter().flatten().collect()
}

/// The keys that a record names; old ones write their type or leave it out.
fn keys(record: &Value) -> Box<[KeyArn]> {
    let Some(Value::List(resources)) = record.member("resources") else { return Box::default() };
    let arn = |resource: &Value| KeyArn::parse(resource.member("ARN").or_else(|| resource.member("arn"))?.as_text()?);
    resources.iter().filter_map(arn).collect()
}
