//! Who has signed a request (section 1.3 of custom-key-stores.md).

use super::Proxies;
use crate::{
    signature::{Form, Message, Presented, Scope, Signature, TERMINATOR},
    state::ProxyRow,
    time::Time,
};

/// The service in the scope of a credential (CKS-34).
const SERVICE: &str = "kms-xks-proxy";

/// By how many seconds the time of a request may differ from the proxy's (CKS-43).
const SKEW: i64 = 300;

/// Whether somebody has signed a request whose credential the proxy knows (CKS-41 to CKS-43). All that is wrong is told
/// alike.
pub(super) fn is_authentic(proxies: Proxies<'_>, row: &ProxyRow, message: Message<'_>) -> bool {
    authentic(proxies, row, message).unwrap_or(false)
}

fn authentic(proxies: Proxies<'_>, row: &ProxyRow, message: Message<'_>) -> Option<bool> {
    let presented = Presented::of(message).ok().filter(|presented| presented.form == Form::Header)?;
    let is_there = |name: &str| message.headers.iter().any(|(header, _)| header.eq_ignore_ascii_case(name));
    let signs = presented.signs("host") && presented.signs("x-amz-date");
    let shows = is_there("x-amz-date") && (is_there("host") || message.authority.is_some());
    let [day, region, service, terminator] = &presented.scope;
    let scope = Scope { day, region, service };
    let here = Scope { day: presented.time.get(..8)?, region: row.region.as_str(), service: SERVICE };
    let skew = proxies.state.signature_skew().map_or(SKEW, |skew| skew.millis() / 1000);
    let of_proxy = proxies.now.millis().saturating_add(row.clock_offset);
    let apart = seconds(Time::from_millis(of_proxy)) - seconds(presented.instant?);
    if !signs || !shows || scope != here || terminator != TERMINATOR || apart.abs() > skew {
        return None;
    }
    let credential = row.credentials.iter().find(|known| *known.access_key_id == *presented.access_key_id)?;
    let secret = proxies.state.proxy_secret(row, credential.secret)?;
    let of = (scope, presented.time.as_str(), false);
    let (mac, secret, signed) = (proxies.provider.mac, secret.expose(), &presented.signed);
    let is_shown = |signature: Result<Signature, _>| signature.is_ok_and(|own| own.is(&presented.signature));
    if is_shown(Signature::new(mac, secret, &message, signed, of)) {
        return Some(true);
    }
    // AWS's signers and the reference proxy take several slashes for one; curl, of which the test client is made, signs the
    // path as it is, and so does the specification (CKS-36). The path is the same for both, so that both are believed.
    let has_two = message.path.contains("//");
    Some(has_two && is_shown(Signature::on_path(message.path, mac, secret, &message, signed, of)))
}

fn seconds(time: Time) -> i64 {
    time.millis().div_euclid(1000)
}
