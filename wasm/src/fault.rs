//! What is thrown: refusals of the core, and faults of pocket-kms itself. And answers that faults on demand keep back.

use pocket_kms::{Error, Span, Trail, Value};
use wasm_bindgen::{JsError, JsValue, prelude::wasm_bindgen, throw_val};

use crate::value;

/// A refusal as `{ code, message, reasons, decisions, requestId }`; the trail tells why a caller was denied.
pub(crate) fn refusal(error: &Error, request_id: &str, trail: Option<&Trail>) -> JsValue {
    let (reasons, decisions) = trail.map(Trail::denial).unwrap_or_default();
    thrown([
        ("code", Value::from(error.exception.name())),
        ("message", Value::from(error.message.as_deref().unwrap_or_default())),
        ("reasons", Value::List(reasons.into_iter().map(Value::Text).collect())),
        ("decisions", Value::List(decisions)),
        ("requestId", Value::from(request_id)),
    ])
}

/// Why a caller was denied, as `{ reasons, decisions }`.
pub(crate) fn denied(reasons: Vec<String>, decisions: Vec<Value>) -> JsValue {
    let reasons = reasons.into_iter().map(Value::Text).collect();
    thrown([("reasons", Value::List(reasons)), ("decisions", Value::List(decisions))])
}

/// An error that is not one of KMS, where a fault lets no answer of KMS through.
pub(crate) fn unanswered(error: &Error) -> JsValue {
    JsError::new(error.message.as_deref().unwrap_or_default()).into()
}

/// An answer that the host keeps back.
#[wasm_bindgen]
pub struct Delayed {
    millis: f64,
    answer: Result<JsValue, JsValue>,
}

#[wasm_bindgen]
impl Delayed {
    /// For this many milliseconds.
    #[wasm_bindgen(getter)]
    pub fn millis(&self) -> f64 {
        self.millis
    }

    /// The answer.
    pub fn take(self) -> Result<JsValue, JsValue> {
        self.answer
    }
}

/// The answer to a call, now or later.
pub(crate) fn delayed(answer: Result<JsValue, JsValue>, delay: Option<Span>) -> Result<JsValue, JsValue> {
    match delay.filter(|delay| *delay > Span::default()) {
        Some(delay) => Ok(Delayed { millis: millis(delay), answer }.into()),
        None => answer,
    }
}

/// The milliseconds of a delay, as JavaScript counts them.
pub(crate) fn millis(delay: Span) -> f64 {
    i32::try_from(delay.millis()).unwrap_or(i32::MAX).into()
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
