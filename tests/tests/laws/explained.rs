//! Who wants to know why a call was allowed gets the same call: not a byte of replies, ids and changes is another.

use pocket_kms::{
    CryptoProvider, Options, Time, Value, World,
    access::{Decider, Decision, Layer, Ruling},
    operations, wire,
};
use proptest::prelude::*;

use crate::{for_all, inputs::fitting};

const NOW: Time = Time::from_millis(1_800_000_000_000);
const OTHER: &str = "444455556666";
const ALICE: &str = "arn:aws:iam::111122223333:user/alice";

const STATEMENTS: &str = r#"{"Version":"2012-10-17","Statement":[
    {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*",
     "Condition":{"StringNotLike":{"aws:PrincipalArn":"*user/alice"}}},
    {"Sid":"Use only with purpose","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/alice"},
     "Action":"kms:Encrypt","Resource":"*","Condition":{"StringEquals":{"kms:EncryptionContext:purpose":"orders"}}},
    {"Sid":"Partner","Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"kms:*","Resource":"*"},
    {"Sid":"Never for alice","Effect":"Deny","Principal":{"AWS":"arn:aws:iam::111122223333:user/alice"},
     "Action":"kms:Decrypt","Resource":"*"}]}"#;

fn world(explain: bool) -> (World, String) {
    let options = Options { seed: Some(b"explained".to_vec().into()), now: Some(NOW), explain, ..Options::default() };
    let world = World::new(options, CryptoProvider::default(), [0; 32]);
    let reply = world.call("CreateKey", Value::from([("Policy", Value::from(STATEMENTS))]), None, None, NOW).reply;
    let reply = reply.unwrap_or_else(|error| panic!("{error}"));
    let arn = reply.member("KeyMetadata").and_then(|key| key.member("Arn")).and_then(Value::as_text).expect("an ARN");
    let arn = arn.to_owned();
    (world, arn)
}

#[test]
fn to_explain_changes_no_byte_of_a_reply_an_id_or_a_change() {
    let ((plain, arn), (explained, same)) = (world(false), world(true));
    assert_eq!(arn, same);
    let texts = [arn, "alias/a".to_owned(), "default".to_owned()];
    for operation in operations::TABLE {
        for_all(30, &fitting(operation.input, &texts, &[vec![0; 32]]), |input| {
            for caller in [None, Some(ALICE), Some(OTHER)] {
                let said = [&plain, &explained].map(|world| {
                    let fork = world.fork([0; 32]);
                    let reply = fork.call(operation.name, input.clone(), None, caller, NOW);
                    let shown = match &reply.reply {
                        Ok(value) => String::from_utf8(wire::to_json(value)).expect("JSON"),
                        Err(error) => format!("{error:?}"),
                    };
                    (shown, reply.request_id, format!("{:?}", fork.changes(0)))
                });
                prop_assert_eq!(&said[0], &said[1], "{}", operation.name);
            }
            Ok(())
        });
    }
}

