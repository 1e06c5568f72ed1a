//! The README's table of operations.

use pocket_kms::operations::{Operation, Reach};

use crate::model::Model;

const START: &str = "<!-- operations: printed by `cargo xtask types` -->\n";
const END: &str = "<!-- /operations -->\n";

/// The README with a new table between its marks; unchanged where it has none.
pub(crate) fn print(model: &Model, readme: &str) -> String {
    let parts = readme.split_once(START).and_then(|(head, rest)| Some((head, rest.split_once(END)?.1)));
    parts.map_or_else(|| readme.to_owned(), |(head, tail)| [head, START, &table(model), END, tail].concat())
}

fn table(model: &Model) -> String {
    let rows: String = model.operations.iter().map(row).collect();
    format!(
        "\nAll {} operations of the API are there.\n\n\
         | operation | keys of other accounts | `DryRun` |\n|---|---|---|\n{rows}\n",
        model.operations.len()
    )
}

fn row(operation: &Operation) -> String {
    let reach = match operation.reach {
        Reach::OwnAccount => "no",
        Reach::AnyAccount => "yes",
        Reach::NoKey => "",
    };
    let dry_run = if operation.has_dry_run() { "yes" } else { "" };
    format!("| {} | {reach} | {dry_run} |\n", operation.name)
}

#[cfg(test)]
mod tests {
    use super::{END, Model, START, print};

    #[test]
    fn the_table_stands_between_its_marks_and_nothing_else_changes() {
        let model = Model::of_the_core();
        let readme = print(&model, &format!("head\n{START}stale\n{END}tail\n"));
        assert!(readme.starts_with("head\n") && readme.ends_with("tail\n") && !readme.contains("stale"));
        assert!(readme.contains("\n| Encrypt | yes | yes |\n"), "{readme}");
        assert_eq!(print(&model, &readme), readme);
    }

    #[test]
    fn a_text_without_marks_stays_as_it_is() {
        assert_eq!(print(&Model::of_the_core(), "nothing\n"), "nothing\n");
    }
}
