//! Texts with wildcards and variables, compiled once and matched without recursion or regular expressions, in bounded time.

use std::borrow::Cow;

use super::facts::Facts;
use super::variables::{self, Part, Variable};
use super::weighing::{Steps, Weighing};

/// What wildcards mean in an element of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// No wildcards: `StringEquals`, `Bool`.
    Literal,
    /// No wildcards, and case does not matter: `StringEqualsIgnoreCase`.
    Folded,
    /// Wildcards match anything: `StringLike`.
    Like,
    /// Wildcards, and case does not matter: `Action`.
    Action,
    /// Fields are matched separately, the sixth takes the rest: `ArnLike`.
    Arn,
    /// As `Arn`, but a `*` at the end of a field may run on over colons; variables in the sixth field only: `Resource`.
    Resource,
}

/// A compiled text.
#[derive(Clone, Debug, Default)]
pub(super) struct Pattern {
    pieces: Box<[Piece]>,
    variables: Box<[Placeholder]>,
    folded: bool,
}

/// `fenced` pieces do not match colons: they stay inside one of the first five fields of an ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(Box<str>),
    Star {
        fenced: bool,
    },
    One {
        fenced: bool,
    },
    /// The variable with this index.
    Variable(usize),
}

#[derive(Clone, Debug)]
struct Placeholder {
    variable: Variable,
    fenced: bool,
}

impl Pattern {
    /// Compiles a text; `variables` says whether the document's version knows them.
    pub(super) fn compile(text: &str, dialect: Dialect, variables: bool) -> Self {
        let mut compiler = Compiler::new(dialect);
        let literal = match dialect {
            _ if !variables => text.len(),
            Dialect::Resource => sixth_field(text).unwrap_or(text.len()),
            _ => 0,
        };
        let (literal, rest) = text.split_at(literal);
        compiler.text(literal);
        for part in variables::parts(rest) {
            compiler.part(part);
        }
        compiler.finish()
    }

    /// Whether `text` as a whole matches. It is a short text: for each character of the pattern, the time is linear in
    /// its length. A variable without a value matches nothing.
    pub(super) fn matches(&self, text: &str, weighing: &Weighing<'_>) -> bool {
        if self.variables.is_empty() {
            return self.scan(text, &[], &weighing.steps);
        }
        self.values(weighing.facts).is_some_and(|values| self.scan(text, &values, &weighing.steps))
    }

    fn scan(&self, text: &str, values: &[Cow<'_, str>], steps: &Steps) -> bool {
        let begins = |piece: &str| {
            steps.add(2);
            prefix(text, piece, self.folded)
        };
        match &self.pieces[..] {
            // What most policies have needs no scan.
            [Piece::Text(whole)] => begins(whole) == Some(text.len()),
            [Piece::Text(start), Piece::Star { fenced: false }] => begins(start).is_some(),
            [Piece::Star { fenced: false }] => {
                steps.add(1);
                true
            }
            _ => Scan { pattern: self, values, text, piece: 0, at: 0, open: None, fenced: None }.run(steps),
        }
    }

    /// The values of its variables, in order; `None` when one has no value.
    pub(super) fn values<'a>(&'a self, facts: &'a dyn Facts) -> Option<Vec<Cow<'a, str>>> {
        self.variables.iter().map(|held| held.value(facts)).collect()
    }

    /// The variable with this index.
    pub(super) fn variable(&self, index: usize) -> Option<&Variable> {
        self.variables.get(index).map(|held| &held.variable)
    }

    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Whether something of the request stands in it.
    pub(super) const fn has_variables(&self) -> bool {
        !self.variables.is_empty()
    }

    /// Whether what stands in it is not known.
    pub(super) fn is_open(&self, facts: &dyn Facts) -> bool {
        self.variables.iter().any(|held| facts.open(&held.variable.key).is_some())
    }

    /// The text with which all that it matches begins, and whether it matches nothing else.
    pub(super) fn start(&self) -> (&str, bool) {
        match &self.pieces[..] {
            [] => ("", true),
            [Piece::Text(text)] => (text, true),
            [Piece::Text(text), ..] => (text, false),
            _ => ("", false),
        }
    }

    /// Whether it matches every text.
    pub(super) fn is_everything(&self) -> bool {
        matches!(self.pieces[..], [Piece::Star { fenced: false }])
    }

    /// Whether it matches a text, without variables.
    pub(super) fn equals(&self, text: &str) -> bool {
        self.scan(text, &[], &Steps::default())
    }

    /// Whether case does not matter.
    pub(super) const fn is_folded(&self) -> bool {
        self.folded
    }
}

impl Placeholder {
    /// A value with a colon would shift the fields behind it.
    fn value<'a>(&'a self, facts: &'a dyn Facts) -> Option<Cow<'a, str>> {
        let value = self.variable.value(facts)?;
        (!self.fenced || !value.contains(':')).then_some(value)
    }
}

/// Where the sixth field of an ARN begins.
pub(super) fn sixth_field(arn: &str) -> Option<usize> {
    arn.match_indices(':').nth(4).map(|(at, _)| at + 1)
}

struct Compiler {
    dialect: Dialect,
    pieces: Vec<Piece>,
    variables: Vec<Placeholder>,
    text: String,
    colons: usize,
}

impl Compiler {
    fn new(dialect: Dialect) -> Self {
        Self { dialect, pieces: Vec::new(), variables: Vec::new(), text: String::new(), colons: 0 }
    }

