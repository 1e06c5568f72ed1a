//! Policy documents in the directory's JSON form: a structure, or its text; and how long each kind may be.
//!
//! Sources: IAM User Guide, "IAM and AWS STS quotas"; AWS Organizations User Guide, "Quotas and service limits"; Amazon VPC
//! User Guide, "Quotas for VPC endpoints".

use std::sync::Arc;

use super::rows::NamedPolicy;
use crate::{
    error::Error,
    names::is_iam_name,
    policy::{Kind, PolicyRow},
    state::form_value::FormValue,
    wire::{self, Value},
};

/// The longest text that is read at all, in bytes: twice the longest document, and white space.
const MOST_BYTES: usize = 65_536;

/// How a document may be given.
const DOCUMENT: &str = "a policy document: a structure with Version and Statement, or its JSON text";

/// Reads a document of a kind, of at most `most` characters.
pub(crate) fn document(said: &FormValue<'_>, kind: Kind, most: usize) -> Result<Arc<PolicyRow>, Error> {
    let text = text(said)?;
    let row = PolicyRow::parse(text, kind).map_err(|malformed| said.wrong(malformed.refusal(kind)))?;
    fits(said, length(&row), most)?;
    Ok(Arc::new(row))
}

fn text(said: &FormValue<'_>) -> Result<String, Error> {
    match said.value {
        Value::Map(_) if is_json(said.value) => {
            String::from_utf8(wire::to_json(said.value)).map_err(|_| said.must_be(DOCUMENT))
        }
        Value::Text(text) if text.len() <= MOST_BYTES => Ok(text.clone()),
        Value::Text(_) => Err(said.wrong(format!("is longer than {MOST_BYTES} bytes"))),
        _ => Err(said.must_be(DOCUMENT)),
    }
}

/// Whether a value has only what JSON has. Its depth is bounded: the whole form was admitted.
fn is_json(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Text(_) => true,
        Value::List(values) => values.iter().all(is_json),
        Value::Map(members) => members.iter().all(|(_, value)| is_json(value)),
        Value::Blob(_) | Value::Secret(_) | Value::Time(_) => false,
    }
}

/// The characters of a document, without white space, as quotas count them.
fn length(policy: &PolicyRow) -> usize {
    policy.text().chars().filter(|character| !character.is_whitespace()).count()
}

fn fits(said: &FormValue<'_>, length: usize, most: usize) -> Result<(), Error> {
    if length <= most {
        return Ok(());
    }
    Err(said.wrong(format!("has {length} characters without white space: at most {most} are allowed")))
}

/// Reads the inline policies of a principal, which together have at most `most` characters: a map of documents by their
/// names, or a list of documents, which are named `policy-1` and so on.
pub(super) fn inline(said: &FormValue<'_>, most: usize) -> Result<Vec<NamedPolicy>, Error> {
    /// More do not fit into any quota.
    const MOST: usize = 512;
    let mut policies: Vec<NamedPolicy> = Vec::new();
    if let Value::List(_) = said.value {
        for (index, value) in said.list("a list of documents", MOST)?.iter().enumerate() {
            let (step, name) = (format!("[{index}]"), format!("policy-{}", index + 1));
            policies.push((name.into(), document(&said.within(&step, value), Kind::IdentityPolicy, usize::MAX)?));
        }
    } else {
        for (name, value) in said.members("documents by their names, or a list of documents")? {
            let said = said.within(name, value);
            if !is_iam_name(name, 128) {
                return Err(
                    said.wrong("is not the name of a policy: 1 to 128 letters, digits and characters of +=,.@-_")
                );
            }
            policies.push((name.as_ref().into(), document(&said, Kind::IdentityPolicy, usize::MAX)?));
        }
    }
    fits(said, policies.iter().map(|(_, policy)| length(policy)).sum(), most)?;
    Ok(policies)
}
