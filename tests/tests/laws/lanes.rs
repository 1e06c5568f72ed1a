//! What holds of marks: they follow from use, commute with everything, and are not changes.

use pocket_kms::{
    AccountId, Call, Caller, Outcome, Span, Value,
    api::KeyLastUsageTrackingOperation as Tracked,
    names::KeyArn,
    operations,
    state::{LastUse, Mark},
};
use proptest::prelude::*;

use crate::{
    acts::{Act, Kind, Scenario, acts, decide},
    for_all,
};

/// The key with this number.
fn arn(scenario: &Scenario, number: usize) -> KeyArn {
    let account = AccountId::parse("111122223333").expect("an account");
    let region = pocket_kms::Region::parse("us-east-1").expect("a Region");
    let id = pocket_kms::names::KeyId::parse(&scenario.keys[number]).expect("an id");
    KeyArn { account, region, id }
}

fn last_use(scenario: &Scenario, number: usize) -> Option<LastUse> {
    scenario.kms.meters().last_use(&arn(scenario, number)).copied()
}

fn taken(scenario: &mut Scenario, call: &Call) -> Outcome {
    let outcome = decide(&scenario.kms, call);
    scenario.kms.apply(outcome.basis, &outcome.changes).expect("a fresh decision");
    scenario.kms.mark(&outcome.marks);
    outcome
}

#[test]
fn a_refused_call_leaves_neither_a_change_nor_a_use_and_marks_move_no_revision() {
    for_all(60, &acts(), |acts| {
        let mut scenario = Scenario::new();
        for act in &acts {
            let before = scenario.kms.clone();
            let Some(outcome) = scenario.act(act) else { continue };
            if outcome.reply.is_err() {
                prop_assert!(outcome.changes.is_empty() && outcome.marks.is_empty(), "{:?}", act);
            }
            let mut marked = before.clone();
            marked.mark(&outcome.marks);
            prop_assert_eq!(marked.state().revision(), before.state().revision());
            prop_assert!(marked.apply(before.state().revision(), &[]).is_ok());
            let used = matches!(act, Act::Encrypt(_) | Act::EncryptBy(_) | Act::Decrypt(_)) && outcome.reply.is_ok();
            prop_assert_eq!(!outcome.marks.is_empty(), used, "{:?}", act);
        }
        Ok(())
    });
}

#[test]
fn marks_of_different_instants_commute() {
    for_all(30, &acts(), |acts| {
        let mut scenario = Scenario::new();
        for act in &acts {
            scenario.now = scenario.now.after(Span::from_millis(1));
            drop(scenario.act(act));
        }
        let mut backwards = scenario.kms.clone();
        let mut marks = scenario.marks.clone();
        marks.reverse();
        backwards.mark(&marks);
        prop_assert_eq!(backwards.meters().rows(), scenario.kms.meters().rows());
        Ok(())
    });
}

#[test]
fn the_last_use_says_what_when_and_by_which_request() {
    let mut scenario = Scenario::new();
    drop(scenario.act(&Act::Create(Kind::Symmetric)));
    assert_eq!(last_use(&scenario, 0), None);
    let sealed = scenario.act(&Act::Encrypt(0)).expect("an outcome");
    let found = last_use(&scenario, 0).expect("a use");
    assert_eq!((found.operation, found.at, found.request_id), (Tracked::Encrypt, scenario.now, sealed.ids.request));
    assert_eq!(found.event_id, sealed.ids.event);
    drop(scenario.act(&Act::Wait(1)));
    let opened = scenario.act(&Act::Decrypt(0)).expect("an outcome");
    let found = last_use(&scenario, 0).expect("a use");
    assert_eq!((found.operation, found.at, found.request_id), (Tracked::Decrypt, scenario.now, opened.ids.request));
    // A call that looks at a key, changes it or is refused does not use it.
    for act in [Act::Describe(0), Act::Disable(0), Act::Encrypt(0)] {
        drop(scenario.act(&act));
        assert_eq!(last_use(&scenario, 0), Some(found), "{act:?}");
    }
}

