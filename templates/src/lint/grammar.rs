//! What keeps a text from being a policy: the grammar of the core says it, with AWS's codes.

use pocket_kms::policy::{Document, Malformed, Problem};

use super::{Kind, Report, reading::Policy};
use crate::{problem::Place, text::Node};

pub(super) fn check(document: &str, policy: &Policy<'_>, report: &mut Report) {
    let Err(malformed) = Document::check(document, policy.kind.of_core()) else { return };
    let place = place_of(policy.root, &malformed.path);
    report.add(code(&malformed, policy.kind), place, &malformed.path, malformed.to_string());
}

/// The code of a text that is not a document.
pub(super) fn code_of(document: &str, kind: Kind) -> &'static str {
    match Document::check(document, kind.of_core()) {
        Err(malformed) if malformed.problem == Problem::Duplicate => "KMS_MEMBER_TWICE",
        _ => "JSON_SYNTAX_ERROR",
    }
}

/// AWS's code of a mistake.
fn code(malformed: &Malformed, kind: Kind) -> &'static str {
    let path = malformed.path.as_str();
    match &malformed.problem {
        Problem::Syntax { .. } | Problem::TooDeep { .. } => "JSON_SYNTAX_ERROR",
        Problem::Duplicate => "KMS_MEMBER_TWICE",
        Problem::Unknown => "INVALID_POLICY_ELEMENT",
        Problem::Missing("Statement") => "MISSING_STATEMENT",
        Problem::Missing("Effect") => "MISSING_EFFECT",
        Problem::Missing("Action") => "MISSING_ACTION",
        Problem::Missing("Resource") => "MISSING_RESOURCE",
        Problem::Missing(_) => "MISSING_PRINCIPAL",
        Problem::Empty if path == "Statement" => "MISSING_STATEMENT",
        Problem::Empty => empty(path),
        Problem::Both(..) => "UNSUPPORTED_ELEMENT_COMBINATION",
        Problem::Misplaced => misplaced(path, kind),
        Problem::Version(_) => "INVALID_VERSION",
        Problem::Effect(_) if kind == Kind::ResourceControl => "RCP_SYNTAX_ERROR_ALLOW",
        Problem::Effect(_) => "INVALID_EFFECT",
        Problem::Sid(_) => "UNSUPPORTED_SID",
        Problem::SidTwice(_) => "UNIQUE_SIDS_REQUIRED",
        Problem::InvalidPrincipal(text) if text.contains(['*', '?']) => "UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
        Problem::InvalidPrincipal(text) if path.ends_with("Principal") && !text.contains(':') => {
            "INVALID_PRINCIPAL_KEY"
        }
        Problem::InvalidPrincipal(_) => "INVALID_PRINCIPAL_FORMAT",
        Problem::NotPrincipalAllows => "ALLOW_WITH_NOT_PRINCIPAL",
        Problem::NoVendor(_) if path.contains("Condition") => "INVALID_CONDITION_KEY_FORMAT",
        Problem::NoVendor(_) | Problem::Colons(_) => "INVALID_ACTION",
        Problem::InvalidVendor(_) => "INVALID_SERVICE_IN_ACTION",
        Problem::Resource(_) => "INVALID_ARN_PREFIX",
        Problem::Partition { .. } => "INVALID_PARTITION",
        Problem::IncompleteArn(_) => "MISSING_ARN_FIELD",
        Problem::UnknownOperator(text) if text.to_ascii_lowercase().ends_with("nullifexists") => "NULL_WITH_IF_EXISTS",
        Problem::UnknownOperator(_) => "INVALID_CONDITION_OPERATOR",
        Problem::NotOfTrust(_) => "UNSUPPORTED_ACTION_IN_POLICY",
        _ => "DATA_TYPE_MISMATCH",
    }
}

/// The code of a condition without values, by its operator.
pub(super) fn empty(operator: &str) -> &'static str {
    match operator.to_ascii_lowercase() {
        operator if operator.contains("forallvalues:") => "EMPTY_ARRAY_CONDITION_FORALLVALUES",
        operator if operator.contains("foranyvalue:") => "EMPTY_ARRAY_CONDITION_FORANYVALUE",
        operator if operator.contains("ifexists") => "EMPTY_ARRAY_CONDITION_IFEXISTS",
        _ => "EMPTY_ARRAY_CONDITION",
    }
}

fn misplaced(path: &str, kind: Kind) -> &'static str {
    match kind {
        Kind::ServiceControl if path.contains("Principal") => "SCP_SYNTAX_ERROR_PRINCIPAL",
        Kind::ResourceControl if path.contains("Principal") => "RCP_SYNTAX_ERROR_PRINCIPAL",
        Kind::ResourceControl if path.contains("NotAction") => "RCP_SYNTAX_ERROR_NOTACTION",
        Kind::Trust if path.contains("Resource") => "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE",
        _ if path.contains("Principal") => "UNSUPPORTED_PRINCIPAL",
        _ => "INVALID_POLICY_ELEMENT",
    }
}

/// The place at the end of a path such as `Statement[1].Condition.StringEquals`; the last one that is found.
fn place_of(root: &Node, path: &str) -> Place {
    let mut node = root;
    let mut place = root.place;
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(behind) = rest.strip_prefix('[') {
            let Some((number, after)) = behind.split_once(']') else { break };
            let Some(next) = number.parse::<usize>().ok().and_then(|number| node.elements().get(number)) else { break };
            (node, place, rest) = (next, next.place, after.strip_prefix('.').unwrap_or(after));
            continue;
        }
        // Names of condition keys have points of their own: the longest member that fits is meant.
        let fits =
            |name: &str| rest.strip_prefix(name).is_some_and(|after| after.is_empty() || after.starts_with(['.', '[']));
        let found = node.members().iter().filter(|member| fits(&member.name)).max_by_key(|member| member.name.len());
        let Some(member) = found else { break };
        let after = &rest[member.name.len()..];
        (node, place, rest) = (&member.node, member.place, after.strip_prefix('.').unwrap_or(after));
    }
    place
}
