//! What callers outside of the process get: who they are, where they come from, and what is answered besides KMS.

mod administration;
mod broken;
mod federation;
mod identity;
#[path = "../shared/json_schema.rs"]
mod json_schema;
mod schema;
mod senders;
mod signatures;
mod signer;
mod sts;

use pocket_kms::{
    CryptoProvider, Options, Time, Value, World,
    http::{Request, Response},
    wire,
};

/// The time of all tests here, by the world's clock and the host's.
const NOW: Time = Time::from_millis(1_800_000_000_000);

fn world() -> World {
    let options = Options { seed: Some(b"doors".to_vec().into()), now: Some(NOW), ..Options::default() };
    World::new(options, CryptoProvider::default(), [0; 32])
}

/// The `Authorization` header of an SDK.
fn authorization(access_key_id: &str, service: &str) -> String {
    let scope = format!("{access_key_id}/20270115/us-east-1/{service}/aws4_request");
    format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=00")
}

/// A request of an SDK for an operation of KMS.
fn request(operation: &str, input: &Value, access_key_id: &str, more: &[(&str, &str)]) -> Request<'static> {
    let (target, authorization) = (format!("TrentService.{operation}"), authorization(access_key_id, "kms"));
    let own = [("X-Amz-Target", target.as_str()), ("Authorization", authorization.as_str())];
    let headers = own.iter().chain(more).map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()));
    Request::new("POST", "/", headers.collect(), wire::to_json(input))
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// The member that a path of names leads to.
fn at<'a>(value: &'a Value, path: &[&str]) -> &'a Value {
    path.iter().fold(value, |value, name| value.member(name).unwrap_or(&Value::Null))
}
