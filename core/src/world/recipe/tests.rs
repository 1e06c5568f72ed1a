//! Recipes: performed whole or not at all, and told in the journal.

mod whole;

use crate::{
    Options,
    crypto::CryptoProvider,
    time::Time,
    wire::{self, Value},
    world::{Cause, World},
};

const NOW: Time = Time::from_millis(1_800_000_000_000);

fn world(seed: &str) -> World {
    let seed = Some(seed.as_bytes().to_vec().into());
    World::new(Options { now: Some(NOW), seed, ..Options::default() }, CryptoProvider::default(), [0; 32])
}

fn json(text: &str) -> Value {
    wire::from_json(text.as_bytes()).expect("JSON")
}

fn perform(world: &World, recipe: &str) -> Result<Value, String> {
    world.perform(&json(recipe), NOW).map_err(|error| error.to_string())
}

const ORDERS: &str = r#"{"version": 1, "steps": [
    {"register": {"principals": {"arn:aws:iam::111122223333:role/Reader": {}}}},
    {"as": "Key", "call": "CreateKey", "input": {"Description": {"$text": ["or", "ders"]}}, "region": "eu-west-1"},
    {"call": "CreateAlias", "input": {"AliasName": "alias/orders", "TargetKeyId": {"$from": ["Key", "KeyMetadata", "KeyId"]}}, "region": "eu-west-1"},
    {"register": {"principals": {"arn:aws:iam::111122223333:role/Reader": {"policies": {"read": {"$text": [
        "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"kms:Decrypt\",\"Resource\":\"", {"$from": ["Key", "KeyMetadata", "Arn"]}, "\"}}"]}}}}}},
    {"advance": "1d"}
], "give": {"arn": {"$from": ["Key", "KeyMetadata", "Arn"]}, "as it stands": {"$literal": {"$from": []}}, "json": {"$json": {"a": [1]}}}}"#;

