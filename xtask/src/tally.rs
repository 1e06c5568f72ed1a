//! Counts what a step checked, as its test runner tells it.

use std::ops::AddAssign;

/// How many checks passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl Tally {
    /// A step that is one check and passed.
    pub(crate) const ONE: Tally = Tally { passed: 1, failed: 0, skipped: 0 };

    /// A step that is one check and failed.
    pub(crate) const FAILURE: Tally = Tally { passed: 0, failed: 1, skipped: 0 };

    /// How many checks ran.
    pub(crate) fn total(self) -> usize {
        self.passed + self.failed
    }

    /// Sums the closing lines of every `cargo test` binary in `output`.
    pub(crate) fn of_cargo(output: &str) -> Tally {
        let mut sum = Tally::default();
        for line in output.lines() {
            if let Some((_, counts)) = line.split_once("test result: ") {
                sum += Tally {
                    passed: before(counts, " passed"),
                    failed: before(counts, " failed"),
                    skipped: before(counts, " ignored"),
                };
            }
        }
        sum
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// The number that stands directly before `word`, or none at all.
fn before(text: &str, word: &str) -> usize {
    let digits = |head: &str| {
        let start = head.rfind(|character: char| !character.is_ascii_digit()).map_or(0, |at| at + 1);
        head[start..].parse().unwrap_or(0)
    };
    text.find(word).map_or(0, |at| digits(&text[..at]))
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn the_closing_lines_of_all_test_binaries_are_summed() {
        let output = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured\n\
                      noise\n\
                      test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured\n";
        let expected = Tally { passed: 15, failed: 2, skipped: 1 };
        assert_eq!(Tally::of_cargo(output), expected);
    }

    #[test]
    fn an_output_without_closing_lines_counts_nothing() {
        assert_eq!(Tally::of_cargo("error: could not compile"), Tally::default());
    }
}
