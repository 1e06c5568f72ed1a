//! `responseElements`: a reply as a record shows it.

use super::{
    Facts,
    json::Json,
    operations::{Element, Row},
};
use crate::wire::Value;

/// What a record shows of a reply, as JSON text; `None` for every operation that only reads, and for every refusal
/// (AUD-34).
pub(super) fn of(row: &Row, facts: &Facts<'_>) -> Option<Box<str>> {
    let reply = facts.reply.as_ref().ok().filter(|_| !row.elements.is_empty())?;
    let key = || facts.subjects.first().map(|subject| subject.arn);
    let mut json = Json::new();
    for element in row.elements {
        match element {
            Element::Key => key().into_iter().for_each(|key| json.name("KeyId").id(&key)),
            Element::Reply(name) => {
                reply.member(name).into_iter().for_each(|member| json.name(name).value(member));
            }
        }
    }
    json.finish()
}

/// One member of a reply, as a record shows it alone.
pub(super) fn shown(name: &str, value: &Value) -> Option<Box<str>> {
    let mut json = Json::new();
    json.name(name).value(value);
    json.finish()
}
