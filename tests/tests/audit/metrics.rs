//! The metrics of CloudWatch: which points calls leave, what gauges show, and what is told of them (AUD-193 to AUD-204).

use pocket_kms::{CryptoProvider, Options, Span, Time, Value, World, wire};

/// A whole minute.
pub(crate) const NOW: Time = Time::from_millis(1_800_000_000_000);

const DAY: i64 = 86_400_000;

pub(crate) fn world() -> World {
    let options = Options { now: Some(NOW), seed: Some(b"metrics".to_vec().into()), ..Options::default() };
    World::new(options, CryptoProvider::default(), [0; 32])
}

pub(crate) fn json(text: &str) -> Value {
    wire::from_json(text.as_bytes()).expect("JSON")
}

pub(crate) fn call(world: &World, operation: &str, input: &str) -> Result<Value, String> {
    world.call(operation, json(input), None, None, NOW).reply.map_err(|error| error.to_string())
}

pub(crate) fn done(world: &World, operation: &str, input: &str) -> Value {
    call(world, operation, input).unwrap_or_else(|error| panic!("{operation} {input}: {error}"))
}

/// Answers a question, as JSON.
pub(crate) fn ask(world: &World, question: &str) -> serde_json::Value {
    let told = world.audit(&json(question), NOW).unwrap_or_else(|error| panic!("{question}: {error}"));
    serde_json::from_slice(&wire::to_json(&told)).expect("JSON")
}

pub(crate) fn refused(world: &World, question: &str) -> String {
    world.audit(&json(question), NOW).expect_err(question).message.unwrap_or_default()
}

/// The values of the periods that a question finds.
pub(crate) fn data(world: &World, question: &str) -> Vec<f64> {
    let told = ask(world, &format!("{{\"question\": \"metric_data\", {question}}}"));
    let data = told["data"].as_array().expect("data");
    data.iter().map(|datum| datum["value"].as_f64().expect("a number")).collect()
}

pub(crate) fn key(world: &World, input: &str) -> String {
    let made = done(world, "CreateKey", input);
    let id = made.member("KeyMetadata").and_then(|data| data.member("KeyId")).and_then(Value::as_text);
    id.expect("an id").to_owned()
}