    fn part(&mut self, part: Part<'_>) {
        match part {
            Part::Text(text) => self.text(text),
            Part::Literal(character) => self.text.push(character),
            Part::Variable(variable) => {
                let fenced = self.inside_field();
                self.push(Piece::Variable(self.variables.len()));
                self.variables.push(Placeholder { variable, fenced });
            }
        }
    }

    fn text(&mut self, text: &str) {
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '*' if self.knows_wildcards() => {
                    let last = matches!(characters.peek(), None | Some(':'));
                    self.star(last);
                }
                '?' if self.knows_wildcards() => {
                    let fenced = self.inside_field();
                    self.push(Piece::One { fenced });
                }
                _ => {
                    self.colons += usize::from(character == ':');
                    self.text.push(character);
                }
            }
        }
    }

    /// `last`: the run ends its field.
    fn star(&mut self, last: bool) {
        let runs_on = last && self.dialect == Dialect::Resource;
        let star = Piece::Star { fenced: self.inside_field() && !runs_on };
        if !self.text.is_empty() || self.pieces.last() != Some(&star) {
            self.push(star);
        }
    }

    fn push(&mut self, piece: Piece) {
        self.close_text();
        self.pieces.push(piece);
    }

    fn close_text(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.pieces.push(Piece::Text(text.into()));
        }
    }

    fn knows_wildcards(&self) -> bool {
        !matches!(self.dialect, Dialect::Literal | Dialect::Folded)
    }

    /// Whether the text belongs to one of the first five fields of an ARN.
    fn inside_field(&self) -> bool {
        matches!(self.dialect, Dialect::Arn | Dialect::Resource) && self.colons < 5
    }

    fn finish(mut self) -> Pattern {
        self.close_text();
        Pattern {
            pieces: self.pieces.into(),
            variables: self.variables.into(),
            folded: matches!(self.dialect, Dialect::Folded | Dialect::Action),
        }
    }
}

/// A text on its way through a pattern.
///
/// After a mismatch the last star takes one character more. With two sorts of stars that is the last fenced star,
/// until it meets a colon, then the last open one; no earlier star can help where these cannot.
struct Scan<'a> {
    pattern: &'a Pattern,
    values: &'a [Cow<'a, str>],
    text: &'a str,
    piece: usize,
    at: usize,
    open: Option<Star>,
    fenced: Option<Star>,
}

/// The piece after a star, and where the star's run ends at present.
#[derive(Clone, Copy)]
struct Star {
    piece: usize,
    at: usize,
}

