//! Prints rows as a table that reads well in a terminal and in Markdown.

use std::fmt::Write;

/// `head` and `rows` as one Markdown table with columns of equal width.
pub(crate) fn markdown(head: &[&str], rows: &[Vec<String>]) -> String {
    let widths: Vec<usize> = (0..head.len()).map(|column| widest(head, rows, column)).collect();
    let mut text = String::new();
    line(&mut text, &widths, head.iter().copied());
    let dashes: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    line(&mut text, &widths, dashes.iter().map(String::as_str));
    for row in rows {
        line(&mut text, &widths, row.iter().map(String::as_str));
    }
    text
}

/// The rows of the one table of a paper, without its head.
pub(crate) fn rows(paper: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    paper.lines().filter(|line| line.starts_with('|')).skip(2).map(cells).collect()
}

fn widest(head: &[&str], rows: &[Vec<String>], column: usize) -> usize {
    rows.iter()
        .filter_map(|row| row.get(column))
        .map(|cell| cell.chars().count())
        .chain([head[column].chars().count()])
        .max()
        .unwrap_or(0)
}

fn line<'a>(text: &mut String, widths: &[usize], cells: impl Iterator<Item = &'a str>) {
    for (cell, width) in cells.zip(widths) {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "| {cell:width$} ");
    }
    text.push_str("|\n");
}

#[cfg(test)]
mod tests {
    use super::{markdown, rows};

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [vec!["Encrypt".to_owned(), "1.5".to_owned()]];
        let expected = "| what    | µs  |\n| ------- | --- |\n| Encrypt | 1.5 |\n";
        assert_eq!(markdown(&["what", "µs"], &rows), expected);
    }

    #[test]
    fn a_table_gives_its_rows_back() {
        let written = vec![vec!["Encrypt".to_owned(), String::new()], vec!["Sign".to_owned(), "9".to_owned()]];
        assert_eq!(rows(&format!("# A paper\n\n{}", markdown(&["what", "µs"], &written))), written);
    }
}
