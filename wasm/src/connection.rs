//! One connection of the HTTP front: bytes in, bytes out. The host owns the socket.

use js_sys::Uint8Array;
use pocket_kms::http::{self, Arrival};
use wasm_bindgen::prelude::*;

use crate::{
    World, host_now,
    pending::{Form, requested},
};

/// One connection.
#[wasm_bindgen]
#[derive(Default)]
pub struct Connection(http::Connection);

#[wasm_bindgen]
impl Connection {
    /// A connection that has received nothing.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in what the socket has received.
    pub fn receive(&mut self, bytes: &[u8]) {
        self.0.receive(bytes);
    }

    /// The next bytes to send, or the call that makes them where the host must answer first; `undefined` until more has
    /// been received.
    pub fn next(&mut self, world: &World) -> Result<JsValue, JsValue> {
        match self.0.next_arrival(host_now()) {
            None => Ok(JsValue::UNDEFINED),
            Some(Arrival::Send(bytes)) => Ok(Uint8Array::from(bytes.as_slice()).into()),
            Some(Arrival::Request(request)) => {
                requested(&world.0, &request, Form::Sent { keep_alive: self.0.keeps_alive() })
            }
        }
    }

    /// Whether the socket stays open.
    #[wasm_bindgen(js_name = keepsAlive)]
    pub fn keeps_alive(&self) -> bool {
        self.0.keeps_alive()
    }
}