#[test]
fn a_dry_run_is_no_use() {
    let mut scenario = Scenario::new();
    drop(scenario.act(&Act::Create(Kind::Symmetric)));
    let mut call = scenario.call_of(&Act::Encrypt(0)).expect("a call");
    let Value::Map(members) = &mut call.input else { panic!("no members") };
    members.push(("DryRun".into(), Value::Bool(true)));
    let outcome = taken(&mut scenario, &call);
    assert_eq!(outcome.reply.expect_err("a dry run").exception.name(), "DryRunOperationException");
    assert_eq!((outcome.marks.len(), last_use(&scenario, 0)), (0, None));
}

#[test]
fn re_encrypt_uses_both_keys_and_a_foreign_caller_another_event() {
    let mut scenario = Scenario::new();
    drop(scenario.act(&Act::Create(Kind::Symmetric)));
    let policy =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}}"#;
    let call = scenario.call("CreateKey", Value::from([("Policy", Value::from(policy))]));
    let made = taken(&mut scenario, &call).reply.expect("a key");
    let id = made.member("KeyMetadata").and_then(|data| data.member("KeyId")).and_then(Value::as_text);
    scenario.keys.push(id.expect("an id").to_owned());
    drop(scenario.act(&Act::Encrypt(0)));
    let input = Value::from([
        ("CiphertextBlob", Value::Blob(scenario.ciphertexts[0].clone())),
        ("DestinationKeyId", Value::from(arn(&scenario, 1).to_string())),
    ]);
    let call = scenario.call("ReEncrypt", input);
    let outcome = taken(&mut scenario, &call);
    assert!(outcome.reply.is_ok(), "{:?}", outcome.reply);
    for number in [0, 1] {
        let found = last_use(&scenario, number).expect("a use");
        assert_eq!((found.operation, found.event_id), (Tracked::ReEncrypt, outcome.ids.event));
    }
    let input = [("KeyId", Value::from(arn(&scenario, 1).to_string())), ("Plaintext", Value::Blob(vec![1]))];
    let mut call = scenario.call("Encrypt", Value::from(input));
    call.caller = Caller::parse("444455556666").expect("an account");
    let outcome = taken(&mut scenario, &call);
    assert!(outcome.reply.is_ok(), "{:?}", outcome.reply);
    let event = last_use(&scenario, 1).expect("a use").event_id;
    assert!(event != outcome.ids.event && event != outcome.ids.shared);
    assert_eq!(event.to_string().as_bytes()[14], b'3', "{event}");
}

#[test]
fn the_last_use_goes_with_its_key() {
    let mut scenario = Scenario::new();
    drop(scenario.act(&Act::Create(Kind::Symmetric)));
    drop(scenario.act(&Act::Encrypt(0)));
    let late = scenario.marks.clone();
    drop(scenario.act(&Act::Schedule { key: 0, days: 7 }));
    drop(scenario.act(&Act::Wait(6)));
    assert!(last_use(&scenario, 0).is_some());
    let mut settled = scenario.kms.clone();
    settled.settle(scenario.now.after(Span::from_days(1)), usize::MAX);
    drop(scenario.act(&Act::Wait(1)));
    scenario.kms.mark(&late);
    for kms in [&scenario.kms, &settled] {
        assert_eq!(kms.meters().rows(), []);
    }
}

#[test]
fn the_operations_that_are_tracked_are_those_that_need_a_usage() {
    for operation in operations::TABLE {
        assert_eq!(operation.usage.is_some(), Tracked::parse(operation.name).is_some(), "{}", operation.name);
    }
}

#[test]
fn a_mark_is_read_back_as_it_was() {
    let mut scenario = Scenario::new();
    drop(scenario.act(&Act::Create(Kind::Symmetric)));
    drop(scenario.act(&Act::Encrypt(0)));
    for mark in &scenario.marks {
        let text = serde_json::to_string(mark).expect("JSON");
        assert_eq!(&Mark::from_json(text.as_bytes()).expect("a mark"), mark);
        let more = text.replacen(r#""at":"#, r#""hat":1,"at":"#, 1);
        assert!(more != text && Mark::from_json(more.as_bytes()).is_none(), "{more}");
    }
}
