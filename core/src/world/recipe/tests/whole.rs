//! Worlds and their own recipes: what is kept, what makes a world again, and what is refused.

use crate::{
    Options, Span,
    api::*,
    arguments,
    attestation::Trust,
    call::{HostAnswer, Question},
    crypto::CryptoProvider,
    enclave,
    http::Request,
    shapes::KeySpec,
    time::Time,
    wire::{self, SecretBytes, Value},
    world::World,
};

const NOBODYS: &str = "12345678-1234-1234-1234-123456789012";
const NOW: Time = Time::from_millis(1_800_000_000_000);

fn options(seed: &str) -> Options {
    let seed = Some(seed.as_bytes().to_vec().into());
    Options { now: Some(NOW), seed, recipe: true, ..Options::default() }
}

fn world() -> World {
    World::new(options("whole"), CryptoProvider::default(), [0; 32])
}

fn json(text: &str) -> Value {
    wire::from_json(text.as_bytes()).expect("JSON")
}

fn told(world: &World) -> String {
    let recipe = world.recipe(NOW).unwrap_or_else(|error| panic!("{error}"));
    String::from_utf8(wire::to_json(&recipe)).expect("text")
}

fn made(recipe: &Value) -> Result<World, String> {
    let options = Options { recipe: true, ..Options::default() };
    World::from_recipe(recipe, options, CryptoProvider::default(), NOW).map_err(|error| error.to_string())
}

/// The world of a recipe, which has the same recipe and does the same from then on.
fn again(world: &World) -> World {
    let again = made(&world.recipe(NOW).expect("a recipe")).expect("a world");
    assert_eq!(told(&again), told(world));
    assert_eq!(key(&again), key(world));
    again
}

fn key(world: &World) -> String {
    world.client(NOW).send(CreateKey::default()).expect("a key").key_metadata.key_id
}

#[test]
fn a_world_tells_its_seed_its_time_and_what_was_done_to_it() {
    let world = world();
    let id = key(&world);
    world.client(NOW).region("eu-west-1").expect("a Region").send(DisableKey::new(NOBODYS)).expect_err("no key");
    world.advance(Span::from_millis(500), NOW).expect("a later time");
    world.client(NOW).send(Encrypt::new(&id, b"hello")).expect("a ciphertext");
    let expected = [
        r#"{"version":1,"seed":"whole","now":1800000000000,"steps":["#,
        r#"{"call":"CreateKey"},"#,
        r#"{"call":"DisableKey","input":{"KeyId":"12345678-1234-1234-1234-123456789012"},"region":"eu-west-1","refused":"NotFoundException"},"#,
        r#"{"at":1800000000500},"#,
        r#"{"call":"Encrypt","input":{"KeyId":""#,
        &id,
        r#"","Plaintext":"aGVsbG8="}}]}"#,
    ];
    assert_eq!(told(&world), expected.concat());
    again(&world);
}

#[test]
fn a_world_says_why_it_has_no_recipe() {
    let why = |world: &World| world.recipe(NOW).expect_err("no recipe").to_string();
    let new = |options: Options| World::new(options, CryptoProvider::default(), [0; 32]);
    assert!(why(&new(Options { recipe: true, ..Options::default() })).contains("a world without a seed has no recipe"));
    assert!(why(&new(Options { recipe: false, ..options("a") })).contains("does not keep its recipe"));
    let past = new(Options { history: 10, ..options("a") });
    key(&past);
    past.advance(Span::from_days(1), NOW).expect("a later time");
    assert!(why(&past.at(NOW, NOW, [0; 32]).expect("a fork")).contains("as that was at an earlier time"));
    let root = world();
    root.enclave(enclave::Spec::default()).expect("an enclave");
    let trust = Trust::roots_of(root.seen().trust().roots()).expect("roots");
    let believing = new(Options { trust, ..options("a") });
    assert!(why(&believing).contains("under roots of its own"));
    believing.reset([0; 32]);
    assert!(why(&believing).contains("under roots of its own"));
}

