//! Bodies of up to 1 MiB that take longest to read, to refuse or to answer.

use pocket_kms::{CryptoProvider, Options, Time, Value, World, http::Request, http::Response};

/// An instant for worlds of worst cases.
pub const NOW: Time = Time::from_millis(1_800_000_000_000);

/// The alias of the key that bodies name.
const KEY: &str = "\"KeyId\":\"alias/worst\"";

/// A body: its name, its operation, and the function that makes it from its length in bytes.
pub type Row = (&'static str, &'static str, fn(usize) -> String);

/// Every kind of body that has been slow, or might be.
pub const TABLE: &[Row] = &[
    ("many members that no operation has", "CreateKey", |bytes| {
        format!("{{{}}}", list(bytes, |at| format!("\"a{at}\":1")))
    }),
    ("many members whose names begin alike", "CreateKey", |bytes| {
        let start = "a".repeat(1000);
        format!("{{{}}}", list(bytes, |at| format!("\"{start}{at}\":1")))
    }),
    ("a member twice, behind many others", "CreateKey", |bytes| {
        format!("{{{},\"a0\":1}}", list(bytes, |at| format!("\"a{at}\":1")))
    }),
    ("one long name of a member", "CreateKey", |bytes| format!("{{\"{}\":1}}", "a".repeat(bytes))),
    ("nested without end", "CreateKey", |bytes| "[".repeat(bytes)),
    ("structures without end", "CreateKey", |bytes| "{\"a\":".repeat(bytes / 5)),
    ("nested as deep as may be, many times", "CreateKey", |bytes| {
        let deep = format!("{}{}", "[".repeat(14), "]".repeat(14));
        format!("{{\"a\":[{}]}}", list(bytes, |_| deep.clone()))
    }),
    ("many tags of different keys", "TagResource", |bytes| tags(bytes, |at| format!("k{at}"))),
    ("many tags of one key", "TagResource", |bytes| tags(bytes, |_| "k".to_owned())),
    ("many tags whose keys begin alike", "TagResource", |bytes| tags(bytes, |at| format!("{}{at}", "k".repeat(100)))),
    ("many tags that break a rule", "TagResource", |bytes| tags(bytes, |_| String::new())),
    ("many tags of a new key", "CreateKey", |bytes| {
        let tags = list(bytes, |at| format!("{{\"TagKey\":\"k{at}\",\"TagValue\":\"\"}}"));
        format!("{{\"Tags\":[{tags}]}}")
    }),
    ("many tags to remove", "UntagResource", |bytes| {
        format!("{{{KEY},\"TagKeys\":[{}]}}", list(bytes, |at| format!("\"k{at}\"")))
    }),
    ("an encryption context of many pairs", "Encrypt", |bytes| {
        let pairs = list(bytes, |at| format!("\"k{at}\":\"\""));
        format!("{{{KEY},\"Plaintext\":\"AAAA\",\"EncryptionContext\":{{{pairs}}}}}")
    }),
    ("an encryption context of one long pair", "Encrypt", |bytes| {
        let value = "v".repeat(bytes);
        format!("{{{KEY},\"Plaintext\":\"AAAA\",\"EncryptionContext\":{{\"k\":\"{value}\"}}}}")
    }),
    ("an encryption context of numbers", "Encrypt", |bytes| {
        let pairs = list(bytes, |at| format!("\"k{at}\":{at}"));
        format!("{{{KEY},\"Plaintext\":\"AAAA\",\"EncryptionContext\":{{{pairs}}}}}")
    }),
    ("many grant tokens", "Encrypt", |bytes| {
        format!("{{{KEY},\"Plaintext\":\"AAAA\",\"GrantTokens\":[{}]}}", list(bytes, |_| "\"\"".to_owned()))
    }),
    ("a long text", "CreateKey", |bytes| format!("{{\"Description\":\"{}\"}}", "x".repeat(bytes))),
    ("a long text in escapes", "CreateKey", |bytes| format!("{{\"Description\":\"{}\"}}", "\\u00e9".repeat(bytes / 6))),
    ("a long text in pairs of surrogates", "CreateKey", |bytes| {
        format!("{{\"Description\":\"{}\"}}", "\\ud83d\\ude00".repeat(bytes / 12))
    }),
    ("a long text of line breaks", "CreateKey", |bytes| format!("{{\"Description\":\"{}\"}}", "\\n".repeat(bytes / 2))),
    ("a long key id", "DescribeKey", |bytes| format!("{{\"KeyId\":\"{}\"}}", "a".repeat(bytes))),
    ("an ARN of many parts", "DescribeKey", |bytes| format!("{{\"KeyId\":\"arn:{}\"}}", ":/".repeat(bytes / 2))),
    ("a long marker", "ListKeys", |bytes| format!("{{\"Marker\":\"{}\"}}", "a".repeat(bytes))),
    ("a number of many digits", "GenerateRandom", |bytes| format!("{{\"NumberOfBytes\":{}}}", "9".repeat(bytes))),
    ("a fraction of many digits", "GenerateRandom", |bytes| format!("{{\"NumberOfBytes\":0.{}}}", "9".repeat(bytes))),
    ("many numbers", "CreateKey", |bytes| format!("{{\"a\":[{}]}}", list(bytes, |at| format!("-{at}.5e-3")))),
    ("a long plaintext", "Encrypt", |bytes| format!("{{{KEY},\"Plaintext\":\"{}\"}}", "AAAA".repeat(bytes / 4))),
    ("base64 that is wrong at its end", "Encrypt", |bytes| {
        format!("{{{KEY},\"Plaintext\":\"{}!\"}}", "AAAA".repeat(bytes / 4))
    }),
    ("a long ciphertext", "Decrypt", |bytes| format!("{{\"CiphertextBlob\":\"{}\"}}", "MIIB".repeat(bytes / 4))),
    ("a long attestation document", "GenerateRandom", |bytes| {
        let document = "hEShATgi".repeat(bytes.min(349_528) / 8);
        format!(
            "{{\"NumberOfBytes\":1,\"Recipient\":{{\"KeyEncryptionAlgorithm\":\"RSAES_OAEP_SHA_256\",\
             \"AttestationDocument\":\"{document}\"}}}}"
        )
    }),
    ("a long policy", "PutKeyPolicy", |bytes| {
        let policy = "{\\\"Statement\\\":[".to_owned() + &"{\\\"Sid\\\":\\\"a\\\"},".repeat(bytes / 17);
        format!("{{{KEY},\"PolicyName\":\"default\",\"Policy\":\"{policy}\"}}")
    }),
    ("a policy nested without end", "PutKeyPolicy", |bytes| {
        format!("{{{KEY},\"PolicyName\":\"default\",\"Policy\":\"{}\"}}", "[".repeat(bytes.min(32_768)))
    }),
    ("white space", "CreateKey", |bytes| format!("{}{{}}", " \n".repeat(bytes / 2))),
    ("white space behind the end", "CreateKey", |bytes| format!("{{}}{}", "\t".repeat(bytes))),
    ("a text without an end", "CreateKey", |bytes| format!("{{\"Description\":\"{}", "\\\\".repeat(bytes / 2))),
];

