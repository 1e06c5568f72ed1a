//! JavaScript's face of the templates of pocket-kms: one function, which takes JSON text and gives it.
//!
//! It is a module of its own, so that a page which reads no template does not load it.

use pocket_kms::wire;
use wasm_bindgen::prelude::*;

/// Does with JSON text what the crate of templates has under this name.
///
/// # Errors
/// An `Error` in the words of the crate, which begin with the file, the line and the column of what is wrong.
#[wasm_bindgen]
pub fn call(name: &str, input: &str) -> Result<String, JsError> {
    // Not the whole error: the names of all exceptions would come with it.
    let input = wire::from_json(input.as_bytes()).map_err(|error| JsError::new(&error.message.unwrap_or_default()))?;
    let output = pocket_kms_templates::call(name, &input)?;
    Ok(String::from_utf8(wire::to_json(&output)).unwrap_or_default())
}
