//! What is said of actions.

use pocket_kms::{access::Action, arguments::meant};

use super::{
    Kind, Report,
    reading::{Policy, Said, Statement, covered, matches},
    values,
};

/// The actions that are asked of an alias and of its key, the one apart from the other.
const OF_ALIASES: [Action; 3] = [Action::CreateAlias, Action::DeleteAlias, Action::UpdateAlias];

/// Services whose names are like that of KMS: Database Migration Service, Firewall Manager, Server Migration Service.
const ALIKE: [&str; 3] = ["dms", "fms", "sms"];

pub(super) fn check(policy: &Policy<'_>, statement: &Statement<'_>, report: &mut Report) {
    for said in &statement.actions {
        values::elsewhere(said, report);
        match said.text.split_once(':') {
            Some((service, name)) if service.eq_ignore_ascii_case("kms") => {
                of_kms(policy, statement, said, name, report);
            }
            Some((service, _)) if policy.kind == Kind::Key => report.add(
                "UNSUPPORTED_ACTION_IN_POLICY",
                said.place,
                &said.path,
                format!(
                    "{} is an action of {service}: on a KMS key there is nothing that it could allow or deny",
                    said.text
                ),
            ),
            Some((service, _)) if is_kms_misspelt(service) => report.add(
                "INVALID_SERVICE_IN_ACTION",
                said.place,
                &said.path,
                format!("there is no service {service}: perhaps kms is meant"),
            ),
            None if policy.kind == Kind::Key && said.text != "*" => {
                let known = named(said.text).map(|action| format!(": perhaps {action} is meant")).unwrap_or_default();
                report.add("INVALID_ACTION", said.place, &said.path, format!("{} names no service{known}", said.text));
            }
            _ => {}
        }
    }
    redundant(statement, report);
    if matches!(policy.kind, Kind::Identity | Kind::Session) {
        out_of_reach(policy, statement, report);
    }
}

/// Actions of which the resources of the statement are never asked, or not all that is asked.
fn out_of_reach(policy: &Policy<'_>, statement: &Statement<'_>, report: &mut Report) {
    if statement.not_action || statement.not_resource || statement.resources.is_empty() {
        return;
    }
    let names_one = statement.resources.iter().all(|said| names(said.text, "key/") || names(said.text, "alias/"));
    let names_keys = statement.resources.iter().all(|said| names(said.text, "key/"));
    for said in &statement.actions {
        let Some(action) = said.text.get(4..).and_then(named).filter(|action| action.is_of_kms()) else { continue };
        if names_one && !action.is_on_key() {
            let sentence = format!("{action} is asked of no key and of no alias: the statement is never about it");
            report.add("KMS_ACTION_WITHOUT_RESOURCE", said.place, &said.path, sentence);
        }
        if names_keys && statement.allows && OF_ALIASES.contains(&action) && !has_alias(policy, action) {
            let sentence =
                format!("{action} is asked of the alias as well as of the key, and no statement has the alias");
            report.add("KMS_ALIAS_ACTION_ON_KEY_ALONE", said.place, &said.path, sentence);
        }
    }
}

/// Whether a resource is a key, or an alias, and nothing else.
fn names(resource: &str, kind: &str) -> bool {
    resource.splitn(6, ':').nth(5).is_some_and(|own| own.starts_with(kind))
}

/// Whether a statement allows an action on something that may be an alias.
fn has_alias(policy: &Policy<'_>, action: Action) -> bool {
    policy.statements.iter().any(|statement| {
        let may_be_one = statement.not_resource || statement.resources.iter().any(|said| !names(said.text, "key/"));
        statement.allows && statement.covers(action) && may_be_one
    })
}

fn of_kms(policy: &Policy<'_>, statement: &Statement<'_>, said: &Said<'_>, name: &str, report: &mut Report) {
    let covering: Vec<&Action> = Action::ALL.iter().filter(|action| matches(said.text, action.as_str())).collect();
    if covering.is_empty() {
        let near = nearest(name).map(|action| format!(": perhaps {action} is meant")).unwrap_or_default();
        report.add("INVALID_ACTION", said.place, &said.path, format!("KMS has no action {}{near}", said.text));
        return;
    }
    let is_key = policy.kind == Kind::Key && !statement.not_action;
    if is_key && covering.iter().all(|action| !action.is_on_key()) {
        report.add(
            "UNSUPPORTED_ACTION_IN_POLICY",
            said.place,
            &said.path,
            format!("{} is not on a key: identity policies alone allow it", said.text),
        );
    }
    if is_key && statement.allows && covering == [&Action::RetireGrant] {
        report.add(
            "KMS_RETIRE_GRANT_IN_KEY_POLICY",
            said.place,
            &said.path,
            "key policies have no say in kms:RetireGrant: the grant and the account that created it decide",
        );
    }
}

/// Actions that others of the same element have already: the same one, or one with wildcards.
fn redundant(statement: &Statement<'_>, report: &mut Report) {
    for (said, wider) in covered(&statement.actions, u8::eq_ignore_ascii_case).filter(|(said, _)| exists(said.text)) {
        report.add("REDUNDANT_ACTION", said.place, &said.path, format!("{wider} has {} already", said.text));
    }
}

/// Whether an action of KMS exists; of those of other services nobody here knows.
fn exists(text: &str) -> bool {
    let of_kms = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("kms:"));
    !of_kms || Action::ALL.iter().any(|action| matches(text, action.as_str()))
}

/// The action of this name, whatever its case.
fn named(name: &str) -> Option<Action> {
    Action::ALL.iter().copied().find(|action| action.name().eq_ignore_ascii_case(name))
}

fn is_kms_misspelt(service: &str) -> bool {
    meant(service, &["kms"]).is_some() && !ALIKE.contains(&service)
}

/// The action that may be meant by a name that none has.
fn nearest(name: &str) -> Option<Action> {
    let names: Vec<&str> = Action::ALL.iter().map(|action| action.name()).collect();
    meant(name, &names).and_then(named)
}
