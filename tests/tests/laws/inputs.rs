//! Any input of any operation: a modelled exception or a reply of the modelled shape, and never more than that.

use pocket_kms::{
    Exception, Outcome, Value,
    operations::{self, Operation},
    wire::Table,
};
use proptest::{prelude::*, sample::select};

use crate::{
    acts::{Act, Kind, Scenario, decide},
    for_all,
    replies::conforms,
};

/// The errors that every operation may answer with besides those that the model lists for it.
const ANYBODYS: [Exception; 4] = [
    Exception::AccessDeniedException,
    Exception::NotAuthorizedException,
    Exception::SerializationException,
    Exception::ValidationException,
];

/// A world with a key of every kind and in every state, an alias and a ciphertext.
pub(crate) fn scenario() -> Scenario {
    let mut scenario = Scenario::new();
    for kind in [Kind::Symmetric, Kind::Mac, Kind::Signing, Kind::WithoutMaterial, Kind::Symmetric, Kind::Symmetric] {
        scenario.act(&Act::Create(kind));
    }
    let rest = [Act::Disable(4), Act::Schedule { key: 5, days: 7 }, Act::Name { alias: 0, key: 0 }, Act::Encrypt(0)];
    for act in rest {
        assert!(scenario.act(&act).is_some_and(|outcome| outcome.reply.is_ok()), "{act:?}");
    }
    scenario
}

/// Texts that some member of some operation takes.
pub(crate) fn texts(scenario: &Scenario) -> Vec<String> {
    let policy =
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}]}"#;
    let fixed = [
        "",
        "x",
        "alias/a0",
        "alias/a1",
        "alias/aws/s3",
        "alias/",
        "mrk-1",
        "default",
        "us-west-2",
        "111122223333",
        "ä",
        "{}",
        "arn:aws:kms:us-east-1:111122223333:alias/a0",
        "arn:aws:kms:eu-west-1:111122223333:alias/a0",
        "arn:aws:kms:us-east-1:444455556666:alias/a0",
        "arn:aws:s3:::bucket",
        "AAAA",
        policy,
    ];
    let arns = scenario.keys.iter().map(|id| format!("arn:aws:kms:us-east-1:111122223333:key/{id}"));
    fixed.into_iter().map(ToOwned::to_owned).chain(scenario.keys.iter().cloned()).chain(arns).collect()
}

/// Bytes that some member of some operation takes.
pub(crate) fn blobs(scenario: &Scenario) -> Vec<Vec<u8>> {
    let fixed = [Vec::new(), b"x".to_vec(), vec![0; 32], vec![1; 4096], vec![2; 7000]];
    scenario.ciphertexts.iter().cloned().chain(fixed).collect()
}

/// Values of any kind, nested a little.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        any::<f64>().prop_map(Value::Float),
        any::<String>().prop_map(Value::Text),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(Value::Blob),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::btree_map(any::<String>(), inner, 0..4).prop_map(Value::from_iter),
        ]
    })
}

/// Values that fit a table, or nearly.
pub(crate) fn fitting(table: &'static Table, texts: &[String], blobs: &[Vec<u8>]) -> BoxedStrategy<Value> {
    match table {
        Table::Text { .. } => select(texts.to_vec()).prop_map(Value::Text).boxed(),
        Table::Choice { values, .. } => select(*values).prop_map(Value::from).boxed(),
        Table::Blob { .. } => select(blobs.to_vec()).prop_map(Value::Blob).boxed(),
        Table::Number { range, .. } => {
            let (min, max) = (range.min.unwrap_or(0), range.max.unwrap_or(100));
            prop_oneof![4 => min..=max, 1 => min - 2..=max + 2].prop_map(Value::Int).boxed()
        }
        Table::Flag { .. } => any::<bool>().prop_map(Value::Bool).boxed(),
        Table::Timestamp { .. } => any::<i32>().prop_map(|seconds| Value::Int(seconds.into())).boxed(),
        Table::List { of, .. } => prop::collection::vec(fitting(of, texts, blobs), 0..3).prop_map(Value::List).boxed(),
        Table::Map { value, .. } => {
            let members = prop::collection::btree_map("[a-z]{0,3}", fitting(value, texts, blobs), 0..3);
            members.prop_map(Value::from_iter).boxed()
        }
        Table::Structure { members, .. } => structure(members, texts, blobs),
    }
}

/// Structures in which most required members are there, most others are not, and few are something else altogether.
fn structure(
    members: &'static [pocket_kms::wire::Member],
    texts: &[String],
    blobs: &[Vec<u8>],
) -> BoxedStrategy<Value> {
    let each: Vec<BoxedStrategy<Option<(String, Value)>>> = members
        .iter()
        .map(|member| {
            let value = prop_oneof![20 => fitting(member.table, texts, blobs), 1 => anything()];
            let here = if member.required { 0.97 } else { 0.25 };
            prop::option::weighted(here, value).prop_map(|value| Some((member.name.into(), value?))).boxed()
        })
        .collect();
    each.prop_map(|members| members.into_iter().flatten().collect::<Value>()).boxed()
}

fn check(operation: &Operation, outcome: &Outcome) -> Result<(), TestCaseError> {
    match &outcome.reply {
        Ok(Value::Null) => prop_assert!(operation.output.is_none(), "an empty reply"),
        Ok(reply) => {
            let table = operation.output.ok_or_else(|| TestCaseError::fail("a reply where there is none"))?;
            conforms(reply, table, operation.name).map_err(TestCaseError::fail)?;
        }
        Err(error) => {
            let modelled = operation.raises.contains(&error.exception) || ANYBODYS.contains(&error.exception);
            prop_assert!(modelled, "{} does not list {}", operation.name, error);
            prop_assert!(error.exception != Exception::KMSInternalException, "{}", error);
            prop_assert!(outcome.changes.is_empty());
        }
    }
    Ok(())
}

#[test]
fn an_operation_answers_with_its_shape_or_with_an_exception_that_its_model_lists() {
    let scenario = scenario();
    let (texts, blobs) = (texts(&scenario), blobs(&scenario));
    let mut succeeded = Vec::new();
    for operation in operations::TABLE {
        let replies = std::cell::Cell::new(0);
        for_all(150, &fitting(operation.input, &texts, &blobs), |input| {
            let outcome = decide(&scenario.kms, &scenario.call(operation.name, input));
            replies.set(replies.get() + i32::from(outcome.reply.is_ok()));
            check(operation, &outcome)
        });
        if replies.get() > 0 {
            succeeded.push(operation.name);
        }
    }
    // The inputs are worth something only when many of them are right.
    assert!(succeeded.len() >= 20, "only {succeeded:?} ever succeeded");
}

#[test]
fn any_value_is_answered() {
    let scenario = scenario();
    let names: Vec<&'static str> = operations::TABLE.iter().map(|row| row.name).collect();
    for_all(2000, &(select(names), anything()), |(name, input)| {
        let operation = Operation::find(name).expect("an operation");
        check(operation, &decide(&scenario.kms, &scenario.call(name, input)))
    });
}

#[test]
fn only_the_operations_of_the_api_have_names() {
    let scenario = scenario();
    for_all(500, &any::<String>(), |name| {
        let outcome = decide(&scenario.kms, &scenario.call(&name, Value::Map(Vec::new())));
        let found = outcome.reply.map_err(|error| error.exception.name());
        prop_assert_eq!(found, Err("UnknownOperationException"));
        Ok(())
    });
}
