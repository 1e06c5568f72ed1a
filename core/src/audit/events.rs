//! What EventBridge is sent: an event for each record, and events of KMS's own for what ends in the life of a key.

use super::{Record, record::Kind};
use crate::{
    ids::Uuid,
    names::{AccountId, Region},
    time::{Span, Time},
    wire::Value,
};

/// What the names of operations begin with of which a rule hears only if it wants to hear of everything (AUD-211).
const READING: [&str; 3] = ["Describe", "Get", "List"];

/// How long after the deletion of a key a second event of it comes, where one does: within a few seconds.
const AGAIN: Span = Span::from_millis(1000);

/// Which events a rule of EventBridge hears of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RuleState {
    /// `ENABLED`: no calls whose names begin with Describe, Get or List. Others that only read are heard of: AWS says both
    /// that they are, and that they may be (a decision).
    #[default]
    Enabled,
    /// `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`: everything.
    All,
}

impl RuleState {
    /// Reads AWS's word for it.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "ENABLED" => Some(Self::Enabled),
            "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" => Some(Self::All),
            _ => None,
        }
    }

    /// Whether a rule in this state hears of a record.
    fn hears(self, record: &Record) -> bool {
        let is_reading = record.is_read_only() && READING.iter().any(|verb| record.name().starts_with(verb));
        self == Self::All || !is_reading
    }
}

/// An event of EventBridge.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// Its id, which follows from that of the record.
    pub id: Uuid,
    /// `detail-type`, such as `KMS CMK Rotation`.
    pub detail_type: &'static str,
    /// The account that gets it.
    pub account: AccountId,
    /// When it happened.
    pub time: Time,
    /// The Region in which it is sent.
    pub region: Region,
    /// The ARNs of the keys that it is about; an event that carries a record names none.
    pub resources: Vec<String>,
    /// What happened.
    pub detail: Value,
}

impl Event {
    /// The events that follow from a record: KMS's own first, if there is one, then the one that carries the record
    /// (AUD-206 to AUD-210). Of network activity there is none. With `repeated`, the deletion of a key is told twice, as
    /// AWS may do (AUD-208).
    pub fn of(record: &Record, rule: RuleState, repeated: bool) -> Vec<Self> {
        let mut events = Vec::new();
        let Some(carries) = record.kind().detail_type() else { return events };
        if let Some(own) = Self::of_kms(record) {
            let again = Self { id: own.id.following(), time: own.time.after(AGAIN), ..own.clone() };
            let is_deletion = own.detail_type == DELETION;
            events.push(own);
            events.extend(Some(again).filter(|_| repeated && is_deletion));
        }
        if rule.hears(record) {
            let event = Self::with(record, carries, Vec::new(), record.to_value());
            events.push(event);
        }
        events
    }

    /// The event of KMS's own that a service event gives.
    fn of_kms(record: &Record) -> Option<Self> {
        let (detail_type, members): (_, &[(&str, &str)]) = match record.name() {
            _ if !record.is_service_event() => return None,
            "RotateKey" => ("KMS CMK Rotation", ROTATION),
            "DeleteExpiredKeyMaterial" => ("KMS Imported Key Material Expiration", EXPIRATION),
            "DeleteKey" => (DELETION, &[]),
            _ => return None,
        };
        let key = record.resources().first()?.arn.to_string();
        let id = key.rsplit('/').next().map(Value::from);
        let told = record.details();
        let member = |name: &str| told.as_ref().and_then(|details| details.member(name)).cloned();
        let rest = members.iter().filter_map(|(name, of)| Some((*name, member(of)?)));
        let detail = id.map(|id| ("key-id", id)).into_iter().chain(rest).collect();
        Some(Self::with(record, detail_type, vec![key], detail))
    }

    fn with(record: &Record, detail_type: &'static str, resources: Vec<String>, detail: Value) -> Self {
        let id = Uuid::of_text(&format!("{detail_type} {}", record.event_id()));
        let (account, time, region) = (record.account(), record.time(), record.region());
        Self { id, detail_type, account, time, region, resources, detail }
    }

    /// The event as EventBridge hands it to its targets.
    pub fn to_value(&self) -> Value {
        let resources = self.resources.iter().map(|arn| Value::from(arn.as_str())).collect();
        Value::from([
            ("version", Value::from("0")),
            ("id", Value::from(self.id.to_string())),
            ("detail-type", Value::from(self.detail_type)),
            ("source", Value::from("aws.kms")),
            ("account", Value::from(self.account.to_string())),
            ("time", Value::from(self.time.whole_seconds())),
            ("region", Value::from(self.region.to_string())),
            ("resources", Value::List(resources)),
            ("detail", self.detail.clone()),
        ])
    }
}

const DELETION: &str = "KMS CMK Deletion";

/// The members of a detail behind `key-id`, and what the record calls them.
const ROTATION: &[(&str, &str)] = &[
    ("key-origin", "keyOrigin"),
    ("rotation-type", "rotationType"),
    ("previous-key-material-id", "previousKeyMaterialId"),
    ("current-key-material-id", "currentKeyMaterialId"),
];
const EXPIRATION: &[(&str, &str)] = &[("key-material-id", "keyMaterialId")];

impl Kind {
    /// How EventBridge calls the event that carries a record.
    const fn detail_type(self) -> Option<&'static str> {
        match self {
            Self::Call => Some("AWS API Call via CloudTrail"),
            Self::Service => Some("AWS Service Event via CloudTrail"),
            Self::Network => None,
        }
    }
}
