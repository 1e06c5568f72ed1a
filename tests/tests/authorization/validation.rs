//! Every validation case: documents that the language refuses, and those that it leaves to the service.

use pocket_kms::policy::{Document, Kind, Problem};

use crate::cases::{list, text};

/// Well-formed documents that a service refuses: judging them needs a key, a directory or a quota.
const LEFT_TO_THE_SERVICE: &[(&str, &str)] = &[
    ("VAL-003", "the principal does not exist"),
    ("VAL-007", "lockout"),
    ("VAL-008", "lockout"),
    ("VAL-015", "OverlyPermissiveCondition"),
    ("VAL-016", "size"),
    ("VAL-023", "the unique id of a deleted principal"),
    ("VAL-024", "the service does not exist"),
];

/// The problems of the documents that the language itself refuses.
fn refusal(id: &str) -> Option<(&'static str, Problem)> {
    let canonical = "CanonicalUser".into();
    Some(match id {
        "VAL-012" => ("Statement[1].Effect", Problem::Effect("allow".into())),
        "VAL-013" => ("", Problem::Syntax { line: 1, column: 37 }),
        "VAL-025" => ("Statement[1].NotPrincipal", Problem::NotPrincipalAllows),
        "VAL-026" => ("Statement[0].Condition", Problem::UnknownOperator("StringEqual".into())),
        "VAL-030" => ("Statement[0].Principal", Problem::InvalidPrincipal(canonical)),
        "VAL-041" => ("Statement[0].Action", Problem::NoVendor("Decrypt".into())),
        "VAL-042" => ("Statement[0].Action", Problem::InvalidVendor("k*s".into())),
        "VAL-044" => ("Statement[0]", Problem::Missing("Resource")),
        "VAL-045" => ("Statement[0].Sid", Problem::Sid("has space".into())),
        "VAL-046" => ("Statement[1].Sid", Problem::SidTwice("a".into())),
        "VAL-047" => ("Id", Problem::Misplaced),
        _ => return None,
    })
}

fn kind(name: &str) -> Kind {
    match name {
        "key" => Kind::ResourcePolicy,
        "identity" => Kind::IdentityPolicy,
        other => panic!("policy type {other}"),
    }
}

#[test]
fn every_validation_case_is_accepted_or_refused_as_the_specification_says() {
    for case in list("validation_cases") {
        let id = text(&case, "id");
        let (document, kind) = (text(&case, "document"), kind(text(&case, "policy_type")));
        let parsed = Document::parse(document, kind);
        assert_eq!(Document::check(document, kind), parsed.as_ref().map(|_| ()).map_err(Clone::clone), "{id}");
        let found = parsed.err().map(|malformed| (malformed.path, malformed.problem));
        let expected = refusal(id).map(|(path, problem)| (path.to_owned(), problem));
        assert_eq!(found, expected, "{id}");
        let left = LEFT_TO_THE_SERVICE.iter().any(|(left, _)| *left == id);
        let accepted = case["accept"].as_bool().expect("a boolean");
        assert_eq!(expected.is_none(), accepted || left, "{id} is in no list");
    }
}
