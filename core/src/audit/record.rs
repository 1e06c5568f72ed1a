//! One copy of a record of CloudTrail, as an account gets it.

use std::sync::Arc;

use super::{
    Facts, Identity, additional,
    details::Details,
    elements,
    operations::{self, Row},
    resources,
};
use crate::{
    access::{self, Checked},
    ids::Uuid,
    names::{AccountId, Region},
    time::Time,
    wire::{self, Members, Value},
};

/// A record, as one account is told of an action. Copies for several accounts share what they have in common.
#[derive(Clone, Debug)]
pub struct Record {
    body: Arc<Body>,
    recipient: AccountId,
    event: Uuid,
    /// Whether callers of other accounts are shown as their own account sees them (AUD-240).
    full: bool,
}

/// What wrote a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A call of the API, or what is recorded like one.
    Call,
    /// KMS, by itself.
    Service,
    /// A VPC endpoint, through which a call came.
    Network,
}

/// What all copies of a record have in common.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) kind: Kind,
    pub(super) time: Time,
    pub(super) region: Region,
    pub(super) name: &'static str,
    pub(super) identity: Arc<Identity>,
    /// `errorCode`, and `errorMessage` where AWS sends a sentence.
    pub(super) error: Option<(&'static str, Option<Box<str>>)>,
    /// JSON text, here and in the next two.
    pub(super) parameters: Option<Box<str>>,
    pub(super) response: Option<Box<str>>,
    pub(super) additional: Option<Box<str>>,
    pub(super) details: Option<Details>,
    pub(super) request: Option<Uuid>,
    pub(super) shared: Option<Uuid>,
    pub(super) read_only: bool,
    pub(super) resources: Box<[Resource]>,
    pub(super) checks: Box<[Checked]>,
}

/// A key or an alias that an action has reached.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resource {
    /// Who owns it.
    pub account: AccountId,
    /// Its ARN.
    pub arn: access::Resource,
}

/// What all copies of the record of a call have in common, which shows these parameters.
pub(super) fn body(facts: &Facts<'_>, parameters: Option<Box<str>>) -> Body {
    let Facts { call, operation, reply, ids, .. } = facts;
    let row = Row::of(operation);
    Body {
        kind: Kind::Call,
        time: call.now,
        region: call.region,
        name: operation.name,
        identity: Arc::new(Identity::of(call, facts.state)),
        error: reply.as_ref().err().map(operations::refusal),
        parameters,
        response: row.and_then(|row| elements::of(row, facts)),
        additional: row.and_then(|row| additional::of(row, facts)),
        details: None,
        request: Some(ids.request),
        shared: None,
        read_only: row.is_some_and(|row| row.reads),
        resources: row.map_or_else(Box::default, |row| resources::of(row, facts)),
        checks: facts.checks.into(),
    }
}

impl Body {
    /// The copy of an account.
    pub(super) fn told_to(self: &Arc<Self>, recipient: AccountId, event: Uuid, full: bool) -> Record {
        Record { body: Arc::clone(self), recipient, event, full }
    }

    /// The only copy.
    pub(super) fn told_once(self, recipient: AccountId, event: Uuid) -> Record {
        Arc::new(self).told_to(recipient, event, false)
    }
}

impl Record {
    /// Whether CloudTrail delivers it as a network activity event, which no event history has (AUD-102).
    pub fn is_network_activity(&self) -> bool {
        self.body.kind == Kind::Network
    }

    /// Whether KMS has done it by itself, without a call.
    pub fn is_service_event(&self) -> bool {
        self.body.kind == Kind::Service
    }

    /// `serviceEventDetails`: what a service event tells of its key.
    pub fn details(&self) -> Option<Value> {
        self.body.details.as_ref()?.to_value()
    }

    /// Shares who has acted with an earlier record, where that is the same: callers mostly call more than once. Copies for
    /// several accounts share theirs already.
    pub(crate) fn share(&mut self, earlier: &Self) {
        let Some(body) = Arc::get_mut(&mut self.body) else { return };
        if body.identity == earlier.body.identity {
            body.identity = Arc::clone(&earlier.body.identity);
        }
    }

    /// What wrote it.
    pub(super) fn kind(&self) -> Kind {
        self.body.kind
    }

    /// The time of the action.
    pub fn time(&self) -> Time {
        self.body.time
    }

