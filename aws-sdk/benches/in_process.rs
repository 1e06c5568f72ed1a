//! Measures calls of the official client in process, each beside the same call answered by canned bytes.

#[path = "../../tests/benches/measure/mod.rs"]
mod measure;

use std::sync::{Arc, Mutex};

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

/// Answers every request as a world has answered the first one, with all its headers: the SDK reads some of them.
#[derive(Clone, Debug)]
struct Canned {
    kms: PocketKms,
    answer: Arc<Mutex<Option<Answer>>>,
}

#[derive(Clone, Debug)]
struct Answer {
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn of(response: &HttpResponse) -> Self {
        // A world's own names of headers live as long as the program, too.
        let headers = response.headers().iter().map(|(name, value)| (&*name.to_owned().leak(), value.to_owned()));
        Self { headers: headers.collect(), body: response.body().bytes().expect("a body in memory").to_vec() }
    }

    fn response(self) -> HttpResponse {
        let mut response = HttpResponse::new(200.try_into().expect("a status"), SdkBody::from(self.body));
        for (name, value) in self.headers {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

impl HttpClient for Canned {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        self.clone().into_shared()
    }
}

impl HttpConnector for Canned {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let answer = self.answer.lock().expect("no panic").clone();
        if let Some(answer) = answer {
            return HttpConnectorFuture::ready(Ok(answer.response()));
        }
        let (answered, kept) = (HttpConnector::call(&self.kms, request), Arc::clone(&self.answer));
        HttpConnectorFuture::new(async move {
            let response = answered.await?;
            *kept.lock().expect("no panic") = Some(Answer::of(&response));
            Ok(response)
        })
    }
}

/// The client in process, and one that is given the same answer again and again.
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
    fn measure<F: Future<Output = ()>>(&self, what: &str, send: impl Fn(Client) -> F) {
        let canned = Canned { kms: self.kms.clone(), answer: Arc::default() };
        let config = self.kms.sdk_config(Region::default()).into_builder();
        let theirs = Client::new(&config.http_client(canned).build());
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
    let key = made.key_metadata.expect("metadata").key_id;
    let encrypt = bench.ours.encrypt().key_id(&key).plaintext(Blob::new(PLAINTEXT));
    let blob = bench.runtime.block_on(encrypt.send()).expect("a ciphertext").ciphertext_blob.expect("a blob");

    bench.measure("Encrypt of 1 KiB", |client| {
        let request = client.encrypt().key_id(&key).plaintext(Blob::new(PLAINTEXT));
        async { assert!(request.send().await.expect("a ciphertext").ciphertext_blob.is_some()) }
    });
    bench.measure("Decrypt of 1 KiB", |client| {
        let request = client.decrypt().ciphertext_blob(blob.clone());
        async { assert!(request.send().await.expect("a plaintext").plaintext.is_some()) }
    });
    bench.measure("GenerateDataKey", |client| {
        let request = client.generate_data_key().key_id(&key).key_spec(DataKeySpec::Aes256);
        async { assert!(request.send().await.expect("a data key").plaintext.is_some()) }
    });
}
