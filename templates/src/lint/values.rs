//! What is said of the values of conditions, and of variables.

use std::net::IpAddr;

use base64::{Engine, prelude::BASE64_STANDARD};
use pocket_kms::{
    names::Region,
    policy::{Operator, SetOperator},
};

use super::{
    Report,
    reading::{Condition, Policy, Said, is_wild},
};

pub(super) fn check(policy: &Policy<'_>, condition: &Condition<'_>, operator: Operator, report: &mut Report) {
    for said in &condition.values {
        value(policy, condition, operator, said, report);
    }
    let name = operator.comparison.name();
    let mut add = |code: &'static str, sentence: String| report.add(code, condition.place, &condition.path, sentence);
    if matches!(name, "StringLike" | "StringNotLike") && condition.values.iter().any(|said| said.text == "*") {
        let (code, sentence) = anything(operator);
        add(code, format!("{} {sentence} {}", condition.operator, condition.key));
    }
    let is_bound = name.starts_with("NumericLess") || name.starts_with("NumericGreater");
    if is_bound && condition.values.len() > 1 {
        add("REDUNDANT_CONDITION_VALUE_NUM", format!("one bound of {} is enough", condition.key));
    }
    if condition.key.eq_ignore_ascii_case("aws:SourceIp") && name.ends_with("IpAddress") {
        let private = condition.values.iter().filter(|said| is_private(said.text)).count();
        let code = match (private, name == "NotIpAddress") {
            (0, _) => return,
            (all, false) if all == condition.values.len() => "PRIVATE_IP_ADDRESS",
            (all, true) if all == condition.values.len() => "PRIVATE_NOT_IP_ADDRESS",
            (_, false) => "PRIVATE_IP_ADDRESS_SUBSET",
            (_, true) => "PRIVATE_NOT_IP_ADDRESS_SUBSET",
        };
        add(code, format!("{private} of the addresses are private"));
    }
}

/// What a comparison with `*` comes to: the code, and what it does with the key.
fn anything(operator: Operator) -> (&'static str, &'static str) {
    let (set, negated) = (operator.set.map(SetOperator::name), operator.comparison.name() == "StringNotLike");
    match (set, negated) {
        (Some("ForAnyValue"), true) => {
            ("REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION", "of * never holds, whatever the values of")
        }
        (_, true) => ("EQUIVALENT_TO_NULL_TRUE", "of * asks for a missing"),
        (Some("ForAllValues"), false) => ("REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION", "of * takes any"),
        _ if operator.if_exists => ("REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION", "of * takes any"),
        _ => ("EQUIVALENT_TO_NULL_FALSE", "of * asks for some"),
    }
}

/// Whether an address, or the first of a range, is one that the internet does not have.
fn is_private(text: &str) -> bool {
    match text.split('/').next().unwrap_or(text).parse() {
        Ok(IpAddr::V4(address)) => address.is_private() || address.is_loopback() || address.is_link_local(),
        Ok(IpAddr::V6(address)) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
        Err(_) => false,
    }
}

fn value(policy: &Policy<'_>, condition: &Condition<'_>, operator: Operator, said: &Said<'_>, report: &mut Report) {
    variables(policy, said, report);
    let mut add = |code: &'static str, sentence: String| report.add(code, said.place, &said.path, sentence);
    let (name, text) = (operator.comparison.name(), said.text);
    let has_variable = text.contains("${");
    let exact = matches!(name, "StringEquals" | "StringNotEquals") || name.ends_with("IgnoreCase");
    if exact && text.replace("${*}", "").replace("${?}", "").contains(['*', '?']) {
        add("WILDCARD_WITHOUT_LIKE_OPERATOR", format!("{} takes {text} literally", condition.operator));
    }
    if has_variable && !["String", "Arn", "Bool"].iter().any(|start| name.starts_with(start)) {
        add("INVALID_VARIABLE_FOR_OPERATOR", format!("{} knows no variables, such as {text}", condition.operator));
    }
    if matches!(name, "Bool" | "Null")
        && !has_variable
        && !text.eq_ignore_ascii_case("true")
        && !text.eq_ignore_ascii_case("false")
    {
        add("TYPE_MISMATCH_BOOLEAN", format!("{text} is neither true nor false"));
    }
    if name.starts_with("Numeric") && !is_number(text) {
        add("TYPE_MISMATCH_NUMBER", format!("{text} is not a number"));
    }
    if name.starts_with("Date") && !is_date(text) {
        add("TYPE_MISMATCH_DATE", format!("{text} is not an instant"));
    }
    if name.starts_with("Date") && is_number(text) && text.len() > 4 {
        add("INVALID_DATE_VALUE", format!("{text} is a number of seconds, perhaps"));
    }
    if name.starts_with("Binary") && BASE64_STANDARD.decode(text).is_err() {
        add("TYPE_MISMATCH_STRING", format!("{text} is not base64"));
    }
    if name.ends_with("IpAddress") {
        range(text, &mut add);
    }
    let is_open = has_variable || is_wild(text) && name.contains("Like") || name == "Null";
    let form = form(&condition.key.to_ascii_lowercase()).filter(|(code, _)| !is_open && !has_form(code, text));
    if let Some((code, what)) = form {
        add(code, format!("{text} is not {what}"));
    }
}

