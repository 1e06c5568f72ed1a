//! The official client, served in process: what the SDK makes of the answers, and what it asks.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use aws_sdk_kms::{
    Client, Config,
    config::{
        Credentials, RuntimeComponents,
        http::{HttpRequest, HttpResponse},
        retry::RetryConfig,
        timeout::TimeoutConfig,
    },
    error::{ProvideErrorMetadata, SdkError},
    operation::RequestId,
    primitives::Blob,
    types::{KeySpec, KeyUsageType, MessageType, SigningAlgorithmSpec, Tag},
};
use aws_smithy_runtime_api::{
    client::http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector},
    shared::IntoShared,
};
use aws_smithy_types::body::SdkBody;
use pocket_kms::{Caller, Options, Origin, Region, Span, Time, Value, VpcEndpoint, arguments};
use pocket_kms_aws_sdk::{PocketKms, decisions, reasons};

fn region() -> Region {
    "eu-west-1".parse().expect("a Region")
}

fn kms() -> PocketKms {
    PocketKms::new().expect("entropy")
}

fn client(kms: &PocketKms) -> Client {
    Client::new(&kms.sdk_config(region()))
}

async fn new_key(client: &Client) -> String {
    let made = client.create_key().send().await.expect("a key");
    made.key_metadata.expect("metadata").key_id
}

#[tokio::test]
async fn blobs_go_in_and_come_out_as_they_are() {
    let client = client(&kms());
    let key = new_key(&client).await;
    let plaintext: Vec<u8> = (0..=255).collect();
    let sealed = client.encrypt().key_id(&key).plaintext(Blob::new(plaintext.clone()));
    let sealed = sealed.encryption_context("dept", "it").send().await.expect("a ciphertext");
    let opened = client.decrypt().ciphertext_blob(sealed.ciphertext_blob.expect("a blob"));
    let opened = opened.encryption_context("dept", "it").send().await.expect("a plaintext");
    assert_eq!(opened.plaintext.expect("a plaintext").into_inner(), plaintext);
    assert!(opened.key_id.expect("an ARN").starts_with("arn:aws:kms:eu-west-1:111122223333:key/"));
}

#[tokio::test]
async fn enumerations_lists_and_times_are_those_of_the_sdk() {
    let kms = kms();
    let client = client(&kms);
    let made = client.create_key().key_spec(KeySpec::EccNistP256).key_usage(KeyUsageType::SignVerify);
    let tag = Tag::builder().tag_key("team").tag_value("blue").build().expect("a tag");
    let made = made.tags(tag).send().await.expect("a key").key_metadata.expect("metadata");
    assert_eq!(made.signing_algorithms(), [SigningAlgorithmSpec::EcdsaSha256]);
    let created = made.creation_date.expect("a date").to_millis().expect("a date of our days");
    assert!((0..3_600_000).contains(&(kms.host_now().millis() - created)), "{created}");
    let sign = client.sign().key_id(&made.key_id).message(Blob::new("hello")).message_type(MessageType::Raw);
    let signed = sign.signing_algorithm(SigningAlgorithmSpec::EcdsaSha256).send().await.expect("a signature");
    let verify = client.verify().key_id(&made.key_id).message(Blob::new("hello"));
    let verify = verify.signature(signed.signature.expect("a signature"));
    let verified = verify.signing_algorithm(SigningAlgorithmSpec::EcdsaSha256).send().await.expect("a verdict");
    assert!(verified.signature_valid);
}

#[tokio::test]
async fn exceptions_are_the_types_of_the_sdk() {
    let client = client(&kms());
    let missing = client.describe_key().key_id("alias/none").send().await.expect_err("no such key");
    assert!(missing.request_id().is_some());
    let missing = missing.into_service_error();
    assert!(missing.is_not_found_exception());
    assert!(missing.message().is_some_and(|sentence| sentence.contains("alias/none")), "{missing:?}");

    let key = new_key(&client).await;
    client.disable_key().key_id(&key).send().await.expect("a key to disable");
    let disabled = client.encrypt().key_id(&key).plaintext(Blob::new("x")).send().await.expect_err("a disabled key");
    assert!(disabled.into_service_error().is_disabled_exception());
    // What every service answers is not in the model: the SDK has its name alone.
    let refused = client.encrypt().key_id("").plaintext(Blob::new("x")).send().await.expect_err("an empty name");
    assert_eq!(refused.code(), Some("ValidationException"));
}

