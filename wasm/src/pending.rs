//! A call that waits for the host, and the forms in which calls are answered.

use pocket_kms::{
    Call, Effect, HostAnswer, Question, Trail, Unanswered, Value, World,
    endpoint::Calling,
    http::{Request, Response},
    wire::SecretBytes,
    world::{self, Progress},
};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::{endpoint::sent, fault, host_now, value};

/// The form in which the answer of a call is given.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// The reply as an object; a refusal is thrown.
    Object,
    /// `[head, body]`, and why a caller was denied: see `World::http`.
    Handled,
}

/// Who waits for the answer of a call.
enum Waiting {
    Caller(Box<Call>, Form),
    /// A peer of an endpoint, whose connection may stay open.
    Peer(Box<Calling>, bool),
}

/// A call that waits until the host has generated a private key.
#[wasm_bindgen]
pub struct PendingCall {
    waiting: Waiting,
    question: Question,
}

#[wasm_bindgen]
impl PendingCall {
    /// The spec of the key, such as `RSA_4096`; `undefined` for a question that this package does not know.
    #[wasm_bindgen(getter, js_name = keySpec)]
    pub fn key_spec(&self) -> Option<String> {
        match &self.question {
            Question::GenerateKey(spec) => Some(spec.as_str().to_owned()),
            _ => None,
        }
    }
}

impl PendingCall {
    /// Takes the step again with the host's key, PKCS #8 in DER; without one, the core generates it.
    pub(crate) fn answered(self, world: &World, key: Option<SecretBytes>) -> Result<JsValue, JsValue> {
        let answer = key.map(HostAnswer::GeneratedKey).ok_or(Unanswered::Declined);
        match self.waiting {
            Waiting::Caller(mut call, form) => {
                call.answers.add(self.question, answer);
                decided(world, *call, form)
            }
            Waiting::Peer(mut calling, keep_alive) => {
                calling.call.answers.add(self.question, answer);
                Ok(served(calling, keep_alive))
            }
        }
    }
}

/// Makes an HTTP request's call as far as it goes.
pub(crate) fn requested(world: &World, request: &Request) -> Result<JsValue, JsValue> {
    match world.begin_http(request, host_now()) {
        Ok(call) => begun(world, call, Form::Handled),
        Err(response) => Ok(handled(&response, None)),
    }
}

/// Takes the first step of a call, which may ask.
pub(crate) fn begun(world: &World, mut call: Call, form: Form) -> Result<JsValue, JsValue> {
    call.answers = world.answers();
    decided(world, call, form)
}

/// The same for the call of a peer.
pub(crate) fn serving(mut calling: Box<Calling>, keep_alive: bool) -> JsValue {
    calling.call.answers = calling.world().answers();
    served(calling, keep_alive)
}

fn decided(world: &World, call: Call, form: Form) -> Result<JsValue, JsValue> {
    match world.step(&call) {
        Progress::Done(reply) => form.answer(*reply),
        Progress::Ask(question) => Ok(PendingCall { waiting: Waiting::Caller(Box::new(call), form), question }.into()),
    }
}

fn served(calling: Box<Calling>, keep_alive: bool) -> JsValue {
    match calling.step() {
        Progress::Done(reply) => sent(&calling.answered(&reply, host_now()), keep_alive),
        Progress::Ask(question) => PendingCall { waiting: Waiting::Peer(calling, keep_alive), question }.into(),
    }
}

impl Form {
    /// Gives an answer in this form.
    pub(crate) fn answer(self, answer: world::Reply) -> Result<JsValue, JsValue> {
        let delay = answer.fault().map(|fault| fault.delay);
        fault::delayed(self.given(answer), delay)
    }

    fn given(self, answer: world::Reply) -> Result<JsValue, JsValue> {
        let Self::Object = self else {
            return Ok(handled(&answer.response(host_now()), answer.reply.is_err().then_some(&answer.trail)));
        };
        let effect = answer.fault().map(|fault| fault.kind.effect());
        match answer.reply {
            Ok(Value::Null) => Ok(js_sys::Object::new().into()),
            Ok(reply) => Ok(value::write(&Zeroizing::new(reply))),
            Err(error) if matches!(effect, Some(Effect::Status(_) | Effect::Reset)) => Err(fault::unanswered(&error)),
            Err(error) => Err(fault::refusal(&error, &answer.request_id.to_string(), Some(&answer.trail))),
        }
    }
}

/// A response; the trail of a refusal tells why a caller was denied.
fn handled(response: &Response, refused: Option<&Trail>) -> JsValue {
    let mut head = response.status.to_string();
    for (name, value) in &response.headers {
        head.extend(["\n", name, "\n", value]);
    }
    let body = js_sys::Uint8Array::from(response.body.as_slice());
    let handled = js_sys::Array::of2(&JsValue::from_str(&head), &body);
    let (reasons, decisions) = refused.map(Trail::denial).unwrap_or_default();
    if !decisions.is_empty() {
        handled.push(&fault::denied(reasons, decisions));
    }
    handled.into()
}
