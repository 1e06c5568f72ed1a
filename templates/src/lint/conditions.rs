//! What is said of conditions, each by itself: keys that there are not, or not for these actions, and operators that do not suit
//! them.

use pocket_kms::{
    access::{Action, CONDITION_KEYS, ConditionKey, ConditionKind},
    policy::Operator,
};

use super::{
    Kind, Report, grammar,
    reading::{Condition, Policy, Statement},
    values,
};

pub(super) fn check(policy: &Policy<'_>, statement: &Statement<'_>, report: &mut Report) {
    for (at, condition) in statement.conditions.iter().enumerate() {
        let add = |report: &mut Report, code: &'static str, sentence: String| {
            report.add(code, condition.place, &condition.path, sentence);
        };
        let twice = statement.conditions[..at].iter().find(|other| {
            other.operator == condition.operator
                && other.key != condition.key
                && other.key.eq_ignore_ascii_case(condition.key)
        });
        if let Some(other) = twice {
            let sentence = format!("{} and {} are the same condition key", other.key, condition.key);
            add(report, "DUPLICATE_KEYS_WITH_DIFFERENT_CASE", sentence);
        }
        if condition.values.is_empty() {
            add(report, grammar::empty(condition.operator), format!("{} has no values", condition.key));
        }
        if condition.mixed {
            add(report, "INVALID_CONDITION_DATA_TYPE", format!("the values of {} are of several types", condition.key));
        }
        let row = row(condition.key);
        key(policy, statement, condition, row, report);
        if let Some(operator) = condition.parsed {
            self::operator(condition, operator, row, report);
            values::check(policy, condition, operator, report);
        }
    }
}

/// The row of a condition key.
pub(super) fn row(key: &str) -> Option<&'static ConditionKey> {
    CONDITION_KEYS.iter().find(|row| {
        let start = key.get(..row.name.len());
        let begins = start.is_some_and(|start| start.eq_ignore_ascii_case(row.name));
        begins && (key.len() > row.name.len()) == row.family.is_some()
    })
}

/// The condition keys that end with the name of a tag.
const TAGS: [&str; 3] = ["aws:requesttag", "aws:resourcetag", "aws:principaltag"];

fn key(
    policy: &Policy<'_>,
    statement: &Statement<'_>,
    condition: &Condition<'_>,
    row: Option<&ConditionKey>,
    report: &mut Report,
) {
    let folded = condition.key.to_ascii_lowercase();
    let mut add = |code: &'static str, sentence: String| report.add(code, condition.place, &condition.path, sentence);
    match row {
        None if !folded.contains(':') => {
            add("INVALID_CONDITION_KEY_FORMAT", format!("{} names no service", condition.key));
        }
        None if folded == "aws:arn" => {
            add("DEPRECATED_GLOBAL_CONDITION_KEY", format!("{} is called aws:PrincipalArn today", condition.key));
        }
        None if folded.starts_with("kms:") => {
            add("INVALID_SERVICE_CONDITION_KEY", format!("KMS has no condition key {}", condition.key));
        }
        None if TAGS.contains(&folded.trim_end_matches('/')) => {
            add("MISSING_TAG_KEY_IN_CONDITION", format!("{} names no tag", condition.key));
        }
        None if folded.starts_with("aws:") && policy.kind == Kind::Key => {
            add("INVALID_GLOBAL_CONDITION_KEY", format!("requests to KMS have no condition key {}", condition.key));
        }
        None => {}
        Some(row) => of_table(policy, statement, condition, row, report),
    }
}

fn of_table(
    policy: &Policy<'_>,
    statement: &Statement<'_>,
    condition: &Condition<'_>,
    row: &ConditionKey,
    report: &mut Report,
) {
    let mut add = |code: &'static str, sentence: String| report.add(code, condition.place, &condition.path, sentence);
    if matches!(row.name, "kms:CustomerMasterKeySpec" | "kms:CustomerMasterKeyUsage") {
        let new = row.name.replace("CustomerMaster", "");
        add("KMS_DEPRECATED_CONDITION_KEY", format!("{} is called {new} today", row.name));
    }
    if policy.kind == Kind::Key && matches!(row.name, "aws:ResourceTag/" | "kms:ResourceAliases") {
        let sentence = format!("requests that a key policy judges have no {}", condition.key);
        add("KMS_KEY_ATTRIBUTE_IN_KEY_POLICY", sentence);
        return;
    }
    if statement.not_action {
        return;
    }
    // Actions with wildcards are not looked at, as AWS does not.
    let named = statement.actions.iter().filter_map(|said| {
        let name = said.text.get(..4).filter(|start| start.eq_ignore_ascii_case("kms:")).and(said.text.get(4..))?;
        Action::ALL.iter().copied().find(|action| action.name().eq_ignore_ascii_case(name))
    });
    let never: Vec<&str> = named.filter(|action| !row.actions.contain(*action)).map(Action::as_str).collect();
    if !never.is_empty() {
        let sentence = format!("requests for {} never have {}", never.join(", "), condition.key);
        add("UNSUPPORTED_ACTION_FOR_CONDITION_KEY", sentence);
    }
    let all: Vec<&Action> = Action::ALL.iter().filter(|action| statement.covers(**action)).collect();
    if never.is_empty() && !all.is_empty() && all.iter().all(|action| !row.actions.contain(**action)) {
        let sentence = format!("requests for none of the actions ever have {}", condition.key);
        add("UNSUPPORTED_ACTION_FOR_CONDITION_KEY", sentence);
    }
}

fn operator(condition: &Condition<'_>, operator: Operator, row: Option<&ConditionKey>, report: &mut Report) {
    let mut add = |code: &'static str, sentence: String| report.add(code, condition.place, &condition.path, sentence);
    let name = operator.comparison.name();
    let is_null = name == "Null";
    if is_null && operator.set.is_some() {
        add("NULL_WITH_QUALIFIER", format!("{} asks each value whether it is there", condition.operator));
    }
    let Some(row) = row else { return };
    if row.multivalued && operator.set.is_none() && !is_null {
        add("MISSING_QUALIFIER", format!("{} has several values: {} never fits it", condition.key, condition.operator));
    }
    let all = operator.set.is_some_and(|set| set.name() == "ForAllValues");
    if !row.multivalued && all {
        let sentence =
            format!("{} has one value, and {} also holds where it is missing", condition.key, condition.operator);
        add("FORALLVALUES_WITH_SINGLE_VALUED_KEY", sentence);
    }
    let suits = match row.kind {
        ConditionKind::String | ConditionKind::Arn => &["String", "Arn", "Binary"][..],
        ConditionKind::Bool => &["Bool", "String"],
        ConditionKind::IpAddress => &["IpAddress", "NotIpAddress"],
        ConditionKind::Numeric => &["Numeric", "String"],
        ConditionKind::Date => &["Date", "Numeric"],
        _ => return,
    };
    if !is_null && !suits.iter().any(|start| name.starts_with(start)) {
        add(
            "TYPE_MISMATCH",
            format!("{} does not suit {}: take a {} operator", condition.operator, condition.key, suits[0]),
        );
    }
    if row.kind == ConditionKind::Arn && matches!(name, "StringLike" | "StringNotLike") {
        let sentence = format!("{} compares {} across the fields of the ARN", condition.operator, condition.key);
        add("STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS", sentence);
    }
    if row.kind == ConditionKind::Bool && condition.values.len() > 1 {
        add("INVALID_CONDITION_MULTIPLE_BOOLEAN", format!("{} is either true or false", condition.key));
    }
}
