//! Compares the predicates that implement the published patterns with the real regular expressions.

use std::collections::BTreeMap;

use pocket_kms::{
    operations,
    wire::{Pattern, Table},
};
use proptest::{prelude::*, sample::select, string::string_regex, test_runner::TestRunner};
use regex::Regex;

/// Texts that distinguish similar patterns.
const EDGES: [&str; 40] = [
    "",
    " ",
    "\n",
    "\t",
    "\r",
    "\u{b}",
    "\u{c}",
    "\u{85}",
    "\u{a0}",
    "\u{ff}",
    "\u{100}",
    "\u{2028}",
    "ä",
    "漢",
    "😀",
    "-",
    "--",
    "_",
    ".",
    "..",
    "/",
    "//",
    ":",
    "a",
    "A",
    "0",
    "a\n",
    "\na",
    "alias/",
    "us-east-1",
    "us-gov-west-1",
    "us-east-1\n",
    "a-b-c-d-1",
    "a-1",
    "https://",
    "https://a",
    "https://a/",
    "/kms/xks/v1",
    "//kms/xks/v12",
    "arn:aws:s3:::b",
];

/// Every pattern of the tables by the name of its type.
fn patterns() -> BTreeMap<&'static str, Pattern> {
    let mut found = BTreeMap::new();
    for row in operations::TABLE {
        for table in [Some(row.input), row.output].into_iter().flatten() {
            collect(table, &mut found);
        }
    }
    found
}

fn collect(table: &'static Table, found: &mut BTreeMap<&'static str, Pattern>) {
    match table {
        Table::Text { name, pattern: Some(pattern), .. } => {
            found.insert(name, *pattern);
        }
        Table::List { of, .. } => collect(of, found),
        Table::Map { key, value, .. } => [key, value].into_iter().for_each(|table| collect(table, found)),
        Table::Structure { members, .. } => members.iter().for_each(|member| collect(member.table, found)),
        _ => {}
    }
}

/// The expression as Java reads it: classes are of ASCII, and a point does not match a line terminator.
fn translated(published: &str) -> String {
    let text = published.replace(['^', '$'], "");
    let text = text.replace(r"\w", "0-9A-Za-z_").replace(r"\s", r" \t\n\x0B\f\r").replace(r"\d", "[0-9]");
    let text = text.replace(r"\p{ASCII}", r"[\x00-\x7F]").replace(r"\u00", r"\x");
    match text.strip_suffix(".+") {
        Some(head) => format!(r"{head}[^\n\r\x{{85}}\x{{2028}}\x{{2029}}]+"),
        None => text,
    }
}

/// Texts that match, texts that nearly do, and texts of anything.
fn candidates(expression: &str) -> impl Strategy<Value = String> + use<> {
    let matching = string_regex(expression).expect("an expression that texts can be made of").boxed();
    let spoilers = select(EDGES.as_slice());
    let spoiled = (matching.clone(), spoilers, any::<prop::sample::Index>()).prop_map(|(text, spoiler, place)| {
        let mut characters: Vec<char> = text.chars().collect();
        let at = place.index(characters.len() + 1);
        characters.splice(at..at, spoiler.chars());
        characters.into_iter().collect::<String>()
    });
    let shortened = (matching.clone(), any::<prop::sample::Index>()).prop_map(|(text, place)| {
        let mut characters: Vec<char> = text.chars().collect();
        if !characters.is_empty() {
            characters.remove(place.index(characters.len()));
        }
        characters.into_iter().collect::<String>()
    });
    prop_oneof![matching, spoiled, shortened, any::<String>(), select(EDGES.as_slice()).prop_map(ToOwned::to_owned)]
}

#[test]
fn every_predicate_is_its_regular_expression() {
    let all = patterns();
    assert!(all.len() >= 20, "the tables hold {} patterns only", all.len());
    for (name, pattern) in all {
        let expression = translated(pattern.published);
        let regex = Regex::new(&format!(r"\A(?:{expression})\z")).unwrap_or_else(|error| panic!("{name}: {error}"));
        let agrees = |text: &str| {
            prop_assert_eq!((pattern.matches)(text), regex.is_match(text), "{}: {:?}", name, text);
            Ok(())
        };
        EDGES.iter().try_for_each(|text| agrees(text)).expect("the edges");
        let mut runner =
            TestRunner::new(ProptestConfig { failure_persistence: None, cases: 500, ..Default::default() });
        runner.run(&candidates(&expression), |text| agrees(&text)).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}
