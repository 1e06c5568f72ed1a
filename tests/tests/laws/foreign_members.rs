//! A member that an operation does not have changes nothing: no decision, no reply, no change.

use pocket_kms::{
    Caller, Value,
    access::CONDITION_KEYS,
    operations::{self, Operation},
    wire::{Members, Table},
};
use proptest::{prelude::*, sample::select};

use crate::{
    acts::{Scenario, decide},
    for_all,
    inputs::{blobs, fitting, scenario, texts},
};

/// The user whom the key policy allows when the request has the condition key in this row of the table.
fn user(row: usize) -> String {
    format!("arn:aws:iam::111122223333:user/app{row}")
}

/// A key policy under which every condition key lets one user through who has it in the request.
fn policy() -> String {
    let statement = |(row, key): (usize, &pocket_kms::access::ConditionKey)| {
        let name = key.name.to_owned() + key.family.map_or("", |_| "a");
        serde_json::json!({
            "Effect": "Allow", "Principal": { "AWS": user(row) }, "Action": "kms:*", "Resource": "*",
            "Condition": { "Null": { name: "false" } },
        })
    };
    let root = serde_json::json!({
        "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:PutKeyPolicy", "Resource": "*",
    });
    let statements: Vec<_> = CONDITION_KEYS.iter().enumerate().map(statement).chain([root]).collect();
    serde_json::json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}

/// A world in which each key has that policy.
fn guarded() -> Scenario {
    let mut scenario = scenario();
    for id in scenario.keys.clone() {
        let input = Value::from([("KeyId", Value::from(id)), ("Policy", Value::from(policy()))]);
        let outcome = decide(&scenario.kms, &scenario.call("PutKeyPolicy", input));
        assert!(outcome.reply.is_ok(), "{:?}", outcome.reply);
        scenario.kms.apply(outcome.basis, &outcome.changes).expect("nobody has changed the state since");
    }
    scenario
}

fn members(table: &'static Table) -> &'static [pocket_kms::wire::Member] {
    match table {
        Table::Structure { members, .. } => members,
        _ => &[],
    }
}

/// Members of all other operations that this one lacks, each with a value that would suit it there.
fn foreign(operation: &Operation, texts: &[String], blobs: &[Vec<u8>]) -> BoxedStrategy<Members> {
    let own: Vec<&str> = members(operation.input).iter().map(|member| member.name).collect();
    let mut others: Vec<_> = operations::TABLE.iter().flat_map(|other| members(other.input)).collect();
    others.sort_by_key(|member| member.name);
    others.dedup_by_key(|member| member.name);
    others.retain(|member| !own.contains(&member.name));
    let each: Vec<_> = others
        .into_iter()
        .map(|member| {
            let value = fitting(member.table, texts, blobs);
            prop::option::weighted(0.7, value).prop_map(|value| Some((member.name.into(), value?)))
        })
        .collect();
    each.prop_map(|members| members.into_iter().flatten().collect()).boxed()
}

#[test]
fn a_member_that_the_operation_does_not_have_changes_no_decision_and_no_reply() {
    let scenario = guarded();
    let (texts, blobs) = (texts(&scenario), blobs(&scenario));
    let callers: Vec<String> = (0..CONDITION_KEYS.len()).map(user).collect();
    for operation in operations::TABLE {
        let call =
            (fitting(operation.input, &texts, &blobs), foreign(operation, &texts, &blobs), select(callers.clone()));
        for_all(120, &call, |(input, foreign, caller)| {
            let caller = Caller::parse(&caller).expect("a user");
            let outcome = |input: Value| {
                let mut call = scenario.call(operation.name, input);
                call.caller = caller.clone();
                decide(&scenario.kms, &call)
            };
            let Value::Map(own) = &input else { return Ok(()) };
            let with = Value::Map(foreign.into_iter().chain(own.iter().cloned()).collect());
            let (plain, with) = (outcome(input), outcome(with));
            prop_assert_eq!(&plain.reply, &with.reply);
            prop_assert_eq!(format!("{plain:?}"), format!("{with:?}"));
            Ok(())
        });
    }
}