#[test]
fn a_recipe_makes_what_it_says_and_gives_what_it_is_asked_for() {
    let world = world("one");
    let given = perform(&world, ORDERS).expect("a reply");
    let given = given.member("given").expect("what is given");
    let arn = given.member("arn").and_then(Value::as_text).expect("an ARN").to_owned();
    assert!(arn.starts_with("arn:aws:kms:eu-west-1:111122223333:key/"), "{arn}");
    assert_eq!(given.member("as it stands"), Some(&json(r#"{"$from": []}"#)));
    assert_eq!(given.member("json"), Some(&Value::from(r#"{"a":[1]}"#)));
    assert_eq!(world.now(NOW).millis(), NOW.millis() + 86_400_000);
    let input = Value::from([("KeyId", Value::from("alias/orders"))]);
    let described = world.call("DescribeKey", input, Some("eu-west-1"), None, NOW).reply.expect("a key");
    assert_eq!(described.member("KeyMetadata").and_then(|key| key.member("Arn")), Some(&Value::from(arn.as_str())));
    let told = String::from_utf8(wire::to_json(&world.directory())).expect("text");
    assert!(told.contains(&arn), "{told}");
}

#[test]
fn the_journal_tells_of_a_recipe_as_of_its_steps_and_a_seeded_world_performs_it_always_alike() {
    let (one, other) = (world("one"), world("one"));
    assert_eq!(perform(&one, ORDERS), perform(&other, ORDERS));
    let entries = one.changes(0).entries;
    let causes: Vec<bool> = entries.iter().map(|entry| entry.cause == Cause::Registration).collect();
    assert_eq!(causes, [true, false, false, true]);
    assert_eq!(entries.iter().map(|entry| entry.basis).min(), Some(0));
    let more = ORDERS.replace("alias/orders", "alias/more");
    assert_ne!(perform(&one, &more).map(|_| one.inventory(NOW)), Ok(other.inventory(NOW)));
}

#[test]
fn a_refusal_names_the_key_that_its_step_is_about() {
    let recipe = r#"{"version": 1, "steps": [{"call": "CreateKey", "as": "Orders"},
        {"call": "PutKeyPolicy", "input": {"KeyId": {"$from": ["Orders", "KeyMetadata", "KeyId"]}, "Policy": "{}"}}]}"#;
    let refused = perform(&world("one"), recipe).expect_err("a policy without statements");
    assert!(refused.contains("step 2 of the recipe (PutKeyPolicy, Orders): "), "{refused}");
}

#[test]
fn a_recipe_that_is_refused_changes_nothing_and_says_which_step_it_was() {
    let world = world("one");
    for (broken, sentence) in [
        (ORDERS.replace("alias/orders", "orders"), "step 3 of the recipe (CreateAlias, orders): "),
        (ORDERS.replace("[\"Key\", \"KeyMetadata\", \"KeyId\"]", "[\"Nobody\"]"), "no earlier step is named Nobody"),
        (ORDERS.replace("\"KeyId\"]", "\"Name\"]"), "the reply has nothing at [\"Key\",\"KeyMetadata\",\"Name\"]"),
        (ORDERS.replace("\"1d\"", "\"9000y\""), "step 5 of the recipe (advance): the clock ends at"),
        (ORDERS.replace("\"version\": 1", "\"version\": 2"), "recipes of version 2 are not known here"),
        (
            ORDERS.replace("\"call\": \"CreateAlias\"", "\"cal\": \"CreateAlias\""),
            "step 3 of the recipe: the step has no member cal",
        ),
        (ORDERS.replace("\"call\": \"CreateAlias\",", ""), "step 3 of the recipe: a step has one of"),
        (ORDERS.replace("{\"$json\": {\"a\": [1]}}", "{\"$text\": [null]}"), "the parts of $text are texts"),
    ] {
        let refused = perform(&world, &broken).expect_err(sentence);
        assert!(refused.contains(sentence), "{refused}");
        assert_eq!((world.changes(0).entries.len(), world.now(NOW)), (0, NOW));
        assert_eq!(world.directory(), Value::Map(Vec::new()));
    }
    assert!(world.perform(&Value::from("recipe"), NOW).is_err());
}

#[test]
fn what_is_registered_already_stays_where_a_step_keeps_it() {
    let world = world("one");
    let recipe = |keep: bool| {
        format!(
            r#"{{"version": 1, "steps": [{{"register": {{"principals": {{"arn:aws:iam::111122223333:user/ann": {{"tags": {{"team": "{keep}"}}}}}}}}, "keep": {keep}}}]}}"#
        )
    };
    let tag = || {
        let told = world.directory();
        let ann = told.member("principals").and_then(|all| all.member("arn:aws:iam::111122223333:user/ann"));
        ann.and_then(|ann| ann.member("tags")?.member("team")?.as_text().map(str::to_owned)).expect("a tag")
    };
    perform(&world, &recipe(true)).expect("a reply");
    assert_eq!(tag(), "true");
    perform(&world, &recipe(false)).expect("a reply");
    assert_eq!(tag(), "false");
    perform(&world, &recipe(true)).expect("a reply");
    assert_eq!(tag(), "false");
}

#[test]
fn an_inventory_has_keys_in_their_order_with_all_that_belongs_to_them() {
    let world = world("one");
    let recipe = r#"{"version": 1, "steps": [
        {"as": "One", "call": "CreateKey", "input": {"MultiRegion": true, "Tags": [{"TagKey": "team", "TagValue": "red"}]}},
        {"advance": "1s"},
        {"as": "Two", "call": "CreateKey", "input": {}},
        {"call": "ReplicateKey", "input": {"KeyId": {"$from": ["One", "KeyMetadata", "KeyId"]}, "ReplicaRegion": "eu-west-1"}},
        {"call": "EnableKeyRotation", "input": {"KeyId": {"$from": ["Two", "KeyMetadata", "KeyId"]}, "RotationPeriodInDays": 100}},
        {"call": "CreateAlias", "input": {"AliasName": "alias/two", "TargetKeyId": {"$from": ["Two", "KeyMetadata", "KeyId"]}}},
        {"call": "CreateGrant", "input": {"KeyId": {"$from": ["Two", "KeyMetadata", "KeyId"]}, "GranteePrincipal": "arn:aws:iam::111122223333:role/App",
            "Operations": ["Decrypt"], "Constraints": {"EncryptionContextSubset": {"tenant": "a"}}}},
        {"call": "DisableKey", "input": {"KeyId": {"$from": ["Two", "KeyMetadata", "KeyId"]}}}
    ]}"#;
    perform(&world, recipe).expect("a reply");
    let told = world.inventory(NOW);
    let Some(Value::List(keys)) = told.member("keys") else { panic!("{told:?}") };
    let [one, replica, two] = &keys[..] else { panic!("{keys:?}") };
    let text = |key: &Value, member: &str| key.member(member).and_then(Value::as_text).map(str::to_owned);
    assert_eq!(
        (text(one, "region").as_deref(), text(replica, "region").as_deref()),
        (Some("us-east-1"), Some("eu-west-1"))
    );
    assert_eq!((text(one, "keyId"), text(replica, "primaryRegion")), (text(replica, "keyId"), text(one, "region")));
    assert_eq!(one.member("tags"), Some(&json(r#"{"team": "red"}"#)));
    assert_eq!((text(two, "state").as_deref(), two.member("enabled")), (Some("Disabled"), Some(&Value::Bool(false))));
    assert_eq!(two.member("aliases"), Some(&json(r#"["alias/two"]"#)));
    assert_eq!(two.member("rotationPeriodInDays"), Some(&Value::Int(100)));
    let grants = json(
        r#"[{"GranteePrincipal": "arn:aws:iam::111122223333:role/App", "Operations": ["Decrypt"], "Constraints": {"EncryptionContextSubset": {"tenant": "a"}}}]"#,
    );
    assert_eq!(two.member("grants"), Some(&grants));
    assert_eq!(two.member("policy"), None);
}