fn decisions(explain: bool, operation: &str, caller: Option<&str>, more: &[(&'static str, Value)]) -> Vec<Decision> {
    let (world, arn) = world(explain);
    let members = [("KeyId", Value::from(arn))].into_iter().chain(more.iter().cloned());
    let input = members.map(|(name, value)| (name.to_owned(), value)).collect();
    world.call(operation, input, None, caller, NOW).trail.decisions
}

fn only(explain: bool, operation: &str, caller: Option<&str>, more: &[(&'static str, Value)]) -> (Decision, String) {
    let decisions = decisions(explain, operation, caller, more);
    let [decision] = &decisions[..] else { panic!("{decisions:?}") };
    let text = decision.to_string();
    let reasons = text.strip_prefix(&format!("kms:{operation} on {} is ", decision.resource));
    (decision.clone(), reasons.unwrap_or_else(|| panic!("{text}")).to_owned())
}

#[test]
fn a_denial_is_told_always_and_names_what_failed() {
    let plaintext = [("Plaintext", Value::Blob(vec![1]))];
    for explain in [false, true] {
        let (decision, text) = only(explain, "Encrypt", Some(ALICE), &plaintext);
        assert_eq!((decision.ruling, decision.decided_by), (Ruling::NotAllowed, Decider::Layer(Layer::KeyPolicy)));
        let expected = "denied by the key policy: statement 1 would allow it if aws:PrincipalArn is not like \
            \"*user/alice\" (StringNotLike), but the request has \"arn:aws:iam::111122223333:user/alice\"; statement 2, \
            \"Use only with purpose\", would allow it if kms:EncryptionContext:purpose equals \"orders\" \
            (StringEquals), but the request has no such key in its context; statement 3, \"Partner\", is about other \
            principals; statement 4, \"Never for alice\", is about other actions";
        assert_eq!(text, expected);
    }
    let blob = [("CiphertextBlob", Value::Blob(vec![0; 32])), ("EncryptionAlgorithm", "RSAES_OAEP_SHA_256".into())];
    let (decision, text) = only(false, "Decrypt", Some(ALICE), &blob);
    assert_eq!(decision.ruling, Ruling::Denied);
    assert!(text.starts_with("denied by the key policy: statement 4, \"Never for alice\", denies it; "), "{text}");
    let (decision, text) = only(false, "DisableKey", Some(OTHER), &[]);
    assert_eq!((decision.ruling, decision.decided_by), (Ruling::NotAllowed, Decider::OwnAccountOnly));
    let because = "denied because the operation does not work on keys of other accounts\n  the key policy leaves it to the identity policies: ";
    assert!(text.starts_with(because), "{text}");
}

#[test]
fn what_was_allowed_is_told_when_somebody_wants_to_know() {
    assert_eq!(decisions(false, "DescribeKey", None, &[]), []);
    for (caller, decider, statement) in [
        (None, Decider::Layer(Layer::Identity), "statement 1 allows it"),
        (Some(OTHER), Decider::BothAccounts, "statement 3, \"Partner\", allows it"),
    ] {
        let (decision, text) = only(true, "DescribeKey", caller, &[]);
        assert!(decision.allowed());
        assert_eq!(decision.decided_by, decider);
        let by = "allowed by the key policy together with the identity policies of the caller's account: ";
        assert!(text.starts_with(&format!("{by}{statement}; ")), "{text}");
    }
    let context = Value::from([("purpose", Value::from("orders"))]);
    let more = [("Plaintext", Value::Blob(vec![1])), ("EncryptionContext", context)];
    let (decision, text) = only(true, "Encrypt", Some(ALICE), &more);
    assert_eq!((decision.ruling, decision.decided_by), (Ruling::Allowed, Decider::Layer(Layer::KeyPolicy)));
    assert!(
        text.starts_with("allowed by the key policy: statement 2, \"Use only with purpose\", allows it; "),
        "{text}"
    );
}

#[test]
fn what_is_on_no_key_is_asked_of_the_account() {
    let (world, arn) = world(true);
    let told = |operation: &str, input: Value| {
        let reply = world.call(operation, input, None, None, NOW);
        assert!(reply.reply.is_ok(), "{operation}: {:?}", reply.reply);
        reply.trail.decisions.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let by = "is allowed by the identity policies of the caller's account";
    let account = "arn:aws:kms:us-east-1:111122223333";
    let alias = told("CreateAlias", Value::from([("AliasName", "alias/a".into()), ("TargetKeyId", arn.into())]));
    assert_eq!(alias.len(), 2);
    assert!(alias[1].starts_with("kms:CreateAlias on arn:aws:kms:us-east-1:111122223333:key/"), "{alias:?}");
    assert_eq!(alias[0], format!("kms:CreateAlias on {account}:alias/a {by}"));
    assert_eq!(told("ListKeys", Value::from([])), [format!("kms:ListKeys on {account}:* {by}")]);
    let tag = Value::from([("TagKey", "a".into()), ("TagValue", "b".into())]);
    let made = told("CreateKey", Value::from([("Tags", Value::List(vec![tag]))]));
    let asked = [("CreateKey", "*"), ("TagResource", "key/*")];
    assert_eq!(made, asked.map(|(action, on)| format!("kms:{action} on {account}:{on} {by}")));
}
