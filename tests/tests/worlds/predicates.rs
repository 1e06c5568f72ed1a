//! Faults with a predicate: the host says of each call that fits whether the fault applies (LIF-370).

use std::sync::Barrier;

use pocket_kms::{
    Answerable, Call, Exception, Fault, FaultQuestion, HostAnswer, Question, Unanswered, Value, World, arguments,
    endpoint::Endpoint,
    http::Request,
    world::{Progress, Reply},
};

use crate::{T0, encrypt, key, on, text, world};

/// A world of a host that decides about faults.
fn asked(seed: &str) -> World {
    let world = world(seed, 0);
    world.host_answers(Answerable::NOTHING.faults(true));
    world
}

/// A fault whose predicate has this number.
fn fault<const N: usize>(predicate: u64, members: [(&'static str, Value); N]) -> Fault {
    let mut fault = arguments::fault(&Value::from(members)).expect("a fault");
    fault.when = Some(predicate);
    fault
}

fn throttled(world: &World, predicate: u64) -> u64 {
    world.add_fault(fault(predicate, [("fault", Value::from("throttled"))])).expect("an id")
}

fn begun(world: &World, operation: &str, input: Value) -> Call {
    world.begin(operation, input, None, None, T0).expect("a call").with_answers(world.answers())
}

/// Takes a call to its reply; `says` answers for predicates, or fails.
fn finish(world: &World, mut call: Call, mut says: impl FnMut(&FaultQuestion) -> Option<bool>) -> Reply {
    loop {
        let question = match world.step(&mut call) {
            Progress::Done(reply) => return reply,
            Progress::Ask(question) => question,
        };
        let Question::Fault(asked) = &question else { panic!("{question:?}") };
        let answer = says(asked).map(HostAnswer::Fault).ok_or(Unanswered::Failed);
        call.answers.add(question, answer);
    }
}

/// The exception of a call of which `says` decides.
fn met(
    world: &World,
    operation: &str,
    input: Value,
    says: impl FnMut(&FaultQuestion) -> Option<bool>,
) -> Option<Exception> {
    finish(world, begun(world, operation, input), says).reply.err().map(|error| error.exception)
}

const THROTTLED: Option<Exception> = Some(Exception::ThrottlingException);

/// What a rule has counted: fitted and acted.
fn counted(world: &World, rule: usize) -> (Value, Value) {
    let rule = &world.faults()[rule];
    (rule.member("fitted").expect("a number").clone(), rule.member("acted").expect("a number").clone())
}

#[test]
fn the_host_says_of_each_call_whether_the_fault_applies() {
    let world = asked("says");
    let (one, other) = (key(&world), key(&world));
    throttled(&world, 7);
    let of = |id: &str| {
        met(&world, "DescribeKey", on(id), |asked| {
            assert_eq!((asked.rule, asked.predicate), (1, 7));
            Some(text(&asked.to_value(), &["input", "KeyId"]) == one)
        })
    };
    assert_eq!((of(&one), of(&other), of(&one)), (THROTTLED, None, THROTTLED));
    assert_eq!(counted(&world, 0), (Value::Int(2), Value::Int(2)));
    assert_eq!(world.faults()[0].member("when"), Some(&Value::Bool(true)));
}

#[test]
fn a_predicate_is_told_the_same_whatever_the_encoding_of_the_request() {
    let world = asked("told");
    let id = key(&world);
    throttled(&world, 1);
    let mut told = Vec::new();
    for plaintext in [Value::Blob(b"hello".to_vec()), Value::Secret((*b"hello").to_vec().into()), "aGVsbG8=".into()] {
        let input = Value::from([("KeyId", id.as_str().into()), ("Plaintext", plaintext)]);
        let says = |asked: &FaultQuestion| {
            told.push(asked.to_value());
            assert!(!format!("{asked:?}").contains("aGVsbG8"), "{asked:?}");
            Some(false)
        };
        assert_eq!(met(&world, "Encrypt", input, says), None);
    }
    let expected = Value::from([
        ("operation", Value::from("Encrypt")),
        ("key", Value::from(format!("arn:aws:kms:us-east-1:111122223333:key/{id}"))),
        ("caller", Value::from("arn:aws:iam::111122223333:root")),
        ("region", Value::from("us-east-1")),
        ("time", Value::Time(T0)),
        ("input", Value::from([("KeyId", Value::from(id.as_str())), ("Plaintext", Value::from("aGVsbG8="))])),
    ]);
    assert_eq!(told, vec![expected; 3]);
}

#[test]
fn only_calls_that_fit_are_asked_about_and_the_first_rule_that_triggers_wins() {
    let world = asked("order");
    let id = key(&world);
    let members =
        [("fault", Value::from("throttled")), ("operation", Value::from("Encrypt")), ("count", Value::Int(1))];
    world.add_fault(fault(1, members)).expect("an id");
    world.add_fault(arguments::fault(&Value::from([("fault", "internal".into())])).expect("a fault")).expect("an id");
    throttled(&world, 3);
    let mut asked = Vec::new();
    let mut ask = |operation: &str, input: Value, says: bool| {
        met(&world, operation, input, |question| {
            asked.push(question.predicate);
            Some(says)
        })
    };
    let input = || Value::from([("KeyId", id.as_str().into()), ("Plaintext", Value::Blob(b"hello".to_vec()))]);
    let internal = Some(Exception::KMSInternalException);
    assert_eq!(ask("DescribeKey", on(&id), true), internal);
    assert_eq!(ask("Encrypt", input(), false), internal);
    assert_eq!(ask("Encrypt", input(), true), THROTTLED);
    // Its one call is used up, and the next rule has its turn.
    assert_eq!(ask("Encrypt", input(), true), internal);
    assert_eq!(asked, [1, 1, 1]);
    assert_eq!(
        [0, 1, 2].map(|rule| counted(&world, rule)).map(|(fitted, acted)| format!("{fitted:?} {acted:?}")),
        ["2 1", "3 3", "0 0"]
    );
}

#[test]
fn a_predicate_that_fails_refuses_the_call_and_nothing_has_happened() {
    let world = asked("fails");
    throttled(&world, 1);
    let (rows, before) = (world.changes(0).entries.len(), world.faults());
    let reply = finish(&world, begun(&world, "CreateKey", Value::from([])), |_| None);
    let error = reply.reply.expect_err("a refusal");
    assert_eq!(error.exception, Exception::KMSInternalException);
    assert!(error.message.is_some_and(|sentence| sentence.contains("has failed: nothing was done")));
    // A host that ends the call instead leaves as little behind.
    drop(world.step(&mut begun(&world, "CreateKey", Value::from([]))));
    assert_eq!((world.changes(0).entries.len(), world.faults()), (rows, before));
    assert!(world.acted_faults(0).acted.is_empty());
}

#[test]
fn who_decides_may_itself_call_the_world_and_end_the_fault() {
    let world = asked("again");
    let id = key(&world);
    let rule = throttled(&world, 1);
    let mut depth = 0;
    let outcome = met(&world, "DescribeKey", on(&id), |_| {
        depth += 1;
        // These calls are asked about, too, and each would ask again.
        let inner = met(&world, "DescribeKey", on(&id), |_| Some(true));
        assert_eq!(inner, THROTTLED);
        world.remove_fault(rule);
        encrypt(&world, &id).expect("a ciphertext");
        Some(true)
    });
    // The fault has ended before it could act.
    assert_eq!((outcome, depth), (None, 1));
}

#[test]
fn a_call_on_its_way_is_not_asked_about_later_rules() {
    let world = asked("later");
    throttled(&world, 1);
    let call = begun(&world, "ListKeys", Value::from([]));
    throttled(&world, 2);
    let mut asked = Vec::new();
    let reply = finish(&world, call, |question| {
        asked.push(question.predicate);
        Some(false)
    });
    assert!(reply.reply.is_ok());
    assert_eq!(asked, [1]);
}

#[test]
fn threads_that_are_asked_at_once_count_exactly() {
    let world = asked("threads");
    let members = [("fault", Value::from("throttled")), ("count", Value::Int(3))];
    world.add_fault(fault(1, members)).expect("an id");
    let barrier = Barrier::new(8);
    let acted: usize = std::thread::scope(|scope| {
        let one = || {
            let says = |_: &FaultQuestion| {
                // All are asked before anybody answers.
                barrier.wait();
                Some(true)
            };
            usize::from(met(&world, "CreateKey", Value::from([]), says) == THROTTLED)
        };
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
        threads.into_iter().map(|thread| thread.join().expect("a thread")).sum()
    });
    assert_eq!(acted, 3);
    assert_eq!(counted(&world, 0), (Value::Int(8), Value::Int(3)));
    assert_eq!(world.changes(0).entries.len(), 5);
}

#[test]
fn hosts_that_cannot_decide_are_refused_and_forks_have_no_such_fault() {
    let silent = world("silent", 0);
    let sentence = |error: pocket_kms::Error| error.message.unwrap_or_default();
    let refusal = silent.add_fault(fault(1, [("fault", Value::from("throttled"))])).expect_err("a refusal");
    assert!(sentence(refusal).contains("needs a host that decides about faults"));
    let asking = asked("forks");
    throttled(&asking, 1);
    assert_eq!(asking.fork([1; 32]).faults(), Vec::<Value>::new());
    // Who makes calls and answers nothing meets it not.
    key(&asking);
    let snapshot = asking.snapshot(&[1; 32]).expect("a snapshot");
    let restored = World::restore(&snapshot, &[1; 32], pocket_kms::CryptoProvider::default(), [2; 32]);
    assert_eq!(restored.expect("a world").faults(), Vec::<Value>::new());
}

#[test]
fn the_administration_takes_no_function_and_lists_those_of_the_process() {
    let world = std::sync::Arc::new(asked("served"));
    throttled(&world, 1);
    let endpoint = Endpoint::new(std::sync::Arc::clone(&world), [3; 32]);
    let ask = |method: &str, body: &str| {
        let headers = vec![("host".to_owned(), b"localhost".to_vec())];
        let request =
            Request::new(method.to_owned(), "/_pocket-kms/faults".to_owned(), headers, body.as_bytes().to_vec());
        let response = endpoint.http(&request, T0).response;
        (response.status, String::from_utf8_lossy(&response.body).into_owned())
    };
    let (status, sentence) = ask("POST", r#"{"fault": "throttled", "when": true}"#);
    assert_eq!(status, 400);
    assert!(sentence.contains("when is a function, and stays in the process of its world"), "{sentence}");
    let (status, rules) = ask("GET", "");
    assert!(status == 200 && rules.contains(r#""when":true"#), "{rules}");
}

#[test]
fn a_world_that_was_asked_has_no_recipe() {
    let options = pocket_kms::Options {
        seed: Some(b"recipe".to_vec().into()),
        now: Some(T0),
        recipe: true,
        ..pocket_kms::Options::default()
    };
    let world = World::new(options, pocket_kms::CryptoProvider::default(), [0; 32]);
    world.host_answers(Answerable::NOTHING.faults(true));
    assert!(world.recipe(T0).is_ok());
    throttled(&world, 1);
    let refusal = world.recipe(T0).expect_err("a refusal").message.unwrap_or_default();
    assert!(refusal.contains("a function decided about a fault"), "{refusal}");
}
