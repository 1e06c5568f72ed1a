//! What every call leaves behind, refused ones, too: how far it came, and what was found on the way.

use pocket_kms::{
    Call, Caller, Outcome, Span, Value,
    state::{Due, Happened},
};

use crate::acts::{Act, Kind, Scenario, decide};

fn encrypt(scenario: &Scenario) -> Call {
    let arn = format!("arn:aws:kms:us-east-1:111122223333:key/{}", scenario.keys[0]);
    scenario.call("Encrypt", Value::from([("KeyId", Value::from(arn)), ("Plaintext", Value::Blob(vec![1]))]))
}

fn scenario() -> Scenario {
    let mut scenario = Scenario::new();
    drop(scenario.act(&Act::Create(Kind::Symmetric)));
    scenario
}

/// The exception, the operation, how many keys were resolved, and whether the call was let through.
fn told(outcome: &Outcome) -> (Option<&'static str>, Option<&'static str>, usize, bool) {
    let trail = &outcome.trail;
    let exception = outcome.reply.as_ref().err().map(|error| error.exception.name());
    (exception, trail.operation.map(|operation| operation.name), trail.subjects.len(), trail.authorized)
}

#[test]
fn a_trail_ends_where_the_call_was_refused() {
    let mut scenario = scenario();
    let call = encrypt(&scenario);
    assert_eq!(told(&decide(&scenario.kms, &call)), (None, Some("Encrypt"), 1, true));
    let unknown = scenario.call("Guess", Value::from([]));
    assert_eq!(told(&decide(&scenario.kms, &unknown)), (Some("UnknownOperationException"), None, 0, false));
    let misshapen = scenario.call("Encrypt", Value::from([]));
    assert_eq!(told(&decide(&scenario.kms, &misshapen)), (Some("ValidationException"), Some("Encrypt"), 0, false));
    let mut foreign = encrypt(&scenario);
    foreign.caller = Caller::parse("444455556666").expect("an account");
    let denied = decide(&scenario.kms, &foreign);
    assert_eq!(told(&denied), (Some("AccessDeniedException"), Some("Encrypt"), 1, false));
    assert_eq!(denied.trail.decisions.len(), 1);
    drop(scenario.act(&Act::Disable(0)));
    assert_eq!(told(&decide(&scenario.kms, &call)), (Some("DisabledException"), Some("Encrypt"), 1, true));
}

#[test]
fn a_decision_tells_what_it_had_to_settle_first() {
    let mut scenario = scenario();
    drop(scenario.act(&Act::Schedule { key: 0, days: 7 }));
    let (begun, revision) = (scenario.now, scenario.kms.state().revision());
    scenario.now = begun.after(Span::from_days(9));
    let call = encrypt(&scenario);
    for _ in 0..2 {
        let outcome = decide(&scenario.kms, &call);
        assert_eq!(told(&outcome).0, Some("NotFoundException"));
        let [Happened { at, what: Due::Deletion(key), .. }] = &outcome.trail.due[..] else { panic!("{outcome:?}") };
        assert_eq!((*at, key.id.to_string()), (begun.after(Span::from_days(7)), scenario.keys[0].clone()));
        assert_eq!((outcome.changes.len(), scenario.kms.state().revision()), (0, revision));
    }
}
