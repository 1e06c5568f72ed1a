//! Measures calls of the official client in process, each beside the same call answered by canned bytes.

#[path = "../../tests/benches/measure/mod.rs"]
mod measure;

use aws_sdk_kms::{
    Client,
    config::{
        RuntimeComponents,
        http::{HttpRequest, HttpResponse},
    },
    primitives::Blob,
    types::DataKeySpec,
};
use aws_smithy_runtime_api::{
    client::http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector},
    shared::IntoShared,
};
use aws_smithy_types::body::SdkBody;
use measure::{Measure, alternately};
use pocket_kms::Region;
use pocket_kms_aws_sdk::PocketKms;
use tokio::runtime::{Builder, Runtime};

const PLAINTEXT: [u8; 1024] = [7; 1024];
/// What a call in process may take, beside canned bytes.
const AT_MOST: f64 = 1.2;

/// Answers every request with the same bytes.
#[derive(Clone, Debug)]
struct Canned {
    body: Vec<u8>,
}

impl HttpClient for Canned {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        self.clone().into_shared()
    }
}

impl HttpConnector for Canned {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let mut answer = HttpResponse::new(200.try_into().expect("a status"), SdkBody::from(self.body.clone()));
        answer.headers_mut().insert("x-amzn-RequestId", "00000000-0000-0000-0000-000000000000");
        answer.headers_mut().insert("Content-Type", "application/x-amz-json-1.1");
        HttpConnectorFuture::ready(Ok(answer))
    }
}

/// The client in process, and one that is given the body of each answer.
struct Bench {
    runtime: Runtime,
    kms: PocketKms,
    ours: Client,
}

impl Bench {
    fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
        let kms = PocketKms::new().expect("entropy");
        let ours = Client::new(&kms.sdk_config(Region::default()));
        Self { runtime, kms, ours }
    }

    /// Both sides send the same request, each through its own client.
    fn measure<F: Future<Output = ()>>(&self, what: &str, canned: String, send: impl Fn(Client) -> F) {
        let config = self.kms.sdk_config(Region::default()).into_builder();
        let theirs = Client::new(&config.http_client(Canned { body: canned.into_bytes() }).build());
        let call = |client: &Client| self.runtime.block_on(send(client.clone()));
        let (ours, theirs) = alternately(|| call(&self.ours), || call(&theirs));
        let what = format!("aws_sdk_kms {what} in process");
        let beside = "the same call answered by canned bytes";
        Measure { what: &what, ours, unit: "µs", beside, theirs: Some(theirs), at_most: Some(AT_MOST) }.print();
    }
}

fn main() {
    let bench = Bench::new();
    let made = bench.runtime.block_on(bench.ours.create_key().send()).expect("a key");
    let metadata = made.key_metadata.expect("metadata");
    let (key, arn) = (metadata.key_id, metadata.arn.expect("an ARN"));
    let encrypt = bench.ours.encrypt().key_id(&key).plaintext(Blob::new(PLAINTEXT));
    let blob = bench.runtime.block_on(encrypt.send()).expect("a ciphertext").ciphertext_blob.expect("a blob");
    let base64 = |bytes: &[u8]| aws_smithy_types::base64::encode(bytes);

    let canned = format!(
        r#"{{"CiphertextBlob":"{}","KeyId":"{arn}","EncryptionAlgorithm":"SYMMETRIC_DEFAULT"}}"#,
        base64(blob.as_ref())
    );
    bench.measure("Encrypt of 1 KiB", canned, |client| {
        let request = client.encrypt().key_id(&key).plaintext(Blob::new(PLAINTEXT));
        async { assert!(request.send().await.expect("a ciphertext").ciphertext_blob.is_some()) }
    });
    let canned = format!(
        r#"{{"Plaintext":"{}","KeyId":"{arn}","EncryptionAlgorithm":"SYMMETRIC_DEFAULT"}}"#,
        base64(&PLAINTEXT)
    );
    bench.measure("Decrypt of 1 KiB", canned, |client| {
        let request = client.decrypt().ciphertext_blob(blob.clone());
        async { assert!(request.send().await.expect("a plaintext").plaintext.is_some()) }
    });
    let canned =
        format!(r#"{{"CiphertextBlob":"{}","Plaintext":"{}","KeyId":"{arn}"}}"#, base64(&[7; 184]), base64(&[7; 32]));
    bench.measure("GenerateDataKey", canned, |client| {
        let request = client.generate_data_key().key_id(&key).key_spec(DataKeySpec::Aes256);
        async { assert!(request.send().await.expect("a data key").plaintext.is_some()) }
    });
}
