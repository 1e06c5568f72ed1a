//! Laws that hold for every text and every request.

use pocket_kms::{
    policy::{Context, Document, Effect, Kind, Outcome, Principal, PrincipalKind, Problem, Request},
    state::Change,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const KINDS: &[Kind] = &[
    Kind::ResourcePolicy,
    Kind::IdentityPolicy,
    Kind::SessionPolicy,
    Kind::ServiceControlPolicy,
    Kind::ResourceControlPolicy,
    Kind::EndpointPolicy,
];

fn problem(text: &str) -> Problem {
    Document::parse(text, Kind::ResourcePolicy).expect_err(text).problem
}

#[test]
fn deep_nesting_is_refused_and_not_followed() {
    for text in ["[".repeat(100_000), "{\"Statement\":".repeat(10_000)] {
        assert!(matches!(problem(&text), Problem::TooDeep { .. }), "{text:.20}");
    }
}

#[test]
fn members_given_twice_are_refused_wherever_they_stand() {
    let allow = r#"{"Effect": "Allow", "Principal": "*", "Action": "a:*", "Resource": "*""#;
    for (text, path) in [
        (r#"{"Version": "2012-10-17", "Version": "2012-10-17", "Statement": []}"#.to_owned(), "Version"),
        (format!(r#"{{"Statement": [{allow}, "Effect": "Deny"}}]}}"#), "Statement[0].Effect"),
        (
            format!(r#"{{"Statement": {allow}, "Condition": {{"Bool": {{"a:b": "true", "a:b": "false"}}}}}}}}"#),
            "Statement.Condition.Bool.a:b",
        ),
        (
            r#"{"Statement": {"Effect": "Deny", "Principal": {"AWS": "*", "AWS": "*"}}}"#.to_owned(),
            "Statement.Principal.AWS",
        ),
    ] {
        let malformed = Document::parse(&text, Kind::ResourcePolicy).expect_err(&text);
        assert_eq!((malformed.path.as_str(), malformed.problem), (path, Problem::Duplicate), "{text}");
    }
}

#[test]
fn a_stored_policy_stays_readable_when_the_grammar_becomes_stricter() {
    let allow = r#""Effect": "Allow", "Principal": "*", "Action": "a:*", "Resource": "*""#;
    let text = format!(r#"{{"Statement": [{{{allow}}}, {{{allow}, "Hat": 1}}]}}"#);
    assert_eq!(problem(&text), Problem::Unknown);
    let stored = |text: &str| {
        let key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        Change::from_json(json!({"table": "policies", "key": key, "row": {"text": text}}).to_string().as_bytes())
    };
    let Some(Change::Policies { row: Some(row), .. }) = stored(&text) else { panic!("a row") };
    assert_eq!(row.text(), text);
    let applies = row.document().statements().iter().map(|statement| !statement.principals().is_empty());
    assert_eq!(applies.collect::<Vec<_>>(), [true, false]);
    assert!(stored("[]").is_none());
}

#[test]
fn lone_surrogates_are_not_text() {
    for text in [r#"{"Id": "\ud800"}"#, r#"{"Id": "\udc00\ud800"}"#, r#"{"\ud83d": 1}"#] {
        assert!(matches!(problem(text), Problem::Syntax { line: 1, .. }), "{text}");
    }
}

fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = Value> {
    prop::collection::vec(prop::sample::select(texts), 1..3).prop_map(|texts| json!(texts))
}

fn condition() -> impl Strategy<Value = Value> {
    let operators = &["StringLike", "StringNotEqualsIfExists", "ForAllValues:StringEquals", "Null", "NumericLessThan"];
    let keys = &["aws:username", "aws:TagKeys", "aws:MultiFactorAuthAge"];
    let condition =
        (prop::sample::select(&operators[..]), prop::sample::select(&keys[..]), one_of(&["b*", "true", "9"]));
    prop::option::of(condition).prop_map(|condition| match condition {
        Some((operator, key, values)) => json!({operator: {key: values}}),
        None => json!({}),
    })
}

fn statement() -> impl Strategy<Value = Value> {
    let principals = &["*", "111122223333", "arn:aws:iam::111122223333:user/bob", "arn:aws:iam::111122223333:role/r"];
    let scope = (one_of(&["a:*", "a:Read", "b:*"]), one_of(&["*", "arn:aws:a:::x", "arn:aws:a:::${aws:username}"]));
    let who = (any::<bool>(), any::<bool>(), one_of(principals));
    (who, any::<(bool, bool)>(), scope, condition()).prop_map(|(who, nots, (action, resource), condition)| {
        let (deny, not_principal, principals) = who;
        let principal = if deny && not_principal { "NotPrincipal" } else { "Principal" };
        let action_element = if nots.0 { "NotAction" } else { "Action" };
        let resource_element = if nots.1 { "NotResource" } else { "Resource" };
        json!({
            "Effect": if deny { "Deny" } else { "Allow" }, principal: {"AWS": principals},
            action_element: action, resource_element: resource, "Condition": condition,
        })
    })
}

fn facts() -> impl Strategy<Value = Context> {
    let name = prop::option::of(prop::sample::select(&["bob", "x", "b*"][..]));
    let tags = prop::option::of(prop::collection::vec("[bt]rue", 0..3));
    (name, tags).prop_map(|(name, tags)| {
        let mut context = Context::new().with("aws:MultiFactorAuthAge", "8");
        context = name.map_or(context.clone(), |name| context.with("aws:username", name));
        tags.map_or(context.clone(), |tags| context.with_many("aws:TagKeys", tags))
    })
}

fn callers() -> impl Strategy<Value = Principal<'static>> {
    let kind = prop_oneof![
        Just((PrincipalKind::User, "arn:aws:iam::111122223333:user/bob")),
        Just((PrincipalKind::Root, "arn:aws:iam::111122223333:root")),
        Just((
            PrincipalKind::RoleSession { role: "arn:aws:iam::111122223333:role/r" },
            "arn:aws:sts::111122223333:assumed-role/r/s"
        )),
    ];
    (kind, any::<bool>()).prop_map(|((kind, arn), bounded)| Principal {
        kind,
        account: "111122223333",
        arn,
        unique_id: None,
        bounded,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC*", kind in prop::sample::select(KINDS)) {
        prop_assert_eq!(Document::check(&text, kind), Document::parse(&text, kind).map(drop));
    }

    #[test]
    fn no_damaged_document_makes_the_parser_panic(
        statements in prop::collection::vec(statement(), 1..3), kind in prop::sample::select(KINDS),
        cut in any::<prop::sample::Index>(), put in "[\\[\\]{}\",:*$0-9a-z\\\\]{0,3}",
    ) {
        let text = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
        let at = cut.index(text.len());
        let damaged = format!("{}{put}{}", &text[..at], &text[at + 1..]);
        prop_assert_eq!(Document::check(&damaged, kind), Document::parse(&damaged, kind).map(drop));
    }

    #[test]
    fn explaining_decides_as_evaluating_does(
        statements in prop::collection::vec(statement(), 1..5), context in facts(), caller in callers(),
        action in prop::sample::select(&["a:Read", "b:Write"][..]),
        resource in prop::sample::select(&["arn:aws:a:::x", "arn:aws:a:::bob"][..]),
    ) {
        let text = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
        let document = Document::parse(&text, Kind::ResourcePolicy).expect("well formed");
        let request = Request { principal: &caller, action, resource, facts: &context };
        let explanation = document.explain(&request);
        prop_assert_eq!(explanation.verdict, document.evaluate(&request));
        let applied = explanation.findings.iter().filter(|finding| matches!(finding.outcome, Outcome::Applied(_)));
        let effects: Vec<Effect> = applied.map(|finding| finding.effect).collect();
        prop_assert_eq!(explanation.verdict.denies(), effects.contains(&Effect::Deny));
        let only_allows = !effects.is_empty() && !effects.contains(&Effect::Deny);
        prop_assert_eq!(explanation.verdict.allows().is_some(), only_allows);
    }
}
