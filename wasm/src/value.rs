//! JavaScript's values to values of the API and back: blobs are `Uint8Array`, instants `Date`, structures plain objects.

use js_sys::{Array, ArrayBuffer, Date, JsString, Map, Reflect, Symbol, Uint8Array};
use pocket_kms::{
    Error, Time, Value,
    wire::{Depth, Members, Room, foreign, foreign_name},
};
use serde::{
    Deserialize, Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};
use serde_wasm_bindgen::{Deserializer, preserve};
use wasm_bindgen::prelude::*;

use crate::fault::refusal;

#[wasm_bindgen]
extern "C" {
    // These run code of the caller's own, such as getters and iterators, which may throw.
    #[wasm_bindgen(catch, js_namespace = Object, js_name = entries)]
    fn entries_of(object: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch, js_namespace = Array, js_name = from)]
    fn elements_of(list: &JsValue) -> Result<Array, JsValue>;
}

/// Reads the input of a call; `undefined` is an empty structure.
///
/// # Errors
/// A refusal of values that no request can hold, which are measured before they are copied.
pub(crate) fn read(input: JsValue) -> Result<Value, JsValue> {
    if input.is_undefined() {
        return Ok(Value::Map(Members::new()));
    }
    Reading::default().value(input, Depth::OUTSIDE)
}

/// A request on its way out of JavaScript: it is measured before it is copied.
#[derive(Default)]
struct Reading {
    room: Room,
}

impl Reading {
    fn value(&mut self, js: JsValue, depth: Depth) -> Result<Value, JsValue> {
        self.spend(size(&js))?;
        if js.is_string() {
            return text(&js).map(Value::Text);
        }
        if Array::is_array(&js) {
            let (deeper, elements) = (depth.deeper().map_err(refused)?, elements_of(&js)?);
            return Value::list_of(elements.iter().map(|value| self.value(value, deeper)));
        }
        if let Some(entries) = entries(&js) {
            return self.members(&entries?, depth.deeper().map_err(refused)?);
        }
        scalar(js).map_err(refused)
    }

    fn members(&mut self, entries: &Array, depth: Depth) -> Result<Value, JsValue> {
        self.spend(entries.length() as usize)?;
        Value::map_of(entries.iter().map(|entry| {
            let entry: Array = entry.unchecked_into();
            let name = text(&entry.get(0))?;
            self.spend(name.len())?;
            Ok((name, self.value(entry.get(1), depth)?))
        }))
    }

    fn spend(&mut self, bytes: usize) -> Result<(), JsValue> {
        self.room.spend(bytes).map_err(refused)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the mapping of an error takes it by value")]
fn refused(error: Error) -> JsValue {
    refusal(&error, "", &[])
}

/// How much memory a value takes at least, its own members not counted.
fn size(js: &JsValue) -> usize {
    let length = if let Some(text) = js.dyn_ref::<JsString>() {
        text.length()
    } else if let Some(bytes) = js.dyn_ref::<Uint8Array>() {
        bytes.length()
    } else if let Some(bytes) = js.dyn_ref::<ArrayBuffer>() {
        bytes.byte_length()
    } else if let Some(values) = js.dyn_ref::<Array>() {
        values.length()
    } else {
        1
    };
    length as usize
}

/// Text, unless it holds half a surrogate pair, which no encoding can say.
fn text(js: &JsValue) -> Result<String, JsValue> {
    let text = js.as_string().ok_or_else(|| refused(foreign_name(&kind(js))))?;
    // Converting has replaced such a half; only then are the code units looked at one by one.
    let half = text.contains(char::REPLACEMENT_CHARACTER) && !js.unchecked_ref::<JsString>().is_valid_utf16();
    if half { Err(refused(foreign("string with a lone surrogate"))) } else { Ok(text) }
}

/// The members of an object or a `Map`; `None` for everything else, such as a `Set` or a function.
fn entries(js: &JsValue) -> Option<Result<Array, JsValue>> {
    if js.is_instance_of::<Map>() {
        return Some(elements_of(js));
    }
    let is_scalar = js.is_instance_of::<ArrayBuffer>() || js.is_instance_of::<Date>();
    let is_structure = js.is_object() && !is_scalar && !Symbol::iterator().js_in(js);
    is_structure.then(|| entries_of(js))
}

fn scalar(js: JsValue) -> Result<Value, Error> {
    if let Some(date) = js.dyn_ref::<Date>() {
        let time = Time::from_seconds(date.get_time() / 1000.0);
        return time.map(Value::Time).ok_or_else(|| foreign("Invalid Date"));
    }
    if let Some(number) = js.as_f64().filter(|number| !number.is_finite()) {
        return Value::number(number);
    }
    Value::deserialize(Deserializer::from(js.clone())).map_err(|_| foreign(&kind(&js)))
}

/// What JavaScript calls a value of this kind: the name of its class.
fn kind(js: &JsValue) -> String {
    let member = |of: &JsValue, name| Reflect::get(of, &JsValue::from_str(name)).ok();
    let class = member(js, "constructor").and_then(|class| member(&class, "name"));
    class.or_else(|| Some(js.js_typeof())).and_then(|name| name.as_string()).unwrap_or_default()
}

/// Writes a reply.
///
/// # Errors
/// Never for a value of the API.
pub(crate) fn write(value: &Value) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    Ok(Js(value).serialize(&serializer.serialize_missing_as_null(true))?)
}

/// A value as JavaScript writes it.
struct Js<'a>(&'a Value);

impl Serialize for Js<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Int(number) => serializer.serialize_i64(*number),
            Value::Float(number) => serializer.serialize_f64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Blob(bytes) => serializer.serialize_bytes(bytes),
            Value::Secret(bytes) => serializer.serialize_bytes(bytes),
            Value::Time(time) => preserve::serialize(&Date::new(&(time.seconds() * 1000.0).into()), serializer),
            Value::List(values) => {
                let mut list = serializer.serialize_seq(Some(values.len()))?;
                for value in values {
                    list.serialize_element(&Js(value))?;
                }
                list.end()
            }
            Value::Map(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, &Js(value))?;
                }
                map.end()
            }
        }
    }
}
