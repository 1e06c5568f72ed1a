//! JavaScript's face of pocket-kms: one class around a world, and one around a connection.
//!
//! The package's own JavaScript gives these classes their final shape; nothing here holds a rule.

mod fault;
mod value;

use js_sys::{Array, Date, Object};
use pocket_kms::{
    AccountId, CryptoProvider, Options, Span, Time, Value,
    http::{Arrival, Connection, Request, Response},
};
use wasm_bindgen::prelude::*;

/// A world of KMS. Times are milliseconds since 1970, as JavaScript counts them.
#[wasm_bindgen]
pub struct World(pocket_kms::World);

#[wasm_bindgen]
impl World {
    /// A world in memory.
    #[wasm_bindgen(constructor)]
    pub fn new(
        seed: Option<Vec<u8>>,
        now: Option<f64>,
        account: Option<String>,
        insecure_key_pool: bool,
    ) -> Result<Self, JsError> {
        let account = account
            .map(|text| AccountId::parse(&text).ok_or_else(|| JsError::new(&format!("'{text}' is not twelve digits"))));
        let (now, account) = (now.map(instant).transpose()?, account.transpose()?);
        let options = Options { seed, now, account, insecure_key_pool, ..Options::default() };
        Ok(Self(pocket_kms::World::new(options, CryptoProvider::default(), entropy()?)))
    }

    /// Makes a call; throws `{ code, message, reasons, requestId }` when it is refused.
    pub fn call(
        &self,
        operation: &str,
        input: JsValue,
        region: Option<String>,
        caller: Option<String>,
    ) -> Result<JsValue, JsValue> {
        let input = value::read(input)?;
        let answer = self.0.call(operation, input, region.as_deref(), caller.as_deref(), host_time());
        match answer.reply {
            Ok(Value::Null) => Ok(Object::new().into()),
            Ok(reply) => value::write(&reply),
            Err(error) => Err(fault::refusal(&error, &answer.request_id, &answer.reasons)),
        }
    }

    /// Answers an HTTP request with `{ statusCode, headers, body }`; `headers` are names and values in turn.
    pub fn http(&self, method: String, headers: Vec<String>, body: Vec<u8>) -> Result<JsValue, JsValue> {
        let pairs = headers.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone()));
        let request = Request { method, headers: pairs.collect(), body };
        let Response { status, headers, body } = self.0.http(&request, host_time());
        let headers = headers.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), Value::from(value)));
        let response = [
            ("statusCode", Value::Int(i64::from(status))),
            ("headers", Value::Map(headers.collect())),
            ("body", Value::Blob(body)),
        ];
        value::write(&Value::from(response))
    }

    /// The world's time.
    pub fn now(&self) -> f64 {
        self.0.now(host_time()).seconds() * 1000.0
    }

    /// Sets the clock.
    #[wasm_bindgen(js_name = setTime)]
    pub fn set_time(&self, time: f64) -> Result<(), JsError> {
        self.0.set_time(instant(time)?, host_time());
        Ok(())
    }

    /// Moves the clock forward by a text such as `30d`.
    pub fn advance(&self, span: &str) -> Result<(), JsError> {
        let read = Span::parse(span).ok_or_else(|| JsError::new(&format!("'{span}' is no length of time, as 30d is")));
        self.0.advance(read?, host_time());
        Ok(())
    }

    /// Stops the clock.
    pub fn freeze(&self) {
        self.0.freeze(host_time());
    }

    /// Lets the clock run on.
    pub fn resume(&self) {
        self.0.resume(host_time());
    }

    /// A second world that begins as this one is now.
    pub fn fork(&self) -> Result<Self, JsError> {
        Ok(Self(self.0.fork(entropy()?)))
    }

    /// The world as bytes, secrets sealed under a root key of 32 bytes.
    pub fn snapshot(&self, root_key: &[u8]) -> Result<Vec<u8>, JsError> {
        Ok(self.0.snapshot(&key(root_key)?, entropy()?)?)
    }

    /// Reads a snapshot.
    pub fn restore(bytes: &[u8], root_key: &[u8]) -> Result<Self, JsError> {
        let world = pocket_kms::World::restore(bytes, &key(root_key)?, CryptoProvider::default(), entropy()?)?;
        Ok(Self(world))
    }

    /// The journal behind the change with the number `after`.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
    pub fn changes(&self, after: f64) -> Result<Array, JsValue> {
        self.0.changes(after as u64).iter().map(|entry| value::write(&entry.to_value())).collect()
    }
}

/// One connection of the HTTP front: bytes in, bytes out. The host owns the socket.
#[wasm_bindgen(js_name = Connection)]
#[derive(Default)]
pub struct Wire(Connection);

#[wasm_bindgen(js_class = Connection)]
impl Wire {
    /// A connection that has received nothing.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in what the socket has received and gives what it shall send.
    pub fn receive(&mut self, world: &World, bytes: &[u8]) -> Vec<u8> {
        self.0.receive(bytes);
        let mut sent = Vec::new();
        while let Some(arrival) = self.0.next_arrival() {
            sent.extend(match arrival {
                Arrival::Request(request) => world.0.http(&request, host_time()).bytes(self.0.keeps_alive()),
                Arrival::Refused(response) => response.bytes(false),
                Arrival::Continue => b"HTTP/1.1 100 Continue\r\n\r\n".to_vec(),
            });
        }
        sent
    }

    /// Whether the socket stays open.
    #[wasm_bindgen(js_name = keepsAlive)]
    pub fn keeps_alive(&self) -> bool {
        self.0.keeps_alive()
    }
}

/// Runs once, when the module is loaded.
#[wasm_bindgen(start)]
fn start() {
    fault::tell_panics();
}

#[expect(clippy::cast_possible_truncation, reason = "JavaScript's clock counts whole milliseconds")]
fn host_time() -> Time {
    Time::from_millis(Date::now() as i64)
}

fn instant(millis: f64) -> Result<Time, JsError> {
    Time::from_seconds(millis / 1000.0).ok_or_else(|| JsError::new("the date is not a valid one"))
}

fn entropy() -> Result<[u8; 32], JsError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| JsError::new("crypto.getRandomValues is missing here"))?;
    Ok(bytes)
}

fn key(bytes: &[u8]) -> Result<[u8; 32], JsError> {
    bytes.try_into().map_err(|_| JsError::new("the root key must have 32 bytes"))
}
