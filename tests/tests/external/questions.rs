//! What is asked, and what is not (CKS-409 to CKS-413, CKS-425, CKS-431 to CKS-437).

use pocket_kms::{
    Answerable, ProxyAnswer, ProxyOperation, ProxyRequest, ProxyResponse, Question, Reach, Sender, Unanswered, Value,
    arguments, wire, world::Progress,
};
use serde_json::json;

use super::{Story, blob, body, key_input, plaintext, silent, store_input, text, told};

fn members(value: &serde_json::Value) -> Vec<&str> {
    // The order of the text, which a map of serde_json does not keep.
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

/// The names of the members of a JSON object in the order in which they are written, with those of `requestMetadata`.
fn written(request: &ProxyRequest) -> Vec<String> {
    let Ok(Value::Map(all)) = wire::from_json(&request.body) else { panic!("an object") };
    let name = |(name, _): &(_, Value)| -> String { AsRef::<str>::as_ref(name).to_owned() };
    let Some((_, Value::Map(metadata))) = all.first() else { panic!("requestMetadata comes first") };
    all.iter().map(name).chain(metadata.iter().map(name)).collect()
}

/// CKS-409, CKS-410.
#[test]
fn a_new_store_is_a_question_about_the_health_of_its_proxy() {
    let scene = Story::new();
    let before = scene.state();
    let call = scene.begun("CreateCustomKeyStore", &store_input("store", "/example"), &Sender::default());
    let request = scene.question(&call);
    assert_eq!((request.operation, request.attempt), (ProxyOperation::GetHealthStatus, 1));
    assert_eq!(
        (ProxyRequest::METHOD, ProxyRequest::SCHEME, request.host.as_str()),
        ("POST", "https", "xks.example.com")
    );
    assert_eq!(request.path, "/example/kms/xks/v1/health");
    assert_eq!((request.time_limit, &request.reach), (Some(250), &Reach::Public));
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["Host", "Content-Type", "X-Amz-Date", "Authorization", "Content-Length"]);
    assert_eq!(written(&request), ["requestMetadata", "kmsOperation", "kmsRequestId"]);
    assert_eq!(body(&request)["requestMetadata"]["kmsOperation"], "CreateCustomKeyStore");
    assert_eq!(scene.state(), before);
    assert_eq!(scene.question(&call), request, "the same call asks the same, byte for byte");
    let reply = scene.finished(call, |request| scene.manager.answer(request));
    assert!(reply.reply.is_ok());
    assert_eq!(body(&request)["requestMetadata"]["kmsRequestId"], reply.request_id.to_string());
}

/// CKS-411.
#[test]
fn an_answer_to_another_question_is_left_aside() {
    let (scene, key) = Story::with_key();
    let mut call = scene.begun("Encrypt", &plaintext(&key, 1), &Sender::default());
    let request = scene.question(&call);
    let mut foreign = request.clone();
    foreign.attempt = 2;
    let answer = scene.manager.answer(&request);
    let question = Question::Proxy(Box::new(foreign));
    call.answers.add(question, Ok(pocket_kms::HostAnswer::Proxy(answer)));
    assert_eq!(scene.question(&call), request);
    let other = scene.begun("Encrypt", &plaintext(&key, 2), &Sender::default());
    let foreign = scene.question(&other);
    let answer = scene.manager.answer(&foreign);
    call.answers.add(Question::Proxy(Box::new(foreign)), Ok(pocket_kms::HostAnswer::Proxy(answer)));
    assert_eq!(scene.question(&call), request);
}

