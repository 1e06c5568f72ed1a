//! The pages of the playground to which lessons lead, read from where the playground names them.

use std::{collections::BTreeSet, fs};

use regex::Regex;

use crate::lesson::folder;

/// Where pages are, as far as lessons lead there.
pub(crate) struct Pages {
    /// What addresses begin with.
    heads: BTreeSet<String>,
    tabs: BTreeSet<String>,
    operations: BTreeSet<String>,
}

impl Pages {
    pub(crate) fn read() -> Self {
        Self {
            heads: named(r"'(#/[a-z-]+)'", "routes.ts"),
            tabs: named(r"^    id: '([a-z-]+)'|\{ id: '([a-z-]+)'", "pages/key/tabs-config.tsx"),
            operations: named(r"'([A-Z][A-Za-z]+)'", "pages/operations/topics-config.ts"),
        }
    }

    /// Whether there is such a page, and on it such a tab.
    pub(crate) fn has(&self, address: &str) -> bool {
        let parts: Vec<_> = address.split('/').collect();
        match parts[..] {
            ["#", "keys", _, tab] => self.tabs.contains(tab) || tab == "import",
            ["#", "operations", name] => self.operations.contains(name),
            ["#", head, ..] => self.heads.contains(&format!("#/{head}")),
            _ => false,
        }
    }
}

/// What an expression finds in a file of the playground.
fn named(expression: &str, file: &str) -> BTreeSet<String> {
    let source = fs::read_to_string(folder().join("..").join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let expression = Regex::new(&format!("(?m){expression}")).expect("an expression");
    let found = expression.captures_iter(&source).filter_map(|found| found.iter().skip(1).flatten().next());
    found.map(|name| name.as_str().to_owned()).collect()
}

#[test]
fn pages_and_tabs_are_known_where_the_playground_has_them() {
    let pages = Pages::read();
    for address in
        ["#/keys", "#/keys/1/policy", "#/keys/1", "#/keys/1/import", "#/operations/ReEncrypt", "#/key-stores/1"]
    {
        assert!(pages.has(address), "{address}");
    }
    for address in ["keys", "#/locks", "#/keys/1/poetry", "#/operations/Rewrite"] {
        assert!(!pages.has(address), "{address}");
    }
}
