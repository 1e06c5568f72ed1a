//! Faults on demand (section 9 of lifecycle.md).

use pocket_kms::{
    Call, Effect, Exception, FaultKind, Kms, Span, Step, Time, Value, World, arguments,
    http::{Connection, Request},
};

use crate::{T0, advance, call, encrypt, key, on, text, told, world};

/// Asks for a fault.
fn ask<const N: usize>(world: &World, members: [(&'static str, Value); N]) -> u64 {
    let fault = arguments::fault(&Value::from(members)).expect("a fault");
    world.add_fault(fault).expect("an id")
}

fn throttled<const N: usize>(more: [(&'static str, Value); N]) -> Value {
    [("fault", Value::from("throttled"))].into_iter().chain(more).collect()
}

/// The exception of a call, `None` when it succeeds.
fn exception(world: &World, operation: &str, input: Value) -> Option<Exception> {
    call(world, operation, input).err().map(|error| error.exception)
}

const THROTTLED: Option<Exception> = Some(Exception::ThrottlingException);

#[test]
fn the_next_calls_of_an_operation_are_throttled_and_the_following_ones_are_not() {
    let world = world("count", 0);
    let id = key(&world);
    let rule = ask(
        &world,
        [("fault", Value::from("throttled")), ("operation", Value::from("Encrypt")), ("count", Value::Int(2))],
    );
    let revision = world.changes(0).entries.len();
    for _ in 0..2 {
        let error = encrypt(&world, &id).expect_err("a fault");
        assert_eq!(error.exception, Exception::ThrottlingException);
        let sentence = "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.";
        assert_eq!(error.message.as_deref(), Some(sentence));
    }
    assert!(encrypt(&world, &id).is_ok() && exception(&world, "DescribeKey", on(&id)).is_none());
    assert_eq!((world.changes(0).entries.len(), world.marks(0).marks.len()), (revision, 1));
    let rules = world.faults();
    let [told] = &rules[..] else { panic!("{rules:?}") };
    let number = |name| told.member(name).cloned();
    assert_eq!((number("fitted"), number("acted")), (Some(Value::Int(3)), Some(Value::Int(2))));
    let acted = world.acted_faults(0).to_values();
    assert_eq!(acted.len(), 2);
    assert_eq!((text(&acted[0], &["operation"]), text(&acted[0], &["fault"])), ("Encrypt", "throttled"));
    assert!(text(&acted[1], &["key"]).ends_with(&id), "{acted:?}");
    assert_eq!(world.acted_faults(1).acted.len(), 1);
    assert!(world.remove_fault(rule) && !world.remove_fault(rule) && world.faults().is_empty());
}

#[test]
fn a_lost_answer_is_that_of_a_call_that_was_applied() {
    let world = world("after", 0);
    ask(
        &world,
        [
            ("fault", Value::from("internal")),
            ("moment", Value::from("after")),
            ("operation", Value::from("CreateKey")),
            ("count", Value::Int(1)),
        ],
    );
    assert_eq!(exception(&world, "CreateKey", Value::from([])), Some(Exception::KMSInternalException));
    assert_eq!(exception(&world, "CreateKey", Value::from([])), None);
    let listed = call(&world, "ListKeys", Value::from([])).expect("keys");
    assert!(matches!(listed.member("Keys"), Some(Value::List(keys)) if keys.len() == 2), "{listed:?}");
    let changes = world.changes(0).to_values(0);
    let faults: Vec<_> = changes.iter().map(|change| change.member("fault").cloned().expect("a member")).collect();
    assert!(faults.contains(&Value::from("internal")) && faults.contains(&Value::Null), "{faults:?}");
    // Whoever has lost an answer finds both calls in the trail (LIF-513).
    let records = world.records(0).records;
    assert_eq!(records.iter().filter(|(_, one)| one.to_json().contains("\"CreateKey\"")).count(), 2);
}

/// Which of a thousand calls a probable fault acts on, and what the world tells.
fn probable(seed: &str) -> Vec<bool> {
    let world = world(seed, 0);
    ask(&world, [("fault", Value::from("dependency-timeout")), ("probability", Value::Float(0.3))]);
    (0..1000).map(|_| exception(&world, "ListKeys", Value::from([])).is_some()).collect()
}

// LIF-514.
#[test]
fn a_seed_decides_which_calls_meet_a_probable_fault() {
    let one = probable("one");
    assert_eq!(one, probable("one"));
    assert_ne!(one, probable("other"));
    let count = one.iter().filter(|met| **met).count();
    assert!((250..=350).contains(&count), "{count}");
}

#[test]
fn a_rule_fits_by_operation_key_account_region_and_caller() {
    let world = world("match", 0);
    let (id, other) = (key(&world), key(&world));
    let arn = format!("arn:aws:kms:us-east-1:111122223333:key/{id}");
    let alias = [("AliasName", Value::from("alias/a")), ("TargetKeyId", Value::from(id.as_str()))];
    call(&world, "CreateAlias", Value::from(alias)).expect("an alias");
    let sealed = encrypt(&world, &id).expect("a ciphertext").member("CiphertextBlob").cloned().expect("a blob");
    let opened = || Value::from([("CiphertextBlob", sealed.clone())]);
    let alias_arn = "arn:aws:kms:us-east-1:111122223333:alias/a";
    for name in [id.as_str(), &arn, "alias/a", alias_arn] {
        let rule =
            world.add_fault(arguments::fault(&throttled([("key", Value::from(name))])).expect("one")).expect("id");
        for named in [id.as_str(), &arn, "alias/a", alias_arn] {
            assert_eq!(exception(&world, "DescribeKey", on(named)), THROTTLED, "{name} {named}");
        }
        assert_eq!(exception(&world, "Decrypt", opened()), THROTTLED, "a ciphertext names its key");
        assert_eq!(exception(&world, "DescribeKey", on(&other)), None);
        assert_eq!(exception(&world, "ListKeys", Value::from([])), None);
        world.remove_fault(rule);
    }
    let elsewhere = [
        ("region", Value::from("eu-west-1")),
        ("account", Value::from("444455556666")),
        ("caller", Value::from("arn:aws:iam::111122223333:user/Alice")),
        ("operation", Value::from("ListAliases")),
        ("between", Value::List(vec![Value::Time(T0.after(Span::from_days(1))), Value::Null])),
        ("between", Value::List(vec![Value::Null, Value::Time(T0)])),
        ("every", Value::Int(2)),
    ];
    for member in elsewhere {
        let rule = world.add_fault(arguments::fault(&throttled([member.clone()])).expect("one")).expect("an id");
        assert_eq!(exception(&world, "ListKeys", Value::from([])), None, "{member:?}");
        world.remove_fault(rule);
    }
    ask(&world, [("fault", Value::from("throttled")), ("caller", Value::from("arn:aws:iam::111122223333:role/R"))]);
    let session = Some("arn:aws:sts::111122223333:assumed-role/R/S");
    let reply = world.call("ListKeys", Value::from([]), Some("eu-west-1"), session, T0).reply;
    assert_eq!(reply.expect_err("a fault").exception, Exception::ThrottlingException);
}

#[test]
fn every_exception_has_its_sentence() {
    let world = world("sentences", 0);
    let id = key(&world);
    let arn = format!("arn:aws:kms:us-east-1:111122223333:key/{id}");
    let invalid = Exception::KMSInvalidStateException;
    let rotations = "The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be \
                     performed for this key: ";
    let denied = "User: arn:aws:iam::111122223333:root is not authorized to perform: kms:DescribeKey on resource: ";
    for (fault, operation, exception, sentence) in [
        ("limit-exceeded", "RotateKeyOnDemand", Exception::LimitExceededException, Some(format!("{rotations}{arn}"))),
        ("limit-exceeded", "EnableKey", Exception::LimitExceededException, None),
        ("internal", "DescribeKey", Exception::KMSInternalException, None),
        ("dependency-timeout", "DescribeKey", Exception::DependencyTimeoutException, None),
        ("key-unavailable", "GetPublicKey", Exception::KeyUnavailableException, None),
        ("creating", "EnableKey", invalid, Some(format!("{arn} is creating."))),
        ("updating", "EnableKey", invalid, Some(format!("{arn} is updating."))),
        ("pending-import", "EnableKey", invalid, Some(format!("{arn} is pending import."))),
        ("pending-deletion", "EnableKey", invalid, Some(format!("{arn} is pending deletion."))),
        ("disabled", "GetPublicKey", Exception::DisabledException, Some(format!("{arn} is disabled."))),
        ("not-found", "EnableKey", Exception::NotFoundException, Some(format!("Key '{arn}' does not exist"))),
        (
            "access-denied",
            "DescribeKey",
            Exception::AccessDeniedException,
            Some(format!("{denied}{arn} because no resource-based policy allows the kms:DescribeKey action")),
        ),
        (
            "conflict",
            "RotateKeyOnDemand",
            Exception::ConflictException,
            Some(
                "An automatic rotation of this key is currently in progress or scheduled to begin within the next 20 \
                 minutes."
                    .to_owned(),
            ),
        ),
        (
            "expired-credentials",
            "DescribeKey",
            Exception::ExpiredTokenException,
            Some("The security token included in the request is expired".to_owned()),
        ),
    ] {
        let rule = ask(&world, [("fault", Value::from(fault))]);
        let error = call(&world, operation, on(&id)).expect_err(fault);
        assert_eq!((error.exception, error.message), (exception, sentence), "{fault}");
        world.remove_fault(rule);
    }
    ask(&world, [("fault", Value::from("not-found"))]);
    assert!(call(&world, "ListKeys", Value::from([])).is_ok(), "a sentence about a key needs a key");
}

#[test]
fn a_rule_for_an_operation_that_never_answers_so_is_refused() {
    let world = world("offered", 0);
    for (operation, shown) in
        [("Encrypt", "never answers with ConflictException"), ("encrypt", "no operation 'encrypt'")]
    {
        let said = [("fault", Value::from("conflict")), ("operation", Value::from(operation))];
        let refusal = world.add_fault(arguments::fault(&Value::from(said)).expect("a fault")).expect_err("a refusal");
        assert!(refusal.message.as_deref().is_some_and(|sentence| sentence.contains(shown)), "{refusal}");
    }
    for _ in 0..pocket_kms::world::MOST_FAULTS {
        ask(&world, [("fault", Value::from("throttled")), ("count", Value::Int(1))]);
    }
    let one = arguments::fault(&throttled([])).expect("a fault");
    assert!(world.add_fault(one).is_err(), "the number of rules is bounded");
}

/// The request of an SDK on a connection.
fn on_wire(world: &World, connection: &mut Connection) -> String {
    let scope = "AKIA/20261125/us-east-1/kms/aws4_request";
    let request = format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: TrentService.ListKeys\r\nAuthorization: AWS4-HMAC-SHA256 \
         Credential={scope}, SignedHeaders=host, Signature=0\r\nContent-Length: 2\r\n\r\n{{}}"
    );
    let sent = connection.exchange(request.as_bytes(), T0, |request: &Request| world.http(request, T0));
    String::from_utf8(sent.to_vec()).expect("text")
}

#[test]
fn hosts_of_http_answer_with_a_status_or_break_the_connection() {
    let world = world("http", 0);
    for (fault, status) in [
        ("service-unavailable", "503 Service Unavailable"),
        ("bad-gateway", "502 Bad Gateway"),
        ("too-many-requests", "429 Too Many Requests"),
    ] {
        let rule = ask(&world, [("fault", Value::from(fault)), ("retry_after", Value::Int(1500))]);
        let sent = on_wire(&world, &mut Connection::new());
        assert!(sent.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{sent}");
        assert!(sent.contains("\r\nx-amz-retry-after: 1500\r\n") && sent.contains("Content-Length: 0\r\n"), "{sent}");
        world.remove_fault(rule);
    }
    let rule = ask(&world, [("fault", Value::from("slow")), ("delay", Value::Int(250))]);
    let mut connection = Connection::new();
    assert!(on_wire(&world, &mut connection).starts_with("HTTP/1.1 200 OK\r\n"));
    assert_eq!(connection.delay(), Span::from_millis(250));
    world.remove_fault(rule);
    assert!(on_wire(&world, &mut connection).starts_with("HTTP/1.1 200 OK\r\n"));
    assert_eq!(connection.delay(), Span::from_millis(0));
    let rule = ask(&world, [("fault", Value::from("connection-reset"))]);
    assert_eq!(on_wire(&world, &mut connection), "");
    assert!(!connection.keeps_alive());
    let reply = world.call("ListKeys", Value::from([]), None, None, T0);
    assert_eq!(reply.fault().map(|fault| fault.kind.effect()), Some(Effect::Reset));
    let error = reply.reply.expect_err("no answer");
    assert!(error.message.as_deref().is_some_and(|sentence| sentence.contains("connection-reset")), "{error}");
    world.remove_fault(rule);
}

#[test]
fn the_first_rule_that_triggers_wins() {
    let world = world("order", 0);
    ask(&world, [("fault", Value::from("internal")), ("count", Value::Int(1))]);
    ask(&world, [("fault", Value::from("throttled")), ("every", Value::Int(2))]);
    let met: Vec<_> = (0..5).map(|_| exception(&world, "ListKeys", Value::from([]))).collect();
    let internal = Some(Exception::KMSInternalException);
    assert_eq!(met, [internal, None, THROTTLED, None, THROTTLED]);
}

#[test]
fn neither_forks_nor_snapshots_nor_a_new_beginning_have_the_faults() {
    let world = world("copies", 0);
    ask(&world, [("fault", Value::from("throttled"))]);
    assert_eq!(exception(&world.fork([1; 32]), "ListKeys", Value::from([])), None);
    let bytes = world.snapshot(&[1; 32]).expect("a snapshot");
    let provider = pocket_kms::CryptoProvider::default();
    let again = World::restore(&bytes, &[1; 32], provider, [2; 32]).expect("a world");
    assert_eq!(exception(&again, "ListKeys", Value::from([])), None);
    assert_eq!(exception(&world, "ListKeys", Value::from([])), THROTTLED);
    world.reset([3; 32]);
    assert_eq!(exception(&world, "ListKeys", Value::from([])), None);
}

#[test]
fn rules_that_no_call_meets_move_nothing() {
    let run = |with: bool| {
        let world = world("unused", 0);
        if with {
            ask(&world, [("fault", Value::from("throttled")), ("probability", Value::Float(0.0))]);
            ask(&world, [("fault", Value::from("internal")), ("operation", Value::from("Verify"))]);
        }
        let id = key(&world);
        let sealed = encrypt(&world, &id).expect("a ciphertext");
        advance(&world, 1);
        (id, format!("{sealed:?}{:?}", sealed.member("CiphertextBlob").and_then(Value::as_bytes)), told(&world))
    };
    assert_eq!(run(true), run(false));
}

#[test]
fn a_call_that_carries_a_fault_meets_it_without_the_rule() {
    let world = world("replay", 0);
    let rule = ask(&world, [("fault", Value::from("throttled"))]);
    let call = world.begin("CreateKey", Value::from([]), None, None, T0).expect("a call");
    world.remove_fault(rule);
    assert_eq!(call.fault.as_ref().map(|fault| fault.kind), Some(FaultKind::Throttled));
    let told = |step: Step| match step {
        Step::Done(outcome) => format!("{:?} {:?} {:?}", outcome.reply, outcome.ids, outcome.changes),
        Step::Ask(question) => panic!("{question:?}"),
    };
    let replayed = told(Kms::default().decide(&call));
    let again: &Call = &call;
    assert_eq!(replayed, told(Kms::default().decide(again)));
    let reply = world.finish(&call).reply.expect_err("a fault");
    assert_eq!(reply.exception, Exception::ThrottlingException);
    assert_eq!((world.changes(0).entries.len(), world.acted_faults(0).acted.len()), (0, 1));
    assert_eq!(world.acted_faults(0).acted[0].1.call.time, Time::from_millis(T0.millis()));
}
