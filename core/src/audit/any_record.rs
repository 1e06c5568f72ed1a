//! What a filter asks of a record, whether this world has made it or a trail file has brought it.

use super::{Record, imported::Imported};
use crate::{
    access,
    ids::Uuid,
    names::{AccountId, KeyArn, Region},
    time::Time,
    wire::{self, Value},
};

/// A record of either kind.
#[derive(Clone, Copy, Debug)]
pub(crate) enum AnyRecord<'a> {
    /// One of this world.
    Own(&'a Record),
    /// One from a trail file.
    Imported(&'a Imported),
}

/// The ids of a record, as it prints them.
#[derive(Clone, Debug, Default)]
pub(crate) struct IdTexts {
    pub(crate) request: Option<String>,
    pub(crate) event: Option<String>,
    pub(crate) shared: Option<String>,
}

impl<'a> AnyRecord<'a> {
    /// The name of the operation, or of what KMS has done by itself.
    pub(crate) fn name(self) -> &'a str {
        match self {
            Self::Own(record) => record.name(),
            Self::Imported(record) => &record.name,
        }
    }

    pub(crate) fn time(self) -> Time {
        match self {
            Self::Own(record) => record.time(),
            Self::Imported(record) => record.time,
        }
    }

    /// The account that got the record.
    pub(crate) fn account(self) -> Option<AccountId> {
        match self {
            Self::Own(record) => Some(record.account()),
            Self::Imported(record) => record.account,
        }
    }

    pub(crate) fn region(self) -> Option<Region> {
        match self {
            Self::Own(record) => Some(record.region()),
            Self::Imported(record) => record.region,
        }
    }

    /// `errorCode`, where there is one.
    pub(crate) fn error(self) -> Option<&'a str> {
        match self {
            Self::Own(record) => record.error().map(|(code, _)| code),
            Self::Imported(record) => record.error.as_deref(),
        }
    }

    pub(crate) fn is_read_only(self) -> bool {
        match self {
            Self::Own(record) => record.is_read_only(),
            Self::Imported(record) => record.read_only,
        }
    }

    /// Whether it is a network activity event: event history has none (AUD-102).
    pub(crate) fn is_network_activity(self) -> bool {
        match self {
            Self::Own(record) => record.is_network_activity(),
            Self::Imported(record) => record.text.contains("\"NetworkActivity\""),
        }
    }

    /// Every name of the caller: ARN, role, account.
    pub(crate) fn callers(self) -> Vec<String> {
        match self {
            Self::Own(record) => record.identity().names(),
            Self::Imported(record) => record.callers.to_vec(),
        }
    }

    /// The service that forwarded the caller's session.
    pub(crate) fn via(self) -> Option<&'a str> {
        match self {
            Self::Own(record) => record.identity().via(),
            Self::Imported(record) => record.via.as_deref(),
        }
    }

    /// The id of the request, which all records of a call have.
    pub(crate) fn request(self) -> Option<Uuid> {
        match self {
            Self::Own(record) => record.request_id(),
            Self::Imported(record) => record.ids.request.as_deref().and_then(Uuid::parse),
        }
    }

    pub(crate) fn ids(self) -> IdTexts {
        match self {
            Self::Own(record) => IdTexts {
                request: record.request_id().map(|id| id.to_string()),
                event: Some(record.event_id().to_string()),
                shared: record.shared_id().map(|id| id.to_string()),
            },
            Self::Imported(record) => record.ids.clone(),
        }
    }

    /// Whether one of the keys that the action has reached, or for which authorization was asked, is one that `fits`. Of a
    /// call that was refused early, CloudTrail shows no key; this world still knows which one it was.
    pub(crate) fn has_key(self, fits: &mut dyn FnMut(&KeyArn) -> bool) -> bool {
        let mut key = |resource: &access::Resource| matches!(resource, access::Resource::Key(arn) if fits(arn));
        match self {
            Self::Own(record) => {
                record.resources().iter().any(|resource| key(&resource.arn))
                    || record.checks().iter().any(|check| key(&check.resource))
            }
            Self::Imported(record) => record.keys.iter().any(fits),
        }
    }

    /// Whether a grant has allowed what was asked for: CloudTrail does not show it, but this world knows.
    pub(crate) fn is_allowed_by(self, grant: &str) -> bool {
        let Self::Own(record) = self else { return false };
        record.checks().iter().any(|check| check.grant.is_some_and(|id| id.to_string() == grant))
    }

    /// Whether the record shows what was asked.
    pub(crate) fn shows_parameters(self) -> bool {
        match self {
            Self::Own(record) => record.texts()[0].is_some(),
            Self::Imported(_) => self.shown()[0] != Value::Null,
        }
    }

    /// Whether a text stands in what the record shows of request and reply; it must be one that JSON writes as it is.
    pub(crate) fn mentions(self, text: &str) -> bool {
        match self {
            Self::Own(record) => record.texts().into_iter().flatten().any(|shown| shown.contains(text)),
            Self::Imported(record) => record.text.contains(text),
        }
    }

    /// `requestParameters`, `responseElements` and `additionalEventData`; null for what the record does not have.
    pub(crate) fn shown(self) -> [Value; 3] {
        match self {
            Self::Own(record) => {
                let json = |text: &str| wire::from_json(text.as_bytes()).unwrap_or_default();
                record.texts().map(|text| text.map(json).unwrap_or_default())
            }
            Self::Imported(_) => {
                let record = self.to_value();
                ["requestParameters", "responseElements", "additionalEventData"]
                    .map(|name| record.member(name).cloned().unwrap_or_default())
            }
        }
    }

    /// The record as CloudTrail writes it.
    pub(crate) fn to_value(self) -> Value {
        match self {
            Self::Own(record) => record.to_value(),
            Self::Imported(record) => wire::from_json(record.text.as_bytes()).unwrap_or_default(),
        }
    }

    /// The same as JSON text.
    pub(crate) fn to_json(self) -> String {
        match self {
            Self::Own(record) => record.to_json(),
            Self::Imported(record) => record.text.to_string(),
        }
    }
}
