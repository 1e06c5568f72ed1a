//! What was recorded of a world's calls: one door, which takes and gives JSON text.

use pocket_kms::wire;
use wasm_bindgen::prelude::*;

use crate::{World, fault, host_now, not_read, value};

#[wasm_bindgen]
impl World {
    /// Answers a question about what was recorded. Both are JSON text, because files and answers may be longer than what
    /// should be copied one member at a time.
    pub fn audit(&self, question: &str) -> Result<String, JsValue> {
        let answer = wire::from_json(question.as_bytes()).and_then(|question| self.0.audit(&question, host_now()));
        let answer = answer.map_err(|error| fault::refusal(&error, "", None))?;
        Ok(String::from_utf8(wire::to_json(&answer)).unwrap_or_default())
    }

    /// Sets what is told of calls from now on.
    #[wasm_bindgen(js_name = setAudit)]
    pub fn set_audit(&self, options: JsValue) -> Result<(), JsValue> {
        self.0.set_audit(&value::read(options)?).map_err(|error| not_read(error).into())
    }

    /// What is set of it.
    #[wasm_bindgen(getter, js_name = auditOptions)]
    pub fn audit_options(&self) -> JsValue {
        value::write(&self.0.audit_options().to_value())
    }
}
