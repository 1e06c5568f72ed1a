//! JavaScript's values to values of the API and back: blobs are `Uint8Array`, instants `Date`, structures plain objects.
//!
//! Values are told apart by what they are and not by whose class they have: a page, a frame and Node have one class of
//! bytes each.

use js_sys::{Array, Date, Object, Reflect, Symbol, Uint8Array};
use pocket_kms::{
    Error, Time, Value,
    wire::{Depth, Members, Room, foreign, foreign_name},
};
use wasm_bindgen::prelude::*;

use crate::fault::refusal;

#[wasm_bindgen]
extern "C" {
    // Each of these may run code of the caller's own, such as a getter, an iterator or a trap of a `Proxy`, or refuses a
    // value that is not what it says it is. What they throw is caught, so that no frame of ours is left behind.
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_namespace = Array, js_name = from)]
    fn elements_of(list: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch, js_namespace = Object, js_name = entries)]
    fn entries_of(object: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["Object", "prototype", "toString"], js_name = call)]
    fn tag_of(object: &JsValue) -> Result<String, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["Map", "prototype", "entries"], js_name = call)]
    fn entries_of_map(map: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["Date", "prototype", "getTime"], js_name = call)]
    fn millis_of(date: &JsValue) -> Result<f64, JsValue>;
    #[wasm_bindgen(js_namespace = ArrayBuffer, js_name = isView)]
    fn is_view(value: &JsValue) -> bool;

    /// A text, an array, a buffer, or a view of a buffer.
    type Measured;
    #[wasm_bindgen(catch, method, structural, getter)]
    fn length(this: &Measured) -> Result<f64, JsValue>;
    #[wasm_bindgen(catch, method, structural, getter, js_name = byteLength)]
    fn byte_length(this: &Measured) -> Result<f64, JsValue>;
    #[wasm_bindgen(catch, method, structural, getter, js_name = byteOffset)]
    fn byte_offset(this: &Measured) -> Result<f64, JsValue>;
    #[wasm_bindgen(catch, method, structural, getter)]
    fn buffer(this: &Measured) -> Result<JsValue, JsValue>;

    /// `Uint8Array`, of which js-sys has no constructor that may throw; a detached buffer makes it.
    #[wasm_bindgen(extends = Uint8Array, js_name = Uint8Array)]
    type Window;
    #[wasm_bindgen(catch, constructor, js_class = Uint8Array)]
    fn new(buffer: &JsValue, offset: f64, length: f64) -> Result<Window, JsValue>;

    /// An object that is being written.
    type Written;
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn put(this: &Written, name: &str, value: &JsValue);
}

/// The largest whole number up to which a number of JavaScript has no gaps.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// Reads the input of a call; `undefined` is an empty structure.
///
/// # Errors
/// A refusal of values that no request can hold, which are measured before they are copied.
pub(crate) fn read(input: JsValue) -> Result<Value, JsValue> {
    if input.is_undefined() {
        return Ok(Value::Map(Members::new()));
    }
    Reading::default().value(&input, Depth::OUTSIDE)
}

/// A request on its way out of JavaScript: it is measured before it is copied.
#[derive(Default)]
struct Reading {
    room: Room,
}

impl Reading {
    fn value(&mut self, js: &JsValue, depth: Depth) -> Result<Value, JsValue> {
        if js.is_string() {
            self.spend(js.unchecked_ref::<Measured>().length()?)?;
            return text(js).map(Value::Text);
        }
        if !js.is_object() {
            self.spend(1.0)?;
            return scalar(js).map_err(refused);
        }
        if is_array(js)? {
            self.spend(js.unchecked_ref::<Measured>().length()?)?;
            let (deeper, elements) = (depth.deeper().map_err(refused)?, elements_of(js)?);
            return Value::list_of(elements.iter().map(|value| self.value(&value, deeper)));
        }
        self.object(js, depth)
    }