#[test]
fn who_looks_is_in_no_recipe_unless_it_leaves_something() {
    let world = world();
    let id = key(&world);
    let before = told(&world);
    let look = || _ = world.client(NOW).send(DescribeKey::new(&id)).expect("a key");
    look();
    assert_eq!(told(&world), before);
    world.client(NOW).send(DescribeKey::new("alias/aws/s3")).expect("a key");
    let managed = told(&world);
    assert!(managed.ends_with(r#"{"call":"DescribeKey","input":{"KeyId":"alias/aws/s3"}}]}"#), "{managed}");
    world.set(&json(r#"{"request-quotas": 1}"#), NOW).expect("a setting");
    look();
    assert_eq!(told(&world).matches("DescribeKey").count(), 2);
    let fault =
        arguments::fault(&json(r#"{"fault": "throttled", "operation": "DescribeKey", "every": 2}"#)).expect("a fault");
    world.add_fault(fault).expect("a rule");
    look();
    // One of them is in the fault.
    assert_eq!(told(&world).matches("DescribeKey").count(), 4);
    again(&world);
}

#[test]
fn calls_that_overlapped_draw_what_they_drew() {
    let world = world();
    let begin = || world.begin("CreateKey", Value::Map(Vec::new()), None, None, NOW).expect("a call");
    let (one, other, abandoned, last) = (begin(), begin(), begin(), begin());
    for call in [&other, &last, &one] {
        assert!(world.finish(call).reply.is_ok());
    }
    drop(abandoned);
    let recipe = told(&world);
    assert!(
        recipe
            .contains(r#"[{"call":"CreateKey","draw":2},{"call":"CreateKey","draw":4},{"call":"CreateKey","draw":1},"#)
    );
    let again = again(&world);
    assert_eq!(world.changes(0).to_values(0), again.changes(0).to_values(0));
}

#[test]
fn what_was_answered_outside_of_a_world_is_in_no_recipe() {
    let world = world();
    let id = key(&world);
    let input = Value::from([("KeyId", Value::from(id)), ("Plaintext", Value::Blob(vec![1]))]);
    let mut call = world.begin("Encrypt", input, None, None, NOW).expect("a call");
    let answer = HostAnswer::GeneratedKey(SecretBytes::default());
    call.answers.add(Question::GenerateKey(KeySpec::Rsa2048), Ok(answer));
    assert!(world.finish(&call).reply.is_ok());
    let why = world.recipe(NOW).expect_err("no recipe").to_string();
    assert!(why.contains("a proxy outside of it"), "{why}");
    world.reset([0; 32]);
    assert!(told(&world).ends_with(r#""steps":[]}"#));
}

#[test]
fn a_session_that_sts_has_opened_is_in_the_recipe() {
    let world = world();
    let role = r#"{"principals": {
        "arn:aws:iam::111122223333:user/alice": {"policies": {"all": {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}}},
        "arn:aws:iam::111122223333:role/path/App": {
        "trustPolicy": {"Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}},
        "policies": {"all": {"Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}}}}}}"#;
    world.register(&json(role), NOW).expect("a role");
    let post = |user: &str, service: &str, target: &str, body: &str| {
        let signed =
            format!("AWS4-HMAC-SHA256 Credential={user}/20260101/us-east-1/{service}/aws4_request, Signature=00");
        let headers = [("X-Amz-Target", target), ("Authorization", &signed)];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).to_vec();
        let headers = headers.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        world.http(&Request::new("POST", "/", headers, body.as_bytes().to_vec()), NOW)
    };
    let form = "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fpath%2FApp&RoleSessionName=one";
    let opened = post("arn:aws:iam::111122223333:user/alice", "sts", "", form);
    assert_eq!(opened.status, 200, "{}", String::from_utf8_lossy(&opened.body));
    assert!(told(&world).contains(r#"{"sts":"Action=AssumeRole&"#));
    let session = "arn:aws:sts::111122223333:assumed-role/path/App/one";
    assert!(world.call("CreateKey", Value::Map(Vec::new()), None, Some(session), NOW).reply.is_ok());
    assert!(told(&world).contains(session));
    let again = again(&world);
    assert_eq!(world.changes(0).to_values(0), again.changes(0).to_values(0));
}

#[test]
fn snapshots_and_forks_know_the_recipe_and_a_reset_begins_it_anew() {
    let world = world();
    key(&world);
    let bytes = world.snapshot(&[1; 32]).expect("a snapshot");
    let restored = World::restore(&bytes, &[1; 32], CryptoProvider::default(), [9; 32]).expect("a world");
    let fork = world.fork([0; 32]);
    assert_eq!(key(&world), key(&restored));
    assert_eq!(told(&world), told(&restored));
    again(&restored);
    key(&fork);
    assert!(told(&fork).ends_with(r#"{"fork":true},{"call":"CreateKey"}]}"#), "{}", told(&fork));
    again(&fork);
    restored.reset([0; 32]);
    let first = key(&self::world());
    assert_eq!(key(&restored), first);
    again(&restored);
}

#[test]
fn what_is_said_stays_as_it_was_said() {
    let world = world();
    let id = key(&world);
    let context = json(r#"{"$from": "x"}"#);
    let input = Value::from([
        ("KeyId", Value::from(&*id)),
        ("Plaintext", Value::Blob(b"hello".to_vec())),
        ("EncryptionContext", context),
    ]);
    assert!(world.call("Encrypt", input, None, None, NOW).reply.is_ok());
    let bytes = Value::from([("Description", Value::Blob(b"abc".to_vec()))]);
    assert!(world.call("CreateKey", bytes, None, None, NOW).reply.is_err());
    let recipe = told(&world);
    assert!(recipe.contains(r#""EncryptionContext":{"$literal":{"$from":"x"}}"#), "{recipe}");
    assert!(recipe.contains(r#""Description":{"$base64":"YWJj"}"#), "{recipe}");
    again(&world);
}

#[test]
fn a_recipe_ends_where_it_would_grow_too_long() {
    let world = world();
    let id = key(&world);
    for _ in 0..5000 {
        world.client(NOW).send(Encrypt::new(&id, b"x")).expect("a ciphertext");
    }
    let why = world.recipe(NOW).expect_err("no recipe").to_string();
    assert!(why.contains("5,000 steps"), "{why}");
}

#[test]
fn what_is_no_recipe_makes_no_world_and_is_told_why() {
    let head = |rest: &str| format!(r#"{{"version": 1, "seed": "a", "now": 0, {rest}}}"#);
    let steps = |steps: &str| head(&format!(r#""steps": [{steps}]"#));
    for (recipe, sentence) in [
        ("[]".to_owned(), "a recipe is a structure"),
        (r#"{"version": 1, "steps": []}"#.to_owned(), "the recipe of a world has a seed, which is a text"),
        (head(r#""steps": []"#).replace(r#""a""#, "7"), "the recipe of a world has a seed"),
        (head(r#""steps": []"#).replace(r#""now": 0"#, r#""now": "soon""#), "now is an instant in whole milliseconds"),
        (head(r#""steps": []"#).replace(r#""now": 0"#, r#""now": 1e300"#), "now is an instant in whole milliseconds"),
        (head(r#""steps": []"#).replace(r#""version": 1"#, r#""version": 2"#), "recipes of version 2 are not known"),
        (head(r#""steps": {}"#), "the steps of a recipe are a list"),
        (head(r#""steps": [], "title": "x""#), "has no member title: it has version, seed, now,"),
        (head(r#""steps": [], "account": "1""#), "an account is twelve digits"),
        (steps("7"), "step 1 of the recipe: a step has one of register, stores"),
        (steps(r#"{"at": 0}, {}"#), "step 2 of the recipe: a step has one of"),
        (steps(r#"{"call": "CreateKey", "set": {}}"#), "a step has one of"),
        (steps(r#"{"call": "CreateKey", "imput": {}}"#), "the step has no member imput"),
        (steps(r#"{"call": 7}"#), "call is a text"),
        (steps(r#"{"at": 1e300}"#), "at is an instant"),
        (steps(r#"{"call": "CreateKey", "draw": 0}"#), "draw is the number of a draw"),
        (
            steps(r#"{"call": "CreateKey"}, {"call": "CreateKey", "draw": 1}"#),
            "step 2 of the recipe (CreateKey): draw is",
        ),
        (steps(r#"{"call": "CreateKey", "draw": 9000000000000000000}"#), "passes over 10,000 in all"),
        (steps(r#"{"call": "DisableKey", "input": {"KeyId": "alias/a"}}"#), "step 1 of the recipe (DisableKey): "),
        (steps(r#"{"call": "CreateKey", "refused": "DisabledException"}"#), "was to be refused with DisabledException"),
        (steps(r#"{"removeFault": 1}"#), "there is no fault with this number"),
        (steps(r#"{"fault": {"fault": "none"}}"#), "there is no fault 'none'"),
        (steps(r#"{"sts": "Action=Dance", "caller": "111122223333"}"#), "step 1 of the recipe (sts): "),
        (steps(r#"{"sts": "Action=GetSessionToken"}"#), "the step has a caller"),
        (
            steps(r#"{"perform": {"version": 1, "steps": [{"at": 0}]}}"#),
            "at is done to a world from its beginning alone",
        ),
        (steps(r#"{"perform": {"version": 1, "seed": "x", "steps": []}}"#), "makes a world of its own"),
        (steps(r#"{"call": "CreateKey", "input": {"Description": {"$base64": "?"}}}"#), "$base64 takes the base64"),
        (steps(r#"{"enclave": {"Colour": "red"}}"#), "an enclave has no Colour"),
    ] {
        let refused = made(&json(&recipe)).map(|_| recipe).expect_err(sentence);
        assert!(refused.contains(sentence), "{sentence}: {refused}");
    }
    let long = vec!["{\"at\":0}"; 5001].join(",");
    assert!(made(&json(&steps(&long))).expect_err("too many").contains("at most 5000 steps"));
    let options = Options { now: Some(NOW), ..Options::default() };
    let refused = World::from_recipe(&json(&steps("")), options, CryptoProvider::default(), NOW).expect_err("a time");
    assert!(refused.to_string().contains("the recipe itself says the seed"), "{refused}");
}

#[test]
fn what_is_no_text_of_a_recipe_is_refused_before_it_is_read() {
    let refused = |text: &[u8]| World::read_recipe(text).expect_err("no recipe").to_string();
    assert!(refused(&vec![b' '; (4 << 20) + 1]).contains("at most 4 MiB"));
    assert!(refused(b"{\"version\": 1").contains("this is not a recipe: "));
    assert!(refused("[".repeat(100).as_bytes()).contains("this is not a recipe: "));
    assert!(refused(br#"{"version": 1, "version": 1}"#).contains("this is not a recipe: "));
    assert!(refused(&[0xff, 0xfe]).contains("this is not a recipe: "));
}

#[test]
fn an_enclave_that_a_recipe_names_gives_what_its_requests_have_as_recipient() {
    let recipe = json(
        r#"{"version": 1, "seed": "a", "now": 1800000000000, "steps": [
            {"enclave": {"RoleArn": "arn:aws:iam::111122223333:role/App"}, "as": "recipient"},
            {"as": "Key", "call": "CreateKey", "input": {}},
            {"call": "GenerateDataKey", "input": {"KeyId": {"$from": ["Key", "KeyMetadata", "KeyId"]}, "KeySpec": "AES_256", "Recipient": {"$from": ["recipient"]}}}]}"#,
    );
    let world = made(&recipe).unwrap_or_else(|error| panic!("{error}"));
    again(&world);
}
