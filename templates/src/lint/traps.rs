//! The traps of KMS: what its Developer Guide warns of, over a whole statement or a whole policy.

use pocket_kms::access::Action;

use super::{
    Kind, Report, Surroundings,
    conditions::row,
    principals::SOURCES,
    reading::{Condition, Policy, Statement},
};

/// The keys by which a statement for everybody is narrowed to some callers.
const CALLERS: [&str; 8] = [
    "kms:calleraccount",
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:userid",
    "aws:sourcevpce",
    "aws:sourceaccount",
];

/// What changes the tags and the aliases of keys, by which attribute-based access is decided.
const LABELS: [Action; 5] =
    [Action::TagResource, Action::UntagResource, Action::CreateAlias, Action::UpdateAlias, Action::DeleteAlias];

pub(super) fn check(policy: &Policy<'_>, surroundings: &Surroundings, report: &mut Report) {
    for statement in &policy.statements {
        sets(statement, report);
        pairs(policy, statement, report);
        second_factor(statement, report);
        if statement.not_principal {
            let path = format!("{}.NotPrincipal", statement.path);
            let sentence =
                "NotPrincipal spares nobody who has a permissions boundary, and asks for every form of a name";
            report.add("KMS_NOT_PRINCIPAL", statement.place_of("NotPrincipal"), &path, sentence);
        }
        if policy.kind == Kind::Key && statement.allows {
            everybody(statement, report);
            grants(statement, report);
            foreign(statement, surroundings, report);
        }
    }
    if policy.kind == Kind::Key {
        lock_out(policy, report);
    }
    labels(policy, report);
}

/// ForAllValues holds where there is no value at all.
fn sets(statement: &Statement<'_>, report: &mut Report) {
    for condition in &statement.conditions {
        let all = condition.parsed.and_then(|operator| operator.set).is_some_and(|set| set.name() == "ForAllValues");
        let several = row(condition.key).is_some_and(|row| row.multivalued);
        let has_null = statement
            .conditions
            .iter()
            .any(|other| other.operator.eq_ignore_ascii_case("Null") && other.key.eq_ignore_ascii_case(condition.key));
        if all && several && statement.allows && !has_null {
            let sentence = format!("{} also holds for requests without {}", condition.operator, condition.key);
            report.add("KMS_FOR_ALL_VALUES_WITHOUT_NULL", condition.place, &condition.path, sentence);
        }
    }
}

/// A denial of callers without a second factor that leaves out those of whom nothing is said ("AWS global condition context
/// keys" of the IAM User Guide, `aws:MultiFactorAuthPresent`).
fn second_factor(statement: &Statement<'_>, report: &mut Report) {
    for condition in statement.on("aws:multifactorauthpresent").filter(|_| statement.denies()) {
        let is_false = condition.values.iter().any(|said| said.text.eq_ignore_ascii_case("false"));
        if is_false && condition.operator.eq_ignore_ascii_case("Bool") {
            let sentence = "requests that do not say whether there was a second factor are not denied";
            report.add("KMS_MFA_WITHOUT_IF_EXISTS", condition.place, &condition.path, sentence);
        }
    }
}

/// Condition keys that are worth something together alone, and those that callers choose.
fn pairs(policy: &Policy<'_>, statement: &Statement<'_>, report: &mut Report) {
    for condition in &statement.conditions {
        let folded = condition.key.to_ascii_lowercase();
        if folded == "aws:vpcsourceip" && statement.on("aws:sourcevpc").next().is_none() {
            let sentence = "addresses of a VPC are not unique: other VPCs have the same ones";
            report.add("MISSING_PAIRED_CONDITION_KEYS", condition.place, &condition.path, sentence);
        }
        if statement.allows && matches!(folded.as_str(), "aws:referer" | "aws:useragent") {
            let sentence = format!("a caller says {} as he likes", condition.key);
            report.add("UNTRUSTWORTHY_CONDITION_KEY", condition.place, &condition.path, sentence);
        }
        let of_principal = folded.starts_with("aws:principalorg") || folded.starts_with("aws:principaltag/");
        let negated = condition.operator.to_ascii_lowercase().contains("not");
        let is_service = statement.on("aws:principalisawsservice").next().is_some();
        if policy.kind == Kind::ResourceControl && of_principal && negated && !is_service {
            let sentence = format!("services have no {}: the statement denies them, too", condition.key);
            report.add("RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY", condition.place, &condition.path, sentence);
        }
        if policy.kind == Kind::ResourceControl && SOURCES.contains(&folded.as_str()) && negated {
            of_source(statement, condition, is_service, report);
        }
    }
}