#[tokio::test]
async fn paginators_see_every_page_once() {
    let client = client(&kms());
    let key = new_key(&client).await;
    let mut made = BTreeSet::new();
    for number in 0..7 {
        let name = format!("alias/{number}");
        client.create_alias().alias_name(&name).target_key_id(&key).send().await.expect("an alias");
        made.insert(name);
    }
    let mut pages = client.list_aliases().key_id(&key).limit(3).into_paginator().send();
    let mut sizes = Vec::new();
    let mut seen = BTreeSet::new();
    while let Some(page) = pages.next().await {
        let page = page.expect("a page");
        sizes.push(page.aliases().len());
        seen.extend(page.aliases().iter().filter_map(|alias| alias.alias_name().map(str::to_owned)));
    }
    assert_eq!((sizes, seen), (vec![3, 3, 1], made));
    let all = client.list_aliases().key_id(&key).limit(2).into_paginator().items().send();
    assert_eq!(all.collect::<Result<Vec<_>, _>>().await.expect("all items").len(), 7);
}

/// Answers the first request itself, and leaves the others to the world.
#[derive(Clone, Debug)]
struct Flaky {
    kms: PocketKms,
    status: u16,
    body: &'static str,
    requests: Arc<AtomicUsize>,
}

impl HttpClient for Flaky {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        self.clone().into_shared()
    }
}

impl HttpConnector for Flaky {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        if self.requests.fetch_add(1, Ordering::Relaxed) > 0 {
            return HttpConnector::call(&self.kms, request);
        }
        let status = self.status.try_into().expect("a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from(self.body))))
    }
}

