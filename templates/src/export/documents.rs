//! Documents in which ids of keys become references.

use pocket_kms::{Value, wire::Members};

/// A document with each text replaced by what `write` makes of it.
pub(super) fn rewritten(document: &Value, write: &impl Fn(&str) -> Value) -> Value {
    match document {
        Value::Text(text) => write(text),
        Value::List(values) => Value::List(values.iter().map(|value| rewritten(value, write)).collect()),
        Value::Map(members) => {
            let members: Members =
                members.iter().map(|(name, value)| (name.clone(), rewritten(value, write))).collect();
            Value::Map(members)
        }
        scalar => scalar.clone(),
    }
}

/// The pieces of a text: what stands between ids of keys, and the places of those keys in `ids`.
pub(super) fn pieces<'t>(text: &'t str, ids: &[&str]) -> Vec<Result<&'t str, usize>> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    loop {
        let found = ids.iter().enumerate().filter_map(|(key, id)| Some((rest.find(id)?, key, id.len()))).min();
        let Some((place, key, length)) = found else { break };
        pieces.push(Ok(&rest[..place]));
        pieces.push(Err(key));
        rest = &rest[place + length..];
    }
    pieces.push(Ok(rest));
    pieces
}