/// Keys that only requests of services have, and not all of them.
fn of_source(statement: &Statement<'_>, condition: &Condition<'_>, is_service: bool, report: &mut Report) {
    if !is_service {
        let sentence = format!("nobody but services has {}: the statement denies everybody else, too", condition.key);
        report.add("RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY", condition.place, &condition.path, sentence);
    }
    let asks_null = statement.conditions.iter().any(|other| {
        let key = other.key.to_ascii_lowercase();
        other.operator.eq_ignore_ascii_case("Null") && matches!(key.as_str(), "aws:sourceaccount" | "aws:sourcearn")
    });
    if condition.key.to_ascii_lowercase().starts_with("aws:sourceorg") && !asks_null {
        let sentence = format!("not every call of a service has {}", condition.key);
        report.add("RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK", condition.place, &condition.path, sentence);
    }
}

/// What is given to everybody.
fn everybody(statement: &Statement<'_>, report: &mut Report) {
    if !statement.is_for_everybody() || statement.asks(&CALLERS) {
        return;
    }
    let path = format!("{}.Principal", statement.path);
    let place = statement.place_of("Principal");
    if statement.asks(&["kms:viaservice"]) {
        let sentence = "everybody of every account may use the key through the service";
        report.add("KMS_VIA_SERVICE_WITHOUT_CALLER", place, &path, sentence);
    } else if statement.covers(Action::PutKeyPolicy) {
        report.add("KMS_EVERYTHING_TO_EVERYBODY", place, &path, "everybody may do everything with the key");
    } else if !statement.asks(&SOURCES) && Action::ALL.iter().any(|action| statement.covers(*action)) {
        report.add("KMS_OPEN_TO_EVERYBODY", place, &path, "everybody of every account may do this with the key");
    }
}

/// CreateGrant without a condition gives everything on that grants can give.
fn grants(statement: &Statement<'_>, report: &mut Report) {
    let is_account = |text: &str| text.ends_with(":root") || text.bytes().all(|byte| byte.is_ascii_digit());
    let named =
        statement.principals.iter().any(|(kind, said)| *kind == "AWS" && said.text != "*" && !is_account(said.text));
    // Administrators may change the policy itself.
    let administers = statement.covers(Action::PutKeyPolicy);
    let limits = [
        "kms:grantisforawsresource",
        "kms:grantoperations",
        "kms:granteeprincipal",
        "kms:granteeserviceprincipal",
        "kms:grantconstrainttype",
        "kms:viaservice",
    ];
    let is_limited = limits.iter().any(|key| statement.on(key).next().is_some());
    if named && !administers && !is_limited && !statement.not_action && statement.covers(Action::CreateGrant) {
        let path = format!("{}.Action", statement.path);
        let sentence = "whoever may create grants without a condition may give what the key can do to anybody";
        report.add("KMS_GRANTS_WITHOUT_CONDITION", statement.place_of("Action"), &path, sentence);
    }
}

