//! What is said of the document as a whole: its version, its length, its names, and what is empty.

use std::collections::BTreeMap;

use super::{Kind, Report, reading::Policy};
use crate::text::{Content, Node};

/// The longest key policy, in bytes (the KMS Developer Guide, "Quotas").
const KEY_POLICY_BYTES: usize = 32_768;
/// The longest managed policy and the longest resource control policy, in characters without white space.
const MANAGED_CHARACTERS: usize = 6144;
const RESOURCE_CONTROL_CHARACTERS: usize = 5120;
/// The longest service control policy (AWS Organizations User Guide, "Quotas and service limits"), and the longest trust
/// policy while nobody has raised the quota (IAM User Guide, "IAM and AWS STS quotas").
const SERVICE_CONTROL_CHARACTERS: usize = 10_240;
const TRUST_CHARACTERS: usize = 2048;

pub(super) fn check(document: &str, policy: &Policy<'_>, report: &mut Report) {
    if policy.root.member("Version").is_none() && !policy.root.members().is_empty() {
        report.add("MISSING_VERSION", policy.root.place, "Version", "the document says no version: it is one of 2008");
    }
    length(document, policy, report);
    names(policy, report);
    for statement in &policy.statements {
        for (element, array, object) in [
            ("Action", "EMPTY_ARRAY_ACTION", None),
            ("Resource", "EMPTY_ARRAY_RESOURCE", None),
            ("Principal", "EMPTY_ARRAY_PRINCIPAL", Some("EMPTY_OBJECT_PRINCIPAL")),
            ("Condition", "EMPTY_ARRAY_CONDITION", Some("EMPTY_OBJECT_CONDITION")),
        ] {
            let code = match statement.node.member(element).map(|node| &node.content) {
                Some(Content::List(values)) if values.is_empty() => Some(array),
                Some(Content::Map(members)) if members.is_empty() => object,
                _ => None,
            };
            if let Some(code) = code {
                let path = format!("{}.{element}", statement.path);
                report.add(code, statement.place_of(element), &path, format!("{element} is empty"));
            }
        }
        if statement.sid == Some("") {
            let path = format!("{}.Sid", statement.path);
            report.add("EMPTY_SID_VALUE", statement.place_of("Sid"), &path, "the name of the statement is empty");
        }
    }
}

fn length(document: &str, policy: &Policy<'_>, report: &mut Report) {
    let characters = document.chars().filter(|character| !character.is_whitespace()).count();
    let (code, most, length, unit) = match policy.kind {
        Kind::Key => ("POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA", KEY_POLICY_BYTES, document.len(), "bytes"),
        Kind::Identity => ("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", MANAGED_CHARACTERS, characters, "characters"),
        Kind::ResourceControl => {
            ("POLICY_SIZE_EXCEEDS_RCP_QUOTA", RESOURCE_CONTROL_CHARACTERS, characters, "characters")
        }
        Kind::ServiceControl => ("POLICY_SIZE_EXCEEDS_SCP_QUOTA", SERVICE_CONTROL_CHARACTERS, characters, "characters"),
        Kind::Trust => ("POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA", TRUST_CHARACTERS, characters, "characters"),
        _ => return,
    };
    if length > most {
        report.add(
            code,
            policy.root.place,
            "",
            format!("the document has {length} {unit}: at most {most} are allowed"),
        );
    }
}

/// Statements of the same name, and statements that are written twice.
fn names(policy: &Policy<'_>, report: &mut Report) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    // Where names must differ, the grammar says so.
    for statement in policy.statements.iter().filter(|_| matches!(policy.kind, Kind::Key | Kind::Endpoint)) {
        let Some(sid) = statement.sid.filter(|sid| !sid.is_empty()) else { continue };
        if let Some(first) = seen.insert(sid, &statement.path) {
            let path = format!("{}.Sid", statement.path);
            let sentence = format!("{first} has the name {sid}, too");
            report.add("UNIQUE_SIDS_RECOMMENDED", statement.place_of("Sid"), &path, sentence);
        }
    }
    let without_name = |node: &Node| -> String {
        let members = node.members().iter().filter(|member| member.name != "Sid");
        members.fold(String::new(), |text, member| text + &member.name + " " + &plain(&member.node))
    };
    let mut written: BTreeMap<String, &str> = BTreeMap::new();
    for statement in &policy.statements {
        if let Some(first) = written.insert(without_name(statement.node), &statement.path) {
            let sentence = format!("{first} says the same");
            report.add("REDUNDANT_STATEMENT", statement.node.place, &statement.path, sentence);
        }
    }
}

/// A value without its places.
fn plain(node: &Node) -> String {
    match &node.content {
        Content::List(elements) => elements.iter().map(|one| plain(one) + ",").collect(),
        Content::Map(members) => {
            members.iter().fold(String::new(), |text, one| text + &one.name + ":" + &plain(&one.node) + ";")
        }
        _ => format!("{:?}", node.text()),
    }
}