/// The values of some keys have a form: the code of what has another one, and what it should be.
fn form(key: &str) -> Option<(&'static str, &'static str)> {
    match key {
        "aws:requestedregion" | "kms:replicaregion" | "kms:primaryregion" => Some(("INVALID_REGION", "a Region")),
        "aws:sourcevpc" => Some(("INVALID_VPC_FORMAT", "the id of a VPC")),
        "aws:sourcevpce" => Some(("INVALID_VPCE_FORMAT", "the id of a VPC endpoint")),
        "kms:viaservice" => Some(("INVALID_SERVICE_PRINCIPAL_FORMAT", "the name of a service and its Region")),
        _ => None,
    }
}

fn has_form(code: &str, text: &str) -> bool {
    let is_id = |prefix: &str| {
        text.strip_prefix(prefix)
            .is_some_and(|id| matches!(id.len(), 8 | 17) && id.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    };
    match code {
        "INVALID_REGION" => Region::parse(text).is_some(),
        "INVALID_VPC_FORMAT" => is_id("vpc-"),
        "INVALID_VPCE_FORMAT" => is_id("vpce-"),
        _ => {
            text.split_once(".amazonaws.").and_then(|(name, _)| name.rsplit_once('.')).is_some_and(|(name, region)| {
                let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
                Region::parse(region).is_some() && name.bytes().all(is_name)
            })
        }
    }
}

/// What is said of the variables of a text, where variables may stand.
pub(super) fn variables(policy: &Policy<'_>, said: &Said<'_>, report: &mut Report) {
    let text = said.text;
    let mut add = |code: &'static str, sentence: String| report.add(code, said.place, &said.path, sentence);
    if !text.contains("${") {
        return;
    }
    if !closes(text) {
        return add("MISSING_BRACE_IN_VARIABLE", format!("a variable in {text} is not closed"));
    }
    if !policy.knows_variables() {
        add("VARIABLE_UNSUPPORTED_IN_VERSION", format!("a document of this version takes {text} literally"));
    }
    for inside in text.split("${").skip(1).filter_map(|rest| rest.split_once('}')).map(|(inside, _)| inside) {
        let (name, default) = inside.split_once(',').map_or((inside, None), |(name, rest)| (name, Some(rest.trim())));
        if name.trim().is_empty() {
            add("EMPTY_VARIABLE", format!("a variable in {text} has no name"));
        } else if name.contains(char::is_whitespace) {
            add("UNSUPPORTED_SPACE_IN_VARIABLE", format!("the name of a variable in {text} has a space"));
        }
        if default.is_some_and(|own| own.len() < 2 || !own.starts_with('\'') || !own.ends_with('\'')) {
            add("MISSING_QUOTE_IN_VARIABLE", format!("a default in {text} is not between single quotes"));
        }
    }
}

/// What is said of a text in which variables mean nothing.
pub(super) fn elsewhere(said: &Said<'_>, report: &mut Report) {
    if said.text.contains("${") {
        let sentence = format!("{} stands where no variable means anything", said.text);
        report.add("VARIABLE_UNSUPPORTED_IN_ELEMENT", said.place, &said.path, sentence);
    }
}

/// Whether each variable is closed.
fn closes(text: &str) -> bool {
    text.split("${").skip(1).all(|rest| rest.find('}').is_some_and(|end| !rest[..end].contains('{')))
}

fn is_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digit = |byte: u8| byte.is_ascii_digit();
    !(whole.is_empty() && fraction.is_empty()) && whole.bytes().all(is_digit) && fraction.bytes().all(is_digit)
}

fn is_date(text: &str) -> bool {
    is_number(text) || pocket_kms::arguments::moment(text).is_ok() || {
        let fields: Vec<&str> = text.split('-').collect();
        let digits = |text: &&str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        match fields[..] {
            [year] => digits(&year, 4),
            [year, month] => digits(&year, 4) && digits(&month, 2),
            [year, month, day] => digits(&year, 4) && digits(&month, 2) && (digits(&day, 2) || day.contains('T')),
            _ => text.contains('T'),
        }
    }
}

/// A range of addresses: it must be one, and have no bits behind its prefix.
fn range(text: &str, add: &mut impl FnMut(&'static str, String)) {
    let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
    let (Ok(address), Ok(prefix)) = (address.parse::<IpAddr>(), prefix.map(str::parse::<u32>).transpose()) else {
        add("TYPE_MISMATCH_IP_RANGE", format!("{text} is not a range of addresses, such as 203.0.113.0/24"));
        return;
    };
    let (first, bits): (IpAddr, u32) = match (address, prefix) {
        (IpAddr::V4(address), Some(prefix)) if prefix <= 32 => (
            std::net::Ipv4Addr::from_bits(address.to_bits() & !u32::MAX.checked_shr(prefix).unwrap_or(0)).into(),
            prefix,
        ),
        (IpAddr::V6(address), Some(prefix)) if prefix <= 128 => (
            std::net::Ipv6Addr::from_bits(address.to_bits() & !u128::MAX.checked_shr(prefix).unwrap_or(0)).into(),
            prefix,
        ),
        (_, Some(_)) => return add("TYPE_MISMATCH_IP_RANGE", format!("{text} has a prefix that is too long")),
        (_, None) => return,
    };
    if first != address {
        add("IMPROVE_IP_RANGE", format!("{text} means {first}/{bits}"));
    }
}
