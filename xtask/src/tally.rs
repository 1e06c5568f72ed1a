//! Counts the checks of a step from the output of its test runner.

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

    /// Reads the last line of pytest that counts: `3 failed, 12 passed, 1 skipped in 0.1s`.
    pub(crate) fn of_pytest(output: &str) -> Tally {
        let closing = output.lines().rev().find(|line| line.contains(" in ") && ends_a_pytest_run(line));
        closing.map_or_else(Tally::default, |line| Tally {
            passed: before(line, " passed"),
            failed: before(line, " failed") + before(line, " error"),
            skipped: before(line, " skipped"),
        })
    }

    /// Reads the closing lines of `node --test`: `# pass 12`, or `ℹ pass 12` in its other format.
    pub(crate) fn of_node(output: &str) -> Tally {
        let count = |word: &str| {
            output
                .lines()
                .rev()
                .find_map(|line| {
                    let line = line.strip_prefix("# ").or(line.strip_prefix("ℹ "))?;
                    line.strip_prefix(word)?.trim().parse().ok()
                })
                .unwrap_or(0)
        };
        Tally {
            passed: count("pass "),
            failed: count("fail ") + count("cancelled "),
            skipped: count("skipped ") + count("todo "),
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

fn ends_a_pytest_run(line: &str) -> bool {
    [" passed", " failed", " error"].iter().any(|word| line.contains(word))
}

/// The number directly before `word`, if any.
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
    fn the_last_counting_line_of_pytest_is_read() {
        let output = "1 passed in an earlier sentence\n\
                      ==== 2 failed, 30 passed, 4 skipped, 1 error in 1.20s ====\n";
        let expected = Tally { passed: 30, failed: 3, skipped: 4 };
        assert_eq!(Tally::of_pytest(output), expected);
    }

    #[test]
    fn both_reporters_of_node_are_read() {
        let expected = Tally { passed: 7, failed: 1, skipped: 2 };
        let tap = "# tests 10\n# pass 7\n# fail 1\n# cancelled 0\n# skipped 2\n# todo 0\n";
        assert_eq!(Tally::of_node(tap), expected);
        assert_eq!(Tally::of_node(&tap.replace('#', "ℹ")), expected);
    }

    #[test]
    fn an_output_without_closing_lines_counts_nothing() {
        assert_eq!(Tally::of_cargo("error: could not compile"), Tally::default());
        assert_eq!(Tally::of_pytest("collected 0 items"), Tally::default());
        assert_eq!(Tally::of_node("node: bad option"), Tally::default());
    }
}
