//! The guide's table of permissions, row by row: with exactly the permissions of its row a call passes, and without one
//! of them it is denied.
//!
//! `vectors/permissions.json` is the table: for every operation what it needs, on what, and by which kind of policy (a
//! key policy, which may leave it to IAM policies, or IAM policies alone), and whether it works across accounts.

mod stage;

use std::collections::BTreeSet;

use pocket_kms::operations;
use serde_json::{Value, json};

use crate::cases::text;
use stage::{Given, Stage};

const TABLE: &str = include_str!("../../../vectors/permissions.json");
/// Operations that the guide's table does not have.
const NOT_IN_THE_GUIDE: [&str; 2] = ["Decapsulate", "Encapsulate"];

const ALICE: &str = "arn:aws:iam::111122223333:user/alice";
const BOB: &str = "arn:aws:iam::444455556666:user/bob";

fn rows() -> Vec<Value> {
    serde_json::from_str(TABLE).expect("the table is JSON")
}

fn needs(row: &Value) -> Vec<Value> {
    row["needs"].as_array().expect("needs").clone()
}

/// By which kind of policy the caller is given what a key policy can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    KeyPolicy,
    IamPolicy,
}

/// What is given to the caller: all needs but one, or all.
fn given(row: &Value, way: Way, without: Option<usize>) -> Vec<Given> {
    let needs = needs(row).into_iter().enumerate().filter(|(at, _)| Some(*at) != without);
    needs.map(|(_, need)| Given { by_key_policy: way == Way::KeyPolicy && need["policy"] == "key", need }).collect()
}

#[test]
fn the_table_has_every_operation() {
    let known: BTreeSet<&str> = operations::TABLE.iter().map(|row| row.name).collect();
    let rows = rows();
    let told: BTreeSet<&str> = rows.iter().map(|row| text(row, "operation")).chain(NOT_IN_THE_GUIDE).collect();
    assert_eq!(told, known);
    assert_eq!(rows.len() + NOT_IN_THE_GUIDE.len(), told.len(), "an operation stands twice");
}

#[test]
fn with_exactly_its_permissions_a_call_passes() {
    let wrong = judged(|row| {
        let ways = [Way::KeyPolicy, Way::IamPolicy];
        ways.into_iter().filter_map(|way| wrong(row, ALICE, &given(row, way, None), true, way)).collect()
    });
    assert!(wrong.is_empty(), "{} calls:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn without_one_of_its_permissions_a_call_is_denied() {
    let wrong = judged(|row| {
        let ways =
            [Way::KeyPolicy, Way::IamPolicy].into_iter().flat_map(|way| (0..needs(row).len()).map(move |at| (way, at)));
        ways.filter_map(|(way, at)| wrong(row, ALICE, &given(row, way, Some(at)), false, way)).collect()
    });
    assert!(wrong.is_empty(), "{} calls:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_only_iam_policies_can_give_no_key_policy_gives() {
    let wrong = judged(|row| {
        let only_iam = |need: &Value| need["policy"] == "IAM";
        let on_keys = needs(row).iter().any(|need| text(need, "on").contains("key") || !only_iam(need));
        if !on_keys || !needs(row).iter().any(only_iam) {
            return Vec::new();
        }
        let given: Vec<Given> = needs(row).into_iter().map(|need| Given { by_key_policy: true, need }).collect();
        wrong(row, ALICE, &given, false, Way::KeyPolicy).into_iter().collect()
    });
    assert!(wrong.is_empty(), "{} calls:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn across_accounts_a_call_passes_as_the_table_says_and_needs_both_accounts() {
    let wrong = judged(|row| {
        let on_keys = needs(row).iter().all(|need| need["policy"] == "key" || text(need, "on").contains("key"));
        let across = row["acrossAccounts"] == true;
        if !on_keys && !across {
            return Vec::new();
        }
        let both = |key: bool, iam: bool| -> Vec<Given> {
            let by = |by_key_policy: bool| needs(row).into_iter().map(move |need| Given { need, by_key_policy });
            by(true).filter(|_| key).chain(by(false).filter(|_| iam)).collect()
        };
        let mut found = vec![wrong(row, BOB, &both(true, true), across, Way::KeyPolicy)];
        found.push(wrong(row, BOB, &both(true, false), false, Way::KeyPolicy));
        // The right to retire comes from the grant, not from a key policy.
        if text(row, "operation") != "RetireGrant" {
            found.push(wrong(row, BOB, &both(false, true), false, Way::IamPolicy));
        }
        found.into_iter().flatten().collect()
    });
    assert!(wrong.is_empty(), "{} calls:\n{}", wrong.len(), wrong.join("\n"));
}

fn judged(judge: impl Fn(&Value) -> Vec<String>) -> Vec<String> {
    rows().iter().flat_map(judge).collect()
}

/// How the outcome of a call by somebody who is given this differs from the expected one.
fn wrong(row: &Value, caller: &str, given: &[Given], passes: bool, way: Way) -> Option<String> {
    let operation = text(row, "operation");
    let stage = Stage::new(operation);
    stage.give(caller, given);
    let reply = stage.call(operation, caller);
    let names: Vec<Value> = given.iter().map(|given| json!([given.need["on"], given.by_key_policy])).collect();
    let told = || format!("{operation} by {caller} with {names:?} ({way:?}): {:?}", reply.reply.as_ref().err());
    let denied = reply.reply.as_ref().err().is_some_and(|error| error.exception.name() == "AccessDeniedException");
    let right = if passes { reply.trail.authorized && !denied } else { !reply.trail.authorized && denied };
    (!right).then(told)
}
