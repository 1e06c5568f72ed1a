//! The constraints that a type cannot express, in one sentence: lengths, ranges and patterns.

use pocket_kms::wire::{Length, Table};

/// The constraints of a member; `None` if its type expresses all of them.
pub(crate) fn sentence(table: &Table) -> Option<String> {
    let (length, unit) = match table {
        Table::Text { length, .. } => (*length, "characters"),
        Table::Blob { length, .. } => (*length, "bytes"),
        Table::Number { range, .. } => (*range, ""),
        Table::List { length, .. } => (*length, "elements"),
        _ => (Length { min: None, max: None }, ""),
    };
    let mut parts: Vec<String> = range(length, unit).into_iter().collect();
    if let Table::Text { pattern: Some(pattern), .. } = table {
        parts.push(format!("matching `{}`", pattern.published));
    }
    if table.is_sensitive() {
        parts.push("sensitive".to_owned());
    }
    (!parts.is_empty()).then(|| format!("{}.", parts.join(", ")))
}

fn range(length: Length, unit: &str) -> Option<String> {
    let Length { min, max } = length;
    let range = match (min, max) {
        (None, None) => return None,
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("{min} or more"),
        (None, Some(max)) => format!("up to {max}"),
    };
    Some(format!("{range} {unit}").trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use pocket_kms::wire::{Length, Table};

    use super::sentence;

    #[test]
    fn a_range_has_its_unit() {
        let length = |min, max| Length { min, max };
        let blob = Table::Blob { name: "B", length: length(Some(1), Some(6144)), sensitive: true };
        assert_eq!(sentence(&blob).as_deref(), Some("1 to 6144 bytes, sensitive."));
        let number = Table::Number { name: "N", range: length(Some(64), Some(64)) };
        assert_eq!(sentence(&number).as_deref(), Some("64."));
        assert_eq!(sentence(&Table::Flag { name: "F" }), None);
    }
}