    /// The name of the operation, or of what KMS has done by itself.
    pub fn name(&self) -> &'static str {
        self.body.name
    }

    /// The Region in which the call arrived.
    pub fn region(&self) -> Region {
        self.body.region
    }

    /// The account that gets this copy.
    pub const fn account(&self) -> AccountId {
        self.recipient
    }

    /// The id of this copy.
    pub const fn event_id(&self) -> Uuid {
        self.event
    }

    /// The id of the request; what KMS does by itself mostly has none.
    pub fn request_id(&self) -> Option<Uuid> {
        self.body.request
    }

    /// What all copies of the action have in common, if there are several.
    pub fn shared_id(&self) -> Option<Uuid> {
        self.body.shared
    }

    /// The code and the sentence of a refusal.
    pub fn error(&self) -> Option<(&'static str, Option<&str>)> {
        self.body.error.as_ref().map(|(code, message)| (*code, message.as_deref()))
    }

    /// Whether the operation only reads.
    pub fn is_read_only(&self) -> bool {
        self.body.read_only
    }

    /// The keys and aliases that the action has reached.
    pub fn resources(&self) -> &[Resource] {
        &self.body.resources
    }

    /// What authorization was asked and what that came to, which CloudTrail does not show.
    pub fn checks(&self) -> &[Checked] {
        &self.body.checks
    }

    /// Who has acted, and from where.
    pub fn identity(&self) -> &Identity {
        &self.body.identity
    }

    /// The record as CloudTrail writes it, its members in CloudTrail's order (AUD-23 to AUD-49).
    pub fn to_value(&self) -> Value {
        let body = &*self.body;
        let Body { kind, error, identity, read_only, .. } = body;
        let [endpoint, endpoint_account] = identity.endpoint_members();
        // An endpoint sees who comes, and nothing of what they ask (AUD-100).
        let management = *kind != Kind::Network;
        let of_call = |value: Value| Some(value).filter(|_| management);
        let text = |value: String| Some(Value::from(value));
        let json = |text: &Option<Box<str>>| text.as_deref().and_then(|text| wire::from_json(text.as_bytes()).ok());
        let shown = |id: Option<Uuid>| id.map(|id| Value::from(id.to_string()));
        Value::named(&mut [
            ("eventVersion", Some(Value::from(kind.version()))),
            ("userIdentity", Some(identity.to_value(self.recipient, self.full))),
            ("eventTime", text(body.time.whole_seconds())),
            ("eventSource", Some(Value::from("kms.amazonaws.com"))),
            ("eventName", Some(Value::from(body.name))),
            ("awsRegion", text(body.region.to_string())),
            ("sourceIPAddress", text(identity.address())),
            ("userAgent", of_call(Value::from(identity.agent()))),
            ("errorCode", error.as_ref().map(|(code, _)| Value::from(*code))),
            ("errorMessage", error.as_ref().and_then(|(_, message)| message.as_deref().map(Value::from))),
            ("requestParameters", of_call(json(&body.parameters).unwrap_or_default())),
            ("responseElements", of_call(json(&body.response).unwrap_or_default())),
            ("additionalEventData", json(&body.additional)),
            ("requestID", shown(body.request)),
            ("eventID", text(self.event.to_string())),
            ("readOnly", of_call(Value::Bool(*read_only))),
            ("resources", resources::to_value(&body.resources)),
            ("eventType", Some(Value::from(kind.event_type()))),
            ("managementEvent", of_call(Value::Bool(true))),
            ("recipientAccountId", text(self.recipient.to_string())),
            ("serviceEventDetails", self.details()),
            ("sharedEventID", shown(body.shared)),
            ("vpcEndpointId", endpoint),
            ("vpcEndpointAccountId", endpoint_account),
            ("eventCategory", Some(Value::from(if management { "Management" } else { "NetworkActivity" }))),
            ("tlsDetails", identity.tls().filter(|_| management)),
            ("sessionCredentialFromConsole", identity.console_member().filter(|_| management)),
        ])
    }

    /// The record as JSON text.
    pub fn to_json(&self) -> String {
        String::from_utf8(wire::to_json(&self.to_value())).unwrap_or_default()
    }

    /// `requestParameters`, `responseElements` and `additionalEventData` as JSON text, where the record has them.
    pub(crate) fn texts(&self) -> [Option<&str>; 3] {
        [self.body.parameters.as_deref(), self.body.response.as_deref(), self.body.additional.as_deref()]
    }

    /// `additionalEventData`, as the record shows it.
    pub fn additional(&self) -> Option<Value> {
        wire::from_json(self.body.additional.as_deref()?.as_bytes()).ok()
    }

    /// One of the request parameters, as the record shows it.
    pub fn parameter(&self, name: &str) -> Option<Value> {
        let text = self.body.parameters.as_deref()?;
        match wire::from_json(text.as_bytes()) {
            Ok(Value::Map(members)) => Members::into_iter(members).find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }
}

impl Kind {
    const fn event_type(self) -> &'static str {
        match self {
            Self::Call => "AwsApiCall",
            Self::Service => "AwsServiceEvent",
            Self::Network => "AwsVpceEvent",
        }
    }

    /// The version of the format: that of network activity events is an older one (AUD-22).
    const fn version(self) -> &'static str {
        match self {
            Self::Call | Self::Service => "1.11",
            Self::Network => "1.09",
        }
    }
}
