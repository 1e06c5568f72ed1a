//! Every finding of the linter has a policy that has it and one that does not: `lint.json` tells them by their codes, and
//! `access-analyzer.json` which checks AWS documents.

use std::collections::BTreeMap;

use pocket_kms_templates::lint::{CODES, Finding, Kind, Surroundings, lint, lint_value};
use serde_json::{Value, json};

/// The policies of every code.
fn cases() -> BTreeMap<String, Value> {
    serde_json::from_str(include_str!("lint.json")).expect("JSON")
}

/// The text of a document; `lengthened` says how many actions are added to it.
fn text(case: &Value, which: &str) -> String {
    let mut document = case[which].clone();
    if let (Some(more), "with") = (case["lengthened"].as_u64(), which) {
        let actions = (0..more).map(|number| json!(format!("kms:Get{number:04}")));
        document["Statement"][0]["Action"] = actions.collect();
    }
    match document {
        Value::String(text) => text,
        other => serde_json::to_string_pretty(&other).expect("JSON"),
    }
}

fn found(case: &Value, which: &str) -> Vec<Finding> {
    let kind = Kind::parse(case["kind"].as_str().expect("a kind")).expect("a kind");
    let mut surroundings = Surroundings::default();
    surroundings.account = case["account"].as_str().map(str::to_owned);
    lint(&text(case, which), kind, &surroundings)
}

#[test]
fn every_code_has_a_policy_that_has_it_and_one_that_does_not() {
    let cases = cases();
    let names: Vec<&str> = CODES.iter().map(|code| code.code).collect();
    assert_eq!(names, cases.keys().map(String::as_str).collect::<Vec<_>>());
    let mut wrong = Vec::new();
    for (code, case) in &cases {
        let with = found(case, "with");
        let Some(finding) = with.iter().find(|finding| finding.code == code) else {
            wrong.push(format!("{code} is not found: {:?}", with.iter().map(|one| one.code).collect::<Vec<_>>()));
            continue;
        };
        if finding.place.line == 0
            || finding.sentence.is_empty()
            || finding.reason.is_empty()
            || finding.mend.is_empty()
        {
            wrong.push(format!("{code} does not say where, what, why and what to do: {finding:?}"));
        }
        let without = found(case, "without");
        if let Some(finding) = without.iter().find(|finding| finding.code == code) {
            wrong.push(format!("{code} is found where it is not: {finding:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_check_of_access_analyzer_is_there_as_aws_has_it_or_is_excused() {
    let page: Value = serde_json::from_str(include_str!("access-analyzer.json")).expect("JSON");
    let (checks, excused) =
        (page["checks"].as_object().expect("checks"), page["excused"].as_object().expect("excuses"));
    for (code, severity) in checks {
        let ours = CODES.iter().find(|known| known.code == code);
        assert_ne!(ours.is_some(), excused.contains_key(code), "{code} is either there or excused");
        assert!(ours.is_none_or(|ours| ours.severity.name() == severity), "{code} is {severity}");
    }
    for code in CODES.iter().map(|code| code.code).filter(|code| !code.starts_with("KMS_")) {
        assert!(checks.contains_key(code), "{code} is not a code of AWS");
    }
    for (code, why) in excused {
        assert!(checks.contains_key(code) && why.as_str().is_some_and(|why| why.ends_with('.')), "{code}");
    }
}

#[test]
fn who_denies_everybody_the_change_of_the_policy_locks_everybody_out() {
    let account =
        json!({ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:*", "Resource": "*" });
    let codes = |denial: Value| {
        let document = json!({ "Version": "2012-10-17", "Statement": [account, denial] }).to_string();
        let findings = lint(&document, Kind::Key, &Surroundings::default());
        findings.iter().map(|finding| finding.code).collect::<Vec<_>>()
    };
    let denial = json!({ "Effect": "Deny", "Principal": "*", "Action": "kms:Put*", "Resource": "*" });
    assert_eq!(codes(denial.clone()), ["KMS_LOCK_OUT"]);
    let with = |member: &str, value: Value| {
        let mut other = denial.clone();
        other[member] = value;
        codes(other)
    };
    assert_eq!(with("Action", json!("kms:Delete*")), [""; 0]);
    assert_eq!(with("Principal", json!({ "AWS": "arn:aws:iam::111122223333:user/Bob" })), [""; 0]);
    assert_eq!(with("Condition", json!({ "StringNotEquals": { "kms:CallerAccount": "111122223333" } })), [""; 0]);
}

#[test]
fn a_finding_says_where_it_stands() {
    let document = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \
                    \"Principal\": { \"AWS\": \"111122223333\" },\n      \"Action\": [\"kms:*\", \"kms:Decript\"],\n      \
                    \"Resource\": \"*\"\n    }\n  ]\n}";
    let findings = lint(document, Kind::Key, &Surroundings::default());
    let [finding] = &findings[..] else { panic!("{findings:?}") };
    assert_eq!((finding.code, finding.path.as_str()), ("INVALID_ACTION", "Statement[0].Action[1]"));
    assert_eq!((finding.place.line, finding.place.column), (7, 27));
    assert_eq!(finding.sentence, "KMS has no action kms:Decript: perhaps kms:Decrypt is meant");
}

#[test]
fn the_default_key_policy_has_no_findings() {
    let document = r#"{"Version": "2012-10-17", "Id": "key-default-1", "Statement": [{"Sid": "Enable IAM User Permissions",
        "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"}]}"#;
    assert_eq!(lint(document, Kind::Key, &Surroundings::default()), []);
}

#[test]
fn damaged_documents_are_linted_in_no_time_and_nothing_panics() {
    for case in cases().values() {
        let whole = text(case, "with");
        let kinds = Kind::ALL.iter().map(|(_, kind)| *kind).cycle();
        let cuts = (0..whole.len().min(2000)).step_by(491).filter(|cut| whole.is_char_boundary(*cut));
        for (cut, kind) in cuts.zip(kinds) {
            let damaged = whole[..cut].to_owned() + &whole[(cut + 5).min(whole.len())..];
            let findings = lint(&damaged, kind, &Surroundings::default());
            assert!(findings.len() <= 500, "{damaged}");
        }
    }
}

#[test]
fn the_linter_takes_values_and_says_what_it_needs() {
    let value = |json: Value| pocket_kms::wire::from_json(json.to_string().as_bytes()).expect("JSON is a value");
    let told = lint_value(&value(json!({ "document": { "Version": "2012-10-17" }, "kind": "identity" })));
    let pocket_kms::Value::List(findings) = told.expect("findings") else { panic!("a list") };
    assert!(
        findings
            .iter()
            .any(|finding| finding.member("code").and_then(|code| code.as_text()) == Some("MISSING_STATEMENT"))
    );
    assert!(lint_value(&value(json!({}))).is_err_and(|sentence| sentence.starts_with("document is")));
    assert!(
        lint_value(&value(json!({ "document": "{}", "kind": "x" })))
            .is_err_and(|sentence| sentence.contains("serviceControl"))
    );
}
