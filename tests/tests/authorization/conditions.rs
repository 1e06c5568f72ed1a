//! Every condition case: a condition in an identity policy, and whether the policy then allows a request.

use pocket_kms::policy::{Kind, Outcome, Principal, PrincipalKind, Request};
use serde_json::{Value, json};

use crate::cases::{context, document, list, text};

const BOB: Principal<'_> = Principal {
    kind: PrincipalKind::User,
    account: "111122223333",
    arn: "arn:aws:iam::111122223333:user/bob",
    unique_id: None,
    bounded: false,
};

fn policy(case: &Value) -> Value {
    let statement = json!({"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Condition": case["condition"]});
    match &case["version"] {
        Value::Null => json!({"Statement": statement}),
        version => json!({"Version": version, "Statement": statement}),
    }
}

#[test]
fn every_condition_case_matches_as_the_specification_says() {
    let cases = list("condition_cases");
    let mut wrong = Vec::new();
    for case in &cases {
        let document = document(&policy(case), Kind::IdentityPolicy);
        let facts = context(&case["context"]);
        let request =
            Request { principal: &BOB, action: "kms:Decrypt", resource: "arn:aws:kms:::key/k", facts: &facts };
        let explanation = document.explain(&request);
        assert_eq!(explanation.verdict, document.evaluate(&request), "{}", text(case, "id"));
        if explanation.verdict.allows().is_some() != case["match"].as_bool().expect("a boolean") {
            wrong.push(text(case, "id"));
        }
        let applied = matches!(explanation.findings[0].outcome, Outcome::Applied(_));
        assert_eq!(applied, explanation.verdict.allows().is_some());
    }
    assert!(cases.len() >= 77, "{} cases", cases.len());
    assert_eq!(wrong, Vec::<&str>::new());
}
