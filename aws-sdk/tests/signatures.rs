//! The official client signs, and the world verifies: with the right secret, a wrong one, and credentials of STS.

use aws_sdk_kms::{
    Client,
    config::{Credentials, SharedCredentialsProvider, retry::RetryConfig},
    error::ProvideErrorMetadata,
    primitives::Blob,
};
use pocket_kms::{Span, Value, http::Request};
use pocket_kms_aws_sdk::PocketKms;

const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

fn kms() -> PocketKms {
    let kms = PocketKms::new().expect("entropy");
    let principal = Value::from("arn:aws:iam::111122223333:user/Alice");
    let key = Value::from([("principal", principal), ("secret", Value::from(SECRET))]);
    let keys = Value::from([("accessKeys", Value::from([(ID, key)]))]);
    kms.world().register(&keys, kms.host_now()).expect("an access key");
    kms
}

fn client(kms: &PocketKms, id: &str, secret: &str, token: Option<String>) -> Client {
    let credentials = Credentials::new(id, secret, token, None, "test");
    let config = kms.sdk_config("eu-west-1".parse().expect("a Region")).into_builder();
    let config = config.credentials_provider(SharedCredentialsProvider::new(credentials));
    Client::new(&config.retry_config(RetryConfig::disabled()).build())
}

/// Uses a key in the ways that put different things into requests.
async fn used(client: &Client) -> Result<(), Option<String>> {
    let code = |error: Option<&str>| error.map(str::to_owned);
    let made = client.create_key().description("ä \"quoted\" description").send().await;
    let key = made.map_err(|error| code(error.code()))?.key_metadata.expect("metadata").key_id;
    let sealed = client.encrypt().key_id(&key).plaintext(Blob::new(vec![0; 4096])).send().await;
    let sealed = sealed.map_err(|error| code(error.code()))?.ciphertext_blob.expect("a blob");
    let opened = client.decrypt().ciphertext_blob(sealed).send().await.map_err(|error| code(error.code()))?;
    assert_eq!(opened.plaintext.map(|plaintext| plaintext.into_inner().len()), Some(4096));
    Ok(())
}

#[tokio::test]
async fn the_right_secret_opens_and_a_wrong_one_does_not() {
    let kms = kms();
    assert_eq!(used(&client(&kms, ID, SECRET, None)).await, Ok(()));
    let wrong = client(&kms, ID, "another", None).list_keys().send().await.expect_err("a refusal");
    assert_eq!(wrong.code(), Some("InvalidSignatureException"));
    let sentence = wrong.message().unwrap_or_default();
    assert!(sentence.starts_with("The request signature we calculated does not match"), "{sentence}");
    assert!(sentence.contains("x-amz-target:TrentService.ListKeys") && !sentence.contains(SECRET), "{sentence}");
    let token = Some("a token that nobody has given".to_owned());
    let foreign = used(&client(&kms, ID, SECRET, token)).await;
    assert_eq!(foreign, Err(Some("UnrecognizedClientException".to_owned())));
    assert_eq!(used(&client(&kms, "AKIAI44QH8DHBEXAMPLE", "anything", None)).await, Ok(()), "nobody has registered it");
}

#[tokio::test]
async fn credentials_of_sts_open_with_their_token_until_they_expire() {
    let kms = kms();
    let scope = "AWS4-HMAC-SHA256 Credential=111122223333/20261126/eu-west-1/sts/aws4_request";
    let headers = vec![("Authorization".to_owned(), scope.as_bytes().to_vec())];
    let form = "Action=AssumeRole&RoleArn=arn:aws:iam::111122223333:role/App&RoleSessionName=work";
    let response = kms.world().http(&Request::new("POST", "/", headers, form.as_bytes().to_vec()), kms.host_now());
    let xml = String::from_utf8(response.body.clone()).expect("text");
    let element = |name: &str| {
        let (_, rest) = xml.split_once(&format!("<{name}>")).expect(name);
        rest.split_once('<').expect(name).0.to_owned()
    };
    let (id, secret, token) = (element("AccessKeyId"), element("SecretAccessKey"), element("SessionToken"));
    let work = client(&kms, &id, &secret, Some(token));
    assert_eq!(used(&work).await, Ok(()));
    let without = used(&client(&kms, &id, &secret, None)).await;
    assert_eq!(without, Err(Some("UnrecognizedClientException".to_owned())));
    // The SDK goes on to sign by the clock of this machine.
    let skew = Value::from([("signature-skew", Value::Int(7_200_000))]);
    kms.world().set(&skew, kms.host_now()).expect("a setting");
    kms.world().advance(Span::from_millis(3_600_000), kms.host_now()).expect("an hour");
    assert_eq!(used(&work).await, Err(Some("ExpiredTokenException".to_owned())));
}

#[tokio::test]
async fn the_sdk_corrects_its_clock_by_the_date_of_a_refusal() {
    let kms = kms();
    kms.world().advance(Span::from_days(3), kms.host_now()).expect("three days");
    let early = client(&kms, ID, SECRET, None).list_keys().send().await.expect_err("a refusal");
    assert_eq!(early.code(), Some("InvalidSignatureException"));
    assert!(early.message().is_some_and(|sentence| sentence.starts_with("Signature expired: ")), "{early:?}");
}
