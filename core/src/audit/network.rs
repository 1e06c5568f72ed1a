//! Network activity: what the owner of a VPC endpoint is told of the calls that come through it.

use std::sync::Arc;

use super::{
    Facts, Identity, Record,
    record::{Body, Kind},
};
use crate::{
    access::{Decider, Layer},
    ids::Uuid,
};

/// The sentence of CloudTrail for what an endpoint policy refuses (AUD-101).
const REFUSED: &str = "The request was denied due to a VPC endpoint policy";

/// The event of a call, where the host wants to know and the call came through an endpoint of somebody's. A service that
/// forwards a session does not come through the endpoint of the first call.
pub(super) fn of(facts: &Facts<'_>, identity: &Arc<Identity>, event: Uuid) -> Option<Record> {
    let call = facts.call;
    call.origin.own_endpoint().filter(|_| call.recording.network_activity)?;
    let owner = identity.endpoint()?.owner?;
    let is_refused = facts
        .decisions
        .iter()
        .any(|decision| !decision.allowed() && decision.decided_by == Decider::Layer(Layer::Endpoint));
    let body = Body {
        kind: Kind::Network,
        time: call.now,
        region: call.region,
        name: facts.operation.name,
        identity: Arc::clone(identity),
        error: is_refused.then(|| ("VpceAccessDenied", Some(REFUSED.into()))),
        parameters: None,
        response: None,
        additional: None,
        details: None,
        request: Some(facts.ids.request),
        shared: Some(facts.ids.shared),
        read_only: false,
        resources: Box::default(),
        checks: Box::default(),
    };
    Some(Arc::new(body).told_to(owner, event, call.recording.full_foreign_identity))
}
