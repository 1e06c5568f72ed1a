//! What is told of everybody at once agrees with what each is told: on random scenes, `who_can` and `what_can` are held
//! against the decisions of single requests.
//!
//! `QUESTION_WORLDS=100000` asks for more scenes than usual.

use std::collections::BTreeMap;

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::{Value, json};

use super::{
    requests::{Request, Who},
    scene::{Scene, scenes},
    world::{Told, base},
};

/// How many scenes are judged where nobody asks for more.
const USUAL_WORLDS: u32 = 250;

/// A runner of scenes that draws the same ones each time, and others for each theme.
pub(super) fn runner(usual: u32, theme: u8) -> TestRunner {
    let asked = std::env::var("QUESTION_WORLDS").ok();
    let cases = asked.map_or(usual, |text| text.parse().expect("QUESTION_WORLDS is a number"));
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 5_000, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[theme; 32]))
}

#[test]
fn who_can_and_what_can_agree_with_single_requests() {
    let mut counts = BTreeMap::<&str, u32>::new();
    let counted = std::cell::RefCell::new(&mut counts);
    let judged = runner(USUAL_WORLDS, 1).run(&scenes(), |scene| {
        judge(&scene, &mut |what| *counted.borrow_mut().entry(what).or_default() += 1).map_err(TestCaseError::fail)
    });
    if let Err(failure) = judged {
        panic!("{failure}");
    }
    for what in ["allowed", "certain", "never", "conditional"] {
        assert!(counts.contains_key(what), "no scene had what is {what}: {counts:?}");
    }
    println!("{counts:?}");
}

fn judge(scene: &Scene, count: &mut dyn FnMut(&'static str)) -> Result<(), String> {
    let told = Told::of(scene)?;
    let mut answers = BTreeMap::<String, Value>::new();
    for request in &scene.requests {
        for decision in told.decisions(request) {
            let action = decision["action"].as_str().unwrap_or_default().to_owned();
            // A grant that is to be retired must be named, and what is on other resources is asked of them.
            if decision["resource"] != base().key.as_str() || action == "kms:RetireGrant" {
                continue;
            }
            let allowed = decision["ruling"] == "allowed";
            let answer = answers.entry(action.clone()).or_insert_with(|| told.who_can(&action));
            // Whom the key policy names is told by this name, or cannot do it.
            let is_named = |name: &str| scene.key_policy.to_string().contains(&format!("\"{name}\""));
            let all = names(request.who);
            let named =
                all.iter().position(|name| is_named(name) && who_is_told_by(name)).map_or(all, |at| &all[at..=at]);
            let entry = named.iter().find_map(|name| entry(answer, name));
            count(match (allowed, &entry) {
                (true, None) => return Err(format!("{request:?} may, but nobody says so: {answer:#}")),
                (true, Some(_)) => "allowed",
                (false, None) => "never",
                (false, Some(entry)) if entry["conditional"] == true || is_limited(request) => "conditional",
                (false, Some(entry)) => {
                    return Err(format!("{request:?} may not, but all may: {entry:#}\n{decision:#}"));
                }
            });
            if entry.is_some_and(|entry| entry["conditional"] == false) {
                count("certain");
            }
        }
    }
    agrees(&told, &answers)
}

/// Whether a name is that of one who calls, and not of those behind him.
fn who_is_told_by(name: &str) -> bool {
    name.starts_with("arn:aws:sts:") || !name.starts_with("arn:")
}

/// Whether a request is limited by what no question knows of: the policy of an endpoint, or that of a session.
fn is_limited(request: &Request) -> bool {
    request.origin.endpoint || matches!(request.who, Who::Session | Who::Federated)
}

/// The names by which an answer tells of somebody.
fn names(who: Who) -> &'static [&'static str] {
    match who {
        Who::Alice => &["arn:aws:iam::111122223333:user/team/alice"],
        Who::Session => &["arn:aws:sts::111122223333:assumed-role/App/one", "arn:aws:iam::111122223333:role/app/App"],
        Who::PlainSession => &["arn:aws:iam::111122223333:role/app/App"],
        Who::Root => &["arn:aws:iam::111122223333:root"],
        Who::Bob => &["arn:aws:iam::444455556666:user/bob"],
        Who::ForeignRoot => &["arn:aws:iam::444455556666:root"],
        Who::Federated => &[
            "arn:aws:sts::111122223333:federated-user/carol",
            "arn:aws:sts::111122223333:federated-user/*",
            "arn:aws:iam::111122223333:user/carol",
        ],
        Who::Linked => {
            &["arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"]
        }
        Who::Service => &["dynamodb.amazonaws.com", "*.amazonaws.com"],
    }
}

