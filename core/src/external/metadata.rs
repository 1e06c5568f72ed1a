//! What a request tells the proxy of the call that it belongs to (section 1.4 of custom-key-stores.md).

use super::asker::Asker;
use crate::{
    access::Identity,
    caller::{Caller, CallerKind},
    names::KeyArn,
    wire::Value,
};

/// The member `requestMetadata` of a body. What a proxy needs for rules of its own stands in it; `key` is the KMS key that
/// Encrypt and Decrypt use.
pub(super) fn of_key_operation(asker: &Asker<'_>, key: Option<KeyArn>) -> Value {
    let call = asker.call;
    // Of keys of other accounts, a proxy is not to learn the endpoint (CKS-48).
    let is_own = key.is_none_or(|key| call.caller.owns(key.account));
    let endpoint = call.origin.own_endpoint().filter(|_| is_own);
    let via = call.origin.via_service(call.region).filter(|_| key.is_some());
    let text = |text: Option<String>| text.map(Value::Text);
    Value::named(&mut [
        ("awsPrincipalArn", text(Some(principal(asker, &call.caller)))),
        ("awsSourceVpc", text(endpoint.and_then(|endpoint| asker.state.vpc_of(endpoint)).map(str::to_owned))),
        ("awsSourceVpce", text(endpoint.map(|endpoint| endpoint.id.clone()))),
        ("kmsKeyArn", text(key.map(|key| key.to_string()))),
        ("kmsOperation", Some(asker.kms_operation.into())),
        ("kmsRequestId", text(Some(asker.request_id.to_string()))),
        ("kmsViaService", text(via)),
    ])
}

/// The member `requestMetadata` of GetHealthStatus.
pub(super) fn of_health(asker: &Asker<'_>) -> Value {
    Value::from([("kmsOperation", asker.kms_operation.into()), ("kmsRequestId", asker.request_id.to_string().into())])
}

/// What `aws:PrincipalArn` says of the caller; a service that calls in its own name is named by its principal (CKS-47).
fn principal(asker: &Asker<'_>, caller: &Caller) -> String {
    if let CallerKind::Service(name) = &caller.kind {
        return name.clone();
    }
    let identity = Identity::of(caller, asker.call.region, asker.state);
    identity.principal_arn().unwrap_or_default().to_owned()
}