impl Scan<'_> {
    /// Whether the whole text matches.
    fn run(&mut self, steps: &Steps) -> bool {
        loop {
            steps.add(1);
            let advanced = match self.pattern.pieces.get(self.piece) {
                None if self.at == self.text.len() => return true,
                None => false,
                Some(&Piece::Star { fenced }) => {
                    self.start(fenced);
                    if !fenced && self.piece == self.pattern.pieces.len() {
                        return true;
                    }
                    true
                }
                Some(&Piece::One { fenced }) => self.advance(self.width(self.at, fenced)),
                Some(Piece::Text(text)) => self.advance(self.prefix(text)),
                Some(&Piece::Variable(index)) => {
                    self.advance(self.values.get(index).and_then(|value| self.prefix(value)))
                }
            };
            if !advanced && !self.retry() {
                return false;
            }
        }
    }

    fn start(&mut self, fenced: bool) {
        self.piece += 1;
        let star = Star { piece: self.piece, at: self.at };
        (self.open, self.fenced) = if fenced { (self.open, Some(star)) } else { (Some(star), None) };
    }

    fn advance(&mut self, by: Option<usize>) -> bool {
        let Some(by) = by else { return false };
        self.piece += 1;
        self.at += by;
        true
    }

    /// Lengthens the run of the last star that can take one character more.
    fn retry(&mut self) -> bool {
        self.fenced = self.longer(self.fenced, true);
        if self.fenced.is_none() {
            self.open = self.longer(self.open, false);
        }
        let Some(star) = self.fenced.or(self.open) else {
            return false;
        };
        (self.piece, self.at) = (star.piece, star.at);
        true
    }

    fn longer(&self, star: Option<Star>, fenced: bool) -> Option<Star> {
        let Star { piece, at } = star?;
        let at = at + self.width(at, fenced)?;
        Some(Star { piece, at })
    }

    /// The length of the character at a place, if a wildcard may take it.
    fn width(&self, at: usize, fenced: bool) -> Option<usize> {
        let character = self.text[at..].chars().next()?;
        (!fenced || character != ':').then(|| character.len_utf8())
    }

    /// The length of `piece`, if the text goes on with it.
    fn prefix(&self, piece: &str) -> Option<usize> {
        prefix(&self.text[self.at..], piece, self.pattern.folded)
    }
}

/// The length of the beginning of `text` that equals `piece`; case does not matter if it is `folded`.
fn prefix(text: &str, piece: &str, folded: bool) -> Option<usize> {
    if folded { folded_prefix(text, piece) } else { text.starts_with(piece).then_some(piece.len()) }
}

/// The length of the beginning of `text` that equals `piece` but for case.
fn folded_prefix(text: &str, piece: &str) -> Option<usize> {
    if piece.is_ascii() {
        let (start, piece) = (text.as_bytes().get(..piece.len())?, piece.as_bytes());
        // The actions of a service begin alike: most of those that differ do so in their last letter, too.
        let ends_alike = start.last().zip(piece.last()).is_none_or(|(one, other)| one.eq_ignore_ascii_case(other));
        return (ends_alike && start.eq_ignore_ascii_case(piece)).then_some(piece.len());
    }
    let mut characters = text.chars();
    for wanted in piece.chars() {
        if !same_but_for_case(characters.next()?, wanted) {
            return None;
        }
    }
    Some(text.len() - characters.as_str().len())
}