/// What an answer tells of somebody.
fn entry(answer: &Value, name: &str) -> Option<Value> {
    let all = |list: &str| answer[list].as_array().cloned().unwrap_or_default();
    let mut entries = all("principals").into_iter().chain(all("services"));
    entries.find(|entry| entry["principal"] == name || entry["service"] == name)
}

/// Whether what each can is the same as who can each.
fn agrees(told: &Told<'_>, answers: &BTreeMap<String, Value>) -> Result<(), String> {
    for who in [Who::Alice, Who::PlainSession, Who::Bob, Who::Root, Who::Service] {
        let [name, ..] = names(who) else { continue };
        let question = json!({ "question": "what_can", "principal": name, "keys": [base().key] });
        let what = told.ask(&question);
        let mut actions = what["keys"].as_array().into_iter().flatten().filter_map(|key| key["actions"].as_array());
        let actions: Vec<&Value> = actions.by_ref().flatten().collect();
        for (action, answer) in answers {
            let own = actions.iter().find(|told| told["action"] == action.as_str());
            let other = entry(answer, name);
            let (own, other) = (own.map(|own| &own["conditional"]), other.as_ref().map(|other| &other["conditional"]));
            // A service that nothing names is one of all services.
            if own != other && (who != Who::Service || other.is_some()) {
                return Err(format!("{name} can {action}: {own:?}, but those who can: {other:?}"));
            }
        }
    }
    Ok(())
}

/// Callers from outside, and what they say of where they call from.
const OUTSIDERS: [(&str, &str); 5] = [
    ("arn:aws:iam::444455556666:user/bob", "{}"),
    ("arn:aws:iam::444455556666:root", "{}"),
    ("arn:aws:iam::777788889999:user/alice", r#"{"principal_tags": {"Team": "blue"}}"#),
    ("arn:aws:iam::777788889999:role/app/App", r#"{"source_identity": "alice"}"#),
    (
        "dynamodb.amazonaws.com",
        r#"{"sourceAccount": "444455556666", "sourceArn": "arn:aws:dynamodb:us-west-2:444455556666:table/U"}"#,
    ),
];

#[test]
fn nobody_outside_uses_a_key_that_is_not_exposed_and_witnesses_are_let_through() {
    let mut counts = BTreeMap::<String, u32>::new();
    let counted = std::cell::RefCell::new(&mut counts);
    let judged = runner(USUAL_WORLDS, 2).run(&scenes(), |scene| {
        let exposed = exposed(&scene).map_err(TestCaseError::fail)?;
        *counted.borrow_mut().entry(exposed).or_default() += 1;
        Ok(())
    });
    if let Err(failure) = judged {
        panic!("{failure}");
    }
    let all: u32 = counts.values().sum();
    let undecided = counts.get("undecided").copied().unwrap_or_default();
    assert!(counts.contains_key("yes") && counts.contains_key("no"), "{counts:?}");
    // What cannot be decided stays the exception, or the answers would be worth nothing.
    assert!(undecided * 5 <= all, "{counts:?}");
    println!("{counts:?}");
}

fn exposed(scene: &Scene) -> Result<String, String> {
    let told = Told::of(scene)?;
    let answer = told.ask(&json!({ "question": "exposure", "key": base().key }));
    let exposed = answer["exposed"].as_str().unwrap_or_default().to_owned();
    if exposed == "yes" {
        let witness = &answer["witness"];
        let decisions = told.witnessed(witness);
        let allowed = |decision: &Value| {
            decision["action"] == witness["action"]
                && decision["resource"] == base().key.as_str()
                && decision["ruling"] == "allowed"
        };
        if !decisions.iter().any(allowed) {
            return Err(format!("the witness is not let through: {witness:#}\n{decisions:#?}"));
        }
    }
    if exposed == "no" {
        for request in &scene.requests {
            for (caller, origin) in OUTSIDERS {
                let decisions = told.decisions_of(request, caller, origin);
                let used = decisions.iter().find(|decision| {
                    decision["resource"] == base().key.as_str()
                        && decision["ruling"] == "allowed"
                        && decision["action"] != "kms:RetireGrant"
                });
                if let Some(used) = used {
                    return Err(format!("{caller} may, who is outside: {request:?}\n{used:#}"));
                }
            }
        }
    }
    Ok(exposed)
}