/// CKS-412, CKS-92.
#[test]
fn encrypt_and_decrypt_tell_the_proxy_what_it_is_about() {
    let (scene, key) = Story::with_key();
    drop(scene.sent());
    let reply = scene.call("Encrypt", &plaintext(&key, 1));
    let sealed = blob(reply.reply.as_ref().expect("a ciphertext"));
    assert_eq!(sealed.len(), 241);
    let [request] = &scene.sent()[..] else { panic!("one question") };
    assert_eq!(request.path, "/example/kms/xks/v1/keys/foo/encrypt");
    let all = ["requestMetadata", "additionalAuthenticatedData", "plaintext", "encryptionAlgorithm"];
    let metadata = ["awsPrincipalArn", "kmsKeyArn", "kmsOperation", "kmsRequestId"];
    assert_eq!(written(request), [&all[..], &metadata].concat());
    assert_eq!(
        body(request)["requestMetadata"],
        json!({
            "awsPrincipalArn": "arn:aws:iam::111122223333:root",
            "kmsKeyArn": key,
            "kmsOperation": "Encrypt",
            "kmsRequestId": reply.request_id.to_string(),
        })
    );
    assert_eq!(body(request)["encryptionAlgorithm"], "AES_GCM");
    drop(scene.ok("Decrypt", &[("CiphertextBlob", Value::Blob(sealed))]));
    let [request] = &scene.sent()[..] else { panic!("one question") };
    let all = [
        "requestMetadata",
        "ciphertext",
        "encryptionAlgorithm",
        "additionalAuthenticatedData",
        "authenticationTag",
        "initializationVector",
    ];
    assert_eq!(written(request), [&all[..], &metadata].concat());
    assert_eq!(request.path, "/example/kms/xks/v1/keys/foo/decrypt");
}

/// CKS-299, CKS-54.
#[test]
fn a_new_key_is_a_question_about_the_external_key() {
    let scene = Story::new();
    let store = scene.connected("store", "/example");
    drop(scene.sent());
    drop(scene.key(&store, "foo"));
    let [request] = &scene.sent()[..] else { panic!("one question") };
    assert_eq!(
        (request.operation, request.path.as_str()),
        (ProxyOperation::GetKeyMetadata, "/example/kms/xks/v1/keys/foo/metadata",)
    );
    assert_eq!(written(request), ["requestMetadata", "awsPrincipalArn", "kmsOperation", "kmsRequestId"]);
    assert_eq!(body(request)["requestMetadata"]["kmsOperation"], "CreateKey");
}