#[test]
fn successful_uses_of_a_key_are_counted_and_refused_ones_and_dry_runs_are_not() {
    let world = world();
    let key = key(&world, "{}");
    let encrypt = format!("{{\"KeyId\": \"{key}\", \"Plaintext\": \"aGVsbG8=\"}}");
    for _ in 0..3 {
        done(&world, "Encrypt", &encrypt);
    }
    done(&world, "DescribeKey", &format!("{{\"KeyId\": \"{key}\"}}"));
    call(&world, "Encrypt", &encrypt.replace('}', ", \"DryRun\": true}")).expect_err("a dry run");
    call(&world, "Sign", &encrypt.replace("Plaintext", "SigningAlgorithm")).expect_err("malformed");
    let listed = ask(&world, r#"{"question": "metrics", "name": "SuccessfulRequest"}"#);
    let arn = format!("arn:aws:kms:us-east-1:111122223333:key/{key}");
    assert_eq!(
        listed["metrics"],
        serde_json::json!([{
            "namespace": "AWS/KMS", "name": "SuccessfulRequest", "account": "111122223333", "region": "us-east-1",
            "dimensions": {"KeyArn": arn, "Operation": "Encrypt"}
        }])
    );
    assert_eq!(data(&world, r#""name": "SuccessfulRequest""#), [3.0]);
    // Every call counts against its quota that was read, and whose key is there: also a dry run.
    let calls =
        |resource: &str| data(&world, &format!(r#""name": "CallCount", "dimensions": {{"Resource": "{resource}"}}"#));
    assert_eq!(calls("CryptographicOperationsSymmetric"), [4.0]);
    assert_eq!((calls("CreateKey"), calls("DescribeKey"), calls("Sign")), (vec![1.0], vec![1.0], vec![]));
}

#[test]
fn re_encrypt_names_both_keys_and_each_owner_is_told() {
    let world = world();
    let from = key(&world, "{}");
    let policy =
        r#"{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"kms:*\", \"Resource\": \"*\"}}"#;
    let other =
        world.call("CreateKey", json(&format!("{{\"Policy\": \"{policy}\"}}")), None, Some("444455556666"), NOW);
    let other = other.reply.expect("a key");
    let to = other.member("KeyMetadata").and_then(|data| data.member("Arn")).and_then(Value::as_text).expect("an ARN");
    let made = done(&world, "Encrypt", &format!("{{\"KeyId\": \"{from}\", \"Plaintext\": \"aGVsbG8=\"}}"));
    let blob =
        serde_json::from_slice::<serde_json::Value>(&wire::to_json(&made)).expect("JSON")["CiphertextBlob"].to_string();
    done(&world, "ReEncrypt", &format!("{{\"CiphertextBlob\": {blob}, \"DestinationKeyId\": \"{to}\"}}"));
    let listed = ask(
        &world,
        r#"{"question": "metrics", "name": "SuccessfulRequest", "dimensions": {"Operation": "ReEncrypt"}}"#,
    );
    let listed = listed["metrics"].as_array().expect("metrics");
    let accounts: Vec<_> = listed.iter().map(|metric| metric["account"].as_str().expect("an account")).collect();
    assert_eq!(accounts, ["111122223333", "444455556666"]);
    let source = format!("arn:aws:kms:us-east-1:111122223333:key/{from}");
    let dimensions = serde_json::json!({"SourceKeyArn": source, "DestinationKeyArn": to, "Operation": "ReEncrypt"});
    assert!(listed.iter().all(|metric| metric["dimensions"] == dimensions), "{listed:?}");
}

#[test]
fn values_are_told_by_periods_and_statistics() {
    let world = world();
    let key = key(&world, "{}");
    let encrypt = format!("{{\"KeyId\": \"{key}\", \"Plaintext\": \"aGVsbG8=\"}}");
    for minute in [0, 0, 1, 6] {
        world.set_time(Time::from_millis(NOW.millis() + minute * 60_000 + 59_999), NOW);
        done(&world, "Encrypt", &encrypt);
    }
    let of = |more: &str| data(&world, &format!(r#""name": "SuccessfulRequest", "from": 1800000000{more}"#));
    assert_eq!(of(""), [2.0, 1.0, 1.0]);
    assert_eq!(of(r#", "period": 300"#), [3.0, 1.0]);
    assert_eq!(of(r#", "period": 300, "statistic": "Average""#), [1.0, 1.0]);
    assert_eq!(of(r#", "to": 1800000060"#), [2.0]);
    let told = ask(&world, r#"{"question": "metric_data", "name": "SuccessfulRequest", "period": 120, "each": true}"#);
    let times: Vec<_> =
        told["metrics"][0]["data"].as_array().expect("data").iter().map(|datum| datum["time"].clone()).collect();
    assert_eq!(times.len(), 3, "{told}");
    // After 15 days minutes are told five at a time, after 455 days not at all.
    world.advance(Span::from_days(16), NOW).expect("later");
    assert_eq!((of(""), of(r#", "period": 300"#)), (vec![], vec![3.0, 1.0]));
    world.advance(Span::from_days(440), NOW).expect("later");
    assert_eq!(of(r#", "period": 3600"#), [] as [f64; 0]);
}

#[test]
fn the_first_end_of_imported_material_is_shown_each_minute_until_nothing_expires() {
    let world = world();
    let key = imported(&world, NOW.millis() + 10 * DAY + 30_000);
    let of = |more: &str| data(&world, &format!(r#""name": "SecondsUntilKeyMaterialExpiration"{more}"#));
    let listed = ask(&world, r#"{"question": "metrics", "name": "SecondsUntilKeyMaterialExpiration"}"#);
    assert_eq!(listed["metrics"][0]["dimensions"], serde_json::json!({"KeyId": key}));
    assert_eq!(of(""), [864_030.0]);
    world.advance(Span::from_millis(150_000), NOW).expect("later");
    assert_eq!(of(""), [864_030.0, 863_970.0, 863_910.0]);
    assert_eq!(of(r#", "period": 300, "from": 1800000000"#), [863_910.0]);
    let text = world.open_metrics(NOW);
    let line = format!("{{account=\"111122223333\",region=\"us-east-1\",key_id=\"{key}\"}} 863880\n");
    assert!(text.contains(&["aws_kms_seconds_until_key_material_expiration_seconds", &line].concat()), "{text}");
    world.advance(Span::from_days(10), NOW).expect("later");
    assert_eq!(of("").last(), Some(&30.0));
    world.advance(Span::from_days(1), NOW).expect("later");
    assert_eq!(of(""), [] as [f64; 0]);
    assert!(!world.open_metrics(NOW).contains("expiration"));
}

/// A key whose material expires at an instant.
pub(crate) fn imported(world: &World, end: i64) -> String {
    let key = key(world, r#"{"Origin": "EXTERNAL"}"#);
    let asked =
        format!(r#"{{"KeyId": "{key}", "WrappingAlgorithm": "RSAES_OAEP_SHA_256", "WrappingKeySpec": "RSA_2048"}}"#);
    let parameters = done(world, "GetParametersForImport", &asked);
    let text = |name: &str| {
        let told: serde_json::Value = serde_json::from_slice(&wire::to_json(&parameters)).expect("JSON");
        told[name].as_str().expect("text").to_owned()
    };
    let wrapped = wrap(&text("PublicKey"));
    let (token, end) = (text("ImportToken"), end / 1000);
    let input = format!(
        r#"{{"KeyId": "{key}", "ImportToken": "{token}", "EncryptedKeyMaterial": "{wrapped}", "ValidTo": {end}}}"#
    );
    done(world, "ImportKeyMaterial", &input);
    key
}

/// Material, wrapped with a public key of RSA.
fn wrap(public: &str) -> String {
    use aws_lc_rs::rsa::{OAEP_SHA256_MGF1SHA256, OaepPublicEncryptingKey, PublicEncryptingKey};
    use base64::prelude::{BASE64_STANDARD, Engine as _};
    let der = BASE64_STANDARD.decode(public).expect("base64");
    let key = PublicEncryptingKey::from_der(&der).expect("a public key");
    let key = OaepPublicEncryptingKey::new(key).expect("a public key");
    let mut wrapped = vec![0; key.ciphertext_size()];
    let sent = key.encrypt(&OAEP_SHA256_MGF1SHA256, &[7; 32], &mut wrapped, None).expect("room");
    BASE64_STANDARD.encode(sent)
}

#[test]
fn forks_and_snapshots_go_on_with_metrics_and_a_world_that_records_nothing_has_none() {
    let world = world();
    let key = key(&world, "{}");
    let expiring = imported(&world, NOW.millis() + DAY);
    let encrypt = format!("{{\"KeyId\": \"{key}\", \"Plaintext\": \"aGVsbG8=\"}}");
    done(&world, "Encrypt", &encrypt);
    let fork = world.fork([1; 32]);
    done(&fork, "Encrypt", &encrypt);
    let of = |world: &World| data(world, r#""name": "SuccessfulRequest""#);
    assert_eq!((of(&world), of(&fork)), (vec![1.0], vec![2.0]));
    let read = World::restore(&world.snapshot(&[2; 32]).expect("bytes"), &[2; 32], CryptoProvider::default(), [3; 32]);
    let read = read.expect("a world");
    assert_eq!(of(&read), [] as [f64; 0]);
    let told = ask(&read, r#"{"question": "metrics"}"#);
    assert_eq!(told["metrics"][0]["dimensions"], serde_json::json!({"KeyId": expiring}));
    let mut options = Options { now: Some(NOW), ..Options::default() };
    options.audit.kept = 0;
    let silent = World::new(options, CryptoProvider::default(), [0; 32]);
    done(&silent, "CreateKey", "{}");
    assert_eq!(ask(&silent, r#"{"question": "metrics"}"#)["metrics"], serde_json::json!([]));
}

#[test]
fn questions_that_cannot_be_are_refused_with_the_place() {
    let world = world();
    let cases = [
        (r#"{"question": "metrics", "names": "x"}"#, "question.names: is not known here: there are question, account"),
        (r#"{"question": "metrics", "name": "Latency"}"#, "question.name: is not known: there are CallCount, Success"),
        (
            r#"{"question": "metrics", "namespace": "AWS/EC2"}"#,
            "question.namespace: is not known: there are AWS/Usage, AWS/KMS",
        ),
        (r#"{"question": "metric_data", "period": 61}"#, "question.period: must be a number of seconds that is a mul"),
        (r#"{"question": "metric_data", "period": -60}"#, "question.period: must be a whole number from 0 to"),
        (r#"{"question": "metric_data", "statistic": "Total"}"#, "question.statistic: must be Sum, Average"),
        (r#"{"question": "metric_data", "from": "then"}"#, "'then' is not an instant"),
        (r#"{"question": "metric_data", "dimensions": ["KeyId"]}"#, "question.dimensions: must be a structure"),
        (r#"{"question": "open_metrics", "name": "CallCount"}"#, "question.name: is not known here"),
    ];
    for (question, sentence) in cases {
        let told = refused(&world, question);
        assert!(told.starts_with(sentence), "{question}: {told}");
    }
}
