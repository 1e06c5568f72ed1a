//! A call that waits for the host, and the forms in which calls are answered.

use pocket_kms::{
    self as core, Call, Effect, HostAnswer, Question, Time, Trail, Unanswered, Value, arguments,
    endpoint::Calling,
    http::{Request, Response},
    wire::SecretBytes,
    world::{self, HealthCheck, HealthStep, Progress},
};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::{World, counted, endpoint::sent, fault, host_now, not_read, value};

#[wasm_bindgen]
extern "C" {
    /// Takes answers of HTTP out of our memory in one crossing of the border.
    pub type Answers;
    /// A head is lines of text, each with its end: the status, then names and values of headers in turn, the names in lower
    /// case as Node has them. `denied` says why a caller was denied, as `{ reasons, decisions }`. It throws nothing.
    #[wasm_bindgen(method, structural)]
    fn take(this: &Answers, head: &str, body: &[u8], denied: &JsValue) -> JsValue;
}

/// The form in which the answer of a call is given.
pub(crate) enum Form {
    /// The reply as an object; a refusal is thrown.
    Object,
    /// Reply or refusal, and what happened in order.
    Traced,
    /// A response of HTTP, as these make it.
    Handled(Answers),
}

/// Who waits for the answer of a call.
enum Waiting {
    Caller(Box<Call>, Form),
    /// A peer of an endpoint, whose connection may stay open.
    Peer(Box<Calling>, bool),
}

/// A call that waits until the host has generated a private key, asked a proxy, or decided about a fault.
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

    /// The request to a proxy, as `to_value` of the core tells it; `undefined` for other questions.
    #[wasm_bindgen(getter)]
    pub fn question(&self) -> JsValue {
        asked(&self.question)
    }

    /// The number of the predicate of a fault that may apply to the call; `undefined` for other questions.
    #[wasm_bindgen(getter)]
    pub fn predicate(&self) -> Option<f64> {
        match &self.question {
            Question::Fault(asked) => Some(counted(asked.predicate)),
            _ => None,
        }
    }

    /// What the predicate is told of the call.
    #[wasm_bindgen(getter)]
    pub fn told(&self) -> JsValue {
        match &self.question {
            Question::Fault(asked) => value::write(&Zeroizing::new(asked.to_value())),
            _ => JsValue::UNDEFINED,
        }
    }

    /// Whether a peer waits for the answer, to whom nothing can be thrown.
    #[wasm_bindgen(getter, js_name = isOfPeer)]
    pub fn is_of_peer(&self) -> bool {
        matches!(self.waiting, Waiting::Peer(..))
    }
}

fn asked(question: &Question) -> JsValue {
    match question {
        Question::Proxy(request) => value::write(&request.to_value()),
        _ => JsValue::UNDEFINED,
    }
}

/// What a host says of a request to a proxy.
fn answered(answer: JsValue) -> Result<Result<HostAnswer, Unanswered>, JsValue> {
    if answer.is_undefined() {
        return Ok(Err(Unanswered::Declined));
    }
    let answer = arguments::proxy_answer(&value::read(answer)?);
    answer.map(|answer| Ok(HostAnswer::Proxy(answer))).map_err(|error| not_read(error).into())
}

/// A health check of an external key store on its way.
#[wasm_bindgen]
pub struct PendingCheck {
    check: HealthCheck,
    question: Option<Question>,
}

impl PendingCheck {
    pub(crate) const fn new(check: HealthCheck) -> Self {
        Self { check, question: None }
    }
}

#[wasm_bindgen]
impl PendingCheck {
    /// `{ question }` for the host, or what has come of the check; `undefined` where the store is gone.
    pub fn next(&mut self, world: &World) -> JsValue {
        match world.0.check_health(&self.check) {
            HealthStep::Done(exchange) => {
                exchange.map_or(JsValue::UNDEFINED, |exchange| value::write(&exchange.to_value()))
            }
            HealthStep::Ask(question) => {
                let step = js_sys::Object::new();
                // To set a member of a new object cannot fail.
                let _ = js_sys::Reflect::set(&step, &"question".into(), &asked(&question));
                self.question = Some(question);
                step.into()
            }
        }
    }

    /// Goes on with the host's answer.
    pub fn answer(&mut self, world: &World, answer: JsValue) -> Result<JsValue, JsValue> {
        let answer = answered(answer)?;
        if let Some(question) = self.question.take() {
            self.check.add(question, answer);
        }
        Ok(self.next(world))
    }
}

impl PendingCall {
    /// Takes the step again with the host's key, PKCS #8 in DER; without one, the core generates it.
    pub(crate) fn answered(self, world: &core::World, key: Option<SecretBytes>) -> Result<JsValue, JsValue> {
        self.goes_on(world, key.map(HostAnswer::GeneratedKey).ok_or(Unanswered::Declined))
    }

