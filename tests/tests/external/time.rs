//! Time, retries and reliability (CKS-425 to CKS-430, CKS-152 to CKS-156), and health checks (CKS-167).

use pocket_kms::{
    HostAnswer, ProxyAnswer, ProxyOperation, ProxyRequest, ProxyResponse, Time, Value, Waiting, world::HealthStep,
};

use super::{
    NOW, Story, body, plaintext, store_input, told,
    toy::{error, health, ok, response},
};

/// The answer of the key manager after this many milliseconds.
fn after(scene: &Story, millis: u32) -> impl Fn(&ProxyRequest) -> ProxyAnswer + '_ {
    move |request| match scene.manager.answer(request) {
        ProxyAnswer::Response(response) => ProxyAnswer::Response(ProxyResponse::after(response, millis)),
        other => other,
    }
}

/// CKS-425, CKS-153.
#[test]
fn a_timeout_is_tried_once_more_with_the_same_bytes() {
    for waiting in [Waiting::Connecting, Waiting::Answer] {
        let (scene, key) = Story::with_key();
        drop(scene.sent());
        let answer = |request: &ProxyRequest| match request.attempt {
            1 => ProxyAnswer::Timeout(waiting),
            _ => after(&scene, 30)(request),
        };
        let reply = scene.call_with("Encrypt", &plaintext(&key, 1), answer);
        assert!(reply.reply.is_ok());
        let [first, second] = &scene.sent()[..] else { panic!("two questions") };
        assert_eq!((first.attempt, second.attempt), (1, 2));
        assert_eq!((&first.headers, &first.path), (&second.headers, &second.path));
        assert_eq!(first.body[..], second.body[..]);
        let [exchange] = &reply.trail.exchanges[..] else { panic!("one exchange") };
        assert_eq!((exchange.outcome, exchange.millis), (None, 280));
    }
}

/// CKS-426, CKS-144.
#[test]
fn a_second_timeout_is_the_last() {
    let (scene, key) = Story::with_key();
    drop(scene.sent());
    let reply = scene.call_with("Encrypt", &plaintext(&key, 1), |_| ProxyAnswer::Timeout(Waiting::Answer));
    assert_eq!(scene.sent().len(), 2);
    assert_eq!(reply.trail.exchanges[0].millis, 500);
    assert!(reply.reply.is_err());
}

/// CKS-427, CKS-154.
#[test]
fn an_answer_counts_up_to_the_limit_which_can_be_set() {
    let (scene, key) = Story::with_key();
    let encrypt = |millis| scene.call_with("Encrypt", &plaintext(&key, 1), after(&scene, millis)).reply.is_ok();
    assert_eq!((encrypt(250), encrypt(251)), (true, false));
    let set = |limit: Value| scene.world.set(&Value::from([("xks/time-limit", limit)]), NOW).expect("a setting");
    set(Value::Int(1000));
    drop(scene.sent());
    assert_eq!((encrypt(1000), encrypt(1001)), (true, false));
    assert!(scene.sent().iter().all(|request| request.time_limit == Some(1000)));
    set(Value::Int(0));
    assert!(encrypt(600_000));
    assert_eq!(scene.sent()[0].time_limit, None);
}

/// CKS-428, CKS-153.
#[test]
fn what_a_proxy_answers_is_never_asked_again() {
    let (scene, key) = Story::with_key();
    for name in ["DependencyTimeoutException", "InternalException", "ThrottlingException"] {
        drop(scene.sent());
        let reply = scene.call_with("Encrypt", &plaintext(&key, 1), |_| error(name, 503));
        assert!(reply.reply.is_err());
        assert_eq!(scene.sent().len(), 1, "{name}");
    }
}

/// CKS-156: high, from 99 of 100 requests in the last five minutes, and at least 20 of them.
#[test]
fn a_world_can_measure_how_reliable_a_proxy_is() {
    let (scene, key) = Story::with_key();
    let failed = || {
        let reply = scene.call_with("Encrypt", &plaintext(&key, 1), |_| error("InternalException", 500));
        told(&reply.reply.expect_err("a failure")).0.to_owned()
    };
    for _ in 0..120 {
        drop(scene.ok("Encrypt", &plaintext(&key, 1)));
    }
    assert_eq!(failed(), "KMSInvalidStateException");
    scene.world.set(&Value::from([("xks/reliability", Value::Int(2))]), NOW).expect("a setting");
    assert_eq!(failed(), "KMSInternalException");
    assert_eq!(failed(), "KMSInvalidStateException");
    scene.world.set(&Value::from([("xks/reliability", Value::Int(1))]), NOW).expect("a setting");
    assert_eq!(failed(), "KMSInternalException");
}

/// CKS-167, CKS-53, CKS-385.
#[test]
fn a_connected_store_is_checked_every_five_minutes_if_the_host_wants_to() {
    let (scene, _) = Story::with_key();
    drop(scene.ok("CreateCustomKeyStore", &store_input("another", "/another")));
    let at = |minutes: i64| Time::from_millis(NOW.millis() + minutes * 60_000);
    let due = |minutes| {
        scene.world.set_time(at(minutes), at(minutes));
        scene.world.due_health_checks(at(minutes))
    };
    let [mut check] = <[_; 1]>::try_from(due(0)).expect("one check: the other store is not connected");
    let before = scene.state();
    let HealthStep::Ask(question) = scene.world.check_health(&check) else { panic!("no question") };
    let pocket_kms::Question::Proxy(request) = &question else { panic!("{question:?}") };
    assert_eq!(request.operation, ProxyOperation::GetHealthStatus);
    assert_eq!(body(request)["requestMetadata"]["kmsOperation"], "KmsHealthCheck");
    let answer = ok(&health(&["UNAVAILABLE"]));
    check.add(question, Ok(HostAnswer::Proxy(answer)));
    let HealthStep::Done(Some(exchange)) = scene.world.check_health(&check) else { panic!("a question") };
    assert_eq!((exchange.kms_operation, exchange.outcome), ("KmsHealthCheck", None));
    assert_eq!(exchange.managers.expect("managers").unavailable, 1);
    assert_eq!(scene.state(), before, "a health check never changes a connection");
    assert_eq!((due(4).len(), due(5).len()), (0, 1));
    drop(response(200, &health(&["ACTIVE"])));
}
