//! The published regular expressions as predicates; a test compares each with the real expression.

use crate::text::fields;

fn every(text: &str, allowed: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(allowed)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_lower_hex(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)
}

fn is_base32(byte: u8) -> bool {
    (b'2'..=b'7').contains(&byte) || byte.is_ascii_alphabetic()
}

/// White space of a Java regular expression.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | 0x0b | 0x0c | b'\r')
}

pub(super) fn account_id(text: &str) -> bool {
    text.len() == 12 && every(text, |b| b.is_ascii_digit())
}

pub(super) fn alias_name(text: &str) -> bool {
    every(text, |b| is_word(b) || matches!(b, b':' | b'/' | b'-'))
}

pub(super) fn grant_name(text: &str) -> bool {
    alias_name(text)
}

pub(super) fn backing_key_id(text: &str) -> bool {
    every(text, is_lower_hex)
}

pub(super) fn backing_key_id_response(text: &str) -> bool {
    backing_key_id(text)
}

pub(super) fn cloud_hsm_cluster_id(text: &str) -> bool {
    text.strip_prefix("cluster-").is_some_and(|id| (11..=16).contains(&id.len()) && every(id, is_base32))
}

pub(crate) fn grant_constraint_source_arn(text: &str) -> bool {
    let Some([arn, partition, service, region, account, resource]) = fields(text) else { return false };
    let dashed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    arn == "arn"
        && partition.strip_prefix("aws").is_some_and(|rest| rest.bytes().all(dashed))
        && every(service, dashed)
        && region.bytes().all(dashed)
        && account_id(account)
        && !resource.is_empty()
        && !resource.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
}

pub(super) fn key_material_description(text: &str) -> bool {
    every(text, |b| is_word(b) || is_space(b) || matches!(b, b':' | b'/' | b'.' | b'-'))
}

/// A pattern that the model does not publish, but that AWS names when it is violated.
pub(super) fn key_id(text: &str) -> bool {
    !text.is_empty() && text.is_ascii()
}

pub(super) fn marker(text: &str) -> bool {
    text.chars().all(|c| ('\u{20}'..='\u{ff}').contains(&c))
}

pub(super) fn policy_name(text: &str) -> bool {
    every(text, is_word)
}

pub(super) fn policy(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{ff}'))
}

/// Also what every name of a principal is made of.
pub(crate) fn principal_id(text: &str) -> bool {
    every(text, |b| is_word(b) || matches!(b, b'+' | b'=' | b',' | b'.' | b'@' | b':' | b'/' | b'-'))
}

/// The pattern of [`crate::names::Region`], whose length stands in a constraint of its own.
pub(super) fn region(text: &str) -> bool {
    let words: Vec<&str> = text.split('-').collect();
    let Some((number, words)) = words.split_last().filter(|(_, words)| (2..=3).contains(&words.len())) else {
        return false;
    };
    words.iter().all(|word| every(word, |b| b.is_ascii_lowercase())) && every(number, |b| b.is_ascii_digit())
}

pub(super) fn service_principal(text: &str) -> bool {
    text.split('.').count() >= 3 && text.split('.').all(|part| every(part, |b| b.is_ascii_alphanumeric() || b == b'-'))
}

pub(super) fn xks_key_id(text: &str) -> bool {
    every(text, |b| is_word(b) || matches!(b, b'-' | b'.'))
}

pub(super) fn xks_proxy_authentication_access_key_id(text: &str) -> bool {
    every(text, |b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b))
}

pub(super) fn xks_proxy_authentication_raw_secret_access_key(text: &str) -> bool {
    every(text, |b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'+' | b'='))
}

pub(super) fn xks_proxy_uri_endpoint(text: &str) -> bool {
    text.strip_prefix("https://")
        .is_some_and(|host| every(host, |b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')))
}

pub(super) fn xks_proxy_uri_path(text: &str) -> bool {
    let Some((prefix, version)) = text.rsplit_once("/kms/xks/v") else {
        return false;
    };
    let named =
        prefix.len() > 1 && prefix.starts_with('/') && prefix.bytes().all(|b| is_word(b) || matches!(b, b'/' | b'-'));
    (prefix.is_empty() || named) && version.len() <= 2 && every(version, |b| b.is_ascii_digit())
}

pub(super) fn xks_proxy_vpc_endpoint_service_name(text: &str) -> bool {
    let Some((head, service)) = text.split_once(".vpce-svc-") else {
        return false;
    };
    let home = head.strip_prefix("com.amazonaws.vpce.").or_else(|| head.strip_prefix("eu.amazonaws.vpce."));
    home.is_some_and(region) && every(service, |b| b.is_ascii_lowercase() || b.is_ascii_digit())
}