/// CKS-413, CKS-197.
#[test]
fn data_keys_alone_are_confirmed_by_an_integrity_value() {
    let (scene, key) = Story::with_key();
    let asks = |operation: &str, input: &[(&'static str, Value)]| {
        drop(scene.sent());
        drop(scene.ok(operation, input));
        let sent = scene.sent();
        let last = sent.last().expect("a question");
        body(last).get("ciphertextDataIntegrityValueAlgorithm").cloned()
    };
    let data_key: [(&'static str, Value); 2] = [("KeyId", key.as_str().into()), ("KeySpec", "AES_256".into())];
    let sha = Some(json!("SHA_256"));
    let set = |number| scene.world.set(&Value::from([("xks/integrity", Value::Int(number))]), super::NOW).expect("set");
    assert_eq!(asks("GenerateDataKey", &data_key), sha);
    assert_eq!(asks("GenerateDataKeyWithoutPlaintext", &data_key), sha);
    assert_eq!(asks("Encrypt", &plaintext(&key, 1)), None);
    let sealed = blob(&scene.ok("Encrypt", &plaintext(&key, 1)));
    let again = [("CiphertextBlob", Value::Blob(sealed)), ("DestinationKeyId", key.as_str().into())];
    assert_eq!(asks("ReEncrypt", &again), None);
    set(2);
    assert_eq!(asks("Encrypt", &plaintext(&key, 1)), sha);
    set(0);
    assert_eq!(asks("GenerateDataKey", &data_key), None);
}

/// CKS-431, CKS-432, CKS-310.
#[test]
fn re_encrypt_asks_the_first_proxy_to_decrypt_and_the_second_to_encrypt() {
    let (scene, key) = Story::with_key();
    let second = scene.connected("second", "/other");
    let other = scene.key(&second, "foo");
    let sealed = blob(&scene.ok("Encrypt", &plaintext(&key, 5)));
    let plain = text(&scene.ok("CreateKey", &[]), &["KeyMetadata", "Arn"]);
    let input = |to: &str| [("CiphertextBlob", Value::Blob(sealed.clone())), ("DestinationKeyId", to.into())];
    drop(scene.sent());
    let reply = scene.call("ReEncrypt", &input(&other));
    let sent = scene.sent();
    let asked: Vec<_> = sent
        .iter()
        .map(|request| {
            let metadata = &body(request)["requestMetadata"];
            let of = |name: &str| metadata[name].as_str().expect(name).to_owned();
            (request.path.clone(), of("kmsKeyArn"), of("kmsOperation"), of("kmsRequestId"))
        })
        .collect();
    let id = reply.request_id.to_string();
    let expected = |path: &str, key: &str| (path.to_owned(), key.to_owned(), "ReEncrypt".to_owned(), id.clone());
    assert_eq!(
        asked,
        [
            expected("/example/kms/xks/v1/keys/foo/decrypt", &key),
            expected("/other/kms/xks/v1/keys/foo/encrypt", &other),
        ]
    );
    let moved = blob(reply.reply.as_ref().expect("a ciphertext"));
    let opened = scene.ok("Decrypt", &[("CiphertextBlob", Value::Blob(moved))]);
    assert_eq!(opened.member("Plaintext").and_then(Value::as_bytes), Some(&[7; 5][..]));
    drop(scene.sent());
    let out = scene.ok("ReEncrypt", &input(&plain));
    assert_eq!(scene.sent().len(), 1);
    assert_eq!((blob(&out)[37], out.member("SourceKeyMaterialId")), (1, None));
    assert!(out.member("DestinationKeyMaterialId").is_some());
}

/// CKS-433, CKS-434, CKS-47, CKS-48, CKS-52.
#[test]
fn a_proxy_is_told_who_calls_and_from_where() {
    let (scene, key) = Story::with_key();
    let policy = json!({"Version": "2012-10-17", "Statement":
        {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}});
    let put = [("KeyId", key.as_str().into()), ("Policy", policy.to_string().into())];
    drop(scene.ok("PutKeyPolicy", &put));
    let asked = |caller: &str, origin: &str| {
        let said = |text: &str| wire::from_json(text.as_bytes()).expect("JSON");
        let caller = Value::from(caller);
        let sender = arguments::sender(&caller, &said(origin)).expect("a sender");
        let call = scene.begun("Encrypt", &plaintext(&key, 1), &sender);
        body(&scene.question(&call))["requestMetadata"].clone()
    };
    let arn = |caller: &str| asked(caller, "{}")["awsPrincipalArn"].as_str().map(str::to_owned);
    let is = |text: &str| Some(text.to_owned());
    assert_eq!(arn("111122223333"), is("arn:aws:iam::111122223333:root"));
    assert_eq!(arn("arn:aws:iam::111122223333:user/team/Ann"), is("arn:aws:iam::111122223333:user/team/Ann"));
    let session = "arn:aws:sts::111122223333:assumed-role/App/named";
    assert_eq!(arn(session), is("arn:aws:iam::111122223333:role/App"));
    assert_eq!(arn("logs.amazonaws.com"), is("logs.amazonaws.com"));
    let via = asked(session, r#"{"via": "s3.amazonaws.com"}"#);
    assert_eq!(
        (&via["kmsViaService"], &via["awsPrincipalArn"]),
        (&json!("s3.us-east-1.amazonaws.com"), &json!("arn:aws:iam::111122223333:role/App"),)
    );
    let endpoint = r#"{"vpcEndpoint": {"id": "vpce-0123456789abcdef0", "vpc": "vpc-0123456789abcdef0"}}"#;
    let own = asked("111122223333", endpoint);
    assert_eq!(
        members(&own),
        ["awsPrincipalArn", "awsSourceVpc", "awsSourceVpce", "kmsKeyArn", "kmsOperation", "kmsRequestId",]
    );
    assert_eq!(
        (&own["awsSourceVpc"], &own["awsSourceVpce"]),
        (&json!("vpc-0123456789abcdef0"), &json!("vpce-0123456789abcdef0"),)
    );
    let foreign = asked("444455556666", endpoint);
    assert_eq!((foreign.get("awsSourceVpc"), foreign.get("awsSourceVpce")), (None, None));
}

/// CKS-435, CKS-57, CKS-166.
#[test]
fn what_is_refused_before_asks_nobody() {
    let (scene, key) = Story::with_key();
    let sealed = blob(&scene.ok("Encrypt", &plaintext(&key, 1)));
    drop(scene.sent());
    let stranger = arguments::sender(&Value::from("444455556666"), &Value::Null).expect("a sender");
    let mut call = scene.begun("Encrypt", &plaintext(&key, 1), &stranger);
    let Progress::Done(reply) = scene.world.step(&mut call) else { panic!("a question") };
    assert_eq!(told(&reply.reply.expect_err("denied")).0, "AccessDeniedException");
    let dry = ("DryRun", Value::Bool(true));
    let opening = [("CiphertextBlob", Value::Blob(sealed))];
    let data_key = [("KeyId", key.as_str().into()), ("KeySpec", "AES_256".into())];
    for (operation, input) in
        [("Encrypt", plaintext(&key, 1)), ("Decrypt", opening.to_vec()), ("GenerateDataKey", data_key.to_vec())]
    {
        let error = scene.refused(operation, &[&input[..], std::slice::from_ref(&dry)].concat());
        assert_eq!(told(&error).0, "DryRunOperationException", "{operation}");
    }
    drop(scene.ok("DisableKey", &[("KeyId", key.as_str().into())]));
    assert_eq!(told(&scene.refused("Encrypt", &plaintext(&key, 1))).0, "DisabledException");
    assert_eq!(scene.sent().len(), 0);
}

/// CKS-436, CKS-165.
#[test]
fn a_question_is_printed_without_what_it_carries() {
    let (scene, key) = Story::with_key();
    let mut call = scene.begun("Encrypt", &plaintext(&key, 1), &Sender::default());
    let step = scene.world.step(&mut call);
    let Progress::Ask(question) = &step else { panic!("{step:?}") };
    let Question::Proxy(request) = question else { panic!("{question:?}") };
    let authorization = request.headers.iter().find(|(name, _)| *name == "Authorization").expect("a signature");
    let signature = authorization.1.rsplit('=').next().expect("a signature");
    let inner = body(request)["plaintext"].as_str().expect("a layer").to_owned();
    for shown in [format!("{question:?}"), format!("{:?}", scene.world), format!("{call:?}")] {
        assert!(!shown.contains(signature) && !shown.contains(super::SECRET) && !shown.contains(&inner), "{shown}");
    }
    let shown = format!("{question:?}");
    assert!(shown.contains("xks.example.com") && shown.contains("Encrypt"), "{shown}");
    let answer = scene.manager.answer(request);
    assert!(!format!("{answer:?}").contains("ciphertext"), "{answer:?}");
}

/// CKS-437, CKS-179.
#[test]
fn where_nobody_answers_the_proxy_cannot_be_reached() {
    let reach =
        "Verify that your external key store proxy is active and is connected to the network, and that its URI path";
    let (scene, key) = Story::with_key();
    let strict = Value::from([("strict", Value::Bool(true)), ("strict-principals", Value::Int(0))]);
    scene.world.set(&strict, super::NOW).expect("settings");
    scene.world.host_answers(Answerable::NOTHING);
    let error = scene.refused("Encrypt", &plaintext(&key, 1));
    let (exception, sentence) = told(&error);
    assert!(exception == "KMSInvalidStateException" && sentence.contains(reach), "{error}");
    let error = scene.refused("CreateCustomKeyStore", &store_input("another", "/another"));
    let (exception, sentence) = told(&error);
    assert!(exception == "XksProxyUriUnreachableException" && sentence.contains(reach), "{error}");
    // A host that declines is as good as none.
    scene.world.host_answers(Answerable::NOTHING.proxies(true));
    let mut call = scene.begun("Encrypt", &plaintext(&key, 1), &Sender::default());
    let request = scene.question(&call);
    call.answers.add(Question::Proxy(Box::new(request)), Err(Unanswered::Declined));
    let Progress::Done(reply) = scene.world.step(&mut call) else { panic!("a question") };
    assert!(told(&reply.reply.expect_err("nobody answers")).1.contains(reach));
}

/// A call that was never answered leaves nothing, and others go on meanwhile.
#[test]
fn a_call_that_waits_holds_up_nobody_and_changes_nothing() {
    let (scene, key) = Story::with_key();
    let plain = text(&scene.ok("CreateKey", &[]), &["KeyMetadata", "Arn"]);
    let mut waiting = scene.begun("Encrypt", &plaintext(&key, 1), &Sender::default());
    drop(scene.question(&waiting));
    let before = scene.state();
    drop(scene.ok("Encrypt", &plaintext(&plain, 1)));
    assert_eq!(scene.state(), before);
    // The state moves on, and the call with it: what it asks stays the same, for nothing of it has changed.
    let request = scene.question(&waiting);
    drop(scene.ok(
        "TagResource",
        &[
            ("KeyId", plain.as_str().into()),
            ("Tags", Value::List(vec![Value::from([("TagKey", "a".into()), ("TagValue", "b".into())])])),
        ],
    ));
    assert_eq!(scene.question(&waiting), request);
    // A clock that jumps does not change when the call arrived.
    scene.world.set_time(pocket_kms::Time::from_millis(1_800_000_000_000), super::NOW);
    assert_eq!(scene.question(&waiting), request);
    let fork = scene.world.fork([9; 32]);
    assert!(matches!(fork.step(&mut waiting), Progress::Ask(_)));
    drop(scene.ok("DisableKey", &[("KeyId", key.as_str().into())]));
    let Progress::Done(reply) = scene.world.step(&mut waiting) else { panic!("a question") };
    assert_eq!(told(&reply.reply.expect_err("disabled")).0, "DisabledException");
}

/// CKS-18, CKS-19.
#[test]
fn an_external_key_that_no_uri_can_name_is_not_asked_for() {
    let scene = Story::new();
    let store = scene.connected("store", "/example");
    drop(scene.sent());
    for id in [".", ".."] {
        assert_eq!(told(&scene.refused("CreateKey", &key_input(&store, id))).0, "XksKeyNotFoundException");
    }
    let long = format!("/{}", "p".repeat(110));
    let far = scene.connected("far", &long);
    drop(scene.sent());
    let error = scene.refused("CreateKey", &key_input(&far, &"k".repeat(128)));
    assert_eq!(told(&error).0, "ValidationException");
    assert_eq!(scene.sent().len(), 0);
}

/// CKS-153: a call may ask several times, and replays with all its answers.
#[test]
fn a_call_with_all_its_answers_gives_the_same_again() {
    let (scene, key) = Story::with_key();
    let mut call = scene.begun("Encrypt", &plaintext(&key, 1), &Sender::default());
    let fork = scene.world.fork([9; 32]);
    let mut attempts = 0;
    let first = loop {
        match scene.world.step(&mut call) {
            Progress::Done(reply) => break reply,
            Progress::Ask(question) => {
                let Question::Proxy(request) = &question else { panic!("{question:?}") };
                attempts += 1;
                let answer = match request.attempt {
                    1 => ProxyAnswer::Timeout(pocket_kms::Waiting::Answer),
                    _ => match scene.manager.answer(request) {
                        ProxyAnswer::Response(response) => ProxyAnswer::Response(ProxyResponse::after(response, 20)),
                        other => other,
                    },
                };
                call.answers.add(question, Ok(pocket_kms::HostAnswer::Proxy(answer)));
            }
        }
    };
    assert_eq!(attempts, 2);
    let Progress::Done(again) = fork.step(&mut call) else { panic!("a question") };
    assert_eq!(again.reply.expect("a reply"), first.reply.expect("a reply"));
    assert_eq!((again.request_id, again.trail.exchanges), (first.request_id, first.trail.exchanges));
    assert_eq!(silent().can(), Answerable::NOTHING);
}
