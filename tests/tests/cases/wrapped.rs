//! Wraps key material for the cases that import it, under the wrapping keys that their seeds give.

use std::{fs, path::Path};

use base64::{Engine, prelude::BASE64_STANDARD};
use pocket_kms::{
    CryptoProvider, Span, Time, Value,
    crypto::{hash::Hash, random::Random, rsa::Encryption},
};

use crate::{
    host::world,
    story::{Call, Case, Step},
    values::{Replies, evaluate},
};

/// The member that is written.
const MEMBER: &str = "EncryptedKeyMaterial";

#[test]
#[ignore = "writes case files"]
fn wrapped_key_material_is_written_anew() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    for (name, cases) in crate::files() {
        let path = folder.join(format!("{name}.json"));
        let before = fs::read_to_string(&path).expect("a case file");
        let replaced = cases.iter().flat_map(wrapped);
        let after = replaced.fold(before.clone(), |text, (old, new)| text.replace(&old, &new));
        if after != before {
            fs::write(&path, after).expect("a case file that can be written");
        }
    }
}

/// What stands in a case for wrapped material, and what is to stand there, both in base64.
fn wrapped(case: &Case) -> Vec<(String, String)> {
    let calls = case.steps.iter().filter_map(|step| match step {
        Step::Call(call) => call.note.as_deref(),
        _ => None,
    });
    if !calls.into_iter().any(|note| Wrap::read(note).is_some()) {
        return Vec::new();
    }
    let (world, mut replies, mut found) = (world(case), Replies::new(), Vec::new());
    for step in &case.steps {
        let call = match step {
            Step::Call(call) => call,
            Step::Advance { span, .. } => {
                world
                    .advance(Span::parse(span).expect("a span"), Time::default())
                    .expect("a time that the clock reaches");
                continue;
            }
            Step::Set { settings, .. } => {
                let settings = evaluate(settings, &replies).expect("settings");
                world.set(&settings, Time::default()).expect("settings that can be made");
                continue;
            }
            Step::Directory { entries, .. } => {
                let entries = evaluate(entries, &replies).expect("a directory");
                world.register(&entries, Time::default()).expect("a directory that can be registered");
                continue;
            }
            Step::Audit { .. } => continue,
            Step::Enclave { .. } | Step::Outside(_) | Step::Stores { .. } | Step::Act(_) => {
                panic!(
                    "{}: no material is wrapped in a case with an enclave, acts outside or what key stores stand on",
                    case.name
                )
            }
        };
        let wrap = call.note.as_deref().and_then(Wrap::read);
        let blob = wrap.map(|wrap| wrap.blob(&replies));
        found.extend(blob.as_ref().map(|blob| (former(call), BASE64_STANDARD.encode(blob))));
        let text = |value: &Option<Value>| {
            let value = value.as_ref().map(|value| evaluate(value, &replies).expect("a text"));
            value.and_then(|value| value.as_text().map(str::to_owned))
        };
        let (region, caller) = (text(&call.region), text(&call.caller));
        for count in 1..=call.times {
            replies.insert("count".to_owned(), Value::Int(count));
            let input = with(blob.as_deref(), evaluate(&call.input, &replies).expect("an input"));
            let answer = world.call(&call.operation, input, region.as_deref(), caller.as_deref(), Time::default());
            if let (Ok(reply), Some(label)) = (answer.reply, &call.label) {
                replies.insert(label.clone(), reply);
            }
        }
    }
    found
}

/// The base64 that stands in the step today.
fn former(call: &Call) -> String {
    let written = call.input.member(MEMBER).and_then(|member| member.member("$base64")).and_then(Value::as_text);
    written.expect("wrapped material in base64").to_owned()
}

/// The input with this wrapped material.
fn with(blob: Option<&[u8]>, input: Value) -> Value {
    let (Some(blob), Value::Map(mut members)) = (blob, input.clone()) else { return input };
    for (_, value) in members.iter_mut().filter(|(name, _)| name == MEMBER) {
        *value = Value::Blob(blob.to_vec());
    }
    Value::Map(members)
}

/// What a note says of wrapped material: `32 times the letter k under parameters`.
struct Wrap<'a> {
    material: Vec<u8>,
    /// The name of the reply that has the wrapping key.
    key: &'a str,
}

impl<'a> Wrap<'a> {
    fn read(note: &'a str) -> Option<Self> {
        let (count, rest) = note.split_once(" times the letter ")?;
        let (letter, key) = rest.split_once(" under ")?;
        Some(Self { material: letter.repeat(count.parse().ok()?).into_bytes(), key })
    }

    fn blob(&self, replies: &Replies) -> Vec<u8> {
        let key = replies.get(self.key).and_then(|reply| reply.member("PublicKey")).and_then(Value::as_bytes);
        let public = CryptoProvider::default().rsa.load_public(key.expect("a wrapping key")).expect("an RSA key");
        let mut random = Random::from_entropy(&[0; 32]);
        public.encrypt(Encryption::Oaep(Hash::Sha256), &self.material, &mut random).expect("a material that fits")
    }
}
