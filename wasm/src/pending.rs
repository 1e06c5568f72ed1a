//! A call that waits for the host, and the forms in which calls are answered.

use pocket_kms::{
    Call, HostAnswer, Question, Unanswered, Value, World,
    http::{Request, Response},
    wire::SecretBytes,
    world::{self, Progress},
};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::{fault, host_now, value};

/// The form in which the answer of a call is given.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// The reply as an object; a refusal is thrown.
    Object,
    /// `[head, body]`: see `World::http`.
    Handled,
    /// The bytes of an HTTP response; says whether the connection stays open.
    Sent { keep_alive: bool },
}

/// A call that waits until the host has generated a private key.
#[wasm_bindgen]
pub struct PendingCall {
    call: Call,
    form: Form,
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
    pub(crate) fn answered(mut self, world: &World, key: Option<SecretBytes>) -> Result<JsValue, JsValue> {
        let answer = key.map(HostAnswer::GeneratedKey).ok_or(Unanswered::Declined);
        self.call.answers.add(self.question, answer);
        decided(world, self.call, self.form)
    }
}

/// Makes an HTTP request's call as far as it goes.
pub(crate) fn requested(world: &World, request: &Request, form: Form) -> Result<JsValue, JsValue> {
    match world.begin_http(request, host_now()) {
        Ok(call) => begun(world, call, form),
        Err(response) => Ok(form.response(&response)),
    }
}

/// Takes the first step of a call, which may ask.
pub(crate) fn begun(world: &World, mut call: Call, form: Form) -> Result<JsValue, JsValue> {
    call.answers = world.answers();
    decided(world, call, form)
}

fn decided(world: &World, call: Call, form: Form) -> Result<JsValue, JsValue> {
    match world.step(&call) {
        Progress::Done(reply) => form.answer(*reply),
        Progress::Ask(question) => Ok(PendingCall { call, form, question }.into()),
    }
}

impl Form {
    /// Gives an answer in this form.
    pub(crate) fn answer(self, answer: world::Reply) -> Result<JsValue, JsValue> {
        let Self::Object = self else {
            return Ok(self.response(&answer.response(host_now())));
        };
        match answer.reply {
            Ok(Value::Null) => Ok(js_sys::Object::new().into()),
            Ok(reply) => Ok(value::write(&Zeroizing::new(reply))),
            Err(error) => Err(fault::refusal(&error, &answer.request_id.to_string(), &answer.trail.decisions)),
        }
    }

    fn response(self, response: &Response) -> JsValue {
        let Self::Sent { keep_alive } = self else {
            return handled(response);
        };
        js_sys::Uint8Array::from(response.bytes(keep_alive).as_slice()).into()
    }
}

fn handled(response: &Response) -> JsValue {
    let mut head = response.status.to_string();
    for (name, value) in &response.headers {
        head.extend(["\n", name, "\n", value]);
    }
    let body = js_sys::Uint8Array::from(response.body.as_slice());
    js_sys::Array::of2(&JsValue::from_str(&head), &body).into()
}