#[tokio::test]
async fn the_sdk_tries_again_when_it_is_throttled_or_the_service_fails() {
    let kms = kms();
    let answers = [(400, r#"{"__type": "ThrottlingException"}"#), (503, "{}"), (500, "not JSON")];
    for (status, body) in answers {
        let flaky = Flaky { kms: kms.clone(), status, body, requests: Arc::default() };
        // A retry waits up to this long: enough to be one, too short to be noticed.
        let retries = RetryConfig::standard().with_initial_backoff(Duration::from_micros(1));
        let config = kms.sdk_config(region()).into_builder().http_client(flaky.clone()).retry_config(retries).build();
        new_key(&Client::new(&config)).await;
        assert_eq!(flaky.requests.load(Ordering::Relaxed), 2, "{status} {body}");
    }
    let keys = client(&kms).list_keys().send().await.expect("a list").keys.expect("keys");
    assert_eq!(keys.len(), answers.len());
}

/// A world whose calls meet a fault.
fn faulty(fault: &[(&'static str, Value)]) -> PocketKms {
    let kms = kms();
    let fault = arguments::fault(&fault.iter().cloned().collect()).expect("a fault");
    kms.world().add_fault(fault).expect("an id");
    kms
}

fn with_retries(kms: &PocketKms) -> Client {
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_micros(1));
    Client::new(&kms.sdk_config(region()).into_builder().retry_config(retries).build())
}

#[tokio::test]
async fn the_sdk_tries_again_when_a_fault_breaks_the_connection_or_throttles() {
    for fault in ["connection-reset", "throttled", "internal", "service-unavailable"] {
        let kms = faulty(&[("fault", Value::from(fault)), ("count", Value::Int(2))]);
        with_retries(&kms).list_keys().send().await.expect(fault);
        assert_eq!(kms.world().acted_faults(0).acted.len(), 2, "{fault}");
    }
    let kms = faulty(&[("fault", Value::from("connection-reset"))]);
    let broken = with_retries(&kms).list_keys().send().await.expect_err("no connection");
    assert!(matches!(&broken, SdkError::DispatchFailure(failure) if failure.is_io()), "{broken:?}");
    assert_eq!(kms.world().acted_faults(0).acted.len(), 3);
}

#[tokio::test]
async fn a_slow_answer_comes_after_its_delay() {
    let kms = faulty(&[("fault", Value::from("slow")), ("delay", Value::Int(30))]);
    let begun = std::time::Instant::now();
    client(&kms).list_keys().send().await.expect("a list");
    assert!(begun.elapsed() >= Duration::from_millis(30), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_client_waits_for_as_long_as_its_read_timeout_says() {
    let kms = faulty(&[("fault", Value::from("slow")), ("delay", Value::Int(90_000)), ("count", Value::Int(1))]);
    let timeouts = TimeoutConfig::builder().read_timeout(Duration::from_millis(20)).build();
    let config = kms.sdk_config(region()).into_builder().timeout_config(timeouts);
    let config = config.retry_config(RetryConfig::disabled()).build();
    let late = Client::new(&config).create_key().send().await.expect_err("no answer");
    assert!(matches!(&late, SdkError::DispatchFailure(failure) if failure.is_timeout()), "{late:?}");
    let keys = client(&kms).list_keys().send().await.expect("a list").keys.unwrap_or_default();
    assert_eq!(keys.len(), 1, "the world has heard of the call");
}

#[tokio::test]
async fn a_refusal_is_not_tried_again() {
    let kms = kms();
    let body = r#"{"__type": "NotFoundException", "message": "no"}"#;
    let flaky = Flaky { kms: kms.clone(), status: 400, body, requests: Arc::default() };
    let config = kms.sdk_config(region()).into_builder().http_client(flaky.clone()).build();
    let refused = Client::new(&config).describe_key().key_id("x").send().await.expect_err("a refusal");
    assert!(refused.into_service_error().is_not_found_exception());
    assert_eq!(flaky.requests.load(Ordering::Relaxed), 1);
}

/// A key that its account may use, but not `user/app`, unless through the VPC endpoint `vpce-1`.
async fn guarded_key(client: &Client) -> String {
    let policy = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"},
        {"Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::111122223333:user/app"}, "Action": "kms:*", "Resource": "*",
         "Condition": {"StringNotEquals": {"aws:sourceVpce": "vpce-1"}}}]}"#;
    let made = client.create_key().policy(policy).send().await.expect("a key");
    made.key_metadata.expect("metadata").key_id
}

fn app() -> Caller {
    "arn:aws:iam::111122223333:user/app".parse().expect("a caller")
}

#[tokio::test]
async fn a_caller_is_held_to_the_key_policy() {
    let kms = kms();
    let key = guarded_key(&client(&kms)).await;
    let app = client(&kms.clone().caller(app()));
    let denied = app.describe_key().key_id(&key).send().await.expect_err("a denied caller");
    assert_eq!(denied.code(), Some("AccessDeniedException"));
    assert!(denied.message().is_some_and(|sentence| sentence.contains("user/app")), "{denied:?}");
    let [reason] = &reasons(&denied)[..] else { panic!("{denied:?}") };
    assert!(reason.contains("kms:DescribeKey") && reason.contains("statement 2 denies it"), "{reason}");
    let [decision] = &decisions(&denied)[..] else { panic!("{denied:?}") };
    assert_eq!((&decision["decidedBy"], &decision["deciding"]["statement"]), (&"key policy".into(), &1.into()));
    client(&kms).describe_key().key_id(&key).send().await.expect("the account itself");
    let missing = app.describe_key().key_id("alias/none").send().await.expect_err("no such key");
    assert_eq!(reasons(&missing), [""; 0]);
    assert!(decisions(&missing).is_empty());
}

#[tokio::test]
async fn an_origin_fulfils_conditions() {
    let kms = kms();
    let key = guarded_key(&client(&kms)).await;
    let kms = kms.caller(app());
    let origin = Origin::default().vpc_endpoint(VpcEndpoint::new("vpce-1"));
    client(&kms.clone().origin(origin)).describe_key().key_id(&key).send().await.expect("a caller from the endpoint");
    let denied = client(&kms).describe_key().key_id(&key).send().await.expect_err("a caller from elsewhere");
    assert_eq!(denied.code(), Some("AccessDeniedException"));
}

/// A client that signs with an access key of this id.
fn signing_as(kms: &PocketKms, access_key_id: &str) -> Client {
    let credentials = Credentials::new(access_key_id, "any", None, None, "test");
    Client::from_conf(Config::from(&kms.sdk_config(region())).to_builder().credentials_provider(credentials).build())
}

#[tokio::test]
async fn an_access_key_of_twelve_digits_is_an_account_and_an_arn_is_its_principal() {
    let kms = kms();
    let made = signing_as(&kms, "444455556666").create_key().send().await.expect("a key");
    assert_eq!(made.key_metadata.expect("metadata").aws_account_id.as_deref(), Some("444455556666"));

    let key = guarded_key(&client(&kms)).await;
    let app = signing_as(&kms, "arn:aws:iam::111122223333:user/app");
    let denied = app.describe_key().key_id(&key).send().await.expect_err("a denied principal");
    assert_eq!(denied.code(), Some("AccessDeniedException"));
    let other = signing_as(&kms, "arn:aws:iam::111122223333:user/other");
    other.describe_key().key_id(&key).send().await.expect("a principal that nothing denies");
}

#[tokio::test]
async fn the_host_of_a_vpc_endpoint_is_the_origin() {
    let kms = kms();
    let key = guarded_key(&client(&kms)).await;
    let endpoint = "https://vpce-0123456789abcdef0-abcdefgh.kms.eu-west-1.vpce.amazonaws.com";
    let config = kms.clone().caller(app()).sdk_config(region()).into_builder().endpoint_url(endpoint).build();
    let policy = client(&kms).get_key_policy().key_id(&key).send().await.expect("a policy").policy.expect("a text");
    let policy = policy.replace("vpce-1", "vpce-0123456789abcdef0");
    client(&kms).put_key_policy().key_id(&key).policy(policy).send().await.expect("a new policy");
    Client::new(&config).describe_key().key_id(&key).send().await.expect("a caller through the endpoint");
}

#[tokio::test]
async fn a_clock_of_the_hosts_own_moves_the_world() {
    let kms = kms().clock(Time::from_millis(1_800_000_000_000));
    let client = client(&kms);
    let key = new_key(&client).await;
    let scheduled = client.schedule_key_deletion().key_id(&key).pending_window_in_days(7).send().await;
    let date = scheduled.expect("a schedule").deletion_date.expect("a date");
    assert_eq!(date.secs(), 1_800_000_000 + 7 * 86_400);
    kms.world().advance(Span::from_days(7), kms.host_now()).expect("a time that the clock reaches");
    let gone = client.describe_key().key_id(&key).send().await.expect_err("a key that is gone");
    assert!(gone.into_service_error().is_not_found_exception());
}

#[tokio::test]
async fn a_seeded_world_gives_the_sdk_the_same_bytes_again() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let seed = Some(b"again".to_vec().into());
        let now = Some(Time::from_millis(1_800_000_000_000));
        let kms = PocketKms::with_options(Options { seed, now, ..Options::default() }).expect("entropy");
        let client = client(&kms);
        let key = new_key(&client).await;
        let sealed = client.encrypt().key_id(key).plaintext(Blob::new("hello")).send().await.expect("a ciphertext");
        runs.push(sealed.ciphertext_blob.expect("a blob").into_inner());
    }
    assert_eq!(runs[0], runs[1]);
    let other = client(&kms());
    let key = new_key(&other).await;
    let sealed = other.encrypt().key_id(key).plaintext(Blob::new("hello")).send().await.expect("a ciphertext");
    assert_ne!(sealed.ciphertext_blob.expect("a blob").into_inner(), runs[0]);
}

#[tokio::test]
async fn a_body_that_streams_is_refused_with_a_sentence() {
    let mut request = HttpRequest::new(SdkBody::taken());
    request.set_uri("https://kms.eu-west-1.amazonaws.com/").expect("a URI");
    let refused = HttpConnector::call(&kms(), request).await.expect_err("a body that is not there");
    assert!(refused.is_user());
    assert!(refused.into_source().to_string().contains("no operation streams"));
}
