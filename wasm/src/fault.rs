//! What is thrown: refusals of the core, and faults of pocket-kms itself.

use pocket_kms::{Error, Value, access::Decision};
use wasm_bindgen::{JsValue, throw_val};

use crate::value;

/// A refusal as `{ code, message, reasons, requestId }`.
pub(crate) fn refusal(error: &Error, request_id: &str, reasons: &[Decision]) -> JsValue {
    let reasons = reasons.iter().map(|reason| Value::Text(reason.to_string()));
    thrown([
        ("code", Value::from(error.exception.name())),
        ("message", Value::from(error.message.as_deref().unwrap_or_default())),
        ("reasons", Value::List(reasons.collect())),
        ("requestId", Value::from(request_id)),
    ])
}

/// Throws a panic as `{ panic }`, a sentence that says where it happened.
///
/// The frames in between are never unwound, so the package's JavaScript refuses to enter the module again.
pub(crate) fn tell_panics() {
    std::panic::set_hook(Box::new(|panic| {
        throw_val(thrown([("panic", Value::Text(panic.to_string()))]));
    }));
}

fn thrown<const N: usize>(members: [(&'static str, Value); N]) -> JsValue {
    value::write(&Value::from(members))
}
