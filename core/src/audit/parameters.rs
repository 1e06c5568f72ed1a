//! `requestParameters`: a request as a record shows it (AUD-109 to AUD-115).

use super::{
    json::Json,
    operations::{Otherwise, Row},
};
use crate::{
    operations::Operation,
    wire::{Table, Typed},
};

/// What a record shows of a request, as JSON text; `None` where nothing remains (AUD-115).
pub(super) fn of(row: &Row, operation: &Operation, request: &dyn Typed) -> Option<Box<str>> {
    let Table::Structure { members, .. } = operation.input else { return None };
    let mut json = Json::new();
    for parameter in row.parameters {
        let name = shown(parameter.name);
        let member = members.iter().find(|member| member.name == parameter.name);
        match (request.member(parameter.name), member) {
            (Some(given), Some(member)) => json.member(name, &given, member.table),
            _ => fill(&mut json, name, parameter.otherwise, request),
        }
    }
    json.finish()
}

/// The name of a member in records; one differs from the API's (AUD-109).
fn shown(name: &str) -> &str {
    if name == "CloudHsmClusterId" { "ClusterId" } else { name }
}

/// Shows what KMS fills in for a member that is left out (AUD-113).
fn fill(json: &mut Json, name: &str, otherwise: Otherwise, request: &dyn Typed) {
    match otherwise {
        Otherwise::Nothing => {}
        Otherwise::Text(text) => json.name(name).text(text),
        Otherwise::No => json.name(name).flag(false),
        Otherwise::Number(number) => json.name(name).number(number),
        Otherwise::Spec => json.name(name).text(spec(request)),
        // Keys of other specs have a usage that their maker must choose.
        Otherwise::Usage if spec(request) != SYMMETRIC => {}
        Otherwise::Usage => json.name(name).text("ENCRYPT_DECRYPT"),
    }
}

/// The spec of keys whose maker chooses none.
const SYMMETRIC: &str = "SYMMETRIC_DEFAULT";

/// The spec of a key to be made: the request may give it under an old name.
fn spec(request: &dyn Typed) -> &str {
    let given = |name| request.member(name).and_then(|spec| spec.text());
    given("KeySpec").or_else(|| given("CustomerMasterKeySpec")).unwrap_or(SYMMETRIC)
}
