//! TypeScript: an interface per structure, a union per enumeration, and the map of all operations.

use std::fmt::Write;

use pocket_kms::{
    operations::Operation,
    wire::{Member, Table},
};

use crate::{constraint, model::Model};

const HEAD: &str = "/**
 * The requests and replies of every operation, printed from the tables of the core by `cargo xtask types`.
 *
 * Blobs are bytes; where a request takes an instant, a number counts seconds since 1970 as the wire does.
 */
";

/// The declarations.
pub(crate) fn print(model: &Model) -> String {
    let mut text = HEAD.to_owned();
    for (name, values) in &model.choices {
        let values: Vec<String> = values.iter().map(|value| format!("'{value}'")).collect();
        line(&mut text, format_args!("\nexport type {name} =\n  | {};", values.join("\n  | ")));
    }
    for (name, members) in &model.structures {
        structure(&mut text, name, members, model.is_sent(name));
    }
    operations(&mut text, model);
    text
}

fn structure(text: &mut String, name: &str, members: &[Member], sent: bool) {
    line(text, format_args!("\nexport interface {name} {{"));
    for member in members {
        if let Some(sentence) = constraint::sentence(member.table) {
            // A pattern may contain the end of a comment.
            line(text, format_args!("  /** {} */", sentence.replace("*/", "*\\/")));
        }
        let present = member.required || (member.certain && !sent);
        let mark = if present { "" } else { "?" };
        // Whoever sends may say that there is none, as to the SDK, also where `exactOptionalPropertyTypes` tells it from silence.
        let none = if sent && !present { " | undefined" } else { "" };
        line(text, format_args!("  {}{mark}: {}{none};", member.name, shown(member.table, sent)));
    }
    line(text, format_args!("}}"));
}

fn shown(table: &Table, sent: bool) -> String {
    match table {
        Table::Text { .. } => "string".to_owned(),
        Table::Blob { .. } => "Uint8Array".to_owned(),
        Table::Number { .. } => "number".to_owned(),
        Table::Flag { .. } => "boolean".to_owned(),
        Table::Timestamp { .. } if sent => "Date | number".to_owned(),
        Table::Timestamp { .. } => "Date".to_owned(),
        Table::List { of, .. } => format!("{}[]", shown(of, sent)),
        Table::Map { value, .. } => format!("Record<string, {}>", shown(value, sent)),
        Table::Choice { name, .. } | Table::Structure { name, .. } => (*name).to_owned(),
    }
}

fn operations(text: &mut String, model: &Model) {
    text.push_str(
        "\n/** The reply of an operation that replies nothing. */\nexport type Nothing = Record<string, never>;\n",
    );
    text.push_str("\n/** Each operation's name, its request and its reply. */\nexport interface Operations {\n");
    for operation in model.operations {
        let Operation { name, input, output, .. } = operation;
        let output = output.map_or("Nothing", Table::name);
        line(text, format_args!("  {name}: [{}, {output}];", input.name()));
    }
    text.push_str("}\n");
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "{arguments}");
}
