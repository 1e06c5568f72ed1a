//! Python: a typed dictionary per structure, a literal per enumeration, and one overload of `call` per operation.

use std::fmt::Write;

use pocket_kms::{
    operations::Operation,
    wire::{Member, Table},
};

use crate::{constraint, model::Model};

const HEAD: &str = "\"\"\"The requests and replies of every operation, printed from the tables of the core by `cargo xtask types`.\"\"\"

from datetime import datetime
from typing import Literal, Protocol, overload

from typing_extensions import NotRequired, TypeAlias, TypedDict
";

/// The stubs.
pub(crate) fn print(model: &Model) -> String {
    let mut text = HEAD.to_owned();
    for (name, values) in &model.choices {
        literal(&mut text, name, values.iter().copied());
    }
    for (name, members) in &model.structures {
        structure(&mut text, name, members, model.is_sent(name));
    }
    text.push_str("\nclass Nothing(TypedDict):\n    \"\"\"The reply of an operation that replies nothing.\"\"\"\n");
    literal(&mut text, "OperationName", model.operations.iter().map(|operation| operation.name));
    calls(&mut text, model);
    text
}

fn literal<'a>(text: &mut String, name: &str, values: impl Iterator<Item = &'a str>) {
    let values: Vec<String> = values.map(|value| format!("    \"{value}\",\n")).collect();
    line(text, format_args!("\n{name}: TypeAlias = Literal[\n{}]", values.concat()));
}

fn structure(text: &mut String, name: &str, members: &[Member], sent: bool) {
    line(text, format_args!("\nclass {name}(TypedDict):"));
    if members.is_empty() {
        line(text, format_args!("    pass"));
    }
    for member in members {
        let present = member.required || (member.certain && !sent);
        let shown = shown(member.table);
        let shown = if present { shown } else { format!("NotRequired[{shown}]") };
        line(text, format_args!("    {}: {shown}", member.name));
        if let Some(sentence) = constraint::sentence(member.table) {
            line(text, format_args!("    r\"\"\"{sentence}\"\"\""));
        }
    }
}

fn shown(table: &Table) -> String {
    match table {
        Table::Text { .. } => "str".to_owned(),
        Table::Blob { .. } => "bytes".to_owned(),
        Table::Number { .. } => "int".to_owned(),
        Table::Flag { .. } => "bool".to_owned(),
        Table::Timestamp { .. } => "datetime".to_owned(),
        Table::List { of, .. } => format!("list[{}]", shown(of)),
        Table::Map { value, .. } => format!("dict[str, {}]", shown(value)),
        Table::Choice { name, .. } | Table::Structure { name, .. } => (*name).to_owned(),
    }
}

fn calls(text: &mut String, model: &Model) {
    text.push_str("\nclass Calls(Protocol):\n    \"\"\"`call`, typed for every operation.\"\"\"\n");
    for operation in model.operations {
        let Operation { name, input, output, .. } = operation;
        let may_be_empty = matches!(input, Table::Structure { members, .. } if members.iter().all(|m| !m.required));
        let absent = if may_be_empty { " | None = ..." } else { "" };
        let output = output.map_or("Nothing", Table::name);
        line(text, format_args!("\n    @overload"));
        line(text, format_args!("    def call("));
        line(text, format_args!("        self,"));
        line(text, format_args!("        operation: Literal[\"{name}\"],"));
        line(text, format_args!("        input: {}{absent},", input.name()));
        line(text, format_args!("        *,"));
        line(text, format_args!("        region: str | None = ...,"));
        line(text, format_args!("        caller: str | None = ...,"));
        line(text, format_args!("    ) -> {output}: ..."));
    }
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "{arguments}");
}