    fn object(&mut self, js: &JsValue, depth: Depth) -> Result<Value, JsValue> {
        if is_view(js) {
            let view = js.unchecked_ref::<Measured>();
            return self.bytes(&view.buffer()?, view.byte_offset()?, view.byte_length()?);
        }
        self.spend(1.0)?;
        let entries = match tag_of(js)?.as_str() {
            "[object ArrayBuffer]" | "[object SharedArrayBuffer]" => {
                return self.bytes(js, 0.0, js.unchecked_ref::<Measured>().byte_length()?);
            }
            "[object Date]" => return instant(millis_of(js)?),
            "[object Map]" => elements_of(&entries_of_map(js)?)?,
            _ if Reflect::has(js, &Symbol::iterator())? => return Err(refused(foreign(&kind(js)))),
            _ => entries_of(js)?,
        };
        self.members(&entries, depth.deeper().map_err(refused)?)
    }

    fn members(&mut self, entries: &Array, depth: Depth) -> Result<Value, JsValue> {
        self.spend(entries.length().into())?;
        Value::map_of(entries.iter().map(|entry| {
            let entry: Array = entry.unchecked_into();
            let name = text(&entry.get(0))?;
            self.room.spend(name.len()).map_err(refused)?;
            Ok((name, self.value(&entry.get(1), depth)?))
        }))
    }

    fn bytes(&mut self, buffer: &JsValue, offset: f64, length: f64) -> Result<Value, JsValue> {
        self.spend(length)?;
        Ok(Value::Blob(Window::new(buffer, offset, length)?.to_vec()))
    }

    /// Takes the room that a value needs at least, its own members not counted.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
    fn spend(&mut self, bytes: f64) -> Result<(), JsValue> {
        self.room.spend(bytes as usize).map_err(refused)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the mapping of an error takes it by value")]
fn refused(error: Error) -> JsValue {
    refusal(&error, "", None)
}

/// Text, unless it holds half a surrogate pair, which no encoding can say.
fn text(js: &JsValue) -> Result<String, JsValue> {
    let text = js.as_string().ok_or_else(|| refused(foreign_name(&kind(js))))?;
    // Reading has replaced such a half, so the text is another one now.
    let half = text.contains(char::REPLACEMENT_CHARACTER) && JsValue::from_str(&text) != *js;
    if half { Err(refused(foreign("string with a lone surrogate"))) } else { Ok(text) }
}

fn instant(millis: f64) -> Result<Value, JsValue> {
    let what = if millis.is_finite() { "Date beyond the years 1 to 9999" } else { "Invalid Date" };
    Time::from_seconds(millis / 1000.0).map(Value::Time).ok_or_else(|| refused(foreign(what)))
}

#[expect(clippy::cast_possible_truncation, reason = "the number is whole and safe")]
fn scalar(js: &JsValue) -> Result<Value, Error> {
    if js.is_null() || js.is_undefined() {
        return Ok(Value::Null);
    }
    if let Some(flag) = js.as_bool() {
        return Ok(Value::Bool(flag));
    }
    match js.as_f64() {
        Some(number) if number.fract() == 0.0 && number.abs() <= MAX_SAFE_INTEGER => Ok(Value::Int(number as i64)),
        Some(number) => Value::number(number),
        None => i64::try_from(js.clone()).map(Value::Int).map_err(|_| foreign(&kind(js))),
    }
}

/// What JavaScript calls a value of this kind: the name of its class.
fn kind(js: &JsValue) -> String {
    let member = |of: &JsValue, name| Reflect::get(of, &JsValue::from_str(name)).ok();
    let class = member(js, "constructor").and_then(|class| member(&class, "name"));
    class.or_else(|| Some(js.js_typeof())).and_then(|name| name.as_string()).unwrap_or_default()
}

/// Writes a reply.
#[expect(clippy::cast_precision_loss, reason = "numbers of the API are smaller than the gaps of a float")]
pub(crate) fn write(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(flag) => JsValue::from_bool(*flag),
        Value::Int(number) => JsValue::from_f64(*number as f64),
        Value::Float(number) => JsValue::from_f64(*number),
        Value::Text(text) => JsValue::from_str(text),
        Value::Blob(bytes) => Uint8Array::from(bytes.as_slice()).into(),
        Value::Secret(bytes) => Uint8Array::from(&bytes[..]).into(),
        Value::Time(time) => Date::new(&(time.seconds() * 1000.0).into()).into(),
        Value::List(values) => values.iter().map(write).collect::<Array>().into(),
        Value::Map(members) => object(members),
    }
}

fn object(members: &Members) -> JsValue {
    let object: Written = Object::new().unchecked_into();
    for (name, value) in members {
        object.put(name, &write(value));
    }
    object.into()
}
