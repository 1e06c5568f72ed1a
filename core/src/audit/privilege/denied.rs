//! What somebody was denied (AUD-220).

use std::collections::BTreeMap;

use super::needs::uses;
use crate::{
    access::{Action, Ruling},
    audit::Record,
    time::Time,
    wire::Value,
};

/// One action on one resource that was denied.
struct Denied {
    times: i64,
    last: Time,
    by: &'static str,
    message: Option<String>,
}

/// What was denied, each action and resource once.
pub(super) fn denials(calls: &[&Record]) -> Value {
    let mut all: BTreeMap<(Action, String), Denied> = BTreeMap::new();
    for used in uses(calls).filter(|used| used.checked.ruling != Ruling::Allowed) {
        let denied = Denied {
            times: 0,
            last: used.record.time(),
            by: used.checked.by.name(),
            message: used.record.error().and_then(|(_, message)| message).map(str::to_owned),
        };
        let at = (used.checked.action, used.named());
        let times = all.get(&at).map_or(0, |before| before.times);
        all.insert(at, Denied { times: times + 1, ..denied });
    }
    let told = all.into_iter().map(|((action, resource), denied)| {
        Value::named(&mut [
            ("action", Some(Value::from(action.as_str()))),
            ("resource", Some(Value::from(resource))),
            ("times", Some(Value::Int(denied.times))),
            ("last", Some(Value::from(denied.last.to_string()))),
            ("by", Some(Value::from(denied.by))),
            ("message", denied.message.map(Value::from)),
        ])
    });
    Value::List(told.collect())
}