/// ASCII letters equal ASCII letters only: the Kelvin sign is not a `k`.
fn same_but_for_case(one: char, other: char) -> bool {
    one.eq_ignore_ascii_case(&other)
        || (!one.is_ascii() && !other.is_ascii() && one.to_lowercase().eq(other.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::facts::Context;
    use super::super::texts::Texts;
    use super::*;

    fn like(pattern: &str, text: &str) -> bool {
        Pattern::compile(pattern, Dialect::Like, false).matches(text, &Weighing::new(&()))
    }

    fn arn(pattern: &str, text: &str) -> bool {
        Pattern::compile(pattern, Dialect::Arn, false).matches(text, &Weighing::new(&()))
    }

    fn resource(pattern: &str, text: &str) -> bool {
        Pattern::compile(pattern, Dialect::Resource, false).matches(text, &Weighing::new(&()))
    }

    #[test]
    fn a_star_matches_any_run_and_a_question_mark_one_character() {
        assert!(like("*", "") && like("a*c", "abbc") && like("a*c", "ac") && like("a?c", "aéc"));
        assert!(!like("a*c", "acb") && !like("a?c", "ac") && !like("?", "") && !like("??", "é"));
        assert!(like("*?é*", "xéé") && !like("*??", "é"));
    }

    #[test]
    fn case_matters_but_for_actions() {
        assert!(!like("R*", "red"));
        let action = Pattern::compile("KMS:Re*KEY", Dialect::Action, true);
        assert!(
            action.matches("kms:ReplicateKey", &Weighing::new(&()))
                && !action.matches("kms:ReplicateKeys", &Weighing::new(&()))
        );
        let folded = Pattern::compile("ÉTÉ k", Dialect::Folded, false);
        assert!(folded.matches("été K", &Weighing::new(&())) && !folded.matches("été \u{212A}", &Weighing::new(&())));
    }

    #[test]
    fn fields_of_an_arn_are_matched_separately() {
        assert!(arn("arn:aws:sns:*:1:T*", "arn:aws:sns:us-east-1:1:Topic:sub"));
        assert!(!arn("arn:aws:s:*:1:f/*", "arn:aws:s:us-east-2:9:store/a:1:f/d"));
        assert!(!arn("arn:aws:sns:*", "arn:aws:sns:us-east-1:1:T"));
        assert!(!arn("arn:aws:sns:us?east:1:T", "arn:aws:sns:us:east:1:T"));
    }

    #[test]
    fn a_star_at_the_end_of_a_field_of_a_resource_runs_on_over_colons() {
        assert!(resource("arn:aws:kms:*:key/1", "arn:aws:kms:us-west-2:111122223333:key/1"));
        assert!(resource("arn:aws:kms:us-*-2:*:key/1", "arn:aws:kms:us-west-2:1:key/1"));
        assert!(!resource("arn:aws:kms:us*2:key/1", "arn:aws:kms:us-west-1:2:key/1"));
        assert!(resource("*", "arn:aws:kms:us-west-2:1:key/1"));
    }

    #[test]
    fn what_a_variable_brings_is_never_a_wildcard() {
        let pattern = Pattern::compile("${aws:username}/*", Dialect::Like, true);
        let star = Context::new().with("aws:username", "*");
        assert!(pattern.matches("*/x", &Weighing::new(&star)) && !pattern.matches("bob/x", &Weighing::new(&star)));
        assert!(!pattern.matches("bob/x", &Weighing::new(&())));
    }

    #[test]
    fn a_variable_in_a_resource_stands_behind_the_fifth_colon() {
        let bob = Context::new().with("aws:username", "bob");
        let behind = Pattern::compile("arn:aws:s3:::home/${aws:username}", Dialect::Resource, true);
        assert!(behind.matches("arn:aws:s3:::home/bob", &Weighing::new(&bob)));
        let before = Pattern::compile("arn:aws:s3:${aws:username}::x", Dialect::Resource, true);
        assert!(!before.matches("arn:aws:s3:bob::x", &Weighing::new(&bob)));
    }

    #[test]
    fn a_variable_cannot_shift_the_fields_of_an_arn() {
        let pattern = Pattern::compile("arn:aws:${aws:username}:x", Dialect::Arn, true);
        let sly = Context::new().with("aws:username", "iam::111122223333");
        assert!(!pattern.matches("arn:aws:iam::111122223333:x", &Weighing::new(&sly)));
    }

    /// The result of the other matcher, for several texts at once.
    fn matched(patterns: &[Pattern], texts: &[String], facts: &dyn Facts) -> usize {
        let weighing = Weighing::new(facts);
        let folded = patterns.iter().any(Pattern::is_folded);
        let prepared = Texts::new(texts.iter().map(AsRef::as_ref), folded, &weighing.steps);
        prepared.matched(patterns, &weighing).count()
    }

    #[test]
    fn long_texts_are_matched_across_words() {
        let text = "a".repeat(1_000);
        for start in ["a*".repeat(400), "*".to_owned() + &"?a".repeat(400), "*".to_owned() + &"?".repeat(800)] {
            for (end, expected) in [("b", 0), ("*", 1), ("a", 1)] {
                let pattern = Pattern::compile(&(start.clone() + end), Dialect::Like, false);
                assert_eq!(matched(&[pattern], std::slice::from_ref(&text), &()), expected, "{start:.8}{end}");
            }
        }
    }

    #[test]
    fn a_long_value_of_a_variable_is_found_wherever_it_stands() {
        for length in [60, 64, 65, 127, 128, 129, 200] {
            let value = "ab".repeat(length / 2) + &"c".repeat(length % 2);
            let facts = Context::new().with("aws:username", value.clone());
            for (pattern, text, expected) in [
                ("${aws:username}", value.clone(), 1),
                ("*${aws:username}", format!("ababab{value}"), 1),
                ("*${aws:username}x", format!("ababab{value}"), 0),
                ("?${aws:username}*${aws:username}", format!("ü{value}{value}"), 1),
                ("*${aws:username}*", "ab".repeat(length / 2 - 1), 0),
            ] {
                let compiled = Pattern::compile(pattern, Dialect::Like, true);
                assert_eq!(matched(&[compiled], &["ab".into(), text], &facts), expected, "{pattern} of {length}");
            }
        }
    }

    /// The meaning of wildcards, plain and slow. `fields`: how many colons precede the text in its ARN.
    fn naive(pattern: &[char], text: &[char], runs_on: bool, fields: Option<usize>) -> bool {
        let fenced = fields.is_some_and(|colons| colons < 5);
        let inner = fields.map(|colons| colons + usize::from(pattern.first() == Some(&':')));
        match pattern {
            [] => text.is_empty(),
            ['*', rest @ ..] => {
                let open = !fenced || (runs_on && matches!(rest, [] | [':', ..]));
                let runs = (0..=text.len()).take_while(|&run| open || !text[..run].contains(&':'));
                runs.into_iter().any(|run| naive(rest, &text[run..], runs_on, fields))
            }
            ['?', rest @ ..] => {
                let takes = text.first().is_some_and(|&next| !fenced || next != ':');
                takes && naive(rest, &text[1..], runs_on, fields)
            }
            [one, rest @ ..] => text.first() == Some(one) && naive(rest, &text[1..], runs_on, inner),
        }
    }

    fn oracle(pattern: &str, text: &str, dialect: Dialect) -> bool {
        let (pattern, text): (Vec<_>, Vec<_>) = (pattern.chars().collect(), text.chars().collect());
        let fields = (dialect != Dialect::Like).then_some(0);
        naive(&pattern, &text, dialect == Dialect::Resource, fields)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

        #[test]
        fn the_matcher_equals_the_naive_one(
            pattern in "[ab:*?é]{0,9}", text in "[ab:é]{0,12}",
            dialect in prop_oneof![Just(Dialect::Like), Just(Dialect::Arn), Just(Dialect::Resource)],
        ) {
            let compiled = Pattern::compile(&pattern, dialect, false);
            let expected = oracle(&pattern, &text, dialect);
            prop_assert_eq!(compiled.matches(&text, &Weighing::new(&())), expected);
        }

        #[test]
        fn many_texts_and_patterns_at_once_equal_the_naive_matcher(
            patterns in prop::collection::vec("[ab:*?é]{0,9}", 1..4),
            texts in prop::collection::vec(prop_oneof!["[ab:é]{0,12}", "a{60,70}[ab:]{0,8}"], 1..12),
            dialect in prop_oneof![Just(Dialect::Like), Just(Dialect::Arn), Just(Dialect::Resource)],
        ) {
            let compiled: Vec<_> = patterns.iter().map(|text| Pattern::compile(text, dialect, false)).collect();
            let any = |text: &&String| patterns.iter().any(|pattern| oracle(pattern, text, dialect));
            prop_assert_eq!(matched(&compiled, &texts, &()), texts.iter().filter(any).count());
        }

        #[test]
        fn both_matchers_are_of_one_opinion(
            pattern in "[aAéÉ*?k\u{212A}]{0,80}", texts in prop::collection::vec("[aAéÉkK\u{212A}]{0,160}", 1..4),
            value in "[aé*]{0,3}|[a]{60,70}",
            dialect in prop_oneof![Just(Dialect::Like), Just(Dialect::Folded), Just(Dialect::Action)],
        ) {
            let facts = Context::new().with("aws:username", value);
            let compiled = Pattern::compile(&(pattern + "${aws:username}*"), dialect, true);
            let weighing = Weighing::new(&facts);
            let scanned = texts.iter().filter(|text| compiled.matches(text, &weighing)).count();
            prop_assert_eq!(matched(&[compiled], &texts, &facts), scanned);
        }

        #[test]
        fn a_literal_matches_itself_only(pattern in "\\PC{0,8}", text in "\\PC{0,8}") {
            let literal = Pattern::compile(&pattern, Dialect::Literal, false);
            prop_assert!(literal.matches(&pattern, &Weighing::new(&())));
            prop_assert_eq!(literal.matches(&text, &Weighing::new(&())), pattern == text);
        }
    }
}
