//! What is said of principals.

use super::{
    Kind, Report,
    reading::{Policy, Statement},
    values,
};

/// The keys that say on whose behalf a service acts.
pub(super) const SOURCES: [&str; 4] = ["aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths"];

pub(super) fn check(policy: &Policy<'_>, statement: &Statement<'_>, report: &mut Report) {
    for (kind, said) in &statement.principals {
        values::elsewhere(said, report);
        let is_id = |prefix: &str| said.text.starts_with(prefix) && !said.text.contains(':');
        if *kind == "AWS" && is_id("AROA") {
            let sentence = format!("{} is the unique id of a role that is gone, or was written as an id", said.text);
            report.add("INVALID_ROLE_REFERENCE", said.place, &said.path, sentence);
        }
        if *kind == "AWS" && is_id("AIDA") {
            let sentence = format!("{} is the unique id of a user who is gone, or was written as an id", said.text);
            report.add("INVALID_USER_REFERENCE", said.place, &said.path, sentence);
        }
        if *kind == "Federated" && policy.kind == Kind::Key {
            let sentence = format!("{} is an identity provider: nobody calls KMS as one", said.text);
            report.add("FEDERATED_PRINCIPAL_NOT_SUPPORTED", said.place, &said.path, sentence);
        }
        if *kind == "Service" && statement.allows && policy.kind == Kind::Key && !is_bound(statement) {
            let sentence =
                format!("{} may use the key on behalf of anybody: no condition says for whose resources", said.text);
            report.add("RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL", said.place, &said.path, sentence);
        }
    }
    if policy.kind == Kind::Trust && statement.not_principal {
        let path = format!("{}.NotPrincipal", statement.path);
        let sentence = "trust policies have no NotPrincipal";
        report.add("ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL", statement.place_of("NotPrincipal"), &path, sentence);
    }
    if policy.kind == Kind::Key {
        of_services(statement, report);
    }
    if policy.kind == Kind::Trust && statement.is_for_everybody() && statement.allows && statement.conditions.is_empty()
    {
        let path = format!("{}.Principal", statement.path);
        let sentence = "everybody may assume the role";
        report.add(
            "ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
            statement.place_of("Principal"),
            &path,
            sentence,
        );
    }
}

/// The keys of principals, which no service has that calls in its own name.
const OF_PRINCIPALS: [&str; 6] =
    ["aws:principalorg", "aws:principalaccount", "aws:principalarn", "aws:principaltag/", "aws:userid", "aws:username"];

fn of_services(statement: &Statement<'_>, report: &mut Report) {
    let only_services = statement.principals.iter().all(|(kind, _)| *kind == "Service");
    if statement.principals.is_empty() || !only_services || statement.not_principal {
        return;
    }
    for condition in OF_PRINCIPALS.iter().flat_map(|key| statement.on(key)) {
        let sentence = format!("no service has {}", condition.key);
        report.add("UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL", condition.place, &condition.path, sentence);
    }
}

/// Whether the statement says on whose behalf a service may act. The encryption context of a service names its resource, too.
fn is_bound(statement: &Statement<'_>) -> bool {
    statement.asks(&SOURCES) || statement.asks(&["kms:encryptioncontext:aws:"])
}
