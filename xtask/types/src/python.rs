//! Python: a typed dictionary per structure, a literal per enumeration, one overload of `call` and one method of `api`
//! per operation.

use std::fmt::Write;

use pocket_kms::{
    operations::Operation,
    wire::{Member, Table},
};

use crate::{constraint, model::Model};

const HEAD: &str = "\"\"\"The requests and replies of every operation, printed from the tables of the core by `cargo xtask types`.\"\"\"

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias, get_args, overload

if sys.version_info >= (3, 11):
    from typing import NotRequired, TypedDict
else:
    from typing_extensions import NotRequired, TypedDict

from pocket_kms._caller import Caller
from pocket_kms._origin import Origin
";

/// What stands behind the overloads.
const CALL: &str = "
    def call(
        self,
        operation: Any,
        input: Any = None,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Any:
        raise NotImplementedError
";

/// What stands before the methods of `Api`.
const API: &str = "

class Api:
    \"\"\"Every operation as a method, named as in boto3; ``kms.api`` is one.

    ``kms.api(region=..., caller=..., origin=...)`` makes calls that arrive elsewhere or come from somebody else. A member that is
    None is absent. Raises :class:`pocket_kms.KmsError`.
    \"\"\"

    __slots__ = (\"_call\", \"_place\")

    def __init__(self, call: Callable[..., Any], **place: Any) -> None:
        self._call = call
        self._place = place

    def __call__(
        self, *, region: str | None = None, caller: Caller | str | None = None, origin: Origin | None = None
    ) -> \"Api\":
        return Api(self._call, region=region, caller=caller, origin=origin)

    def call(self, operation: str, input: Mapping[str, Any] | None = None) -> dict[str, Any]:
        \"\"\"Makes the call of a name that is known at run time alone, such as one of ``OPERATIONS``.\"\"\"
        answered: dict[str, Any] = self._call(operation, dict(input or {}), **self._place)
        return answered
";

/// The module.
pub(crate) fn print(model: &Model) -> String {
    let mut text = HEAD.to_owned();
    for (name, values) in &model.choices {
        literal(&mut text, name, values.iter().copied());
    }
    for (name, members) in innermost_first(model) {
        structure(&mut text, name, members, model.is_sent(name));
    }
    text.push_str("\n\nclass Nothing(TypedDict):\n    \"\"\"The reply of an operation that replies nothing.\"\"\"\n");
    literal(&mut text, "OperationName", model.operations.iter().map(|operation| operation.name));
    text.push_str("\nOPERATIONS: tuple[OperationName, ...] = get_args(OperationName)\n");
    calls(&mut text, model);
    text.push_str(API);
    for operation in model.operations {
        method(&mut text, operation);
    }
    text
}

fn literal<'a>(text: &mut String, name: &str, values: impl Iterator<Item = &'a str>) {
    let values: Vec<String> = values.map(|value| format!("    \"{value}\",\n")).collect();
    line(text, format_args!("\n{name}: TypeAlias = Literal[\n{}]", values.concat()));
}

/// The structures, each behind those that it contains: Python reads a name when it comes to it.
fn innermost_first(model: &Model) -> Vec<(&'static str, &'static [Member])> {
    let mut waiting: Vec<_> = model.structures.iter().map(|(name, members)| (*name, *members)).collect();
    let mut ordered: Vec<(&str, &[Member])> = Vec::new();
    while !waiting.is_empty() {
        let known = |name: &str| ordered.iter().any(|(there, _)| *there == name);
        let (ready, later): (Vec<_>, Vec<_>) = waiting
            .into_iter()
            .partition(|(_, members)| members.iter().all(|member| contained(member.table).is_none_or(known)));
        ordered.extend(ready);
        waiting = later;
    }
    ordered
}

/// The structure in a value of this type.
fn contained(table: &Table) -> Option<&'static str> {
    match table {
        Table::List { of, .. } => contained(of),
        Table::Map { value, .. } => contained(value),
        Table::Structure { name, .. } => Some(name),
        _ => None,
    }
}

fn structure(text: &mut String, name: &str, members: &[Member], sent: bool) {
    line(text, format_args!("\n\nclass {name}(TypedDict):"));
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
    text.push_str("\n\nclass Calls:\n    \"\"\"`call`, typed for every operation.\"\"\"\n");
    for operation in model.operations {
        let Operation { name, input, output, .. } = operation;
        let absent = if members(input).iter().all(|member| !member.required) { " | None = None" } else { "" };
        let output = output.map_or("Nothing", Table::name);
        line(text, format_args!("\n    @overload"));
        line(text, format_args!("    def call("));
        line(text, format_args!("        self,"));
        line(text, format_args!("        operation: Literal[\"{name}\"],"));
        line(text, format_args!("        input: {}{absent},", input.name()));
        line(text, format_args!("        *,"));
        line(text, format_args!("        region: str | None = None,"));
        line(text, format_args!("        caller: Caller | str | None = None,"));
        line(text, format_args!("        origin: Origin | None = None,"));
        line(text, format_args!("    ) -> {output}: ..."));
    }
    text.push_str(CALL);
}

/// A method of `Api`, which has the members of the request as arguments by name.
fn method(text: &mut String, operation: &Operation) {
    let Operation { name, input, output, .. } = operation;
    let members = members(input);
    line(text, format_args!("\n    def {}(", snake_case(name)));
    line(text, format_args!("        self,"));
    if !members.is_empty() {
        line(text, format_args!("        *,"));
    }
    for Member { name, table, required, .. } in members {
        let absent = if *required { "" } else { " | None = None" };
        line(text, format_args!("        {name}: {}{absent},", shown(table)));
    }
    let output = output.map_or("Nothing", Table::name);
    line(text, format_args!("    ) -> {output}:"));
    documentation(text, name, members);
    line(text, format_args!("        members = {{"));
    for Member { name, .. } in members {
        line(text, format_args!("            \"{name}\": {name},"));
    }
    line(text, format_args!("        }}"));
    line(text, format_args!("        answered: {output} = self._call(\"{name}\", members, **self._place)"));
    line(text, format_args!("        return answered"));
}

fn documentation(text: &mut String, operation: &str, members: &[Member]) {
    let page = format!("https://docs.aws.amazon.com/kms/latest/APIReference/API_{operation}.html");
    let constraints: Vec<String> = members
        .iter()
        .filter_map(|member| Some(format!("        {}: {}\n", member.name, constraint::sentence(member.table)?)))
        .collect();
    if constraints.is_empty() {
        line(text, format_args!("        \"\"\"{page}\"\"\""));
    } else {
        line(text, format_args!("        r\"\"\"{page}\n\n{}        \"\"\"", constraints.concat()));
    }
}

fn members(input: &'static Table) -> &'static [Member] {
    if let Table::Structure { members, .. } = input { members } else { &[] }
}

/// `ReEncrypt` is `re_encrypt`.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "{arguments}");
}
