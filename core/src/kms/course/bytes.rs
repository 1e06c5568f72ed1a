//! What a call was given and has answered, as far as everybody may see it: choices and numbers as they are, of bytes their
//! length alone, and of ciphertexts what they say about themselves.

use super::CourseWriter;
use crate::{
    ciphertext,
    wire::{Member, Name, Seen, Table, Value},
};

impl CourseWriter<'_> {
    /// What the request gives to be worked with.
    pub(super) fn given(&self) -> Vec<Value> {
        let (Some(operation), Some(request)) = (self.operation, &self.request) else { return Vec::new() };
        let said = members(operation.input).iter().filter_map(|member| {
            let facts = match (member.table, request.typed().member(member.name)?) {
                (Table::Blob { sensitive, .. }, Seen::Bytes(bytes)) => of_bytes(bytes, *sensitive),
                (Table::Choice { .. }, Seen::Text(text)) => vec![(Name::Borrowed("value"), text.into())],
                (Table::Number { .. }, Seen::Number(number)) => vec![(Name::Borrowed("value"), Value::Int(number))],
                (Table::Structure { .. }, Seen::Structure(_)) if member.name == "Recipient" => Vec::new(),
                _ => return None,
            };
            Some(of_member(member, facts))
        });
        said.collect()
    }

    /// What the reply holds.
    pub(super) fn answered(&self) -> Vec<Value> {
        let (Some(operation), Ok(reply)) = (self.operation, self.ended.reply) else { return Vec::new() };
        let said = operation.output.map_or(&[][..], members).iter().filter_map(|member| {
            let facts = match (member.table, reply.member(member.name)?) {
                (Table::Blob { sensitive, .. }, Value::Blob(bytes)) => of_bytes(bytes, *sensitive),
                (Table::Blob { .. }, Value::Secret(bytes)) => of_bytes(bytes, true),
                (Table::Choice { .. } | Table::Flag { .. }, value @ (Value::Text(_) | Value::Bool(_))) => {
                    vec![(Name::Borrowed("value"), value.clone())]
                }
                (Table::Text { sensitive: false, .. }, Value::Text(text)) if is_id(member.name) => {
                    vec![(Name::Borrowed("value"), text.as_str().into())]
                }
                _ => return None,
            };
            Some(of_member(member, facts))
        });
        said.collect()
    }
}

fn members(table: &'static Table) -> &'static [Member] {
    match table {
        Table::Structure { members, .. } => members,
        _ => &[],
    }
}

/// Whether a text of a reply names the key material that was used.
fn is_id(name: &str) -> bool {
    name.ends_with("KeyMaterialId")
}

fn of_member(member: &Member, facts: Vec<(Name, Value)>) -> Value {
    let name = (Name::Borrowed("member"), Value::from(member.name));
    Value::Map([name].into_iter().chain(facts).collect())
}

fn of_bytes(bytes: &[u8], secret: bool) -> Vec<(Name, Value)> {
    let mut facts = vec![(Name::Borrowed("length"), Value::count(bytes.len())), ("secret".into(), Value::Bool(secret))];
    if let Some(said) = ciphertext::describe(bytes).filter(|_| !secret) {
        facts.push(("materialId".into(), said.material_id.to_string().into()));
        facts.push(("cipher".into(), said.aead.as_str().into()));
        facts.push(("plaintextLength".into(), Value::count(said.plaintext_length)));
        facts.push(("external".into(), Value::Bool(said.external.is_some())));
    }
    facts
}
