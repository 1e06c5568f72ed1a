//! Alarms over metrics and records, and their changes at the world's time (AUD-205).

use pocket_kms::{Span, Time, World};

use crate::metrics::{NOW, ask, call, data, done, imported, json, key, refused, world};

const MINUTE: i64 = 60_000;

const DAY: i64 = 86_400_000;

fn later(world: &World, millis: i64) {
    world.advance(Span::from_millis(millis), NOW).expect("later");
}

fn put(world: &World, alarm: &str) {
    ask(world, &format!("{{\"question\": \"alarms\", \"put\": {alarm}}}"));
}

/// The changes of all alarms: minutes since the beginning, and the new states.
fn changes(world: &World) -> Vec<(i64, String)> {
    let told = ask(world, r#"{"question": "alarms"}"#);
    let change = |change: &serde_json::Value| {
        let time = Time::from_seconds(change["time"].as_f64().expect("a time")).expect("a time");
        ((time.millis() - NOW.millis()) / MINUTE, change["to"].as_str().expect("a state").to_owned())
    };
    told["changes"].as_array().expect("changes").iter().map(change).collect()
}

fn told(states: &[(i64, &str)]) -> Vec<(i64, String)> {
    states.iter().map(|(at, state)| (*at, (*state).to_owned())).collect()
}

#[test]
fn an_alarm_counts_uses_in_the_last_periods_and_is_well_again_when_they_have_passed() {
    let world = world();
    let key = key(&world, "{}");
    let encrypt = format!("{{\"KeyId\": \"{key}\", \"Plaintext\": \"aGVsbG8=\"}}");
    put(
        &world,
        r#"{"name": "busy", "metric": "SuccessfulRequest", "threshold": 2, "comparison": "GreaterThanOrEqualToThreshold",
        "evaluation_periods": 3, "datapoints_to_alarm": 2, "treat_missing_data": "notBreaching"}"#,
    );
    assert_eq!(changes(&world), told(&[(0, "OK")]));
    for uses in [2, 1, 2, 0, 0, 0, 0] {
        (0..uses).for_each(|_| drop(done(&world, "Encrypt", &encrypt)));
        later(&world, MINUTE);
    }
    // Two of the three minutes before 3; at 4 one is left among those that are there.
    assert_eq!(changes(&world)[..2], told(&[(0, "OK"), (3, "ALARM")]));
    let end = changes(&world);
    assert_eq!((end.len(), &*end[2].1), (3, "OK"), "{end:?}");
    let whole = ask(&world, r#"{"question": "alarms", "after": 1}"#);
    assert_eq!((whole["changes"].as_array().map(Vec::len), &whole["next"]), (Some(2), &3.into()));
    assert_eq!(whole["alarms"][0]["state"], "OK");
    assert_eq!(whole["alarms"][0]["alarm"]["metric"], "SuccessfulRequest");
    let reason = whole["changes"][0]["reason"].as_str().expect("a reason").to_owned();
    assert!(reason.starts_with("At least 2 of the last 3 data points were at least 2"), "{reason}");
}

#[test]
fn material_that_expires_raises_its_alarm_at_the_minute_and_ends_in_silence() {
    let world = world();
    imported(&world, NOW.millis() + 300 * DAY);
    put(&world, r#"{"recipe": "material_expiring"}"#);
    later(&world, 1000 * DAY);
    // 30 days before the end, and when nothing has been told for three periods.
    let below = 270 * 1440 + 1;
    let found = changes(&world);
    assert_eq!(found[0].1, "OK");
    assert_eq!(found[1], (below + 1, "ALARM".to_owned()));
    assert_eq!((found.len(), &*found[2].1), (3, "INSUFFICIENT_DATA"));
    assert!((300 * 1440..300 * 1440 + 5).contains(&found[2].0), "{found:?}");
    assert_eq!(data(&world, r#""name": "SecondsUntilKeyMaterialExpiration""#), [] as [f64; 0]);
}

#[test]
fn use_of_a_key_that_waits_for_its_deletion_raises_the_alarm_of_the_guide() {
    let world = world();
    let key = key(&world, "{}");
    put(
        &world,
        r#"[{"recipe": "pending_deletion_use"}, {"recipe": "disabled_or_scheduled_for_deletion", "name": "cis"}]"#,
    );
    later(&world, MINUTE);
    done(&world, "ScheduleKeyDeletion", &format!("{{\"KeyId\": \"{key}\"}}"));
    later(&world, MINUTE);
    let encrypt = format!("{{\"KeyId\": \"{key}\", \"Plaintext\": \"aGVsbG8=\"}}");
    call(&world, "Encrypt", &encrypt).expect_err("it is pending deletion");
    later(&world, 10 * MINUTE);
    let whole = ask(&world, r#"{"question": "alarms"}"#);
    let turns: Vec<_> = whole["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .map(|turn| format!("{} {}", turn["name"], turn["to"]))
        .collect();
    let expected = [
        r#""pending_deletion_use" "OK""#,
        r#""cis" "OK""#,
        r#""cis" "ALARM""#,
        r#""cis" "OK""#,
        r#""pending_deletion_use" "ALARM""#,
        r#""pending_deletion_use" "OK""#,
    ];
    let mut sorted = (turns.clone(), expected.map(str::to_owned).to_vec());
    sorted.0.sort();
    sorted.1.sort();
    assert_eq!(sorted.0, sorted.1, "{turns:?}");
    let at = |name: &str| turns.iter().position(|turn| turn == name).expect(name);
    assert!(at(expected[2]) < at(expected[4]), "{turns:?}");
}

#[test]
fn a_share_of_a_quota_raises_an_alarm() {
    let world = world();
    world.set(&json(r#"{"request/CreateKey": 0.1}"#), NOW).expect("settings");
    put(&world, r#"{"recipe": "quota_share", "quota": "CreateKey", "threshold": 50}"#);
    for _ in 0..2 {
        key(&world, "{}");
    }
    later(&world, MINUTE);
    assert_eq!(changes(&world), told(&[(0, "OK")]));
    // Half of six a minute.
    for _ in 0..3 {
        key(&world, "{}");
    }
    later(&world, MINUTE);
    assert_eq!(changes(&world), told(&[(0, "OK"), (2, "ALARM")]));
}

#[test]
fn alarms_are_replaced_removed_and_forked_and_a_reset_forgets_them() {
    let world = world();
    let alarm = r#"{"name": "a", "metric": "CallCount", "threshold": 1, "comparison": "GreaterThanThreshold"}"#;
    put(&world, alarm);
    put(&world, &alarm.replace("1,", "5,"));
    let told = ask(&world, r#"{"question": "alarms"}"#);
    assert_eq!(told["alarms"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&told["alarms"][0]["alarm"]["threshold"], &told["alarms"][0]["state"]),
        (&5.into(), &"INSUFFICIENT_DATA".into())
    );
    let fork = world.fork([1; 32]);
    ask(&fork, r#"{"question": "alarms", "remove": "a"}"#);
    assert_eq!(ask(&fork, r#"{"question": "alarms"}"#)["alarms"], serde_json::json!([]));
    assert_eq!(refused(&fork, r#"{"question": "alarms", "remove": ["a"]}"#), "question.remove: there is no alarm 'a'");
    world.set_time(Time::from_millis(NOW.millis() - DAY), NOW);
    assert_eq!(ask(&world, r#"{"question": "alarms"}"#)["changes"], serde_json::json!([]));
    world.reset([2; 32]);
    assert_eq!(ask(&world, r#"{"question": "alarms"}"#)["alarms"], serde_json::json!([]));
}

#[test]
fn alarms_that_cannot_be_are_refused_with_the_place() {
    let world = world();
    let cases = [
        ("{}", "question.put.name: must be a name"),
        (r#"{"name": "a"}"#, "question.put.threshold: must be a number"),
        (r#"{"recipe": "smoke"}"#, "question.put.recipe: is not known: there are proxy_certificate"),
        (r#"{"name": "a", "threshold": 1}"#, "question.put.metric: must be the name of a metric"),
        (r#"{"name": "a", "threshold": 1, "metric": "CPUUtilization"}"#, "question.put.metric: is not known"),
        (
            r#"{"name": "a", "threshold": 1, "metric": "CallCount"}"#,
            "question.put.comparison: must be GreaterThanOrEqual",
        ),
        (r#"{"recipe": "proxy_latency", "period": 7}"#, "question.put.period: must be a number of seconds that is a"),
        (r#"{"recipe": "proxy_latency", "evaluation_periods": 1000}"#, "question.put.period: times evaluationPeriods"),
        (
            r#"{"recipe": "proxy_latency", "datapoints_to_alarm": 2}"#,
            "question.put.datapoints_to_alarm: must be a whole",
        ),
        (
            r#"{"recipe": "proxy_latency", "treat_missing_data": "bad"}"#,
            "question.put.treat_missing_data: must be missing",
        ),
        (r#"{"recipe": "quota_share"}"#, "question.put.quota: must be the name of a request quota"),
        (r#"{"name": "a", "threshold": 1, "filter": {"operations": "x"}}"#, "question.put.filter.operations"),
    ];
    for (alarm, sentence) in cases {
        let told = refused(&world, &format!("{{\"question\": \"alarms\", \"put\": {alarm}}}"));
        assert!(told.starts_with(sentence), "{alarm}: {told}");
    }
}
