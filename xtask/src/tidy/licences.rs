//! We may pass on the licence of every dependency, and the core draws no entropy.

use crate::packages::{self, Package, output_of};

/// Licences that require only to be named; `deny.toml` has the same list for `cargo deny`.
const ALLOWED: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];
/// Packages that the core must never reach: sources of entropy, clocks and threads of hosts.
const NEVER_IN_CORE: [&str; 4] = ["getrandom", "rand", "chrono", "tokio"];
const CORE: &str = "pocket-kms";

/// Licences that we may not pass on, and forbidden packages in the graph of the core.
pub(super) fn faults() -> Vec<String> {
    [packages::all().map(|found| licences(&found)), graph().map(|found| reach(&found))]
        .into_iter()
        .flat_map(|faults| faults.unwrap_or_else(|sentence| vec![sentence]))
        .collect()
}

/// The packages of the core, one `name version` a line, with only the features that the core enables.
fn graph() -> Result<String, String> {
    let format = ["--prefix", "none", "--format", "{p}", "--locked"];
    output_of(&[&["tree", "--package", CORE, "--edges", "normal", "--target", "all"][..], &format].concat())
}

fn licences(packages: &[Package]) -> Vec<String> {
    packages
        .iter()
        .filter(|package| !package.license.as_deref().is_some_and(is_allowed))
        .map(|package| {
            let licence = package.license.as_deref().unwrap_or("no licence");
            format!("Cargo.lock: {} {} is under {licence}", package.name, package.version)
        })
        .collect()
}

/// Whether one choice of an SPDX expression asks only for allowed licences.
fn is_allowed(expression: &str) -> bool {
    let flat = expression.replace(['(', ')'], " ").replace('/', " OR ");
    flat.split(" AND ").all(|part| part.split(" OR ").any(|licence| ALLOWED.contains(&licence.trim())))
}

fn reach(graph: &str) -> Vec<String> {
    NEVER_IN_CORE
        .into_iter()
        .filter(|name| graph.lines().any(|line| line.split(' ').next() == Some(name)))
        .map(|name| format!("core/Cargo.toml: the core reaches `{name}` (cargo tree -p {CORE} -i {name})"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{is_allowed, reach};

    #[test]
    fn one_allowed_choice_of_a_licence_is_enough() {
        assert!(is_allowed("MIT OR GPL-3.0-only"));
        assert!(is_allowed("MIT/Apache-2.0"));
        assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
    }

    #[test]
    fn every_part_of_a_licence_must_be_allowed() {
        assert!(!is_allowed("MIT AND GPL-2.0-only"));
        assert!(!is_allowed("AGPL-3.0-only"));
        assert!(!is_allowed(""));
    }

    #[test]
    fn a_source_of_entropy_in_the_graph_is_told() {
        let graph = "pocket-kms v0.1.0\nrand_core v0.10.1\ngetrandom v0.4.3\n";
        let faults = reach(graph);
        assert_eq!(faults.len(), 1);
        assert!(faults[0].contains("reaches `getrandom`"));
        assert_eq!(reach("pocket-kms v0.1.0\nrand_core v0.10.1\n"), [""; 0]);
    }
}