/// What another account is allowed that works in the key's own account alone.
fn foreign(statement: &Statement<'_>, surroundings: &Surroundings, report: &mut Report) {
    let Some(own) = surroundings.account.as_deref() else { return };
    for (kind, said) in &statement.principals {
        let account = said.text.split(':').nth(4).unwrap_or(said.text);
        let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        if *kind != "AWS" || !is_account || account == own {
            continue;
        }
        let void: Vec<&str> = statement
            .actions
            .iter()
            .filter(|action| !action.text.contains('*') && !statement.not_action)
            .filter_map(|said| Action::ALL.iter().find(|action| action.as_str().eq_ignore_ascii_case(said.text)))
            .filter(|action| action.is_on_key() && !crosses(**action))
            .map(|action| action.as_str())
            .collect();
        if !void.is_empty() {
            let sentence =
                format!("{} works in the account of the key alone: {} gets nothing by it", void.join(", "), said.text);
            report.add("KMS_OWN_ACCOUNT_ONLY", said.place, &said.path, sentence);
        }
    }
}

/// Whether an action works on keys of other accounts: as the operation of the same name does.
fn crosses(action: Action) -> bool {
    use pocket_kms::operations::Reach;
    let name = if matches!(action, Action::ReEncryptFrom | Action::ReEncryptTo) { "ReEncrypt" } else { action.name() };
    Reach::of(name) == Some(Reach::AnyAccount)
}

/// Whether the policy says of nobody that he may change it, or denies that to everybody.
pub(super) fn locks_out(policy: &Policy<'_>) -> bool {
    let changes = |statement: &&Statement<'_>| statement.covers(Action::PutKeyPolicy);
    let mut changing = policy.statements.iter().filter(changes);
    let allowed = changing.clone().any(|statement| statement.allows && !statement.principals.is_empty());
    let denied = changing.any(|one| one.denies() && one.is_for_everybody() && one.conditions.is_empty());
    !allowed || denied
}

/// Whether anybody can change the policy, and whether identity policies have a say.
fn lock_out(policy: &Policy<'_>, report: &mut Report) {
    if policy.statements.is_empty() {
        return;
    }
    let place = policy.root.member("Statement").map_or(policy.root.place, |node| node.place);
    if locks_out(policy) {
        let sentence = "nobody may change the policy of the key";
        report.add("KMS_LOCK_OUT", place, "Statement", sentence);
        return;
    }
    let is_account =
        |text: &str| text.ends_with(":root") || (text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()));
    let delegates = policy.statements.iter().filter(|statement| statement.allows).any(|statement| {
        statement.principals.iter().any(|(kind, said)| *kind == "AWS" && (is_account(said.text) || said.text == "*"))
    });
    if !delegates {
        let sentence = "the key policy leaves nothing to the identity policies of its account";
        report.add("KMS_NO_DELEGATION", place, "Statement", sentence);
    }
}

/// Whoever is let in by the tags or aliases of a key, and may change them, lets himself in.
fn labels(policy: &Policy<'_>, report: &mut Report) {
    if !matches!(policy.kind, Kind::Identity | Kind::Session) {
        return;
    }
    let by_label = |statement: &&Statement<'_>| {
        statement.allows
            && (statement.on("aws:resourcetag/").next().is_some()
                || statement.on("kms:resourcealiases").next().is_some())
    };
    let Some(first) = policy.statements.iter().find(by_label) else { return };
    let is_bound = |statement: &Statement<'_>| {
        let keys = ["aws:requesttag/", "aws:tagkeys", "aws:resourcetag/", "kms:resourcealiases", "kms:requestalias"];
        keys.iter().any(|key| statement.on(key).next().is_some())
    };
    for statement in policy.statements.iter().filter(|statement| statement.allows) {
        let changing: Vec<&str> =
            LABELS.iter().filter(|action| statement.covers(**action)).map(|action| action.as_str()).collect();
        if !changing.is_empty() && !is_bound(statement) {
            let path = format!("{}.Action", statement.path);
            let sentence = format!("{} lets its bearer fulfil the condition of {}", changing.join(", "), first.path);
            report.add("KMS_ABAC_WITHOUT_TAG_CONTROL", statement.place_of("Action"), &path, sentence);
        }
    }
}
