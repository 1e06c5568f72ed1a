//! The linter of policies: what a policy that concerns KMS does not do as its author may think.
//!
//! What AWS documents has AWS's code and severity ("IAM policy validation check reference" of IAM Access Analyzer); the traps
//! of the KMS Developer Guide have codes of ours, which begin with `KMS_`. The sentences are ours. What keeps a policy from
//! being one is told by the grammar of the core, which is the one that decides.

mod actions;
mod codes;
mod conditions;
mod grammar;
mod principals;
mod reading;
mod resources;
mod shape;
mod traps;
mod values;

use pocket_kms::{Value, order, policy};

pub use codes::{CODES, Code, Severity};

use crate::{
    problem::Place,
    text::{self, Node},
};
use reading::Policy;

/// What a policy is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A key policy.
    Key,
    /// A policy of a user, a role or a group, or a permissions boundary.
    Identity,
    /// A session policy.
    Session,
    /// A service control policy.
    ServiceControl,
    /// A resource control policy.
    ResourceControl,
    /// The policy of a VPC endpoint.
    Endpoint,
    /// The trust policy of a role.
    Trust,
}

impl Kind {
    /// All kinds, with the names that they have in values.
    pub const ALL: [(&'static str, Self); 7] = [
        ("key", Self::Key),
        ("identity", Self::Identity),
        ("session", Self::Session),
        ("serviceControl", Self::ServiceControl),
        ("resourceControl", Self::ResourceControl),
        ("endpoint", Self::Endpoint),
        ("trust", Self::Trust),
    ];

    /// The kind of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, kind)| kind)
    }

    const fn of_core(self) -> policy::Kind {
        match self {
            Self::Key => policy::Kind::ResourcePolicy,
            Self::Identity => policy::Kind::IdentityPolicy,
            Self::Session => policy::Kind::SessionPolicy,
            Self::ServiceControl => policy::Kind::ServiceControlPolicy,
            Self::ResourceControl => policy::Kind::ResourceControlPolicy,
            Self::Endpoint => policy::Kind::EndpointPolicy,
            Self::Trust => policy::Kind::TrustPolicy,
        }
    }
}

/// What is known around a policy; each of it may be absent.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Surroundings {
    /// The account of the key, or of the principal.
    pub account: Option<String>,
}

/// Something that a policy does not do as its author may think.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The code: see [`CODES`].
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// The way through the document, such as `Statement[0].Condition.StringEquals`.
    pub path: String,
    /// What is found.
    pub sentence: String,
    /// Why that matters.
    pub reason: &'static str,
    /// What to do instead.
    pub mend: &'static str,
}

impl Finding {
    /// The finding as a value: `code`, `severity`, `line`, `column` (from 1; null where nobody knows), `path`, `sentence`,
    /// `reason`, `mend`.
    pub fn to_value(&self) -> Value {
        let number = |number: u32| if number == 0 { Value::Null } else { Value::Int(i64::from(number)) };
        Value::from([
            ("code", Value::from(self.code)),
            ("severity", Value::from(self.severity.name())),
            ("line", number(self.place.line)),
            ("column", number(self.place.column)),
            ("path", Value::from(self.path.as_str())),
            ("sentence", Value::from(self.sentence.as_str())),
            ("reason", Value::from(self.reason)),
            ("mend", Value::from(self.mend)),
        ])
    }
}

/// The findings of a document, in the order in which they stand in it.
pub fn lint(document: &str, kind: Kind, surroundings: &Surroundings) -> Vec<Finding> {
    let root = match text::read("policy.json", document) {
        Ok(root) => root,
        Err(problem) => {
            let mut report = Report::default();
            report.add(grammar::code_of(document, kind), problem.place, &problem.path, problem.sentence);
            return report.findings;
        }
    };
    let policy = Policy::read(&root, kind);
    let mut report = Report::default();
    grammar::check(document, &policy, &mut report);
    shape::check(document, &policy, &mut report);
    for statement in &policy.statements {
        actions::check(&policy, statement, &mut report);
        resources::check(&policy, statement, &mut report);
        principals::check(&policy, statement, &mut report);
        conditions::check(&policy, statement, &mut report);
    }
    traps::check(&policy, surroundings, &mut report);
    let mut findings =
        order::sorted(report.findings, |one, other| (one.place, one.code).cmp(&(other.place, other.code)));
    // The grammar and the rules may say the same of one place.
    findings.dedup_by(|one, other| (one.place, one.code, &one.path) == (other.place, other.code, &other.path));
    findings
}

/// Whether a key policy lets nobody change it, which KMS refuses unless its safety check is bypassed.
pub(crate) fn locks_out(root: &Node) -> bool {
    let policy = Policy::read(root, Kind::Key);
    !policy.statements.is_empty() && traps::locks_out(&policy)
}

/// The same of the text of a key policy.
pub(crate) fn locks_out_by_text(document: &str) -> bool {
    text::read("policy.json", document).is_ok_and(|root| locks_out(&root))
}

/// The same of a key policy that is a value: a structure, or its text.
pub(crate) fn locks_out_by(document: &Value) -> bool {
    match document {
        Value::Text(text) => locks_out_by_text(text),
        structure => String::from_utf8(pocket_kms::wire::to_json(structure)).is_ok_and(|text| locks_out_by_text(&text)),
    }
}

/// Does the same with a value: `document` (text, or a structure), `kind`, and perhaps `account`. Gives a list of findings.
///
/// # Errors
/// A sentence that says what the input must have.
pub fn lint_value(input: &Value) -> Result<Value, String> {
    let text = match input.member("document") {
        Some(Value::Text(text)) => text.clone(),
        Some(structure @ Value::Map(_)) => String::from_utf8(pocket_kms::wire::to_json(structure)).unwrap_or_default(),
        _ => return Err("document is a policy: its text, or a structure".to_owned()),
    };
    let name = input.member("kind").and_then(Value::as_text).unwrap_or("key");
    let kind = Kind::parse(name).ok_or_else(|| {
        let names: Vec<&str> = Kind::ALL.iter().map(|(name, _)| *name).collect();
        format!("kind is one of {}", names.join(", "))
    })?;
    let account = input.member("account").and_then(Value::as_text).map(str::to_owned);
    let findings = lint(&text, kind, &Surroundings { account });
    Ok(Value::List(findings.iter().map(Finding::to_value).collect()))
}

/// Findings while they are collected.
#[derive(Default)]
struct Report {
    findings: Vec<Finding>,
}

/// How many findings are told: nobody reads more than that of one document.
const MOST: usize = 500;

impl Report {
    fn add(&mut self, code: &'static str, place: Place, path: &str, sentence: impl Into<String>) {
        let Some(known) = CODES.iter().find(|known| known.code == code) else { return };
        if self.findings.len() < MOST {
            self.findings.push(Finding {
                code: known.code,
                severity: known.severity,
                place,
                path: path.to_owned(),
                sentence: shortened(sentence.into()),
                reason: known.reason,
                mend: known.mend,
            });
        }
    }
}

/// A sentence that shows parts of a document may be very long.
fn shortened(sentence: String) -> String {
    match sentence.char_indices().nth(500) {
        Some((end, _)) => sentence[..end].to_owned() + "...",
        None => sentence,
    }
}
