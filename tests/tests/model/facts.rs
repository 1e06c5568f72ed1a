//! Tables as named facts, so that a test can compare two sides fact by fact.

use std::collections::BTreeMap;

use pocket_kms::{
    Exception,
    operations::{self, Operation, Reach},
    wire::{Length, Table},
};
use serde_json::Value;

/// Facts by their names.
pub(crate) type Facts = BTreeMap<String, String>;

/// The facts of our tables.
pub(crate) fn ours() -> Facts {
    let mut facts = Facts::new();
    for row in operations::TABLE {
        of_operation(row, &mut facts);
    }
    for exception in Exception::ALL {
        facts.insert(format!("exception {} status", exception.name()), exception.status().to_string());
    }
    facts
}

fn of_operation(row: &Operation, facts: &mut Facts) {
    let name = row.name;
    let errors = row.raises.iter().map(|exception| exception.name().to_owned());
    let reach = match row.reach {
        Reach::AnyAccount => "keys of any account",
        Reach::OwnAccount => "keys of the caller's account",
        Reach::NoKey => "no key",
    };
    facts.insert(format!("operation {name} errors"), sorted(errors.collect()));
    facts.insert(format!("operation {name} reach"), reach.to_owned());
    for (side, table) in [("input", Some(row.input)), ("output", row.output)] {
        facts.insert(format!("operation {name} {side}"), table.map_or("nothing", Table::name).to_owned());
        if let Some(table) = table {
            of_table(table, facts);
        }
    }
}

fn of_table(table: &Table, facts: &mut Facts) {
    let name = table.name();
    let mut say = |what: &str, text: String| facts.insert(format!("shape {name} {what}"), text);
    let kind = match table {
        Table::Text { length, pattern, .. } => {
            say("range", range(*length));
            say("pattern", pattern.map_or("none", |pattern| pattern.published).to_owned());
            "string"
        }
        Table::Choice { values, .. } => {
            say("values", sorted(values.iter().map(|&value| value.to_owned()).collect()));
            "string"
        }
        Table::Blob { length, .. } => {
            say("range", range(*length));
            "blob"
        }
        Table::Number { range: bounds, .. } => {
            say("range", range(*bounds));
            "integer"
        }
        Table::Flag { .. } => "boolean",
        Table::Timestamp { .. } => "timestamp",
        Table::List { length, of, .. } => {
            say("range", range(*length));
            say("of", of.name().to_owned());
            "list"
        }
        Table::Map { key, value, .. } => {
            say("of", format!("{} to {}", key.name(), value.name()));
            "map"
        }
        Table::Structure { members, .. } => {
            for member in *members {
                let required = if member.required { " required" } else { "" };
                say(&format!("member {}", member.name), format!("{}{required}", member.table.name()));
            }
            "structure"
        }
    };
    say("kind", kind.to_owned());
    say("sensitive", table.is_sensitive().to_string());
    match table {
        Table::List { of, .. } => of_table(of, facts),
        Table::Map { key, value, .. } => [key, value].into_iter().for_each(|table| of_table(table, facts)),
        Table::Structure { members, .. } => members.iter().for_each(|member| of_table(member.table, facts)),
        _ => {}
    }
}

fn range(length: Length) -> String {
    bounds(length.min, length.max)
}

fn bounds(min: Option<i64>, max: Option<i64>) -> String {
    let text = |bound: Option<i64>| bound.map_or_else(String::new, |bound| bound.to_string());
    format!("{}..{}", text(min), text(max))
}

fn sorted(mut names: Vec<String>) -> String {
    names.sort();
    names.join(" ")
}

/// The facts of the API model.
pub(crate) fn published(model: &Value) -> Facts {
    let mut facts = Facts::new();
    let shapes = &model["shapes"];
    for (name, operation) in members(&model["operations"]) {
        let errors = elements(&operation["errors"]).map(|error| text(&error["shape"]).to_owned());
        facts.insert(format!("operation {name} errors"), sorted(errors.collect()));
        facts.insert(format!("operation {name} reach"), reach(text(&operation["documentation"])).to_owned());
        for side in ["input", "output"] {
            let shape = operation[side]["shape"].as_str();
            facts.insert(format!("operation {name} {side}"), shape.unwrap_or("nothing").to_owned());
            if let Some(shape) = shape {
                of_shape(shape, shapes, &mut facts);
            }
        }
    }
    for (name, shape) in members(shapes).filter(|(_, shape)| shape["exception"] == true) {
        let own = shape["error"]["httpStatusCode"].as_u64();
        let status = own.unwrap_or(if shape["fault"] == true { 500 } else { 400 });
        facts.insert(format!("exception {name} status"), status.to_string());
    }
    facts
}

/// Whose keys an operation works on, according to its documentation.
fn reach(documentation: &str) -> &'static str {
    let crosses = documentation.contains("<b>Cross-account use</b>: Yes") || documentation.contains("use</b>: <b>Yes");
    match (crosses, documentation.contains("(key policy)")) {
        (true, _) => "keys of any account",
        (false, true) => "keys of the caller's account",
        (false, false) => "no key",
    }
}

fn of_shape(name: &str, shapes: &Value, facts: &mut Facts) {
    let shape = &shapes[name];
    let kind = text(&shape["type"]);
    if facts.insert(format!("shape {name} kind"), kind.to_owned()).is_some() {
        return;
    }
    let mut say = |what: &str, text: String| facts.insert(format!("shape {name} {what}"), text);
    say("sensitive", (shape["sensitive"] == true).to_string());
    let range = || bounds(shape["min"].as_i64(), shape["max"].as_i64());
    let mut used = Vec::new();
    match kind {
        "string" if shape["enum"].is_array() => {
            say("values", sorted(elements(&shape["enum"]).map(|value| text(value).to_owned()).collect()));
        }
        "string" => {
            say("range", range());
            say("pattern", shape["pattern"].as_str().unwrap_or("none").to_owned());
        }
        "blob" | "integer" => {
            say("range", range());
        }
        "list" => {
            say("range", range());
            used.push(text(&shape["member"]["shape"]));
            say("of", used[0].to_owned());
        }
        "map" => {
            used.extend([&shape["key"], &shape["value"]].map(|side| text(&side["shape"])));
            say("of", used.join(" to "));
        }
        "structure" => {
            let required: Vec<&str> = elements(&shape["required"]).map(text).collect();
            for (member, of) in members(&shape["members"]) {
                let mark = if required.contains(&member) { " required" } else { "" };
                used.push(text(&of["shape"]));
                say(&format!("member {member}"), format!("{}{mark}", text(&of["shape"])));
            }
        }
        _ => {}
    }
    for name in used {
        of_shape(name, shapes, facts);
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

fn elements(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
