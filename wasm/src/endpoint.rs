//! The world behind an address: bytes in, bytes out. The host owns the sockets.

use std::sync::Arc;

use js_sys::{Array, Uint8Array};
use pocket_kms::{
    endpoint::{self, Answered, Begun, Line},
    http::{self, Arrival},
};
use wasm_bindgen::prelude::*;

use crate::{Sender, World, entropy, fault, host_now, not_read, pending};

/// What is served at one address.
#[wasm_bindgen]
pub struct Endpoint(endpoint::Endpoint);

#[wasm_bindgen]
impl Endpoint {
    /// Serves a world, or its proxies alone; `cors` is the origin of pages that may read answers.
    #[wasm_bindgen(constructor)]
    pub fn new(
        world: &World,
        cors: Option<String>,
        open_administration: bool,
        only_proxies: bool,
    ) -> Result<Self, JsError> {
        let mut endpoint = endpoint::Endpoint::new(Arc::clone(&world.0), entropy()?);
        if let Some(origin) = cors {
            endpoint = endpoint.allow_origin(&origin).map_err(not_read)?;
        }
        if open_administration {
            endpoint = endpoint.open_administration();
        }
        if only_proxies {
            endpoint = endpoint.only_proxies();
        }
        Ok(Self(endpoint))
    }

    /// The line of a client with which the handshake of TLS has failed.
    #[wasm_bindgen(js_name = brokenHandshake)]
    pub fn broken_handshake(why: &str) -> String {
        Line::broken_handshake(why, host_now()).to_string()
    }
}

/// One connection.
#[wasm_bindgen]
pub struct Connection {
    bytes: http::Connection,
    peer: pocket_kms::Sender,
}

#[wasm_bindgen]
impl Connection {
    /// A connection that has received nothing, of a peer of which the host knows this.
    #[wasm_bindgen(constructor)]
    pub fn new(peer: &Sender) -> Self {
        Self { bytes: http::Connection::default(), peer: peer.0.clone() }
    }

    /// Whether the first bytes that a port of TLS has received begin TLS; anything else is refused.
    #[wasm_bindgen(js_name = beginsTls)]
    pub fn begins_tls(&mut self, first: &[u8]) -> bool {
        self.bytes.begins_tls(first)
    }

    /// Takes in what the socket has received.
    pub fn receive(&mut self, bytes: &[u8]) {
        self.bytes.receive(bytes);
    }

    /// The next bytes to send, with what `sent` says of them, or the call that makes them where the host must
    /// answer first; `undefined` until more has been received.
    pub fn next(&mut self, endpoint: &Endpoint) -> JsValue {
        match self.bytes.next_arrival(host_now()) {
            None => JsValue::UNDEFINED,
            Some(Arrival::Refused(refusal)) => sent(&Answered::refused(*refusal, host_now()), self.bytes.keeps_alive()),
            Some(Arrival::Send(bytes)) => Array::of1(&Uint8Array::from(&bytes[..])).into(),
            Some(Arrival::Request(request)) => {
                let keep_alive = self.bytes.keeps_alive();
                let request = request.with_sender(self.peer.clone());
                match endpoint.0.begin(&request, host_now()) {
                    Begun::Answered(answered) => sent(&answered, keep_alive),
                    Begun::Call(calling) => pending::serving(calling, keep_alive),
                }
            }
        }
    }

    /// Whether the socket stays open.
    #[wasm_bindgen(js_name = keepsAlive)]
    pub fn keeps_alive(&self) -> bool {
        self.bytes.keeps_alive()
    }
}

/// The bytes of a response, the line that tells of it, the milliseconds for which the host keeps it back, and whether the
/// connection breaks instead.
pub(crate) fn sent(answered: &Answered, keep_alive: bool) -> JsValue {
    let Answered { response, line, .. } = answered;
    let bytes = Uint8Array::from(&response.bytes(keep_alive)[..]);
    let line = JsValue::from_str(&line.to_string());
    Array::of4(&bytes, &line, &fault::millis(response.delay).into(), &response.reset.into()).into()
}
