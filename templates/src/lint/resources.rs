//! What is said of resources.

use pocket_kms::{access::Action, names::Region};

use super::{
    Kind, Report,
    reading::{Policy, Said, Statement, covered, is_wild, matches},
    values,
};

pub(super) fn check(policy: &Policy<'_>, statement: &Statement<'_>, report: &mut Report) {
    if policy.kind == Kind::Key && statement.not_resource {
        let path = format!("{}.NotResource", statement.path);
        let sentence = "the resource of a key policy is its key: NotResource leaves the statement without one";
        report.add("KMS_NOT_RESOURCE_IN_KEY_POLICY", statement.place_of("NotResource"), &path, sentence);
    }
    for (said, wider) in covered(&statement.resources, u8::eq) {
        report.add("REDUNDANT_RESOURCE", said.place, &said.path, format!("{wider} has {} already", said.text));
    }
    for said in &statement.resources {
        values::variables(policy, said, report);
        match policy.kind {
            Kind::Key if said.text != "*" && !statement.not_resource => in_key_policy(said, report),
            Kind::Identity | Kind::Session | Kind::ServiceControl => {
                in_identity_policy(policy, statement, said, report);
            }
            _ => {}
        }
    }
}

fn in_key_policy(said: &Said<'_>, report: &mut Report) {
    let is_key = said.text.starts_with("arn:") && said.text.contains(":kms:") && said.text.contains(":key/");
    if is_key {
        let sentence = format!("the resource of a key policy is its own key: {} is that key, or nothing", said.text);
        report.add("KMS_KEY_AS_RESOURCE_IN_KEY_POLICY", said.place, &said.path, sentence);
    } else {
        let sentence = format!("{} is not the key to which the policy belongs: the statement means nothing", said.text);
        report.add("UNSUPPORTED_RESOURCE_ARN_IN_POLICY", said.place, &said.path, sentence);
    }
}

fn in_identity_policy(policy: &Policy<'_>, statement: &Statement<'_>, said: &Said<'_>, report: &mut Report) {
    let fields: Vec<&str> = said.text.splitn(6, ':').collect();
    let &["arn", partition, service, region, account, resource] = fields.as_slice() else { return };
    let mut add = |code: &'static str, sentence: String| report.add(code, said.place, &said.path, sentence);
    if is_wild(service) && matches(service, "kms") {
        add("WILDCARD_IN_SERVICE_NAME", format!("{service} is the name of other services, too"));
    }
    if !service.eq_ignore_ascii_case("kms") {
        return;
    }
    if service != "kms" {
        add("INVALID_ARN_SERVICE_CASE", format!("the service of {} must be kms, in lower case", said.text));
    }
    if region.is_empty() {
        add("MISSING_ARN_REGION", format!("{} has no Region: the ARN of every key and every alias has one", said.text));
    }
    let is_wild = |text: &str| text.contains(['*', '?', '$']);
    if !region.is_empty() && !is_wild(region) && Region::parse(region).is_none() {
        add("INVALID_ARN_REGION", format!("{region} is not a Region"));
    }
    if account.is_empty() {
        add(
            "MISSING_ARN_ACCOUNT",
            format!("{} has no account: the ARN of every key and every alias has one", said.text),
        );
    } else if !(is_wild(account) || account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit())) {
        add("INVALID_ARN_ACCOUNT", format!("{account} is not an account: twelve digits are one"));
    }
    _ = partition;
    let is_alias = resource.starts_with("alias/");
    if !is_alias && !resource.starts_with("key/") && !is_wild(resource) {
        add("INVALID_ARN_RESOURCE", format!("{} names neither a key (key/...) nor an alias (alias/...)", said.text));
    }
    let of_aliases = [Action::CreateAlias, Action::DeleteAlias, Action::UpdateAlias];
    let covered = Action::ALL.iter().filter(|action| statement.covers(**action));
    let named = statement.actions.iter().any(|action| !action.text.contains('*'));
    let for_others =
        covered.clone().any(|action| action.is_on_key()) && !covered.clone().any(|one| of_aliases.contains(one));
    if is_alias && named && for_others && policy.kind != Kind::ServiceControl {
        add(
            "KMS_ALIAS_AS_RESOURCE",
            format!("{} is an alias: whoever uses a key by it is asked for the key's own ARN", said.text),
        );
    }
}