    /// Takes the step again with what a host says of a request to a proxy.
    pub(crate) fn answered_by_proxy(self, world: &core::World, answer: JsValue) -> Result<JsValue, JsValue> {
        let answer = answered(answer)?;
        self.goes_on(world, answer)
    }

    /// Takes the step again with what a predicate has said; without it, it has failed.
    pub(crate) fn answered_by_predicate(self, world: &core::World, applies: Option<bool>) -> Result<JsValue, JsValue> {
        self.goes_on(world, applies.map(HostAnswer::Fault).ok_or(Unanswered::Failed))
    }

    fn goes_on(self, world: &core::World, answer: Result<HostAnswer, Unanswered>) -> Result<JsValue, JsValue> {
        match self.waiting {
            Waiting::Caller(mut call, form) => {
                call.answers.add(self.question, answer);
                decided(world, *call, form, host_now())
            }
            Waiting::Peer(mut calling, keep_alive) => {
                calling.call.answers.add(self.question, answer);
                Ok(served(calling, keep_alive))
            }
        }
    }
}

/// Makes an HTTP request's call as far as it goes. Nothing is thrown: a refusal is a response, too.
pub(crate) fn requested(world: &core::World, request: &Request, answers: Answers) -> JsValue {
    let now = host_now();
    match world.begin_http(request, now) {
        Ok(call) => begun(world, call, Form::Handled(answers), now).unwrap_or_else(|thrown| thrown),
        Err(response) => handled(&answers, &response, None),
    }
}

/// Takes the first step of a call, which may ask.
pub(crate) fn begun(world: &core::World, mut call: Call, form: Form, now: Time) -> Result<JsValue, JsValue> {
    call.answers = world.answers();
    decided(world, call, form, now)
}

/// The same for the call of a peer.
pub(crate) fn serving(mut calling: Box<Calling>, keep_alive: bool) -> JsValue {
    calling.call.answers = calling.world().answers();
    served(calling, keep_alive)
}

fn decided(world: &core::World, mut call: Call, form: Form, now: Time) -> Result<JsValue, JsValue> {
    match world.step(&mut call) {
        Progress::Done(reply) => form.answer(reply, now),
        Progress::Ask(question) => Ok(PendingCall { waiting: Waiting::Caller(Box::new(call), form), question }.into()),
    }
}

fn served(mut calling: Box<Calling>, keep_alive: bool) -> JsValue {
    match calling.step() {
        Progress::Done(reply) => sent(&calling.answered(&reply, host_now()), keep_alive),
        Progress::Ask(question) => PendingCall { waiting: Waiting::Peer(calling, keep_alive), question }.into(),
    }
}

impl Form {
    /// Gives an answer in this form.
    pub(crate) fn answer(self, answer: world::Reply, now: Time) -> Result<JsValue, JsValue> {
        let delay = answer.fault().map(|fault| fault.delay);
        fault::delayed(self.given(answer, now), delay)
    }

    fn given(self, answer: world::Reply, now: Time) -> Result<JsValue, JsValue> {
        match self {
            Self::Object => {}
            Self::Traced => return Ok(value::write(&Zeroizing::new(answer.traced()))),
            Self::Handled(answers) => {
                let refused = answer.reply.is_err().then_some(&*answer.trail);
                return Ok(handled(&answers, &answer.response(now), refused));
            }
        }
        let effect = answer.fault().map(|fault| fault.kind.effect());
        match answer.reply {
            Ok(Value::Null) => Ok(js_sys::Object::new().into()),
            Ok(reply) => Ok(value::write(&Zeroizing::new(reply))),
            Err(error) if matches!(effect, Some(Effect::Status(_) | Effect::Reset)) => Err(fault::unanswered(&error)),
            Err(error) => Err(fault::refusal(&error, &answer.request_id.to_string(), Some(&answer.trail))),
        }
    }
}

/// What the heads of most responses need, in bytes.
const ROOM: usize = 512;

/// A response; the trail of a refusal tells why a caller was denied.
fn handled(answers: &Answers, response: &Response, refused: Option<&Trail>) -> JsValue {
    let mut head = String::with_capacity(ROOM);
    head.extend([&*response.status.to_string(), "\n"]);
    for (name, value) in &response.headers {
        head.extend(name.chars().map(|letter| letter.to_ascii_lowercase()));
        head.extend(["\n", value, "\n"]);
    }
    let (reasons, decisions) = refused.map(Trail::denial).unwrap_or_default();
    let denied = if decisions.is_empty() { JsValue::UNDEFINED } else { fault::denied(reasons, decisions) };
    answers.take(&head, &response.body, &denied)
}
