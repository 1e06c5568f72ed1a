//! How near one name is to another, which may be meant by it.

/// How many characters must be changed, put in or taken out to make one text of another (Levenshtein). Long texts are far.
pub(crate) fn distance(one: &str, other: &str) -> usize {
    if one.len() > 64 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, left) in one.bytes().enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        for (place, right) in other.bytes().enumerate() {
            let changed = corner + usize::from(left != right);
            corner = row[place + 1];
            row[place + 1] = changed.min(corner + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}