/// A world with the key that bodies name.
///
/// # Panics
/// Where the core cannot make a key.
#[must_use]
pub fn world() -> World {
    let world = World::new(Options::default(), CryptoProvider::default(), [9; 32]);
    let call = |operation: &str, input: Value| world.call(operation, input, None, None, NOW).reply.unwrap_or_default();
    let key = call("CreateKey", Value::from([]));
    let id = key.member("KeyMetadata").and_then(|metadata| metadata.member("KeyId")).cloned().unwrap_or_default();
    call("CreateAlias", Value::from([("AliasName", Value::from("alias/worst")), ("TargetKeyId", id)]));
    world
}

/// A request with a body.
#[must_use]
pub fn request(operation: &str, body: String) -> Request<'static> {
    let authorization = "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/kms/aws4_request, Signature=00";
    let target = format!("TrentService.{operation}");
    let headers = [("X-Amz-Target", target.as_str()), ("Authorization", authorization)];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec()));
    Request::new("POST", "/", headers.to_vec(), body.into_bytes())
}

/// The world's answer.
#[must_use]
pub fn answer(world: &World, request: &Request) -> Response {
    world.http(request, NOW)
}

/// Elements with commas between them, as many as fill `bytes` bytes.
fn list(bytes: usize, element: impl Fn(usize) -> String) -> String {
    let mut list = element(0);
    for at in 1.. {
        let next = element(at);
        if list.len() + next.len() + 1 > bytes {
            break;
        }
        list.push(',');
        list += &next;
    }
    list
}

fn tags(bytes: usize, key: impl Fn(usize) -> String) -> String {
    let tags = list(bytes, |at| format!("{{\"TagKey\":\"{}\",\"TagValue\":\"\"}}", key(at)));
    format!("{{{KEY},\"Tags\":[{tags}]}}")
}
