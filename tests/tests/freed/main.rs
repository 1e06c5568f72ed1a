//! What a call leaves in memory when it is over: no freed block holds a plaintext, a seed or a root key.

use base64::{Engine, prelude::BASE64_STANDARD};
use pocket_kms::{CryptoProvider, Options, Time, Value, World, http::Request, wire};
use pocket_kms_test_heap::{Watched, leftovers};

#[global_allocator]
static HEAP: Watched = Watched;

/// A plaintext that stands nowhere else; its length makes its base64 one text without padding.
const MARKER: &[u8] = b"the marker that nobody may find in what is freed";

const NOW: Time = Time::from_millis(0);
const ROOT_KEY: [u8; 32] = *b"a root key of thirty-two letters";

fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

fn world() -> World {
    let options = Options { seed: Some(b"freed".to_vec().into()), now: Some(NOW), ..Options::default() };
    World::new(options, CryptoProvider::default(), [0; 32])
}

fn call(world: &World, operation: &str, input: Value) -> Value {
    world.call(operation, input, None, None, NOW).reply.expect(operation)
}

fn key(world: &World) -> Value {
    let made = call(world, "CreateKey", Value::from([]));
    made.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).expect("an id").clone()
}

fn encrypted(world: &World, key: &Value) -> Value {
    let input = Value::from([("KeyId", key.clone()), ("Plaintext", Value::Blob(MARKER.to_vec()))]);
    call(world, "Encrypt", input).member("CiphertextBlob").expect("a ciphertext").clone()
}

/// Fails when one of the needles stands in a block that `work` frees.
fn wiped(what: &str, needles: &[&[u8]], work: impl FnOnce()) {
    assert_eq!(leftovers(needles, work), 0, "{what}: blocks that were freed and not wiped");
}

/// The marker and its base64, in the forms in which a caller may send it.
fn forms() -> [(&'static str, Value); 3] {
    [
        ("bytes", Value::Blob(MARKER.to_vec())),
        ("secret bytes", Value::Secret(MARKER.to_vec().into())),
        ("base64", Value::from(base64(MARKER))),
    ]
}

#[test]
fn a_request_is_wiped_whether_it_is_answered_or_refused() {
    let world = world();
    let id = key(&world);
    let text = base64(MARKER);
    let needles = [MARKER, text.as_bytes()];
    for (form, plaintext) in forms() {
        let with = |name: &'static str, id: Value| Value::from([("KeyId", id), (name, plaintext.clone())]);
        let cases = [
            ("answered", "Encrypt", with("Plaintext", id.clone()), None, None),
            ("no such key", "Encrypt", with("Plaintext", "alias/none".into()), None, None),
            ("a number for a text", "Encrypt", with("Plaintext", Value::Int(5)), None, None),
            ("a misspelt member", "Encrypt", with("PlainText", id.clone()), None, None),
            ("an unknown operation", "Encript", with("Plaintext", id.clone()), None, None),
            ("a bad Region", "Encrypt", with("Plaintext", id.clone()), Some("nowhere"), None),
            ("a bad caller", "Encrypt", with("Plaintext", id.clone()), None, Some("nobody")),
            ("a wrong member of a list", "TagResource", with("Tags", id.clone()), None, None),
        ];
        for (what, operation, input, region, caller) in cases {
            wiped(&format!("{what}, {form}"), &needles, || {
                drop(world.call(operation, input, region, caller, NOW));
            });
        }
    }
}

#[test]
fn a_reply_is_wiped_and_what_led_to_it() {
    let id = key(&world());
    let of_key = |more: &[(&'static str, Value)]| {
        [("KeyId", id.clone())].into_iter().chain(more.iter().cloned()).collect::<Value>()
    };
    let rows = [
        ("GenerateDataKey", of_key(&[("KeySpec", "AES_256".into())]), "Plaintext"),
        ("GenerateDataKeyPair", of_key(&[("KeyPairSpec", "ECC_NIST_P256".into())]), "PrivateKeyPlaintext"),
        ("GenerateRandom", Value::from([("NumberOfBytes", Value::Int(48))]), "Plaintext"),
    ];
    for (operation, input, member) in rows {
        let made = |work: &mut dyn FnMut(&World, Value)| {
            let world = world();
            key(&world);
            work(&world, input.clone());
        };
        let mut secret = Vec::new();
        made(&mut |world, input| {
            secret = call(world, operation, input).member(member).and_then(Value::as_bytes).expect(member).to_vec();
        });
        // Of the private key its scalar: what stands around it is known to everybody.
        let piece = if member == "Plaintext" { &secret[..] } else { &secret[36..68] };
        made(&mut |world, input| wiped(operation, &[piece], || drop(call(world, operation, input))));
    }
    let world = world();
    let blob = encrypted(&world, &key(&world));
    wiped("Decrypt", &[MARKER], || drop(call(&world, "Decrypt", Value::from([("CiphertextBlob", blob)]))));
}

#[test]
fn json_and_http_are_wiped() {
    let world = world();
    let id = key(&world);
    let blob = encrypted(&world, &id);
    let text = base64(MARKER);
    let needles = [MARKER, text.as_bytes()];
    let whole = wire::to_json(&Value::from([("KeyId", id), ("Plaintext", Value::Blob(MARKER.to_vec()))]));
    let cut = &whole[..whole.len() - 1];
    wiped("JSON that is cut off", &needles, || drop(wire::from_json(cut)));
    let mut twice = cut.to_vec();
    twice.extend_from_slice(br#","KeyId":1}"#);
    wiped("a member that stands twice", &needles, || drop(wire::from_json(&twice)));
    let mut deep = [br#"{"Plaintext":[""#, text.as_bytes(), br#"","#].concat();
    deep.extend(vec![b'['; 20]);
    wiped("JSON that is too deep", &needles, || drop(wire::from_json(&deep)));
    let decrypt = wire::to_json(&Value::from([("CiphertextBlob", blob)]));
    let authorization = "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/kms/aws4_request, Signature=00";
    for (operation, body) in [("Encrypt", &whole[..]), ("Encrypt", cut), ("Encript", &whole), ("Decrypt", &decrypt)] {
        let headers =
            [("X-Amz-Target", format!("TrentService.{operation}")), ("Authorization", authorization.to_owned())];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.into_bytes())).to_vec();
        let request = Request::new("POST", "/", headers, body.to_vec());
        wiped(&format!("{operation} over HTTP"), &needles, || {
            let response = world.http(&request, NOW);
            drop(request);
            drop(response.bytes(true));
        });
    }
}

#[test]
fn passwords_are_wiped() {
    let world = world();
    let password = std::str::from_utf8(&MARKER[..32]).expect("text");
    let input = Value::from([("CustomKeyStoreName", "a".into()), ("KeyStorePassword", password.into())]);
    wiped("a password", &[password.as_bytes()], || drop(world.call("CreateCustomKeyStore", input, None, None, NOW)));
}

#[test]
fn seeds_and_root_keys_are_wiped() {
    let options = Options { seed: Some(MARKER.into()), ..Options::default() };
    wiped("a seed", &[MARKER], || drop(World::new(options, CryptoProvider::default(), [0; 32])));
    wiped("the entropy of a world", &[&ROOT_KEY], || {
        drop(Box::new(World::new(Options::default(), CryptoProvider::default(), ROOT_KEY)));
    });
    let world = world();
    key(&world);
    let mut bytes = Vec::new();
    wiped("a root key that seals", &[&ROOT_KEY], || bytes = world.snapshot(&ROOT_KEY).expect("a snapshot").clone());
    wiped("a root key that opens", &[&ROOT_KEY], || {
        drop(World::restore(&bytes, &ROOT_KEY, CryptoProvider::default(), [0; 32]).expect("a world"));
        assert!(World::restore(&bytes[1..], &ROOT_KEY, CryptoProvider::default(), [0; 32]).is_err());
    });
}
